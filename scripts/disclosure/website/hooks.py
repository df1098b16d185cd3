"""MkDocs' events, in the order in which MkDocs fires them; what they do lives elsewhere."""

import os
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from disclosure.model import Package, Problem
from disclosure.package.computed import computed
from disclosure.package.shipped import language
from disclosure.quality.checks import check
from disclosure.quality.messages import text
from disclosure.quality.report import Result, blocking, results
from disclosure.quality.scan.scan import scan, scan_folder
from disclosure.quality.scan.settings import settings_of
from disclosure.release import api
from disclosure.release.address import address
from disclosure.release.archive import checksums
from disclosure.release.catalogue import catalogue
from disclosure.release.downloads import downloads
from disclosure.release.form import forms
from disclosure.release.mirror import SUMS
from disclosure.release.publication import addresses
from disclosure.release.template import ADDRESS as BLANK_FORMS
from disclosure.release.template import template
from disclosure.website.assets import named
from disclosure.website.chart_files import chart_files
from disclosure.website.desk import desk
from disclosure.website.edition import Site, year_shown
from disclosure.website.filters import columns
from disclosure.website.folders import FOUND, folders
from disclosure.website.headers import META, headers
from disclosure.website.identity import identity
from disclosure.website.index import index_files
from disclosure.website.linked import linked_data
from disclosure.website.links import below, check_links
from disclosure.website.press import PLATE, PLATE_URL, press
from disclosure.website.records import pages
from disclosure.website.search import SEARCH, entries
from disclosure.website.sitemap import MAP, site_map, sitemap
from disclosure.website.workers import in_parts, workers
from disclosure.website.years import year_pages

# Material's scripts and styles, which our own shell does without; a template that would go out unfilled.
NO_ROBOTS = "User-agent: *\nDisallow: /\n"  # of a demonstration
ENGLISH = "en/"
_UNUSED = ("assets/javascripts/", "assets/images/", "assets/stylesheets/", "sitemap.xml")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the package before anything is rendered; a build that was given its site has done so."""
    if "site" not in config.extra:
        root = Path(config.config_file_path).parent / config.extra["package"]
        package, problems = check(root)
        problems += scan(package.files.items(), settings_of(package.descriptor))
        _stop_at(blocking(problems))
        config.extra["site"] = site(package, results(package, problems), config)
    config.extra["policy"] = META
    config.extra["linked_data"] = linked_data
    config.theme.static_templates.discard("sitemap.xml")  # dated by the day of the build, and without records
    return config


def site(
    package: Package, found: tuple[Result, ...], config: MkDocsConfig, formats: Path | None = None
) -> Site:
    """What the pages are made from, once nothing blocks; downloads are made in the folder, else in memory."""
    year = year_shown(package, config.extra.get("year"))
    marks = identity(config.extra.get("identity"))
    numbers = {str(url): str(number) for url, number in (config.extra.get("index_numbers") or {}).items()}
    where = address(config.site_url, marks)
    made = downloads(package, formats)
    return Site(package, year, computed(package, year), found, made, marks, numbers, where)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the plate as deep as a project's page, leave out what the shell does not load, add other years."""
    plate = files.get_file_from_path(PLATE)
    if plate is None:
        raise PluginError(f"docs/{PLATE} is missing: every page of a record is pressed from it")
    plate.url, plate.dest_uri = PLATE_URL, f"{PLATE_URL}index.html"
    plate.abs_dest_path = str(Path(config.site_dir) / plate.dest_uri)
    if config.extra.get("demo"):
        files.append(File.generated(config, "robots.txt", content=NO_ROBOTS))
    for file in list(files):
        if file.src_uri.startswith(_UNUSED):
            files.remove(file)
    written = [(file.src_uri, file.content_string) for file in files.documentation_pages()]
    for path, page in year_pages(config.extra["site"], written):
        files.append(File.generated(config, path, content=page, inclusion=InclusionLevel.NOT_IN_NAV))
    for listed in (config.extra_css, config.extra_javascript):
        listed[:] = [_by_content(files, str(path), config) for path in listed]
    return files


def _by_content(files: Files, path: str, config: MkDocsConfig) -> str:
    """A style or script of the pages is published under a name that changes with it."""
    file = files.get_file_from_path(path)
    if file is None:
        raise PluginError(f"docs/{path} is missing: every page loads it")
    file.dest_uri = file.url = named(path, file.content_bytes)
    file.abs_dest_path = str(Path(config.site_dir) / file.dest_uri)
    return file.dest_uri


def on_post_build(config: MkDocsConfig) -> None:
    """Press the records' pages, write the downloads and their checksums, then look at every link and file."""
    made: Site = config.extra["site"]
    root = Path(config.site_dir)
    written = tuple(_written(root))
    plate = root / PLATE_URL / "index.html"
    html = plate.read_text(encoding="utf-8")
    shutil.rmtree(plate.parent.parent)
    jobs = workers(config.extra.get("jobs", 1), len(made.package.rows("projects")))
    in_parts(partial(_press, root, html, made), jobs)
    for download in made.downloads:
        _write(root / download.path, download.content)
    for path, content in _beside(made):
        _write(root / path, content)
    listed = tuple(pages(made))
    between = tuple(folders(made, listed, root))
    pressed = tuple(press(html, between))
    for url, page in pressed:
        _write(root / url / "index.html", page.encode("utf-8"))
    table, found = desk(made), (item for item in pressed if item[0] in FOUND)
    for path, content in chain(
        columns(table),
        index_files(entries(table, (*written, *found))),
        site_map(root, (*between, *listed)),
        _for_robots(root, made),
    ):
        _write(root / path, content)
    _write(root / SUMS, b"")  # pages link to it; the sums of what was looked at come last
    _write(root / "_headers", headers().encode("utf-8"))
    _stop_at(check_links(root))
    look = partial(scan_folder, root, settings_of(made.package.descriptor))
    _stop_at(blocking(sorted(chain.from_iterable(in_parts(look, jobs)))))
    _write(root / SUMS, _sums(root, made).encode("utf-8"))


def _press(root: Path, plate: str, made: Site, part: int, parts: int) -> None:
    """Write one part of the pressed pages and of the projects' forms: every so many-th."""
    for url, page in press(plate, islice(pages(made), part, None, parts)):
        _write(root / url / "index.html", page.encode("utf-8"))
    for path, content in forms(made.package, made.package.rows("projects")[part::parts]):
        _write(root / path, content)


def _beside(made: Site) -> Iterator[tuple[str, bytes]]:
    """What is neither page nor download: versions kept, API and catalogue records, feeds."""
    yield from addresses(made.package)
    yield from api.files(made.package)
    yield BLANK_FORMS, template(made.package)
    yield from chain.from_iterable(map(chart_files, map(desk, (made, *made.others))))
    yield from catalogue(made.package, made.downloads, made.address)


def _for_robots(root: Path, made: Site) -> Iterator[tuple[str, bytes]]:
    """The list of pages, and leave to read them."""
    if (root / "robots.txt").exists():
        return  # a demonstration keeps robots away
    pages = (path for path in below(root) if path.endswith(".html") and path != "404.html")
    yield from sitemap(pages, made.address)


def _sums(root: Path, made: Site) -> str:
    """The sums of all files but this one, as they lie there; a download that is not what it was is told."""
    listed = checksums((path, (root / path).read_bytes()) for path in below(root) if path != SUMS)
    lost = [item.path for item in made.downloads if f"{item.sha256}  {item.path}\n" not in listed]
    if lost:
        raise PluginError(f"{lost[0]} is not what was to be written")
    return listed


def _written(root: Path) -> Iterator[tuple[str, str]]:
    """Address and HTML of the pages that search finds, as MkDocs wrote them: those in its own language."""
    for path in sorted(root.rglob("index.html")):
        url = path.parent.relative_to(root).as_posix().removeprefix(".")
        if f"{url}/" not in (PLATE_URL, SEARCH, MAP) and not f"{url}/".startswith(ENGLISH):
            yield f"{url}/" if url else "", path.read_text(encoding="utf-8")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except FileNotFoundError:  # the first of its folder
        path.parent.mkdir(parents=True, exist_ok=True)  # another process may make it, too
        path.write_bytes(content)


def _stop_at(problems: Sequence[Problem]) -> None:
    if problems:
        raise PluginError("\n" + text(problems, language(os.environ)))
