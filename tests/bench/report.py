"""The section of docs/benchmarks.md about pages: table, ratios, the goals and whether they are met."""

from collections.abc import Iterator, Mapping

Rows = Mapping[tuple[int, str], Mapping[str, str]]
WHOLE, AGAIN, ALONE = "disclosure build", "the same again", "its pages alone"
FLOOR, JINJA = "floor by hand", "floor by Jinja"
TEXT = """## Pages

The same content built by this project and by others: one layout, on every page the same words, to which
each run is held. `{whole}` is all of it: check, pages, search, every download and record, links, sums and
scan; `{again}` is the same command once more with nothing changed; `{alone}` makes the pages of the
projects as the build does, and nothing else. The floor reads every CSV, is given what the pages say, renders
it (by hand between tags; by the Jinja template that Material is given) and writes. The others are given what
the pages say in a form of their own (front matter; for Material, Zensical and Hugo a file a page), and make
neither downloads nor checks; Hugo and Eleventy no search. Least of the runs, which alternate; CPU is user
and system of a command and all that it starts, memory the most that all of them held at once, the ratio is
of CPU ({machine}).

| projects | builder | CPU, s | ms a page | wall, s | peak, MB | pages, MB | ratio | runs | measured |
|---:|---|---:|---:|---:|---:|---:|---:|---:|---|
{lines}

![CPU against projects](benchmarks/pages.svg)

| goal | measured | |
|---|---:|---|
{goals}

| memory for each thousand projects more | MB |
|---|---:|
{memory}
"""


def text(rows: Rows, machine: str) -> str:
    """The section; goals that nothing was measured for are said to be unmeasured."""
    lines = "\n".join(_line(rows, key) for key in rows)
    goals = "\n".join(_goal(*goal) for goal in _goals(rows))
    memory = "\n".join(_memory(rows, name) for name in dict.fromkeys(name for _, name in rows))
    names = {"whole": WHOLE, "again": AGAIN, "alone": ALONE}
    return TEXT.format(**names, machine=machine, lines=lines, goals=goals, memory=memory)


def _memory(rows: Rows, name: str) -> str:
    """What a builder's peak grows by, between its smallest and its largest size."""
    held = sorted(
        (size, float(row["megabytes"])) for (size, of), row in rows.items() if of == name and row["cpu"]
    )
    if len(held) < 2:
        return f"| {name} | not measured |"
    (small, less), (large, more) = held[0], held[-1]
    return f"| {name} | {(more - less) / (large - small) * 1000:,.0f} |"


def _line(rows: Rows, key: tuple[int, str]) -> str:
    projects, name = key
    row = rows[key]
    if not row["cpu"]:
        return f"| {projects:,} | {name} | {row['why']} | | | | | | {row['runs']} | {row['date']} |"
    cpu = float(row["cpu"])
    ratio = _ratio(rows, (key, "cpu"), ((projects, WHOLE), "cpu"))
    cells = (
        f"{cpu:,.1f}",
        f"{cpu / projects * 1000:,.2f}",
        f"{float(row['wall']):,.1f}",
        f"{float(row['megabytes']):,.0f}",
        f"{int(row['bytes']) / 1e6:,.1f}",
        f"**{ratio:.2f}**" if ratio else "",
        row["runs"],
        row["date"],
    )
    return f"| {projects:,} | {name} | {' | '.join(cells)} |"


def _ratio(rows: Rows, one: tuple[tuple[int, str], str], other: tuple[tuple[int, str], str]) -> float | None:
    """One to the other, if both were measured on one day: a machine is not as fast on the next."""
    try:
        if rows[one[0]]["date"] != rows[other[0]]["date"]:
            return None
        return float(rows[one[0]][one[1]]) / float(rows[other[0]][other[1]])
    except (KeyError, ValueError):
        return None


def _goals(rows: Rows) -> Iterator[tuple[str, float | None, float]]:
    def cpu(size: int, name: str) -> tuple[tuple[int, str], str]:
        return (size, name), "cpu"

    yield (
        "whole build to mkdocs-material + macros + search at 2,300, CPU",
        _ratio(rows, cpu(2_300, WHOLE), cpu(2_300, "mkdocs-material")),
        0.15,
    )
    for size, most in ((2_300, 0.5), (23_000, 0.25)):
        yield f"pages alone to Hugo at {size:,}, CPU", _ratio(rows, cpu(size, ALONE), cpu(size, "Hugo")), most
    memory = _ratio(rows, ((23_000, ALONE), "megabytes"), ((23_000, "Hugo"), "megabytes"))
    yield "pages alone to Hugo at 23,000, peak memory", memory, 0.1
    for name in (ALONE, WHOLE):
        grown = _ratio(rows, cpu(23_000, name), cpu(2_300, name))
        yield f"{name}: CPU a page at 23,000 to 2,300", grown / 10 if grown else None, 1.15
    for name in (JINJA, FLOOR):
        size = max((projects for projects, of in rows if of == name), default=230)
        yield (
            f"pages alone to the {name} at {size:,}, CPU",
            _ratio(rows, cpu(size, ALONE), cpu(size, name)),
            1.5,
        )
    size = max(
        (projects for projects, name in rows if name == AGAIN and rows[projects, name]["cpu"]), default=230
    )
    yield f"{AGAIN} to {WHOLE} at {size:,}, CPU", _ratio(rows, cpu(size, AGAIN), cpu(size, WHOLE)), 0.1


def _goal(said: str, found: float | None, most: float) -> str:
    if found is None:
        return f"| {said}: {most} at most | not measured on one day | |"
    return f"| {said}: {most} at most | **{found:.2f}** | {'met' if found <= most else 'not met'} |"
