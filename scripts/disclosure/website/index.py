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
AT_A_TIME = 1_000_000  # characters that are worked on together
Places = NDArray[np.int64]
Codes = NDArray[np.uint32]


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
    codes = np.frombuffer(row.encode("utf-32-le"), np.uint32)
    once = _once(codes)
    total = len(once) + int(np.count_nonzero((codes[:-1] != 0) & (codes[1:] != 0)))
    files = min(max(1, total // PLACES_A_FILE), MOST_FILES)
    lengths = [len(piece) + 1 for piece in pieces]
    kinds = Counter(entry.kind for entry in found)
    last = sorted({entry.kind for entry in found if entry.is_evidence})
    head = {"kinds": list(kinds.items()), "evidence": last, "files": files, "lengths": lengths}
    yield f"{FOLDER}start.json", _json(head)
    for number, pairs in enumerate(_shared_out(codes, once, files)):
        yield f"{FOLDER}{number}.json", _json(pairs)
    for start in range(0, len(found), ENTRIES_A_FILE):
        texts = [(item.url, item.title, item.text) for item in found[start : start + ENTRIES_A_FILE]]
        yield f"{FOLDER}text-{start // ENTRIES_A_FILE}.json", _json(texts)


def _once(codes: Codes) -> Places:
    """The first place of each character in each piece, some pieces at a time."""
    ends, found, start = np.flatnonzero(codes == 0) + 1, [np.zeros(0, np.int64)], 0
    while start < len(codes):
        end = int(ends[min(int(np.searchsorted(ends, start + AT_A_TIME)), len(ends) - 1)])
        some = codes[start:end].astype(np.int64)
        _, first = np.unique((np.cumsum(some == 0) << 32) | some, return_index=True)
        found.append(start + np.sort(first[some[first] != 0]))
        start = end
    return np.concatenate(found)


def _shared_out(codes: Codes, once: Places, files: int) -> Iterator[dict[str, list[int]]]:
    """For each file its characters and pairs with their places; some files at a time, to spare memory."""
    starts = range(0, max(1, len(codes)), AT_A_TIME)
    of_pair = np.concatenate([_of_pairs(codes[start : start + AT_A_TIME + 1], files) for start in starts])
    of_once = _file(codes[once], np.uint32(0), files)
    step = max(1, files * AT_A_TIME // max(1, len(codes)))
    for start in range(0, files, step):
        end = min(files, start + step)
        single = once[(of_once >= start) & (of_once < end)]
        pair = np.flatnonzero((of_pair >= start) & (of_pair < end))
        places = np.concatenate((single, pair))
        first, second = codes[places], np.concatenate((np.zeros(len(single), np.uint32), codes[pair + 1]))
        keys = (_file(first, second, files).astype(np.int64) << _SHIFT) | first
        keys = (keys << _SHIFT) | second
        order = np.argsort(keys, kind="stable")  # places rise within a key as they are
        keys, places = keys[order], places[order]
        for here, there in pairwise(np.searchsorted(keys >> 2 * _SHIFT, np.arange(start, end + 1)).tolist()):
            yield dict(_steps(keys[here:there], places[here:there]))


def _of_pairs(codes: Codes, files: int) -> NDArray[np.uint16]:
    """The file of each pair; of what is no pair, one that there is not."""
    first, second = codes[:-1], codes[1:]
    return np.where((first != 0) & (second != 0), _file(first, second, files), files).astype(np.uint16)


def _file(first: Codes, second: Codes | np.uint32, files: int) -> Codes:
    return (first * np.uint32(31) + second) % np.uint32(files)


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
    first = (key >> _SHIFT) & ((1 << _SHIFT) - 1)
    return f"{first:x}-{second:x}" if second else f"{first:x}"


def _json(value: Sequence[object] | dict[str, list[int]] | dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
