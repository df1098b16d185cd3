"""Look through files that are about to go out, and say with masked values what must not."""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from disclosure.model import Problem
from disclosure.package.descriptor import DESCRIPTOR, MAX_FILE_BYTES
from disclosure.package.load import ordinary
from disclosure.quality.scan.detectors import detect, masked
from disclosure.quality.scan.extract import as_seen, extract, identity, is_book
from disclosure.quality.scan.headers import is_person
from disclosure.quality.scan.hits import masked_word
from disclosure.quality.scan.pieces import MAX_BYTES, CannotRead, Piece, Role
from disclosure.quality.scan.screen import screen
from disclosure.quality.scan.settings import ScanSettings, defaults, settings_of
from disclosure.quality.scan.sheets import may_hold

_AT_ONCE = 24 * 1024 * 1024  # bytes
_ODD = "no file: a pipe, a socket, a device, or a link to a folder or to nothing"


def scan(files: Iterable[tuple[str, bytes]], settings: ScanSettings | None = None) -> list[Problem]:
    """Everything found in files given as names and bytes, sorted by place; no problem holds a full value."""
    return sorted(set(_of_all(files, settings or defaults(), set())))


def scan_folder(folder: Path, settings: ScanSettings, part: int, parts: int) -> list[Problem]:
    """Everything found in every so many-th file below a folder, for workers that share it."""
    return _scanned([folder], settings, part, parts)


def scan_paths(paths: Sequence[Path]) -> list[Problem]:
    """Everything found in files and below folders. Raises OSError for what cannot be opened, NotAFile."""
    paths = [ordinary(path) for path in paths]
    return _scanned(paths, settings_in(paths))


def _scanned(paths: Sequence[Path], settings: ScanSettings, part: int = 0, parts: int = 1) -> list[Problem]:
    met = [item for path in paths for item in _below(path)][part::parts]
    odd = {path: name for name, path in met if not path.is_file() and (path.is_symlink() or path.exists())}
    files = ((name, _read(path)) for name, path in met if path not in odd)
    told = (Problem(_masked(name, settings), 0, "", "scan-readable", _ODD, "") for name in odd.values())
    return sorted({*scan(files, settings), *told})


def settings_in(paths: Sequence[Path]) -> ScanSettings:
    """The settings of the topmost package among files and folders, or the defaults. Raises BadSettings."""
    found = [file for path in paths for file in (path.rglob(DESCRIPTOR) if path.is_dir() else [path])]
    for file in sorted(found, key=lambda file: (len(file.parts), file)):
        if file.name == DESCRIPTOR and file.is_file() and file.stat().st_size <= MAX_FILE_BYTES:
            try:
                descriptor = json.loads(file.read_bytes())
            except ValueError:
                continue  # the scan of that file says so
            return settings_of(descriptor) if isinstance(descriptor, dict) else defaults()
    return defaults()


def _below(path: Path) -> Iterator[tuple[str, Path]]:
    """A file, or all below a folder that is no folder itself; nobody looks through a link to another one."""
    if not path.is_dir():
        yield path.name, path
        return
    found: list[Path] = []
    for base, folders, files in os.walk(path, onerror=_refused):
        linked = (name for name in folders if Path(base, name).is_symlink())
        found += [Path(base, name) for name in (*files, *linked)]
    yield from ((file.relative_to(path).as_posix(), file) for file in sorted(found))


def _refused(error: OSError) -> None:
    raise error


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        # One more than allowed shows that it is too large; room for more than there is costs time.
        return file.read(min(path.stat().st_size, MAX_BYTES) + 1)


def _of_all(
    files: Iterable[tuple[str, bytes]], settings: ScanSettings, clean: set[bytes], depth: int = 0
) -> Iterator[Problem]:
    """Problems of files: many are screened at once, and taken apart only where they may hold something.

    `clean` is of tables in which nothing was found: the same goes out by itself, as data and in an archive.
    """
    for batch in _batches(files):
        for are_books in (False, True):
            some = [file for file in batch if is_book(file[0]) is are_books]
            seen = [as_seen(name, data, settings) for name, data in some]
            texts = [
                b"%b\n%b" % (name.encode("utf-8", "replace"), text or b"")
                for (name, _), text in zip(some, seen, strict=True)
            ]
            held = (may_hold if are_books else screen)(texts, settings.sensitive_groups)
            for (name, data), text, is_held in zip(some, seen, held, strict=True):
                if text is None or is_held:
                    yield from _file(name, data, settings, clean, depth)


def _batches(files: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    batch: list[tuple[str, bytes]] = []
    size = 0
    for file in files:
        batch.append(file)
        size += len(file[1])
        if size > _AT_ONCE:
            yield batch
            batch, size = [], 0
    yield batch


def _file(name: str, data: bytes, settings: ScanSettings, clean: set[bytes], depth: int) -> Iterator[Problem]:
    """Problems of a file and of the files in it; the same finding at several readings is one."""
    shown = _masked(name, settings)
    for hit in detect(Path(name).stem, settings):
        yield Problem(shown, 0, "file name", hit.kind, hit.masked, "")
    same = identity(name, data)
    if same in clean:
        return
    met: set[tuple[str, str]] = set()
    found: list[Problem] = []

    def members() -> Iterator[tuple[str, bytes]]:
        try:
            if len(data) > MAX_BYTES:
                raise CannotRead(f"larger than {MAX_BYTES} bytes")
            for piece in extract(name, data, settings, depth):
                if isinstance(piece, tuple):
                    yield f"{name}!{piece[0]}", piece[1]
                else:
                    found.extend(_piece(shown, piece, settings, met))
        except CannotRead as error:
            found.append(Problem(shown, 0, "", "scan-readable", str(error), ""))

    yield from _of_all(members(), settings, clean, depth + 1)
    yield from found
    if same and not found:
        clean.add(same)


def _masked(name: str, settings: ScanSettings) -> str:
    return "/".join(masked(part, settings) for part in name.split("/"))


def _piece(file: str, piece: Piece, settings: ScanSettings, met: set[tuple[str, str]]) -> Iterator[Problem]:
    for place, rule, found in _found(piece, settings):
        # A page is read as it is written and as it is seen: what the first reading named has its line.
        if piece.row or (rule, found) not in met:
            met.add((rule, found))
            yield Problem(file, piece.row, masked(place, settings), rule, found, "")


def _found(piece: Piece, settings: ScanSettings) -> Iterator[tuple[str, str, str]]:
    if piece.role is Role.COLUMN:
        yield piece.place, "no-personal-column", masked(piece.text, settings)
    elif piece.role is Role.AUTHOR and is_person(piece.text, settings.official_authors):
        yield piece.place, "no-personal-column", masked_word(piece.text.strip())
    for hit in detect(piece.text, settings):
        if piece.role is not Role.WRAPPED or hit.kind == "no-id-number":
            yield piece.place_of(hit.offset), hit.kind, hit.masked
