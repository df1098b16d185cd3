"""`disclosure sample`."""

import argparse
from pathlib import Path

from disclosure.cli.report import CLEAN

HELP = "write a fictional package of any size, for demonstrations, benchmarks and tests"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How large, which one, and where to."""
    parser.add_argument("folder", type=Path, metavar="OUT")
    parser.add_argument("--projects", type=_count, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed, the same bytes")
    parser.add_argument(
        "--indicators",
        type=int,
        choices=range(6, 31),
        default=9,
        metavar="K",
        help="of a project, about; 6 to 30",
    )
    parser.add_argument("--full", action="store_true", help="every target disclosed in full")


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def run(options: argparse.Namespace) -> int:
    """An empty package, filled with rows that are invented, sealed."""
    from disclosure.cli.new import beside, blank_files, put
    from disclosure.package.descriptor import DESCRIPTOR
    from disclosure.package.load import load
    from disclosure.release.sample.outline import Order
    from disclosure.release.sample.vocabulary import DEPARTMENT, YEAR
    from disclosure.release.sample.write import named, write
    from disclosure.release.seal import sealed

    with beside(options.folder) as fresh:
        put(fresh, blank_files(DEPARTMENT, YEAR))
        tables = load(fresh)[0].tables
        write(fresh, tables.values(), Order(options.projects, options.seed, options.indicators, options.full))
        text = sealed(fresh, named((fresh / DESCRIPTOR).read_bytes()), {})
        (fresh / DESCRIPTOR).write_text(text, encoding="utf-8")
    print(f"{options.folder}: {options.projects} projects, fictional")
    return CLEAN
