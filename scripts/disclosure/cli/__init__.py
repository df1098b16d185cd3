"""The command line: turns a verb into a call and its result into an exit code."""

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Protocol

from disclosure.cli import (
    batch,
    build,
    check,
    diff,
    explain,
    form,
    importing,
    new,
    release,
    rollback,
    sample,
    scan,
    seal,
    serve,
    verify,
    verify_site,
    withhold,
)
from disclosure.cli.process import end_as_interrupted, spell_out
from disclosure.cli.report import COULD_NOT_RUN, told
from disclosure.cli.spoken import counted, describe, help_of, spoken
from disclosure.model import DisclosureError


class Command(Protocol):
    """A module of this package: a verb. It imports what it needs when it runs; `--help` pays for nothing."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say which arguments the verb takes."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit code."""


COMMANDS: Mapping[str, Command] = {
    "new": new,
    "import": importing,
    "sample": sample,
    "withhold": withhold,
    "check": check,
    "explain": explain,
    "verify": verify,
    "build": build,
    "rollback": rollback,
    "serve": serve,
    "batch": batch,
    "scan": scan,
    "form": form,
    "seal": seal,
    "diff": diff,
    "release": release,
    "verify-site": verify_site,
}


# New objects until Python looks for cycles among them: a package is a million that stay and hold none, so
# that looking as often as it does of itself is a fifth of the time that pages take.
COLLECT_AFTER = 20_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 clean, 1 problems, 2 could not run."""
    spell_out()
    end_as_interrupted()
    options = _parser().parse_args(arguments)
    gc.set_threshold(COLLECT_AFTER)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's others have no work here, and wait spinning
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # Material's notice; mkdocs<2 is pinned
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has had enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except KeyboardInterrupt:  # what changes files puts them in place in one step, or not at all
        print(f"disclosure: {spoken('interrupted')}", file=sys.stderr)
        return COULD_NOT_RUN
    except (DisclosureError, OSError) as error:
        print(f"disclosure: {told(error)}", file=sys.stderr)
        return COULD_NOT_RUN
    return code


def _parser() -> argparse.ArgumentParser:
    argparse._, argparse.ngettext = spoken, counted  # type: ignore[attr-defined]
    parser = argparse.ArgumentParser(prog="disclosure", description=help_of(""))
    describe(parser, "")
    verbs = parser.add_subparsers(title=spoken("commands"), required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        verb = verbs.add_parser(name, help=help_of(name), description=help_of(name))
        command.arguments(verb)
        describe(verb, name)
        verb.set_defaults(run=command.run)
    return parser
