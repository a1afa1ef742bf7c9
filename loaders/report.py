"""Who sends a file, and what became of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from loaders.cover import Given
from loaders.matching import HeadingChoices, UnknownHeading
from loaders.problems import Outcome, Problem
from loaders.workbook import Caution


@dataclass(frozen=True)
class Sender:
    """Who sends a file, what its cover says where it has none, whether it is invented, and what
    its headings were chosen to mean before."""

    name: str = "command line"
    given: Given | None = None
    invented: bool = False
    choices: HeadingChoices = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Report:
    """What became of one file: what `check` and `load` print and what a screen shows."""

    name: str
    outcome: Outcome
    message: str
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    rows_read: Mapping[str, int] | None = None
    observations: int = 0
    new: int = 0
    changed: int = 0
    loaded: bool = False
    already_loaded: bool = False
    unknown_headings: tuple[UnknownHeading, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "file": self.name,
            "outcome": self.outcome.value,
            "message": self.message,
            "problems": [asdict(problem) for problem in self.problems],
            "warnings": [asdict(caution) for caution in self.cautions],
            "extracts": [{"id": k, "rows": n} for k, n in (self.rows_read or {}).items()],
            "observations": self.observations,
            "new": self.new,
            "changed": self.changed,
            "loaded": self.loaded,
            "already_loaded": self.already_loaded,
            "unknown_headings": [asdict(unknown) for unknown in self.unknown_headings],
        }
