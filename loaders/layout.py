"""Where things are in a workbook: which sheet is which extract, its heading row and columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.cells import shown, tidy
from loaders.cover import COVER_SHEET
from loaders.problems import Problem
from loaders.workbook import Caution, Sheet, Value, Workbook, cell_ref
from schemas.extract import Extract
from schemas.text import plain

NOT_DATA = ("how to fill this in", "things to fix", "lists", "notes", "contents")
IGNORED_HEADING = "last term"  # the template's greyed figures of last term
_DEEPEST_HEADING = 40  # rows: titles and notes above the headings are never longer


@dataclass(frozen=True)
class Found:
    """One sheet that is an extract: its heading row and where each column stands."""

    extract: Extract
    sheet: Sheet
    heading_row: int
    columns: Mapping[str, int]
    identifier_column: int | None = None  # the DfE writes a term in two columns

    @property
    def body(self) -> list[tuple[int, tuple[Value, ...]]]:
        return [(row, values) for row, values in self.sheet.rows if row > self.heading_row]


@dataclass
class Layout:
    """What a workbook holds."""

    cover: Sheet | None = None
    found: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)


def find_layout(workbook: Workbook, extracts: Mapping[str, Extract]) -> Layout:
    """Every extract in the workbook, by sheet name, or by its headings when the name is new."""
    layout = Layout()
    for sheet in workbook.sheets:
        if plain(sheet.name) == plain(COVER_SHEET):
            layout.cover = sheet
        elif sheet.rows and sheet.name.casefold() not in NOT_DATA:
            _place(sheet, extracts, layout)
    return layout


def _place(sheet: Sheet, extracts: Mapping[str, Extract], layout: Layout) -> None:
    extract = _by_name(sheet.name, extracts)
    if extract is None:
        extract = _by_headings(sheet, extracts)
        message = (
            f"This sheet has the headings of “{extract.sheet}” and was read as that."
            if extract
            else "This sheet is none of the sheets we know. It was not read."
        )
        layout.cautions.append(Caution(sheet.name, "", message))
    if extract is None:
        return
    if twin := next((f for f in layout.found if f.extract.id == extract.id), None):
        message = f"This is a second “{extract.sheet}” sheet, beside “{twin.sheet.name}”. Keep one."
        layout.problems.append(Problem(sheet.name, "", "", "", message))
        return
    found = _find_columns(sheet, extract, layout)
    if found:
        layout.found.append(found)


def _by_name(name: str, extracts: Mapping[str, Extract]) -> Extract | None:
    wanted = plain(name)
    for extract in extracts.values():
        # Excel cuts a sheet's name at 31 characters.
        names = {plain(text)[:31] for text in (extract.sheet, extract.id, *extract.synonyms)}
        if wanted in names:
            return extract
    return None


def _by_headings(sheet: Sheet, extracts: Mapping[str, Extract]) -> Extract | None:
    scores = {
        extract.id: max((len(_matches(v, extract)) for _, v in sheet.rows[:_DEEPEST_HEADING]))
        for extract in extracts.values()
    }
    complete = [e for e in extracts.values() if scores[e.id] == len(e.columns)]
    return max(complete, key=lambda e: len(e.columns), default=None)


def _matches(values: tuple[Value, ...], extract: Extract) -> dict[str, int]:
    """Column id → position, for one row taken as headings; the first of two wins."""
    found: dict[str, int] = {}
    for position, value in enumerate(values):
        if isinstance(value, str) and (column := extract.by_heading.get(plain(tidy(value)))):
            found.setdefault(column, position)
    return found


def _find_columns(sheet: Sheet, extract: Extract, layout: Layout) -> Found | None:
    candidates = sheet.rows[:_DEEPEST_HEADING]
    row, values = max(candidates, key=lambda item: len(_matches(item[1], extract)))
    columns = _matches(values, extract)
    if len(columns) < 2:
        message = (
            f"No row of headings was found. “{extract.sheet}” needs these headings: "
            + ", ".join(extract.heading_of(column) for column in extract.columns)
            + "."
        )
        layout.problems.append(Problem(sheet.name, "", "", "", message))
        return None
    before = len(layout.problems)
    _check_headings(sheet, row, values, extract, columns, layout)
    if len(layout.problems) > before:
        return None
    identifier = next(
        (i for i, v in enumerate(values) if plain(shown(v)) == "timeidentifier"), None
    )
    return Found(extract, sheet, row, columns, identifier)


def _check_headings(
    sheet: Sheet,
    row: int,
    values: tuple[Value, ...],
    extract: Extract,
    columns: Mapping[str, int],
    layout: Layout,
) -> None:
    for column in extract.columns:
        if column not in columns:
            heading = extract.heading_of(column)
            message = f"The heading “{heading}” is missing from row {row}. Add it and its column."
            layout.problems.append(Problem(sheet.name, f"A{row}", heading, "", message))
    for position, value in enumerate(values):
        heading = tidy(shown(value))
        known = extract.by_heading.get(plain(heading))
        place = cell_ref(row, position)
        if known and columns[known] != position:
            message = f"The heading “{heading}” is here twice. Keep the right column only."
            layout.problems.append(Problem(sheet.name, place, heading, heading, message))
        elif heading and not known and not _may_be_ignored(heading):
            message = f"The heading “{heading}” is not one we know. Its column was not read."
            layout.cautions.append(Caution(sheet.name, place, message))


def _may_be_ignored(heading: str) -> bool:
    return heading.casefold().startswith(IGNORED_HEADING) or plain(heading) == "timeidentifier"
