"""The workbook a plan is written in: empty for a start, or filled with the plan as it stands."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from loaders.plan_columns import ACTIONS, AREAS, PATHS, SHEETS, PlanSheet
from loaders.template_guide import GUIDE_SHEET, LISTS_SHEET
from loaders.template_look import Look
from loaders.template_text import safe_text
from schemas.area_settings import AreaSettings
from schemas.measure import Measure
from schemas.plan import STATUS_WORDS, PlanBook
from schemas.term import parse_term

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_MADE = dt.datetime(2025, 9, 1)  # always the same, so that the same plan gives the same bytes
_HEADING_ROW = 2
_SPARE = 30  # empty rows to write in
_MEASURES = "Measures"
# A cell to write in: sentences are whole in it.
_WORDS = {
    "bg_color": "#FFF9DB",
    "border": 1,
    "border_color": "#BFBFBF",
    "num_format": "@",
    "text_wrap": True,
    "valign": "top",
}
_GUIDE = (
    ("What to do", "Fill in the yellow cells of the three sheets after this one and save it as "
     ".xlsx. Point at a heading to read what belongs there."),
    ("No names", "Leads are roles or teams. A file with a person’s e-mail address, telephone "
     "number or NHS number is refused and not kept."),
    ("Starts and finishes", "A month (April 2025), a school term (Spring 2025: January to April), "
     "a day, or words such as “Ongoing”. Only what names a month, term or day can be overdue."),
    ("Status", "Pick one from the list. A blank is “Not started”. An action that is done needs "
     "its evidence."),
    ("Measures", "The sheet “Measures” lists them. Copy ids or short titles, with a semicolon "
     "between them. Leave the cell blank when no measure shows the action."),
    ("Loading it again", "What the workbook says takes the place of the plan: a row you delete "
     "ends. Everything that ever stood there is kept in the history."),
)  # fmt: skip


def plan_workbook(
    settings: AreaSettings, measures: Sequence[Measure], book: PlanBook | None = None
) -> bytes:
    """An .xlsx workbook of three sheets with a guide and drop-down lists.

    The same arguments give the same bytes, and what it holds can be loaded again unchanged.

    Args:
        measures: those the area has, as the lists offer them.
        book: the plan as it stands; None for an empty workbook.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as workbook:
        title = f"Improvement plan: {settings.name}"
        workbook.set_properties({"title": title, "author": settings.partnership, "created": _MADE})
        look, words = Look(workbook), workbook.add_format(_WORDS)
        _write_guide(workbook.add_worksheet(GUIDE_SHEET), look, title)
        for kind, rows in zip(SHEETS, _rows(book or PlanBook(), measures), strict=True):
            _write_sheet(workbook.add_worksheet(kind.name), look, kind, rows, words)
        _write_measures(workbook.add_worksheet(_MEASURES), look, measures)
        _write_lists(workbook.add_worksheet(LISTS_SHEET), look)
    return stream.getvalue()


def _rows(book: PlanBook, measures: Sequence[Measure]) -> Iterable[list[list[str | float]]]:
    yield [[one.number, one.title, one.impact] for one in book.areas]
    yield [
        [
            one.number,
            one.area,
            one.task,
            one.lead,
            one.others,
            one.start_words,
            one.finish_words,
            one.evidence,
            STATUS_WORDS[one.status],
            one.note,
            "; ".join(one.measures),
        ]
        for one in book.actions
    ]
    yield [[one.measure_id, _term_words(one.term), one.value, one.agreed] for one in book.points]


def _term_words(label: str) -> str:
    term = parse_term(label)
    return term.short_title if term else label


def _write_guide(sheet: Any, look: Look, title: str) -> None:
    sheet.set_column(0, 0, 24, look["text"])
    sheet.set_column(1, 1, 84, look["text"])
    sheet.write_string(0, 0, safe_text(title), look["title"])
    for row, (about, words) in enumerate(_GUIDE, 2):
        sheet.write_string(row, 0, about, look["mark"])
        sheet.write_string(row, 1, words, look["text"])
    sheet.fit_to_pages(1, 0)


def _write_sheet(
    sheet: Any, look: Look, kind: PlanSheet, rows: list[list[str | float]], words: Any
) -> None:
    sheet.write_string(0, 0, kind.name, look["title"])
    sheet.write_string(1, 0, kind.about, look["note"])
    sheet.set_row(_HEADING_ROW, 34)
    for place, column in enumerate(kind.columns):
        sheet.write_string(_HEADING_ROW, place, column.heading, look["heading"])
        sheet.set_column(place, place, column.width)
        if column.help:
            sheet.write_comment(_HEADING_ROW, place, column.help, {"x_scale": 2})
    blank: list[str | float] = [""] * len(kind.columns)
    for number, cells in enumerate([*rows, *[blank] * _SPARE], _HEADING_ROW + 1):
        for place, cell in enumerate(cells):
            _write_cell(sheet, number, place, cell, words)
    _offer(sheet, kind, _HEADING_ROW + 1, _HEADING_ROW + len(rows) + _SPARE)
    sheet.freeze_panes(_HEADING_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADING_ROW)


def _write_cell(sheet: Any, row: int, place: int, cell: str | float, look: Any) -> None:
    if cell == "":
        sheet.write_blank(row, place, None, look)
    elif isinstance(cell, str):
        sheet.write_string(row, place, safe_text(cell), look)
    else:
        sheet.write_number(row, place, cell)


def _offer(sheet: Any, kind: PlanSheet, first: int, last: int) -> None:
    """Drop-down lists; another word may be written in all but the status."""
    ids = [column.id for column in kind.columns]
    rules: dict[tuple[str, str], dict[str, Any]] = {
        (ACTIONS.id, "status"): {"source": f"={LISTS_SHEET}!$A$2:$A${len(STATUS_WORDS) + 1}"},
        (ACTIONS.id, "area"): {"source": f"='{AREAS.name}'!$A$4:$A$40", "show_error": False},
        (PATHS.id, "measure"): {"source": f"={_MEASURES}!$A$2:$A$300", "show_error": False},
    }
    for (sheet_id, column), rule in rules.items():
        if sheet_id == kind.id:
            place = ids.index(column)
            sheet.data_validation(first, place, last, place, {"validate": "list", **rule})


def _write_measures(sheet: Any, look: Look, measures: Sequence[Measure]) -> None:
    for place, (heading, width) in enumerate((("Id", 28), ("Short title", 44), ("Unit", 12))):
        sheet.write_string(0, place, heading, look["heading"])
        sheet.set_column(place, place, width)
    for row, one in enumerate(measures, 1):
        for place, text in enumerate((one.id, one.short_title, one.unit)):
            sheet.write_string(row, place, safe_text(text))
    sheet.freeze_panes(1, 1)


def _write_lists(sheet: Any, look: Look) -> None:
    sheet.write_string(0, 0, "Status", look["heading"])
    for row, words in enumerate(STATUS_WORDS.values(), 1):
        sheet.write_string(row, 0, words)
