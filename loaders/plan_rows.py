"""The rows of a plan's sheets as records, with every fault at its cell."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from loaders.cells import CellProblem, parse_number, shown, tidy
from loaders.plan_columns import STATUSES
from loaders.plan_dates import read_when
from loaders.plan_layout import FoundSheet, PlanLayout
from loaders.plan_measures import find_measures
from loaders.problems import Problem
from loaders.template_text import is_risky
from loaders.workbook import Caution, Fault, Row, Value
from schemas.plan import (
    STATUS_WORDS,
    AgreedPoint,
    PlanAction,
    PlanArea,
    PlanBook,
    find_action_faults,
    find_area_faults,
    find_text_faults,
)
from schemas.symbol import Symbol
from schemas.term import parse_term
from schemas.text import plain

Record = TypeVar("Record")
_UNREPEATED = "e-mail"  # a value that names a person is not told again


@dataclass
class Reading:
    """One sheet being read: what is wrong and what somebody should look at."""

    found: FoundSheet
    problems: list[Problem] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)

    def text(self, row: Row, column: str) -> str:
        """A cell's words without needless spaces; 3.0 is `3`."""
        value = self.found.value(row, column)
        if isinstance(value, Fault):
            self.fault(row, column, value.message)
            return ""
        if not isinstance(value, str):
            return shown(value)
        words = tidy(value)
        # Our own workbook puts an apostrophe before what could be taken for a formula.
        return words[1:] if words.startswith("'") and is_risky(words[1:]) else words

    def fault(self, row: Row, column: str, message: str) -> None:
        name = self.found.sheet.name
        heading = next(one.heading for one in self.found.kind.columns if one.id == column)
        value = "" if _UNREPEATED in message else shown(self.found.value(row, column))
        self.problems.append(Problem(name, self.found.place(row, column), heading, value, message))

    def caution(self, row: Row, column: str, message: str) -> None:
        place = self.found.place(row, column)
        self.cautions.append(Caution(self.found.sheet.name, place, message))


def read_rows(layout: PlanLayout) -> PlanBook:
    """Every row as a record; what is wrong is added to the layout's problems."""
    areas = _every(layout, "areas", _area, lambda one: one.number, "number")
    by_title = {plain(one.title): one.number for one in areas}
    known = {plain(one.number): one.number for one in areas}
    names = by_title | known

    def action(reading: Reading, row: Row) -> PlanAction:
        return _action(reading, row, names)

    actions = _every(layout, "actions", action, lambda one: one.number, "number")
    points = _every(layout, "paths", _point, lambda one: f"{one.measure_id} {one.term}", "term")
    return PlanBook(tuple(areas), tuple(actions), tuple(points))


def _every(
    layout: PlanLayout,
    kind: str,
    read: Callable[[Reading, Row], Record],
    key: Callable[[Record], str],
    column: str,
) -> list[Record]:
    """The records of one sheet; two of one key are a fault of the second."""
    if kind not in layout.found:
        return []
    reading = Reading(layout.found[kind])
    seen: dict[str, int] = {}
    records = []
    for row in reading.found.rows():
        record = read(reading, row)
        name = plain(key(record))
        if name and name in seen:
            reading.fault(row, column, f"This is in row {seen[name]} already. Keep one of the two.")
        seen.setdefault(name, row[0])
        records.append(record)
    if not records and reading.found.kind.needed:
        name = reading.found.sheet.name
        message = "There is no row under the headings."
        reading.problems.append(Problem(name, "", reading.found.kind.name, "", message))
    layout.problems += reading.problems
    layout.cautions += reading.cautions
    return records


def _area(reading: Reading, row: Row) -> PlanArea:
    area = PlanArea(*(reading.text(row, name) for name in ("number", "title", "impact")))
    _tell(reading, row, find_area_faults(area))
    return area


def _action(reading: Reading, row: Row, areas: Mapping[str, str]) -> PlanAction:
    start = read_when(_readable(reading.found.value(row, "start_words")))
    finish = read_when(_readable(reading.found.value(row, "finish_words")))
    for column, when in (("start_words", start), ("finish_words", finish)):
        if when.is_doubtful:
            said = f"“{shown(when.words)}” names no month, term or day that we can read."
            reading.caution(row, column, f"{said} The words are kept; nothing is overdue by them.")
    named, unknown = find_measures(_lines(reading.found.value(row, "measures")))
    action = PlanAction(
        number=reading.text(row, "number"),
        area=_area_of(reading, row, areas),
        task=reading.text(row, "task"),
        lead=reading.text(row, "lead"),
        others=reading.text(row, "others"),
        start_words=start.words,
        start_on=start.first,
        finish_words=finish.words,
        finish_on=finish.last,
        evidence=reading.text(row, "evidence"),
        status=_status(reading, row),
        note=reading.text(row, "note"),
        measures=named,
    )
    for said in unknown:
        reading.fault(row, "measures", said)
    _tell(reading, row, find_action_faults(action))
    return action


def _readable(value: Value) -> Value:
    return value.text if isinstance(value, Fault) else value


def _lines(value: Value) -> str:
    return value if isinstance(value, str) else shown(value)


def _area_of(reading: Reading, row: Row, areas: Mapping[str, str]) -> str:
    """By number or title; `2. Health waits` begins with its number."""
    said = reading.text(row, "area")
    number = areas.get(plain(said)) or areas.get(plain(said.split(" ", 1)[0]))
    if number is None:
        why = f"“{shown(said)}” is no area" if said else "This cell is blank. Name an area"
        reading.fault(row, "area", f"{why} of the sheet “Areas for improvement”.")
    return number or said


def _status(reading: Reading, row: Row) -> str:
    said = reading.text(row, "status")
    status = STATUSES.get(plain(said)) if plain(said) else "not_started"
    if status is None:
        known = ", ".join(STATUS_WORDS.values())
        reading.fault(row, "status", f"“{shown(said)}” is no status. Write one of: {known}.")
    return status or "not_started"


def _point(reading: Reading, row: Row) -> AgreedPoint:
    named, unknown = find_measures(reading.text(row, "measure"))
    if len(named) != 1:
        more = "Name one measure. " if len(named) > 1 or not unknown else ""
        reading.fault(row, "measure", more + " ".join(unknown))
    term = parse_term(reading.text(row, "term"))
    if term is None:
        reading.fault(row, "term", "This is not a term. Write it like “Summer 2026/27”.")
    value = parse_number(reading.found.value(row, "value"))
    if not isinstance(value, float):
        message = str(value) if isinstance(value, CellProblem) else ""
        symbol = "A path needs a number." if isinstance(value, Symbol) else message
        reading.fault(row, "value", symbol.split(". ")[0].rstrip(".") + ".")
    agreed = reading.text(row, "agreed")
    faults = [("agreed", f"“Agreed by” {said}") for said in find_text_faults(agreed)]
    if not agreed:
        faults.append(("agreed", "Say who agreed this value, and when."))
    _tell(reading, row, faults)
    number = value if isinstance(value, float) else 0.0
    return AgreedPoint(named[0] if named else "", term.label if term else "", number, agreed)


def _tell(reading: Reading, row: Row, faults: Iterable[tuple[str, str]]) -> None:
    told = {one.cell for one in reading.problems}
    for column, message in _once(faults):
        if reading.found.place(row, column) not in told:
            reading.fault(row, column, message)


def _once(faults: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """All that is wrong with one cell as one fault."""
    by_column: dict[str, list[str]] = {}
    for column, message in faults:
        by_column.setdefault(column, []).append(message)
    yield from ((column, " ".join(said)) for column, said in by_column.items())
