"""What is wrong with a publisher's file, in plain sentences, place by place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_PLACES = 20


@dataclass(frozen=True)
class Place:
    """One fault: the line of the file (the headings are line 1), the column and what is wrong."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        at = f"Line {self.line}" if self.line else "The file"
        return (
            f"{at}, column {self.column!r}: {self.message}"
            if self.column
            else (f"{at}: {self.message}")
        )


class BenchmarkRefused(Exception):
    """A published file that cannot be taken; nothing of it was stored."""

    def __init__(self, sentence: str, places: Sequence[Place] = ()) -> None:
        self.sentence = sentence
        self.places = tuple(places)
        super().__init__("\n".join([sentence, *(f"- {place}" for place in places)]))


@dataclass
class Findings:
    """What was met while a file was read: faults that refuse it, and what it left out and why."""

    rows: int = 0
    faults: int = 0
    places: list[Place] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    unmatched: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    disagreements: Counter[str] = field(default_factory=Counter)

    def fault(self, line: int, column: str, message: str, times: int = 1) -> None:
        self.faults += times
        self.places.append(Place(line, column, message))

    def skip(self, reason: str, rows: int) -> None:
        if rows:
            self.skipped[reason] = self.skipped.get(reason, 0) + rows

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    @property
    def too_many(self) -> bool:
        """Enough faults to name: reading on would only take time."""
        return len(self.places) >= MOST_PLACES

    def refuse_if_faulty(self, name: str) -> None:
        if not self.faults:
            return
        places = sorted(self.places, key=lambda place: place.line)[:MOST_PLACES]
        more = "" if len(places) == self.faults else f" (the first {len(places)} are listed)"
        kinds = "one place" if self.faults == 1 else f"{self.faults:,} places"
        raise BenchmarkRefused(
            f"{name} was not loaded: it cannot be read in {kinds}{more}. Nothing of it was stored.",
            places,
        )
