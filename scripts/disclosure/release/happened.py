"""What happens to a package that people may want to hear of: releases, corrections, states of disclosure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from disclosure.model import Package
from disclosure.package.descriptor import DESCRIPTOR
from disclosure.package.difference import KEY_JOINT, Difference, difference, resources
from disclosure.package.releases import members
from disclosure.package.strict_json import parsed
from disclosure.release.address import words
from disclosure.release.changes import grouped, verdict, words_in

Files = Mapping[str, bytes]
_EVIDENCE = ("citations", "sources")
_UNTOLD = "未列明"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened: `key` is unique in its feed and never reused, `when` an RFC 3339 time."""

    key: str
    title: str
    when: str
    path: str
    summary: str


def releases(package: Package) -> Iterator[Entry]:
    """The versions that were released."""
    before = None
    for version, data in package.releases.items():
        files = members(data)
        created = str(parsed(files[DESCRIPTOR])["created"])
        told = _told(difference(before, files)) if before else "第一版"
        yield Entry(version, f"数据 {version} 版", created, f"data/{version}/", told)
        before = files


def _told(found: Difference) -> str:
    called = words_in("zh")
    kinds = (f"{called[kind]} {len(some) + others}" for kind, some, others in grouped(found))
    return f"{verdict(found, 'zh')}；{'，'.join(kinds)}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A published cell that was changed: `what` is value, state or evidence; where, both sides, why, when."""

    id: str
    what: str
    where: tuple[str, ...]
    old: str
    new: str
    reason: str
    when: str


def corrected(package: Package) -> Iterator[Correction]:
    """The published cells that were changed, in the words of today's tables where these still have them."""
    for row in package.rows("corrections"):
        name, key, field = (row.text(part) for part in ("resource", "row_key", "field"))
        table = package.tables.get(name)
        column = table.columns.get(field) if table else None
        there = table.index.get(tuple(key.split(KEY_JOINT))) if table else None
        where = (table.title if table else name, there.text("name") if there else "", key,
                 column.title if column else field)  # fmt: skip
        what = "evidence" if name in _EVIDENCE or field.endswith("citation_id") else "value"
        labels = column.labels if column else {}
        old, new = (labels.get(row.text(side), row.text(side)) for side in ("old_value", "new_value"))
        yield Correction(
            row.text("correction_id"), "state" if field == "disclosure_state" else what,
            tuple(filter(None, where)), old, new, row.text("reason"), row.text("corrected_on"),
        )  # fmt: skip


def corrections(package: Package) -> Iterator[Entry]:
    """The published cells that were changed."""
    for item in corrected(package):
        title = "更正：" + "，".join(item.where)
        told = f"原来 {item.old or '（空）'}，现在 {item.new or '（空）'}。{item.reason}"
        yield Entry(item.id, title, f"{item.when}T00:00:00Z", "corrections/", told)


def states(package: Package) -> Iterator[Entry]:
    """What is disclosed of a year and of each project, since the version that first said so."""
    since: dict[str, str] = {}
    for files in (*(members(data) for data in package.releases.values()), package.files):
        created = str(parsed(files[DESCRIPTOR])["created"])
        since = {entry.key: since.get(entry.key, created) for entry in _stated(package, files, created)}
    for entry in _stated(package, package.files, words(package, "created")):
        yield replace(entry, when=since[entry.key])


def _stated(package: Package, files: Files, when: str) -> Iterator[Entry]:
    """The states of one version; labels are those of today."""
    found = resources(files, "coverage", "projects")
    for row in found["coverage"].rows().values() if "coverage" in found else ():
        counts = tuple(_count(row.get(name, "")) for name in ("declared_count", "disclosed_count"))
        told = f"申报 {counts[0]} 项，公开 {counts[1]} 项"
        key, title = f"coverage/{row['fiscal_year']}/{'/'.join(counts)}", f"{row['fiscal_year']} 年度绩效目标"
        yield Entry(key, f"{title}：{told}", when, "ledger/", f"{title}：{told}")
    labels = package.tables["projects"].columns["disclosure_state"].labels
    for place, row in found["projects"].rows().items() if "projects" in found else ():
        state = row.get("disclosure_state", "")
        title = f"{row.get('name', place)}：{labels.get(state, _UNTOLD)}"
        told = f"{row['fiscal_year']} 年度，{title}"
        yield Entry(f"projects/{place}/{state}", title, when, f"projects/{place}/", told)


def _count(cell: str) -> str:
    return cell if cell.isdigit() else _UNTOLD
