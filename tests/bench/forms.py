"""What reading filled forms costs beside merely opening the same files, in processes of their own."""

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from section import Cost, cost, least, put

ROUNDS = 2
SIZES = (23, 230, 2_300)
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
from disclosure.forms.opened import books
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

Goals: reading within 2 times the floor (it is not met: the floor is compiled code that looks at nothing);
time linear in the number of files; less than 512 MB.
"""


def write(folder: Path, number: int) -> None:
    """So many forms of one department; in a process of its own, for children begin with what parents hold."""
    sys.path.append(str(Path(__file__).resolve().parents[1]))
    from books import National, national  # noqa: PLC0415
    from disclosure.cli import main  # noqa: PLC0415

    main(["new", str(folder.parent / "site"), "--department", NAME, "--year", "2023"])
    folder.mkdir()
    for place in range(number):
        kind = ("target", "evaluation")[place % 2]
        form = National(kind=kind, name=f"项目{place}", department=NAME, unit=NAME, style=place % 5)
        (folder / f"{place:05}.xlsx").write_bytes(national(form))


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


def line(number: int, floor: Cost, read: Cost, imported: Cost) -> str:
    """A row of the table."""
    ratio = f"**{read.seconds / floor.seconds:.1f}**"
    seconds = (f"{floor.seconds:.2f}", f"{read.seconds:.2f}", ratio, f"{imported.seconds:.1f}")
    memory = (f"{item.megabytes:,.0f}" for item in (floor, read, imported))
    return f"| {' | '.join((f'{number:,}', *seconds, f'{number / imported.seconds:,.0f}', *memory))} |"


def table() -> str:
    """The section of docs/benchmarks.md."""
    lines = []
    for number in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder, site = Path(name) / "forms", Path(name) / "site"
            subprocess.run(
                [sys.executable, __file__, str(folder), str(number)], check=True, stdout=sys.stderr
            )
            lines.append(line(number, *compared(folder, site / "datapackage")))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return TEXT.format_map({"rounds": ROUNDS, "machine": machine, "lines": "\n".join(lines)})


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        put(table())
