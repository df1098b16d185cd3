"""What a published site was made from, kept beside it: a build with nothing new to say does nothing."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path

import disclosure
from disclosure.release.mirror import SUMS, NoSums, compare

RECORD = "made-from.json"  # in the folder of builds beside the site


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """What a build was asked to read, the files and folders that it read, the digest of what they held."""

    asked: tuple[str, ...]
    read: tuple[str, ...]
    digest: str


def made_from(asked: Iterable[Path | None], read: Iterable[Path]) -> MadeFrom:
    """The state of all that a build reads, to be taken before it reads; `asked` is what its command names."""
    folders = tuple(sorted({str(path.resolve()) for path in read}))
    return MadeFrom(_names(asked), folders, _digest(folders))


def remember(made: MadeFrom, target: Path) -> None:
    """Keep beside a site what it was made from."""
    kept = {**asdict(made), "sums": _sum(target / SUMS)}
    _record(target).write_text(json.dumps(kept), encoding="utf-8")


def is_current(target: Path, asked: Iterable[Path | None]) -> bool:
    """Whether a build of that command would make the site that is there, and the site is whole."""
    try:
        kept = json.loads(_record(target).read_bytes())
        same = (kept["asked"], kept["sums"]) == (list(_names(asked)), _sum(target / SUMS))
        return same and kept["digest"] == _digest(kept["read"]) and not compare(target)
    except (OSError, ValueError, LookupError, TypeError, NoSums):
        return False


def _record(target: Path) -> Path:
    target = target.resolve()
    return target.parent / f".{target.name}-builds" / RECORD


def _names(asked: Iterable[Path | None]) -> tuple[str, ...]:
    return tuple(str(path.resolve()) if path else "" for path in asked)


def _digest(read: Iterable[str]) -> str:
    """Of every file read, of the code, and of the versions of everything installed."""
    found = sha256(sys.version.encode())
    for folder in sys.path:
        for name in sorted(path.name for path in Path(folder).glob("*.dist-info")):
            found.update(name.encode())
    for path in (*map(Path, read), *map(Path, disclosure.__path__)):
        for file in _files(path):
            found.update(f"{file}\0{_sum(file)}\0".encode())
    return found.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    """Files below a folder in order, without what Python keeps for itself; a file alone is itself."""
    below = sorted(path.rglob("*")) if path.is_dir() else [path]
    return (file for file in below if file.is_file() and "__pycache__" not in file.parts)


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
