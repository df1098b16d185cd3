"""The live site: always whole, replaced in one step, the one before it kept, one build at a time.

Beside the site DIR lies `.DIR-builds/`: `lock`; `next-…`, a build that is being made, was killed,
or goes; `swap-N`, a site about to change places with DIR, N its inode; `previous`, the last site that was
another. All are on DIR's file system.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from disclosure.model import DisclosureError
from disclosure.package.exchange import exchange
from disclosure.release.mirror import SUMS, NoSums, besides
from disclosure.website.assets import are_same, carry, share

BETWEEN = "was-live"  # in the folder of builds: a site that changes places with another in three steps
_OF_A_LOOK = (".DS_Store", "Thumbs.db", "desktop.ini")  # what Finder and Explorer leave where somebody looked
_MOMENT = 1  # seconds until the workers of a killed build have ended


class NotASite(DisclosureError):
    """The folder to publish into holds something that this command has not made; move it away first."""


class Busy(DisclosureError):
    """Another build into this folder is running; wait until it has ended."""


class NoPrevious(DisclosureError):
    """There is no earlier site to go back to."""


@contextmanager
def alone(target: Path) -> Iterator[Path]:
    """The folder of builds beside a target, nobody else in it, what killed builds left cleared away.

    The system frees the lock when its holder dies. Raises NotASite, Busy, OSError.
    """
    if target.exists() and any(target.iterdir()) and not (target / SUMS).is_file():
        raise NotASite(f"{target.name}: no {SUMS}")
    builds = _builds(target)
    builds.mkdir(parents=True, exist_ok=True)
    lock = FileLock(builds / "lock", timeout=_MOMENT)
    try:
        with lock:
            _clear(target, builds)
            if target.exists() and any(target.iterdir()):
                _only_ours(target)
            yield builds
    except Timeout as error:
        raise Busy(str(target)) from error


def _builds(target: Path) -> Path:
    return target.parent / f".{target.name}-builds"


def _only_ours(target: Path) -> None:
    """A site that goes is deleted in the end, and what somebody has laid into its folder would go with it."""
    try:
        if others := [path for path in besides(target) if PurePosixPath(path).name not in _OF_A_LOOK]:
            raise NotASite(f"{target.name}: {others[0]}")
    except NoSums as error:
        raise NotASite(f"{target.name}: no {SUMS}") from error


@contextmanager
def assembling(builds: Path) -> Iterator[Path]:
    """A new folder to build in, gone afterwards unless it was put in place."""
    fresh = Path(tempfile.mkdtemp(prefix="next-", dir=builds))
    fresh.chmod(0o755)
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def put(fresh: Path, target: Path, builds: Path) -> None:
    """A whole site takes the target's place; what stood there becomes `previous`, unless it was the same."""
    if not target.exists() or not any(target.iterdir()):
        fresh.rename(target)
        return
    share(target, fresh)
    carry(target, fresh)
    swap = fresh.rename(builds / f"swap-{fresh.stat().st_ino}")
    exchange(target, swap, builds / BETWEEN)
    _keep(swap, target, builds)


def rollback(target: Path) -> bool:
    """The live site and the one before it change places; where somebody has removed it, that one is live.

    Whether there is a site now to go back to. Raises NoPrevious, Busy, NotASite.
    """
    target = target.resolve()
    if not target.exists() and not _builds(target).is_dir():
        raise NoPrevious(str(target))
    with alone(target) as builds:
        previous = builds / "previous"
        if not (previous / SUMS).is_file():
            raise NoPrevious(str(target))
        if is_there := target.exists():
            carry(target, previous)
            exchange(target, previous, builds / BETWEEN)
        else:
            previous.rename(target)
    return is_there


def _keep(was_live: Path, target: Path, builds: Path) -> None:
    """The site that was live becomes `previous`, the one before it goes; what was the same goes itself."""
    previous, gone = builds / "previous", builds / "next-gone"
    if are_same(was_live, target):
        was_live.rename(gone)
    else:
        if previous.exists():
            previous.rename(gone)
        was_live.rename(previous)
    shutil.rmtree(gone, ignore_errors=True)


def _clear(target: Path, builds: Path) -> None:
    """Finish or undo what a killed build had begun."""
    for left in builds.glob("next-*"):
        shutil.rmtree(left)
    between = builds / BETWEEN
    if between.exists() and not target.exists():
        between.rename(target)
    elif between.exists():
        _keep(between, target, builds)
    for swap in builds.glob("swap-*"):
        # The inode tells whether the folder so named had taken the target's place before the kill.
        if target.exists() and swap.name == f"swap-{target.stat().st_ino}":
            _keep(swap, target, builds)
        else:
            shutil.rmtree(swap)
