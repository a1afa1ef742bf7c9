"""Real workbooks of a plan as people write them, for tests: each states only its own rows."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

AREA_HEADINGS = ("Number", "Title", "Expected impact")
ACTION_HEADINGS = (
    "Number",
    "Area for improvement",
    "Task",
    "Lead",
    "Other resources",
    "Start",
    "Finish",
    "Evidence of outcomes",
    "Status",
    "Note",
    "Measures",
)
PATH_HEADINGS = ("Measure", "Term", "Expected value", "Agreed by")
AREAS = (("1", "Governance and data", "One set of figures."), ("2", "Health waits", "Sooner."))
_COLUMNS = dict(zip(ACTION_HEADINGS, range(len(ACTION_HEADINGS)), strict=True))


def action(number: str, **given: Any) -> tuple[Any, ...]:
    """A row with a task and a lead; other cells by the first word of their heading."""
    values: dict[str, Any] = {
        "Number": number,
        "Area": number[:1],
        "Task": f"Task {number}",
        "Lead": "Head of SEND",
        **given,
    }
    return tuple(values.get(heading.split(" ")[0]) for heading in ACTION_HEADINGS)


def plan_file(
    *actions: Sequence[Any],
    areas: Sequence[Sequence[Any]] = AREAS,
    paths: Sequence[Sequence[Any]] = (),
    above: Sequence[str] = (),
    headings: Sequence[str] = ACTION_HEADINGS,
) -> bytes:
    """An .xlsx file; `above` are rows of words over the headings of the actions."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Areas for improvement"
    _fill(first, (AREA_HEADINGS, *areas))
    _fill(book.create_sheet("Actions"), (*((one,) for one in above), headings, *actions))
    if paths:
        _fill(book.create_sheet("Paths to targets"), (PATH_HEADINGS, *paths))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(heading: str) -> str:
    """The letter of a column of the actions: `G` of `Finish`."""
    return "ABCDEFGHIJK"[_COLUMNS[heading]]


def _fill(sheet: Any, rows: Sequence[Sequence[Any]]) -> None:
    for row in rows:
        sheet.append(list(row))
