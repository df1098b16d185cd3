"""An address cut short still answers: a page for each folder that people reach and that has none."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from disclosure.package.shipped import shipped
from disclosure.website.edition import Site
from disclosure.website.linked import linked_data
from disclosure.website.records import HOME, PressedPage
from disclosure.website.render import render
from disclosure.website.sitemap import parts

FOUND = ("gaps/", "evidence/", "feeds/")  # those that search finds


def folders(site: Site, listed: Sequence[PressedPage], root: Path) -> Iterator[PressedPage]:
    """The pages of the folders of folders.csv that are there below the root, the deepest first."""
    made: list[PressedPage] = []
    for line in reversed(shipped("website", "folders")):
        for folder in sorted(path for path in root.glob(line["folder"]) if path.is_dir()):
            if not (folder / "index.html").exists():
                made.append(
                    _page(site, line, folder.relative_to(root).as_posix() + "/", root, (*made, *listed))
                )
    return reversed(made)


def _page(
    site: Site, line: dict[str, str], url: str, root: Path, listed: Sequence[PressedPage]
) -> PressedPage:
    """A folder's page: the pages right below it, and those of its named files that are there."""
    title = line["title"].format(PurePosixPath(url).name)
    crumbs = (HOME, (line["up"], line["up_url"]))
    below = [page for page in listed if PurePosixPath(page.url).parent == PurePosixPath(url)]
    told = [item.partition(" ")[::2] for item in line["files"].split("|") if item]
    named = [(name, title) for name, title in told if (root / url / name).is_file()]
    record = {"title": title, "says": line["says"], "up": crumbs[1], "parts": parts(below), "files": named}
    return PressedPage(
        url,
        title,
        line["says"],
        crumbs,
        render("folder", record, "../" * url.count("/"), {}),
        is_list=True,
        linked=partial(linked_data, site, line["says"], (*crumbs, (title, url))),
    )
