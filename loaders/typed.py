"""A sheet's cells as a typed frame: periods, category ids, numbers, symbols, with their places."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from loaders.cells import CellProblem, parse_number, shown, tidy
from loaders.layout import Found
from loaders.problems import Problem
from loaders.workbook import Caution, Fault, Value, cell_ref
from schemas.extract import EARLIEST_YEAR, Extract, Filter
from schemas.symbol import Symbol
from schemas.term import Month, Period, Term, parse_period
from schemas.text import plain

_NOT_HERE = Symbol.x.value  # in every row of a file that is older than the column


@dataclass(frozen=True)
class Table:
    """One extract's rows. `frame` is indexed by sheet row: `period` (label), the filters (ids) and
    the indicators (numbers; NaN where a symbol stands). `symbols` gives (row, column) → symbol."""

    extract: Extract
    sheet: str
    frame: pd.DataFrame
    periods: Mapping[str, Period]
    symbols: Mapping[tuple[int, str], Symbol]
    columns: Mapping[str, int]
    rows_read: int

    def place(self, row: int, column: str) -> str:
        return cell_ref(row, self.columns[column])

    def number(self, row: int, column: str) -> float:
        return float(self.frame[column].loc[row])


class SheetReader:
    """Reads one sheet's body, collecting every problem.

    `bad_rows` are the rows with any; `lost_periods` the periods that a row was left out of (""
    when even that is not known).
    """

    def __init__(self, found: Found, today: dt.date, term: Term | None = None) -> None:
        self.found = found
        self.today = today
        self.term = term
        self.problems: list[Problem] = []
        self.cautions: list[Caution] = []
        self.bad_rows: set[int] = set()
        self.lost_periods: set[str] = set()
        self._symbols: dict[tuple[int, str], Symbol] = {}
        self._periods: dict[str, Period] = {}
        self._periods_seen: dict[Value, Period | CellProblem] = {}
        self._labels_seen: dict[tuple[str, Value], str] = {}

    def read(self) -> Table:
        """The typed rows; rows whose period or category is not known are left out of the frame."""
        extract = self.found.extract
        columns: dict[str, list[object]] = {column: [] for column in extract.columns}
        index: list[int] = []
        read = 0
        places = self.found.columns
        whole = len(places) == len(extract.columns)
        wanted = [places[column] for column in extract.columns] if whole else []
        for row, values in self.found.body:
            cells = self._plain_row(values, wanted) if whole else None
            if cells is None:
                if self._is_not_data(row, values):
                    continue
                cells = self._read_row(row, values)
            read += 1
            if cells is not None:
                index.append(row)
                for column, cell in zip(extract.columns, cells, strict=True):
                    columns[column].append(cell)
        frame = pd.DataFrame(columns, index=pd.Index(index, dtype="int64"))
        numbers = {i.id: "float64" for i in extract.indicators}
        texts = dict.fromkeys(("period", *extract.filter_ids), "str")
        frame = frame.astype(numbers | texts)
        self._caution_stray_columns()
        return Table(
            extract,
            self.found.sheet.name,
            frame,
            self._periods,
            self._symbols,
            self.found.columns,
            read,
        )

    def _plain_row(self, values: tuple[Value, ...], wanted: list[int]) -> list[object] | None:
        """The cells of a row in which nothing needs a second look, as nearly all are: a period
        met before, known labels, numbers. None sends the row the careful way."""
        if len(values) <= max(wanted) or self.found.identifier_column is not None:
            return None
        filters = self.found.extract.filters
        raw = [values[at] for at in wanted]
        period = self._periods_seen.get(raw[0])
        if period is None or isinstance(period, CellProblem):
            return None
        cells: list[object] = [period.label]
        for split, value in zip(filters, raw[1:], strict=False):
            category = self._labels_seen.get((split.id, value))
            if category is None:
                return None
            cells.append(category)
        for value in raw[len(filters) + 1 :]:
            if (type(value) is not int and type(value) is not float) or not isfinite(value):
                return None
            cells.append(float(value))
        return cells

    def _is_not_data(self, row: int, values: tuple[Value, ...]) -> bool:
        """Blank rows, notes below the table and headings repeated at a page break."""
        ours = [self._cell(values, at) for at in self.found.columns.values()]
        written = [value for value in ours if not _blank(value)]
        if not written:
            return True
        if len(written) > 1 and all(map(self.found.is_heading, written)):
            self._caution(row, "This row repeats the headings. It was not read.")
            return True
        alone = len(written) == 1 and len([v for v in values if not _blank(v)]) == 1
        if (
            alone
            and isinstance(written[0], str)
            and isinstance(self._period(written[0]), CellProblem)
        ):
            self._caution(row, "This row holds only a note. It was not read.")
            return True
        return False

    def _read_row(self, row: int, values: tuple[Value, ...]) -> list[object] | None:
        extract, columns = self.found.extract, self.found.columns
        before = len(self.problems)
        cells: list[object] = [self._read_period(row, values)]
        for split in extract.filters:
            cells.append(self._read_category(row, split, self._cell(values, columns[split.id])))
        known = len(self.problems) == before
        raw = {
            i.id: self._cell(values, columns[i.id]) for i in extract.indicators if i.id in columns
        }
        if all(_blank(value) for value in raw.values()):
            place = next(iter(raw))
            self._problem(row, place, None, "This row has no figures. Fill it in, or take it out.")
            return None
        for indicator in extract.indicators:
            cells.append(self._read_number(row, indicator.id, raw.get(indicator.id, _NOT_HERE)))
        if not known:
            self.lost_periods.add(str(cells[0]))
        return cells if known else None

    def _read_period(self, row: int, values: tuple[Value, ...]) -> str:
        at = self.found.columns["period"]
        value = self._cell(values, at)
        if self.found.identifier_column is not None:
            value = f"{shown(value)} {shown(self._cell(values, self.found.identifier_column))}"
        period = self._period(value)
        if isinstance(period, CellProblem):
            self._problem(row, "period", value, period)
            return ""
        self._periods[period.label] = period
        return period.label

    def _period(self, value: Value) -> Period | CellProblem:
        if isinstance(value, Fault):
            return CellProblem(value.message)
        if value not in self._periods_seen:
            self._periods_seen[value] = self._parse_period(value)
        return self._periods_seen[value]

    def _parse_period(self, value: Value) -> Period | CellProblem:
        extract = self.found.extract
        period = parse_period(tidy(value) if isinstance(value, str) else value)
        if _blank(value):
            return CellProblem(
                "The period is blank. Write the term or month of this row, or take the row out."
            )
        if period is None:
            example = " or October 2025" if extract.monthly else ""
            return CellProblem(
                f"“{shown(value)}” is not a term{' or month' if extract.monthly else ''}. "
                f"Write it like Autumn 2025/26{example}."
            )
        if isinstance(period, Month) and not extract.monthly:
            return CellProblem(
                f"This sheet is by term, not by month: “{period.title}”. Write the term and its "
                "figures, such as Autumn 2025/26."
            )
        start = period.flow_window.start if isinstance(period, Term) else period.window.start
        if start > self.today:
            return CellProblem(
                f"{period.title} is in the future. Check the year, or take the row out."
            )
        if start.year < EARLIEST_YEAR:
            return CellProblem(
                f"{period.title} is before {EARLIEST_YEAR}, the year EHC plans began. Check the "
                "year, or take the row out."
            )
        if self.term and self.term != (period.term if isinstance(period, Month) else period):
            return CellProblem(
                f"{period.title} is not in {self.term.title}, the term of this file. Take "
                "the row out, or send the file for all its terms as a workbook."
            )
        return period

    def _read_category(self, row: int, split: Filter, value: Value) -> str:
        text = tidy(shown(value)) if not isinstance(value, Fault) else ""
        found = split.by_spelling.get(plain(text))
        if found:
            self._labels_seen[split.id, value] = found
            return found
        if not text:
            message = f"“{split.heading}” is blank. Choose one of: {', '.join(split.labels)}."
        else:
            message = (
                f"“{shown(text)}” is not known under “{split.heading}”. "
                f"Choose one of: {', '.join(split.labels)}."
            )
        self._problem(row, split.id, value, message)
        return ""

    def _read_number(self, row: int, column: str, value: Value) -> float:
        number = parse_number(value)
        if isinstance(number, Symbol):
            self._symbols[row, column] = number
            return float("nan")
        if isinstance(number, CellProblem):
            self._problem(row, column, value, number)
            return float("nan")
        return number

    def _caution_stray_columns(self) -> None:
        headings = next(v for r, v in self.found.sheet.rows if r == self.found.heading_row)
        headed = {i for i, value in enumerate(headings) if not _blank(value)}
        stray = {
            at: row
            for row, values in reversed(self.found.body)
            for at, value in enumerate(values)
            if at not in headed and not _blank(value)
        }
        for at, row in sorted(stray.items()):
            place = cell_ref(row, at)
            message = "This column has no heading. It was not read. If it holds figures, head it."
            self.cautions.append(Caution(self.found.sheet.name, place, message))

    def _problem(self, row: int, column: str, value: Value, message: str) -> None:
        self.bad_rows.add(row)
        heading = self.found.extract.heading_of(column)
        place = cell_ref(row, self.found.columns[column])
        problem = Problem(self.found.sheet.name, place, heading, shown(value), str(message))
        self.problems.append(problem)

    def _caution(self, row: int, message: str) -> None:
        self.cautions.append(Caution(self.found.sheet.name, f"A{row}", message))

    @staticmethod
    def _cell(values: tuple[Value, ...], at: int) -> Value:
        return values[at] if at < len(values) else None


def _blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not tidy(value))
