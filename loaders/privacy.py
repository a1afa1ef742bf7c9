"""Refuses a file that looks as if it names or numbers a child, without ever repeating a value."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from loaders.privacy_births import find_births
from loaders.privacy_headings import find_heading_kind
from loaders.privacy_text import find_kinds, is_nhs_number
from loaders.problems import PersonalDataFound
from loaders.workbook import Fault, Sheet, Workbook, cell_ref

COVER = "aboutthisreturn"
MAX_TOLD = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of personal data in one place. `column` is `C`, `C (Phase)` or, say, `comment`."""

    sheet: str
    column: str
    kind: str
    cells: int


def refuse_personal_data(workbook: Workbook, known_headings: Iterable[str] = ()) -> None:
    """Raises PersonalDataFound, naming sheet, column, kind and number of cells, never a value."""
    findings = find_personal_data(workbook, known_headings)
    if not findings:
        return
    told = "; ".join(_describe(finding) for finding in findings[:MAX_TOLD])
    more = f"; and {len(findings) - MAX_TOLD} more places" if len(findings) > MAX_TOLD else ""
    raise PersonalDataFound(
        "This file looks as if it holds personal data, so it has been refused and not kept: "
        f"{told}{more}. Remove it, keep only counts, and send the file again."
    )


def find_personal_data(
    workbook: Workbook, known_headings: Iterable[str] = (), today: date | None = None
) -> tuple[Finding, ...]:
    """Everything suspicious in every sheet, hidden or not, its comments, name and headings.

    A column's heading is told only when it is one of `known_headings`: any other text in a file
    that names children may itself be a name. Unique learner numbers are known by their heading
    alone: their check digit is one less than an NHS number's, so a mistyped NHS number passes it.
    """
    known = {heading.casefold().strip() for heading in known_headings}
    scans = [_SheetScan(sheet, today or date.today()) for sheet in workbook.sheets]
    return tuple(
        finding for number, scan in enumerate(scans, 1) for finding in scan.findings(number, known)
    )


def _describe(finding: Finding) -> str:
    cells = "1 cell" if finding.cells == 1 else f"{finding.cells:,} cells"
    place = finding.column
    if place[:1].isupper():
        return f"sheet “{finding.sheet}”, column {place} looks like {finding.kind} ({cells})"
    return f"sheet “{finding.sheet}”, {place} looks like {finding.kind} ({cells})"


class _SheetScan:
    """Counts suspicious cells of a sheet by (place, kind); a place is a column number or words."""

    def __init__(self, sheet: Sheet, today: date) -> None:
        self._sheet = sheet
        self._is_cover = "".join(sheet.name.lower().split()) == COVER
        self._seen: dict[str, tuple[str, ...]] = {}
        self._counts: Counter[tuple[int | str, str]] = Counter()  # by what cells hold
        self._headed: Counter[tuple[int | str, str]] = Counter()  # by what stands over them
        self._scan_cells()
        self._scan_words()
        births = find_births(sheet.rows, self._is_cover, today)
        self._headed |= Counter({(c, "dates of birth"): count for c, count in births.items()})

    def findings(self, number: int, known: set[str]) -> Iterator[Finding]:
        """`number` stands for the sheet when its own name is what is personal."""
        risky_name = any(place == "sheet name" for place, _ in self._counts)
        name = f"sheet {number}" if risky_name else self._sheet.name
        for (place, kind), cells in (self._counts | self._headed).items():  # | keeps the larger
            column = self._label(place, known) if isinstance(place, int) else place
            yield Finding(name, column, kind, cells)

    def _label(self, column: int, known: set[str]) -> str:
        letter = cell_ref(1, column)[:-1]
        for _, values in self._sheet.rows:
            if column < len(values):
                text = values[column]
                if isinstance(text, str) and text.casefold().strip() in known:
                    return f"{letter} ({text.strip()})"
        return letter

    def _scan_cells(self) -> None:
        for place, (_, values) in enumerate(self._sheet.rows):
            for column, value in enumerate(values):
                if value is None:
                    continue
                if type(value) is str:
                    self._scan_text(place, column, value)
                elif type(value) is int or type(value) is float:
                    if 1e9 <= value < 1e10 and value == int(value) and is_nhs_number(int(value)):
                        self._counts[column, "NHS numbers"] += 1
                elif type(value) is Fault:
                    self._scan_text(place, column, value.text)

    def _scan_text(self, place: int, column: int, text: str) -> None:
        kinds = self._seen.get(text)
        if kinds is None:
            kinds = self._seen[text] = tuple(find_kinds(text))
        for kind in kinds:
            self._counts[column, kind] += 1
        heading = find_heading_kind(text)
        if heading and not (self._is_cover and _is_label_of_the_cover(text, column)):
            cells = max(1, self._cells_under(place, column))
            self._headed |= Counter({(column, heading): cells})

    def _cells_under(self, place: int, column: int) -> int:
        rows = self._sheet.rows[place + 1 :]
        return sum(column < len(values) and values[column] is not None for _, values in rows)

    def _scan_words(self) -> None:
        for kind in (*find_kinds(self._sheet.name), find_heading_kind(self._sheet.name)):
            if kind:
                self._counts["sheet name", kind] += 1
        for place, text in self._sheet.comments:
            where = "a comment" if place[:1].isupper() else f"a {place or 'comment'}"
            for kind in find_kinds(text):
                self._counts[where, kind] += 1


def _is_label_of_the_cover(text: str, column: int) -> bool:
    """`About this return` is a list of names and values, and may say so in its first row."""
    return column == 0 and text.strip().casefold() == "name"
