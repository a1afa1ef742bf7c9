"""Where the plan's sheets, heading rows and columns are in a workbook."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from loaders.cells import shown, tidy
from loaders.plan_columns import SHEETS, PlanSheet
from loaders.problems import Problem
from loaders.workbook import Caution, Row, Sheet, Value, Workbook, cell_ref
from schemas.text import plain

_NOT_PLAN = ("how to fill this in", "lists", "measures", "notes", "contents")
_DEEPEST_HEADING = 40  # rows: titles and notes above the headings are never longer


@dataclass(frozen=True)
class FoundSheet:
    """One sheet of the plan in the workbook, and the position of each of its columns."""

    kind: PlanSheet
    sheet: Sheet
    heading_row: int
    columns: Mapping[str, int]

    def rows(self) -> Iterator[Row]:
        """The rows under the headings that say anything; headings that come again are left out."""
        for number, values in self.sheet.rows:
            said = [plain(shown(value)) for value in values if value is not None]
            again = sum(text in self.kind.by_heading for text in said) > 2
            if number > self.heading_row and any(said) and not again:
                yield number, values

    def value(self, row: Row, column: str) -> Value:
        position = self.columns.get(column)
        values = row[1]
        return None if position is None or position >= len(values) else values[position]

    def place(self, row: Row, column: str) -> str:
        """`F14`; of a column that is not there, the row's first cell."""
        return cell_ref(row[0], self.columns.get(column, 0))


@dataclass
class PlanLayout:
    """The sheets that were found by the id of their kind, and what is wrong with the rest."""

    found: dict[str, FoundSheet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)


def find_plan(workbook: Workbook) -> PlanLayout:
    """Every sheet of the plan, by its name, or by its headings when the name is new."""
    layout = PlanLayout()
    for sheet in workbook.sheets:
        if sheet.rows and sheet.name.casefold() not in _NOT_PLAN:
            _place(sheet, layout)
    for kind in SHEETS:
        told = {one.heading for one in layout.problems if not one.cell}
        if kind.needed and kind.id not in layout.found and kind.name not in told:
            message = f"The sheet “{kind.name}” is missing. The template has it."
            layout.problems.append(Problem(kind.name, "", kind.name, "", message))
    return layout


def _place(sheet: Sheet, layout: PlanLayout) -> None:
    kind = next((one for one in SHEETS if plain(sheet.name) in one.names), None)
    kind = kind or _by_headings(sheet)
    if kind is None:
        message = "This sheet is none of the sheets of a plan. It was not read."
        layout.cautions.append(Caution(sheet.name, "", message))
        return
    if kind.id in layout.found:
        other = layout.found[kind.id].sheet.name
        message = f"This is a second “{kind.name}” sheet, beside “{other}”. Keep one."
        layout.problems.append(Problem(sheet.name, "", kind.name, "", message))
        return
    row, columns = _heading_row(sheet, kind)
    missing = [one.heading for one in kind.columns if one.needed and one.id not in columns]
    if missing:
        message = f"No row has all the headings of “{kind.name}”. Missing: {', '.join(missing)}."
        layout.problems.append(Problem(sheet.name, "", kind.name, "", message))
        return
    layout.found[kind.id] = FoundSheet(kind, sheet, row, columns)
    layout.cautions += _unknown(sheet, kind, row)


def _by_headings(sheet: Sheet) -> PlanSheet | None:
    """The kind of which all needed headings are there, that with most of them."""
    found = []
    for kind in SHEETS:
        columns = _heading_row(sheet, kind)[1]
        if all(one.id in columns for one in kind.columns if one.needed):
            found.append((len(columns), kind.name, kind))
    return max(found)[2] if found else None


def _heading_row(sheet: Sheet, kind: PlanSheet) -> tuple[int, dict[str, int]]:
    """The row with most headings that are known, and where they stand."""
    rows = ((row, _columns(values, kind)) for row, values in sheet.rows[:_DEEPEST_HEADING])
    return max(rows, key=lambda found: len(found[1]))


def _columns(values: Iterable[Value], kind: PlanSheet) -> dict[str, int]:
    """A heading of the template wins over a synonym; the first of two alike wins."""
    texts = [plain(tidy(one)) if isinstance(one, str) else "" for one in values]
    own = {plain(column.heading): column.id for column in kind.columns}
    found: dict[str, int] = {}
    for at, text in enumerate(texts):
        if text in own:
            found.setdefault(own[text], at)
    for at, text in enumerate(texts):
        if text in kind.by_heading and at not in found.values():
            found.setdefault(kind.by_heading[text].id, at)
    return found


def _unknown(sheet: Sheet, kind: PlanSheet, heading_row: int) -> Iterator[Caution]:
    values = next(values for row, values in sheet.rows if row == heading_row)
    known = set(_columns(values, kind).values())
    for at, value in enumerate(values):
        if value is not None and at not in known and tidy(shown(value)):
            message = f"The heading “{shown(value)}” is not one we know. Its column was not read."
            yield Caution(sheet.name, cell_ref(heading_row, at), message)
