"""Whether a kept file still says the figure that was stored from it, and in which cells."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from dashboard.releases.figures import Stored, as_at, get_rows_like
from dashboard.releases.uk_time import uk_day
from loaders.derive import derive
from loaders.matching import HeadingChoices
from loaders.problems import ExtractRejected
from loaders.trace import Piece, parts_of, trace
from loaders.workbook import Workbook, read_workbook
from schemas.measure import Measure
from schemas.observation import Observation
from schemas.round_tables import heading_choice
from schemas.tables import extract_file
from schemas.text import plain

_WORKED_OUT = ("ytd", "rolling3")


@dataclass(frozen=True)
class FoundAgain:
    """The cells, or the other figures it was worked out from, and what they make now: None when
    the file could not be read, and `why` says why."""

    pieces: Sequence[Piece] = ()
    parts: Sequence[Stored] = ()
    made: Observation | None = None
    why: str = ""

    def is_same(self, stored: Observation) -> bool:
        return self.made is not None and _amounts(self.made) == _amounts(stored)


@dataclass(frozen=True)
class Kept:
    """A file as it is kept, with what its unknown headings were chosen to mean then."""

    row: Row[Any]
    choices: HeadingChoices

    @property
    def sent_on(self) -> dt.date:
        return uk_day(self.row.loaded_at)


def get_kept(connection: Connection, area_code: str, file_id: int) -> Kept:
    row = connection.execute(
        select(extract_file).where(
            extract_file.c.id == file_id, extract_file.c.area_code == area_code
        )
    ).one()
    chosen = select(heading_choice).where(
        heading_choice.c.area_code == area_code,
        heading_choice.c.organisation == row.organisation,
        heading_choice.c.chosen_at <= row.loaded_at,
        or_(heading_choice.c.ended_at.is_(None), heading_choice.c.ended_at > row.loaded_at),
    )
    choices: dict[str, dict[str, str]] = {}
    for one in connection.execute(chosen):
        choices.setdefault(one.extract, {})[plain(one.heading)] = one.column_id
    return Kept(row, choices)


def get_parts(
    connection: Connection, area_code: str, measure: Measure, stored: Stored
) -> list[Stored]:
    """The figures that this one would be worked out from, as they were when it was stored."""
    keys = parts_of(measure, stored.observation.key)
    if not keys:
        return []
    rows = get_rows_like(connection, area_code, keys)
    parts = (as_at(rows[key], stored.file_id) for key in keys)
    return [part for part in parts if part is not None]


def find_again(kept: Kept, measure: Measure, stored: Stored, parts: Sequence[Stored]) -> FoundAgain:
    """Reads the file in the limited child process, as when it was sent; a figure that no sheet
    holds is worked out from its parts again."""
    if stored.observation.basis in _WORKED_OUT:
        return put_together(measure, stored, parts)
    try:
        workbook = read_workbook(kept.row.content, kept.row.name)
    except ExtractRejected as refusal:
        return FoundAgain(why=str(refusal))
    return find_in(workbook, kept, measure, stored, parts)


def find_in(
    workbook: Workbook, kept: Kept, measure: Measure, stored: Stored, parts: Sequence[Stored]
) -> FoundAgain:
    traced = trace(workbook, measure, stored.observation, kept.sent_on, kept.choices)
    if traced.made is None:
        return put_together(measure, stored, parts)
    return FoundAgain(traced.pieces, (), traced.made)


def put_together(measure: Measure, stored: Stored, parts: Sequence[Stored]) -> FoundAgain:
    key, known = stored.observation.key, [part.observation for part in parts]
    made = (again for again in derive({measure.id: measure}, known) if again.key == key)
    return FoundAgain((), parts, next(made, None))


def _amounts(one: Observation) -> tuple[object, ...]:
    return (one.numerator, one.denominator, one.value, one.symbol)
