"""Styles and scripts named by their content, so that a page only ever meets the ones it was made with."""

import re
import shutil
from hashlib import sha256
from pathlib import Path, PurePosixPath

from disclosure.release.mirror import SUMS
from disclosure.website.links import below

_NAMED = re.compile(r"assets/[\w.-]+\.[0-9a-f]{12}\.(?:css|js)")


def named(path: str, content: bytes) -> str:
    """The path with the start of its content's sha256 before its ending."""
    found = PurePosixPath(path)
    return str(found.with_name(f"{found.stem}.{sha256(content).hexdigest()[:12]}{found.suffix}"))


def share(old: Path, new: Path) -> None:
    """What did not change is the very file of the old site: its date stays, and the disk holds it once.

    A file of a site is never written again, only replaced, so that two sites may have it.
    """
    for name in below(new):
        path, before = new / name, old / name
        if before.is_file() and before.read_bytes() == path.read_bytes():
            same = path.with_name(f"{path.name}.same")
            try:
                same.hardlink_to(before)
            except OSError:
                return  # this file system has no such links
            same.replace(path)


def are_same(one: Path, other: Path) -> bool:
    """Whether two sites list the same files, whatever either carries: pages name the styles they load."""
    lists = [site / SUMS for site in (one, other)]
    if not all(path.is_file() for path in lists):
        return False
    first, second = (path.read_text(encoding="utf-8", errors="replace").splitlines() for path in lists)
    return not any(_NAMED.fullmatch(line[66:]) is None for line in {*first} ^ {*second})


def carry(old: Path, new: Path) -> None:
    """What the pages of one site load stays in the next, for readers who hold such a page; with its sum.

    Only what the old site's own front page names is carried, so nothing stays longer than one site.
    """
    sums = (new / SUMS).read_text(encoding="utf-8")
    front = old / "index.html"
    names = set(_NAMED.findall(front.read_text(encoding="utf-8"))) if front.is_file() else set()
    lines = set(sums.splitlines())
    for name in sorted(names):
        if f"  {name}\n" not in sums and (old / name).is_file():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(old / name, new / name)
            lines.add(f"{sha256((new / name).read_bytes()).hexdigest()}  {name}")
    made = "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.partition("  ")[2]))
    if made != sums:
        whole = new / f"{SUMS}.new"
        whole.write_text(made, encoding="utf-8")
        whole.replace(new / SUMS)
