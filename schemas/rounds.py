"""How an area keeps its termly round: who sends what, by when, and what counts as unusual."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from schemas.definition import Definition
from schemas.term import Term

Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=0, le=365)]


class Sends(Definition):
    """The extracts that one organisation sends; nobody else may send them."""

    organisation: Annotated[str, Field(min_length=1)]
    extracts: Annotated[tuple[str, ...], Field(min_length=1)]
    role: str = ""  # who there looks after it, such as “Performance and insight team”


class Rhythm(Definition):
    """Days after the last day of a term by which each step is due (`releases.md`: four, six,
    eight, ten and eleven weeks)."""

    data: Days = 28
    checked: Days = 42
    group: Days = 56
    board: Days = 70
    published: Days = 77

    def due_on(self, term: Term, step: str) -> dt.date:
        """The day a step of a term is due; `step` is one of the names above."""
        days: int = getattr(self, step)
        return term.flow_window.end + dt.timedelta(days=days)


class Tolerances(Definition):
    """What the checks Q01 to Q20 let pass. Shares are of 1."""

    as_at_days: Days = 45
    percent_points: Annotated[float, Field(ge=0)] = 0.05
    stock_flow: Share = 0.01
    change: Share = 0.20
    change_people: Annotated[int, Field(ge=0)] = 10
    unknown: Share = 0.05
    census: Share = 0.01
    longest_wait_days: Annotated[int, Field(ge=1)] = 1826
