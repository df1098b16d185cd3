"""Build beside the live site, check, then move into place: a build that fails changes nothing."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from disclosure.model import DisclosureError, Package
from disclosure.quality.report import Result
from disclosure.website import hooks, live
from disclosure.website.edition import Site

_INHERIT = re.compile(r"""^INHERIT: *["']?([^"'\n]*[^"'\s])""", re.MULTILINE)


class NotBuilt(DisclosureError):
    """The pages could not be built; the live site is as it was."""


class NotConfigured(DisclosureError):
    """The site's configuration cannot be read."""


def configuration(config_file: Path, **instead: Any) -> MkDocsConfig:
    """MkDocs' configuration, always strict, `instead` in place of its values. Raises NotConfigured."""
    try:
        return load_config(str(config_file), strict=True, **instead)
    except (Abort, ConfigurationError) as error:
        raise NotConfigured(f"{config_file}: {error}") from error


def package_root(config: MkDocsConfig) -> Path:
    """Where the package lies that a configuration publishes. Raises NotConfigured."""
    if "package" not in config.extra:
        raise NotConfigured("extra.package")
    return Path(config.config_file_path).parent / str(config.extra["package"])


def read_by(config: MkDocsConfig) -> Iterator[Path]:
    """The folders and files that a configuration makes its site from, besides the code."""
    yield package_root(config)
    yield from map(Path, (config.docs_dir, *config.watch, *filter(None, [config.theme.custom_dir])))
    yield from _inherited(Path(config.config_file_path))


def _inherited(file: Path) -> Iterator[Path]:
    """A configuration and those that it inherits from, wherever they lie."""
    yield file
    if above := _INHERIT.search(file.read_text(encoding="utf-8")):
        yield from _inherited(file.parent / above[1])


def publish(config: MkDocsConfig, package: Package, found: tuple[Result, ...], target: Path) -> Site:
    """Build a checked package's site and put it in the target's place. Raises NotASite, Busy, NotBuilt."""
    target = target.resolve()
    with (
        live.alone(target) as builds,
        live.assembling(builds) as fresh,
        live.assembling(builds) as formats,
    ):
        made = hooks.site(package, found, config, formats)
        config.extra["site"] = made
        config.site_dir = str(fresh)
        _run(config)
        live.put(fresh, target, builds)
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
