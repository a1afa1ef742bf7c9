"""What is wrong with a file, said so that a hurried analyst can mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a file was received; `exit_code` is what the command line ends with."""

    accepted = "accepted"
    warned = "warned"
    cell_errors = "cell_errors"
    refused = "refused"
    personal_data = "personal_data"

    @property
    def severity(self) -> int:
        """Worse outcomes are higher."""
        return list(Outcome).index(self)

    @property
    def exit_code(self) -> int:
        """0 when everything can be stored, with or without warnings."""
        return max(0, self.severity - 1)


@dataclass(frozen=True)
class Problem:
    """One fault at one place. `cell` is like `F14` ("" when the fault is the whole sheet's)."""

    sheet: str
    cell: str
    heading: str
    value: str
    message: str


class ExtractRejected(Exception):
    """A file that cannot be taken at all; the message is one plain sentence for its sender."""


class PersonalDataFound(ExtractRejected):
    """A file that looks as if it names or numbers a child; the message never repeats a value."""
