"""A workbook of the improvement plan read and checked: a plan, or everything that is wrong."""

import hashlib
from dataclasses import dataclass, replace

from loaders.gate import FileKind, check_gate
from loaders.plan_columns import ACTIONS, SHEETS
from loaders.plan_dates import read_when
from loaders.plan_layout import FoundSheet, PlanLayout, find_plan
from loaders.plan_rows import read_rows
from loaders.privacy import refuse_personal_data
from loaders.problems import ExtractRejected, Outcome, PersonalDataFound, Problem
from loaders.report import Report
from loaders.workbook import Fault, Row, Sheet, Value, Workbook, read_workbook
from schemas.plan import PlanBook

_NOT_A_WORKBOOK = (
    "The plan is a workbook with a sheet of areas and a sheet of actions: save it as .xlsx and "
    "send that."
)


@dataclass(frozen=True)
class PlanRead:
    """`book` is None while anything is wrong; `sha256` is of the bytes as they came."""

    report: Report
    sha256: str
    book: PlanBook | None = None


def read_plan(content: bytes, name: str) -> PlanRead:
    """Reads a plan in the limited child process that reads extracts, looks for personal data and
    checks every cell. Stores nothing, never raises for what is in the file."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        if check_gate(content, name) is FileKind.csv:
            raise ExtractRejected(_NOT_A_WORKBOOK)
        workbook = read_workbook(content, name)
        layout = find_plan(workbook)
        headings = [column.heading for kind in SHEETS for column in kind.columns]
        refuse_personal_data(_without_days(workbook, layout), headings)
    except PersonalDataFound as refusal:
        return PlanRead(Report(name, Outcome.personal_data, _for_a_plan(str(refusal))), sha256)
    except ExtractRejected as refusal:
        return PlanRead(Report(name, Outcome.refused, str(refusal)), sha256)
    book = read_rows(layout)
    report = _report(name, layout, book)
    return PlanRead(report, sha256, None if layout.problems else book)


def _report(name: str, layout: PlanLayout, book: PlanBook) -> Report:
    problems = sorted(layout.problems, key=_place)
    read = {"Areas for improvement": len(book.areas), "Actions": len(book.actions)}
    read |= {"Paths to targets": len(book.points)} if book.points else {}
    said = f"{len(book.actions)} actions in {len(book.areas)} areas for improvement"
    if problems:
        fix = "1 thing" if len(problems) == 1 else f"{len(problems)} things"
        message = f"{fix} to fix. Nothing was stored."
        return Report(
            name, Outcome.cell_errors, message, tuple(problems), tuple(layout.cautions), read
        )
    outcome = Outcome.warned if layout.cautions else Outcome.accepted
    return Report(name, outcome, f"{said}.", (), tuple(layout.cautions), read)


def _place(problem: Problem) -> tuple[int, int, str]:
    """By sheet in the plan's order, then by row."""
    names = [kind.name for kind in SHEETS]
    digits = "".join(filter(str.isdigit, problem.cell))
    at = names.index(problem.sheet) if problem.sheet in names else len(names)
    return at, int(digits or 0), problem.cell


def _for_a_plan(message: str) -> str:
    return message.replace("keep only counts, and", "name roles and teams only, and")


def _without_days(workbook: Workbook, layout: PlanLayout) -> Workbook:
    """Without the days of starts and finishes, which look like births and are none by right."""
    found = layout.found.get(ACTIONS.id)
    if found is None:
        return workbook
    sheets = tuple(
        _cleared(sheet, found) if sheet is found.sheet else sheet for sheet in workbook.sheets
    )
    return replace(workbook, sheets=sheets)


def _cleared(sheet: Sheet, found: FoundSheet) -> Sheet:
    days = {found.columns[name] for name in ("start_words", "finish_words")}

    def cleared(row: Row) -> Row:
        number, values = row
        return number, tuple(
            None if at in days and number > found.heading_row and _is_day(value) else value
            for at, value in enumerate(values)
        )

    return replace(sheet, rows=[cleared(row) for row in sheet.rows])


def _is_day(value: Value) -> bool:
    return not isinstance(value, Fault) and read_when(value).window is not None
