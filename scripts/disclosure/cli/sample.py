"""`disclosure sample`."""

import argparse
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from disclosure.cli.report import CLEAN, between
from disclosure.cli.spoken import spoken
from disclosure.model import DisclosureError

if TYPE_CHECKING:
    from disclosure.release.sample.outline import Order


class OneFolder(DisclosureError):
    """The package and the forms go into two folders, none of which lies in the other."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large, which one, and where to."""
    parser.add_argument("folder", type=Path, metavar="OUT")
    parser.add_argument("--projects", type=between(1, 1_000_000), required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument(
        "--indicators",
        type=between(6, 30),
        default=9,
        metavar="K",
    )
    parser.add_argument("--full", action="store_true")
    parser.add_argument(
        "--forms",
        type=Path,
        metavar="DIR",
    )


def run(options: argparse.Namespace) -> int:
    """An empty package, filled with rows that are invented, sealed; with --forms, projects as workbooks.

    Both are written, or neither. Raises NotEmpty, OneFolder.
    """
    from disclosure.cli.new import beside
    from disclosure.release.sample.outline import Order

    order = Order(options.projects, options.seed, options.indicators, options.full)
    with beside(options.folder) as fresh, ExitStack() as both:
        if options.forms is not None:
            apart(options.folder, options.forms)
            forms = both.enter_context(beside(options.forms))
            whole = both.enter_context(TemporaryDirectory())
            _package(Path(whole), order, listed=True)
            _forms(forms, Path(whole))
        _package(fresh, order, listed=options.forms is None)
    print(spoken("{}: {} projects, fictional").format(options.folder, options.projects))
    return CLEAN


def apart(one: Path, other: Path) -> None:
    """See that neither folder is, or lies in, the other. Raises OneFolder."""
    first, second = one.resolve(), other.resolve()
    if first == second or first in second.parents or second in first.parents:
        raise OneFolder(str(other))


def _package(root: Path, order: "Order", listed: bool) -> None:
    from disclosure.cli.new import blank_files, put
    from disclosure.package.descriptor import DESCRIPTOR
    from disclosure.package.load import load
    from disclosure.release.sample.vocabulary import DEPARTMENT, YEAR
    from disclosure.release.sample.write import named, write
    from disclosure.release.seal import sealed

    put(root, blank_files(DEPARTMENT, YEAR, date(YEAR + 1, 1, 1)))
    write(root, load(root)[0].tables.values(), order, listed)
    text = sealed(root, named((root / DESCRIPTOR).read_bytes()), {})
    (root / DESCRIPTOR).write_text(text, encoding="utf-8")


def _forms(folder: Path, root: Path) -> None:
    """The form of every project, each spelling its labels in another of the ways that are known."""
    from disclosure.forms.layout import of_package
    from disclosure.package.load import load
    from disclosure.release.form import form
    from disclosure.release.official import official

    package = load(root)[0]
    layout = of_package()
    for number, row in enumerate(package.rows("projects"), start=1):
        drawn = official(package, row)
        blocks = (
            tuple(
                cell._replace(text=layout.spelling(cell.text, number)) if cell.role == "label" else cell
                for cell in block
            )
            for block in drawn.blocks
        )
        path = folder / f"{number:04} {row.text('name')}.xlsx"
        path.write_bytes(form(replace(drawn, blocks=tuple(blocks))))
