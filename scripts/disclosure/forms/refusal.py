"""Why a file, a sheet or a cell is not taken: a rule, a place and what stands there."""

from disclosure.model import Problem


class Refused(Exception):
    """A part of a file that is not taken: the rule, where (`Sheet1!E7`), what was found and expected."""

    def __init__(self, rule: str, where: str = "", found: str = "", expected: str = "") -> None:
        super().__init__(rule, where, found, expected)
        self.rule, self.where, self.found, self.expected = rule, where, found, expected

    def problem(self, file: str) -> Problem:
        """The refusal as a problem of that file."""
        return Problem(file, 0, self.where, self.rule, self.found[:200], self.expected[:200])
