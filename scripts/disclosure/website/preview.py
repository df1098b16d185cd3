"""Pages of a site that is being worked on, each rendered when asked for, from what the files hold now.

MkDocs' environment and the package stay in memory. A change of a cell costs one reading of the package, and
a page that is shown costs its own rendering. The downloads and the results of the check that pages list are
those of the start. The code is not loaded again: that needs another start.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from mkdocs.commands import build as mkdocs
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from disclosure.package.computed import computed
from disclosure.package.load import load
from disclosure.package.shipped import language
from disclosure.quality.checks import check
from disclosure.quality.messages import text
from disclosure.quality.report import results
from disclosure.website import hooks
from disclosure.website.edition import year_shown
from disclosure.website.press import PLATE, press
from disclosure.website.publish import configuration, package_root, read_by
from disclosure.website.records import PressedPage, pages

State = Mapping[Path, int]


class Preview:
    """The pages of a configuration, rendered into a folder that nobody else uses."""

    def __init__(self, config_file: Path, folder: Path) -> None:
        self._config_file, self._folder = config_file, folder
        self._config = config = configuration(config_file)
        self._seen = self.state()  # before anything is read: what changes meanwhile is read again
        package, problems = check(package_root(config))
        self._site = hooks.site(package, results(package, problems), config)
        self.problems = ""
        self._start()

    def _start(self) -> None:
        """MkDocs as far as the first page; a page's text is read when it is asked for."""
        self._config = config = configuration(self._config_file, site_dir=str(self._folder))
        config.extra["site"] = self._site
        config.plugins.on_startup(command="serve", dirty=False)
        config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        self._files = get_files(config)
        self._env = config.theme.get_env()
        self._files.add_files_from_theme(self._env, config)
        self._files = config.plugins.on_files(self._files, config=config)
        set_exclusions(self._files, config)
        self._nav = config.plugins.on_nav(
            get_navigation(self._files, config), config=config, files=self._files
        )
        self._env = config.plugins.on_env(self._env, config=config, files=self._files)
        self._pressed: dict[str, PressedPage] = {}

    def state(self) -> State:
        """The date of every file that the pages are made from."""
        tops = {path.resolve() for path in read_by(self._config)}
        below = chain.from_iterable(top.rglob("*") if top.is_dir() else [top] for top in tops)
        return {path: path.stat().st_mtime_ns for path in below if path.is_file() and path.suffix != ".pyc"}

    def changed(self) -> bool:
        """Whether a file has changed since this was last asked; what was kept of it is made anew."""
        now, before = self.state(), self._seen
        self._seen = now
        touched = {path for path in now.keys() | before.keys() if now.get(path) != before.get(path)}
        root = package_root(self._config).resolve()
        cells = {path for path in touched if path.is_relative_to(root)}
        if cells:
            self._read()
        if any(path.suffix != ".md" or path not in before or path not in now for path in touched - cells) or (
            touched and self._site.other_years
        ):
            self._start()  # pages of other years are made then, from those in front
        return bool(touched)

    def _read(self) -> None:
        package, problems = load(package_root(self._config))
        self.problems = text(problems, language(os.environ)) if problems else ""
        if package.unread or not package.tables:
            return  # the pages stay as they were
        year = year_shown(package, self._config.extra.get("year"))
        self._site = replace(self._site, package=package, year=year, computed=computed(package, year))
        self._config.extra["site"] = self._site
        self._pressed = {}

    def page(self, url: str) -> str | None:
        """The HTML of a page below the root; None where a file stands there, or nothing."""
        for file in self._files.documentation_pages():
            if file.url.removeprefix("./") == url and file.src_uri != PLATE:
                return self._rendered(file)
        self._pressed = self._pressed or {page.url: page for page in pages(self._site)}
        if url not in self._pressed:
            return None
        plate = self._files.get_file_from_path(PLATE)
        assert plate is not None  # on_files has looked
        ((_, html),) = press(self._rendered(plate), [self._pressed[url]])
        return html

    def asset(self, url: str) -> bytes | None:
        """A file of the pages themselves: a style, a script, a picture."""
        found = (file for file in self._files if file.url == url and not file.is_documentation_page())
        return next((file.content_bytes for file in found), None)

    def _rendered(self, file: File) -> str:
        page = file.page or Page(None, file, self._config)
        mkdocs._populate_page(page, self._config, self._files)
        mkdocs._build_page(page, self._config, self._files.documentation_pages(), self._nav, self._env)
        return Path(file.abs_dest_path).read_text(encoding="utf-8")
