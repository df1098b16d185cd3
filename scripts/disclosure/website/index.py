"""The index that search reads: where each pair of characters stands, in small JSON files found by number.

A phrase of any length is found exactly, wherever it stands and without a dictionary: its pairs must stand at
consecutive places. All titles come first in one long row of characters, then all texts, each ended by NUL; a
place is a position in that row. A single character is kept once for each title and text.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

FOLDER = "search/index/"
ENTRIES_A_FILE = 8  # the texts that the reader's browser cuts its excerpts from
PLACES_A_FILE = 5_000
MOST_FILES = 4_096
_SHIFT = 21  # bits of a Unicode character
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9]),(?=[0-9])")
_SPACE = re.compile(r"(?<![0-9])\s+|\s+(?![0-9\s])")
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found: its address below the root, title, kind, words; evidence comes last."""

    url: str
    title: str
    kind: str
    text: str
    is_evidence: bool = False


def searchable(text: str) -> str:
    """Text as it is compared: one width, one case, white space between two numbers only, none inside one.

    assets/index.js does the same to the words that a reader types.
    """
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text).lower().replace("\0", ""))
    return _BETWEEN_DIGITS.sub("", plain)


def index_files(entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """Path below the root and content of every file of the index; entries of a kind stand together."""
    found = tuple(entries)
    pieces = [searchable(entry.title) for entry in found] + [searchable(entry.text) for entry in found]
    row = "".join(f"{piece}\0" for piece in pieces)
    codes = np.frombuffer(row.encode("utf-32-le"), np.uint32).astype(np.int64)
    keys, places = _keys(codes)
    files = int(min(max(1, len(keys) // PLACES_A_FILE), MOST_FILES))
    lengths = [len(piece) + 1 for piece in pieces]
    kinds = Counter(entry.kind for entry in found)
    last = sorted({entry.kind for entry in found if entry.is_evidence})
    head = {"kinds": list(kinds.items()), "evidence": last, "files": files, "lengths": lengths}
    yield f"{FOLDER}start.json", _json(head)
    for number, pairs in enumerate(_shared_out(keys, places, files)):
        yield f"{FOLDER}{number}.json", _json(pairs)
    for start in range(0, len(found), ENTRIES_A_FILE):
        texts = [(item.url, item.title, item.text) for item in found[start : start + ENTRIES_A_FILE]]
        yield f"{FOLDER}text-{start // ENTRIES_A_FILE}.json", _json(texts)


def _keys(codes: Places) -> tuple[Places, Places]:
    """Every pair, and every character's first place in each piece, as numbers; and the places of each."""
    if not len(codes):
        return codes, codes
    piece = np.cumsum(codes == 0)
    single = np.nonzero(codes)[0]
    pair = np.nonzero((codes[:-1] != 0) & (codes[1:] != 0))[0]
    _, first = np.unique((codes[single] << 32) | piece[single], return_index=True)
    once = single[np.sort(first)]
    keys = np.concatenate((codes[once] << _SHIFT, (codes[pair] << _SHIFT) | codes[pair + 1]))
    return keys, np.concatenate((once, pair))


def _shared_out(keys: Places, places: Places, files: int) -> Iterator[dict[str, list[int]]]:
    """For each file its characters and pairs with their places."""
    first, second = keys >> _SHIFT, keys & ((1 << _SHIFT) - 1)
    file = (first * 31 + second) % files
    order = np.argsort((file << 2 * _SHIFT) | keys, kind="stable")  # places rise within a key as they are
    keys, places, file = keys[order], places[order], file[order]
    for start, end in pairwise(np.searchsorted(file, np.arange(files + 1)).tolist()):
        yield dict(_steps(keys[start:end], places[start:end]))


def _steps(keys: Places, places: Places) -> Iterator[tuple[str, list[int]]]:
    """One file's characters and pairs, each with its first place and the steps from place to place."""
    steps = np.diff(places, prepend=0)
    starts = np.nonzero(np.diff(keys, prepend=-1))[0]
    steps[starts] = places[starts]
    listed, bounds = steps.tolist(), [*starts.tolist(), len(keys)]
    for key, (start, end) in zip(keys[starts].tolist(), pairwise(bounds), strict=True):
        yield _name(key), listed[start:end]


def _name(key: int) -> str:
    """Code points in hexadecimal: two characters alone would pass for a word, or a mark of secrecy."""
    second = key & ((1 << _SHIFT) - 1)
    return f"{key >> _SHIFT:x}-{second:x}" if second else f"{key >> _SHIFT:x}"


def _json(value: Sequence[object] | dict[str, list[int]] | dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
