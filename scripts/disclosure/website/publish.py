"""Build beside the live site, check, then move into place: a build that fails changes nothing."""

import logging
import shutil
import tempfile
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from disclosure.model import DisclosureError, Package
from disclosure.quality.report import Result
from disclosure.release.downloads import SUMS
from disclosure.website import hooks
from disclosure.website.edition import Site


class NotASite(DisclosureError):
    """The folder to publish into holds something that is not a site made by this command."""


class NotBuilt(DisclosureError):
    """The pages could not be built; the live site is as it was."""


def configuration(config_file: Path) -> MkDocsConfig:
    """MkDocs' configuration, always strict."""
    return load_config(str(config_file), strict=True)


def package_root(config: MkDocsConfig) -> Path:
    """Where the package lies that a configuration publishes."""
    return Path(config.config_file_path).parent / str(config.extra["package"])


def publish(config: MkDocsConfig, package: Package, found: tuple[Result, ...], target: Path) -> Site:
    """Build a checked package's site and put it in the target's place. Raises NotASite, NotBuilt."""
    target = target.resolve()
    if target.exists() and any(target.iterdir()) and not (target / SUMS).is_file():
        raise NotASite(f"{target.name}: no {SUMS}")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        made = hooks.site(package, found, config)
        config.extra["site"] = made
        config.site_dir = str(fresh / "site")
        _run(config)
        _swap(fresh / "site", target, fresh / "previous")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return made


def _run(config: MkDocsConfig) -> None:
    # Strict mode counts warnings as they pass the logger: a quieter logger would hide them from it.
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    if not logger.handlers:
        logger.addHandler(logging.StreamHandler())
    try:
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
    except (Abort, SystemExit) as error:  # mkdocs-macros leaves by sys.exit where a macro fails
        raise NotBuilt(str(error)) from error
    finally:
        config.plugins.on_shutdown()


def _swap(fresh: Path, target: Path, previous: Path) -> None:
    if target.exists():
        target.replace(previous)
    try:
        fresh.replace(target)
    except OSError:
        if previous.exists():
            previous.replace(target)
        raise


def serve(config_file: Path, port: int) -> None:
    """Serve the site on this machine and rebuild it whenever a page or the package changes."""
    mkdocs_serve(str(config_file), livereload=True, dev_addr=f"127.0.0.1:{port}", strict=True)
