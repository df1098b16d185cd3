"""Why a file, a sheet or a cell is not taken: a rule, a place and what stands there."""

from collections.abc import Iterator
from contextlib import contextmanager

from disclosure.model import Problem


class Refused(Exception):
    """A part of a file that is not taken: the rule, where, what was found and expected.

    Where is a part of the file or a cell (`E7`); whoever knows the sheet puts its title before it.
    """

    def __init__(self, rule: str, where: str = "", found: str = "", expected: str = "") -> None:
        super().__init__(rule, where, found, expected)
        self.rule, self.where, self.found, self.expected = rule, where, found, expected

    def problem(self, file: str) -> Problem:
        """The refusal as a problem of that file."""
        return Problem(file, 0, self.where, self.rule, self.found[:200], self.expected[:200])


@contextmanager
def on(title: str) -> Iterator[None]:
    """What is refused in here is refused of the sheet of that title: `Sheet1!E7`."""
    try:
        yield
    except Refused as refused:
        where = f"{title}!{refused.where}" if refused.where else title
        raise Refused(refused.rule, where, refused.found, refused.expected) from refused
