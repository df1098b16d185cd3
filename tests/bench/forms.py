"""What reading filled forms costs beside merely opening the same files, in processes of their own."""

import compileall
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from section import ROOT, Cost, cost, least, put

if TYPE_CHECKING:
    from books import National

ROUNDS = 3
SIZES = (23, 230, 2_300)
UNLIKE, SHARED, TITLES, PLACES = 230, "shared texts", "sheets of other names", "other places too"
PRINTED = "as this project prints them"
NAME = "样例市样例街道办事处"
FLOOR = """
import sys
from pathlib import Path
from python_calamine import CalamineWorkbook
for path in sorted(Path(sys.argv[1]).iterdir()):
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges
"""
READ = """
import sys
from pathlib import Path
from disclosure.forms.layout import of_package
from disclosure.forms.files import books
from disclosure.forms.reading import read
for book in books([Path(sys.argv[1])]):
    assert read(book, of_package())[0]
"""
TEXT = """## Forms

Filled forms of the national layout with labels spelled in five ways: opened with calamine and nothing else
(the floor), read cell by cell (sizes and markup checked first, labels found, values and citations made), and
imported with every check of the package (`disclosure import`). CPU seconds with imports and peak memory,
least of {rounds} alternating runs ({machine}).

| files | floor, s | read, s | ratio | import, s | files a second | floor, MB | read, MB | import, MB |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|
{lines}

With shared texts the files have theirs in a part of their own, as office programs write them. In the next two
rows each form stands in a sheet of another name; in the second in other places of it as well. The forms of
the last rows are those of a fictional package, as `disclosure form` prints them, imported into it again: few
have their merged cells where another has. There, little that is kept of one form helps to read the next.
Goals: reading within 2 times the floor, which is compiled code that looks at nothing (it is met for many
files alike whose texts stand in their cells, and for no others; where files are few, most of the time goes
into loading Python's modules and into the first form of each layout; see decision 0025); time linear in the
number of files; less than 512 MB.
"""


def filled(place: int) -> "National":
    """A form in one of two kinds and five spellings, its name, money, goal, targets and results its own."""
    from books import National  # noqa: PLC0415

    share, budget = 50 + place % 50, round(9 + place / 8, 4)
    return National(
        kind=("target", "evaluation")[place % 2],
        style=place % 5,
        name=f"项目{place}",
        department=NAME,
        unit=NAME,
        budget=budget,
        part=round(budget / 2, 4),
        goal=f"完成 {place + 1} 个项目的预算编制，合格率 {share}%。",
        targets=(f"≥{place + 1}个", f"≥{share}%", f"惠及 {place % 97} 个社区", f"≥{40 + place % 60}%"),
        actuals=(place + 2, f"{share}%", f"惠及了 {place % 97} 个社区", f"{41 + place % 59}%"),
    )


def write(folder: Path, number: int, unlike: str) -> None:
    """So many forms of one department; in a process of its own, for children begin with what parents hold.

    They may have shared texts, or be unlike one another in the titles of their sheets, or in places too.
    """
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    from books import laid_out, shared, xlsx  # noqa: PLC0415
    from disclosure.cli import main  # noqa: PLC0415

    if unlike == PRINTED:
        main(["sample", str(folder.parent / "site" / "datapackage"), "--projects", str(number), "--full"])
        return printed(folder, folder.parent / "site" / "datapackage")
    main(["new", str(folder.parent / "site"), "--department", NAME, "--year", "2023"])
    folder.mkdir()
    for place in range(number):
        sheet = f"表{place if unlike else 0}"
        form = replace(filled(place), shift=(place % 3, place // 3) if unlike == PLACES else (0, 0))
        data = shared(*laid_out(form)) if unlike == SHARED else xlsx([(sheet, *laid_out(form))])
        (folder / f"{place:05}.xlsx").write_bytes(data)


def printed(folder: Path, root: Path) -> None:
    """The forms of a package as readers download them, each with rows and merged cells of its own."""
    from disclosure.package.load import load  # noqa: PLC0415
    from disclosure.release.form import forms  # noqa: PLC0415

    package, _ = load(root)
    folder.mkdir()
    for address, data in forms(package, package.tables["projects"].rows):
        (folder / Path(address).name).write_bytes(data)


def compared(folder: Path, package: Path) -> tuple[Cost, Cost, Cost]:
    """The floor, the reading alone and the whole import, in alternating runs."""
    run = [
        sys.executable,
        "-m",
        "disclosure.cli",
        "import",
        str(folder),
        "--package",
        str(package),
        "--dry-run",
    ]
    commands = ([sys.executable, "-c", FLOOR, str(folder)], [sys.executable, "-c", READ, str(folder)], run)
    runs = [[cost(*command) for command in commands] for _ in range(ROUNDS)]
    floor, read, imported = (least([costs[place] for costs in runs]) for place in range(3))
    return floor, read, imported


def line(name: str, number: int, floor: Cost, read: Cost, imported: Cost) -> str:
    """A row of the table."""
    ratio = f"**{read.seconds / floor.seconds:.1f}**"
    seconds = (f"{floor.seconds:.2f}", f"{read.seconds:.2f}", ratio, f"{imported.seconds:.1f}")
    memory = (f"{item.megabytes:,.0f}" for item in (floor, read, imported))
    return f"| {' | '.join((name, *seconds, f'{number / imported.seconds:,.0f}', *memory))} |"


def table() -> str:
    """The section of docs/benchmarks.md; with compiled modules, as whoever has it installed starts it."""
    compileall.compile_dir(ROOT / "scripts", quiet=1)
    lines = []
    every = [*((f"{number:,}", number, "") for number in SIZES)]
    every.append((f"{SIZES[-1]:,}, {SHARED}", SIZES[-1], SHARED))
    every += [(f"{UNLIKE}, {unlike}", UNLIKE, unlike) for unlike in (TITLES, PLACES)]
    every += [(f"{number:,}, {PRINTED}", number, PRINTED) for number in SIZES]
    for said, number, unlike in every:
        with tempfile.TemporaryDirectory() as name:
            folder, site = Path(name) / "forms", Path(name) / "site"
            made = [sys.executable, __file__, str(folder), str(number), unlike]
            subprocess.run(made, check=True, stdout=sys.stderr)
            lines.append(line(said, number, *compared(folder, site / "datapackage")))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return TEXT.format_map({"rounds": ROUNDS, "machine": machine, "lines": "\n".join(lines)})


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    else:
        put(table())
