"""What is wrong with a file, said so that a hurried analyst can mend it: one fault, one sentence."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a file was received; `exit_code` is what the command line ends with."""

    accepted = "accepted"
    warned = "warned"
    cell_errors = "cell_errors"
    refused = "refused"
    personal_data = "personal_data"

    @property
    def exit_code(self) -> int:
        return {"accepted": 0, "warned": 0, "cell_errors": 1, "refused": 2, "personal_data": 3}[
            self
        ]


@dataclass(frozen=True)
class Problem:
    """One fault at one place. `cell` is like `F14` ("" when the fault is the whole sheet's)."""

    sheet: str
    cell: str
    heading: str
    value: str
    message: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


class ExtractRejected(Exception):
    """A file that cannot be taken at all; the message is one plain sentence for its sender."""


class PersonalDataFound(ExtractRejected):
    """A file that looks as if it names or numbers a child; the message never repeats a value."""
