"""What readers hand to the scan: pieces of text with their place, and the reason where there are none."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """How a piece is looked at."""

    TEXT = "text"
    COLUMN = "column"  # the name of a marked column that holds values
    AUTHOR = "author"  # who made a file
    WRAPPED = "wrapped"  # text with broken numbers joined: only a check digit can be trusted there


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and where it stands; `columns` names the cells of a row whose texts are joined by tabs."""

    place: str
    text: str
    row: int = 0
    role: Role = Role.TEXT
    columns: tuple[str, ...] = ()

    def place_of(self, offset: int) -> str:
        """The place of the cell that holds an offset."""
        if not self.columns:
            return self.place
        before = self.text[:offset]
        return self.columns[before.count("\t") + before.count("\n")]


# What a package may hold is bounded more narrowly; of 23,000 projects the database alone has 194 MB.
MAX_BYTES = 512 * 1024 * 1024  # a file, or all that an archive unpacks to


class CannotRead(Exception):
    """A file or a part of one that nobody can look into; its text says why and quotes nothing."""
