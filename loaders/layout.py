"""Where things are in a workbook: which sheet is which extract, its heading row and columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from loaders.cells import shown, tidy
from loaders.cover import COVER_SHEET
from loaders.headings import Headings, read_headings
from loaders.matching import HeadingChoices, UnknownHeading
from loaders.problems import Problem
from loaders.workbook import Caution, Sheet, Value, Workbook
from schemas.extract import Extract
from schemas.text import plain

NOT_DATA = ("how to fill this in", "things to fix", "lists", "notes", "contents")
_DEEPEST_HEADING = 40  # rows: titles and notes above the headings are never longer


@dataclass(frozen=True)
class Found:
    """One sheet that is an extract: its heading row and where each column stands."""

    extract: Extract
    sheet: Sheet
    heading_row: int
    columns: Mapping[str, int]
    identifier_column: int | None = None  # the DfE writes a term in two columns
    chosen: frozenset[str] = frozenset()  # plain headings whose meaning was chosen before

    @property
    def body(self) -> list[tuple[int, tuple[Value, ...]]]:
        return [(row, values) for row, values in self.sheet.rows if row > self.heading_row]

    def is_heading(self, value: Value) -> bool:
        """Whether a cell holds what this sheet uses as a heading."""
        text = plain(tidy(value)) if isinstance(value, str) else ""
        return text in self.extract.by_heading or text in self.chosen


@dataclass
class Layout:
    """What a workbook holds."""

    cover: Sheet | None = None
    found: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)
    unknown: list[UnknownHeading] = field(default_factory=list)


def find_layout(
    workbook: Workbook, extracts: Mapping[str, Extract], choices: HeadingChoices | None = None
) -> Layout:
    """Every extract in the workbook, by sheet name, or by its headings when the name is new."""
    layout = Layout()
    for sheet in workbook.sheets:
        if plain(sheet.name) == plain(COVER_SHEET):
            layout.cover = sheet
        elif sheet.rows and sheet.name.casefold() not in NOT_DATA:
            _place(sheet, extracts, choices or {}, layout)
    return layout


def _place(
    sheet: Sheet, extracts: Mapping[str, Extract], choices: HeadingChoices, layout: Layout
) -> None:
    extract = _by_name(sheet.name, extracts)
    if extract is None:
        extract = _by_headings(sheet, extracts, choices)
        message = (
            f"This sheet has the headings of “{extract.sheet}” and was read as that."
            if extract
            else "This sheet is none of the sheets we know. It was not read. If it holds figures, "
            "give it the name of its sheet in the template."
        )
        layout.cautions.append(Caution(sheet.name, "", message))
    if extract is None:
        return
    if twin := next((f for f in layout.found if f.extract.id == extract.id), None):
        message = f"This is a second “{extract.sheet}” sheet, beside “{twin.sheet.name}”. Keep one."
        layout.problems.append(Problem(sheet.name, "", "", "", message))
        return
    found = _find_columns(sheet, extract, choices.get(extract.id, {}), layout)
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


def _by_headings(
    sheet: Sheet, extracts: Mapping[str, Extract], choices: HeadingChoices
) -> Extract | None:
    complete = [
        extract
        for extract in extracts.values()
        if _heading_row(sheet, extract, choices.get(extract.id, {})).columns.keys()
        >= set(extract.needed)
    ]
    return max(complete, key=lambda e: len(e.columns), default=None)


def _heading_row(sheet: Sheet, extract: Extract, chosen: Mapping[str, str]) -> Headings:
    """The row with most headings that are known."""
    rows = (
        read_headings(sheet.name, row, values, extract, chosen)
        for row, values in sheet.rows[:_DEEPEST_HEADING]
    )
    return max(rows, key=lambda headings: len(headings.columns))


def _find_columns(
    sheet: Sheet, extract: Extract, chosen: Mapping[str, str], layout: Layout
) -> Found | None:
    headings = _heading_row(sheet, extract, chosen)
    if len(headings.columns) < 2:
        headings = _likeliest_row(sheet, extract, chosen)
    unknown = headings.unknown()
    if len(headings.columns) < 2 and sum(1 for one in unknown if one.proposals) < 2:
        message = (
            f"No row of headings was found. “{extract.sheet}” needs these headings in one row: "
            + ", ".join(extract.heading_of(column) for column in extract.columns)
            + "."
        )
        layout.problems.append(Problem(sheet.name, "", "", "", message))
        return None
    layout.unknown += [one for one in unknown if plain(one.heading)]
    problems = headings.problems(unknown)
    layout.problems += problems
    layout.cautions += headings.cautions(unknown, problems)
    if problems:
        return None
    values = headings.values
    identifier = next(
        (i for i, v in enumerate(values) if plain(shown(v)) == "timeidentifier"), None
    )
    return Found(
        extract, sheet, headings.row, headings.columns, identifier, frozenset(headings.chosen_here)
    )


def _likeliest_row(sheet: Sheet, extract: Extract, chosen: Mapping[str, str]) -> Headings:
    """Where hardly a heading is known: the row in which most could be headings of ours."""
    rows = (
        read_headings(sheet.name, row, values, extract, chosen)
        for row, values in sheet.rows[:_DEEPEST_HEADING]
    )
    return max(rows, key=Headings.likeness)
