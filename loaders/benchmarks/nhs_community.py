"""Reader of NHS England's community waiting lists: the monthly workbook, a sheet a band."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from loaders.benchmarks import periods
from loaders.benchmarks.areas import find_area
from loaders.benchmarks.cells import all_symbols, read_cell
from loaders.benchmarks.csvfile import Progress
from loaders.benchmarks.frames import TIME, Edition, Frame, Headings
from loaders.benchmarks.known import known
from loaders.benchmarks.periods import Period
from loaders.benchmarks.problems import Findings
from loaders.benchmarks.sheets import read_sheets
from loaders.benchmarks.sums import add_text
from schemas.area import ENGLAND
from schemas.term import Month, parse_period

KIND = "nhs_community_waits"
PUBLICATION = "Community Health Services Waiting Lists"
_MONTH = re.compile(r", ([A-Z][a-z]+ 20\d\d)$")
_HEADINGS = ["Organisation Type", "Organisation Code", "Organisation Name"]
_BANDS = tuple(name for name in known("nhs")["bands"])

Row = Sequence[Any]
# By period, then by area and service, each band's cell.
Cells = dict[Period, dict[tuple[str, str], dict[str, str]]]


class CommunityReader:
    """Dimension `service`; columns total, w_0_1 … w_52_plus, waiting_to_18w, waiting_over_18w."""

    id = KIND
    title = "Community health services waiting lists (workbook)"

    def fits(self, headings: Headings) -> bool:
        services = known("nhs")["services"]
        return any(list(h[:3]) == _HEADINGS and set(h) & set(services) for h in headings)

    def read(self, path: Path, findings: Findings, progress: Progress | None) -> Iterator[Frame]:
        found: Cells = {}
        sheets = read_sheets(path)
        for title, rows in sheets:
            _read_sheet(title, rows, found, findings)
        published = next((day for _, rows in sheets if (day := _published_on(rows))), None)
        for period, cells in found.items():
            table = with_sums(_table(cells, period))
            yield Frame(KIND, table, ("service",), released_on=published)

    def edition(self, kind: str, newest: str, basis: str) -> Edition:
        return Edition("NHS England", PUBLICATION, f"to {newest}")


def _published_on(rows: Sequence[Row]) -> dt.date | None:
    """The cover page says `Published: 14/12/2023`."""
    for row in rows[:12]:
        if row and row[0] == "Published:":
            return row[1] if isinstance(row[1], dt.date) else _day(str(row[1]))
    return None


def _day(text: str) -> dt.date | None:
    found = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text.strip())
    return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None


def _read_sheet(title: str, rows: Sequence[Row], found: Cells, findings: Findings) -> None:
    """Adds one band: its cell for each area and service."""
    start = next((at for at, row in enumerate(rows) if list(row[:3]) == _HEADINGS), None)
    if start is None:
        return
    heading = str(rows[0][0] or "").replace(">", "")
    bands = known("nhs")["bands"].items()
    band = next((b for b, text in bands if heading.startswith(text.replace(">", ""))), None)
    period = month_of(heading)
    if band is None or period is None:
        findings.fault(1, title, f"the title {heading!r} names no band and month that we know.")
        return
    known_services = known("nhs")["services"]
    columns = {at: known_services[h] for at, h in enumerate(rows[start]) if h in known_services}
    for line, row in enumerate(rows[start + 1 :], start=start + 2):
        if area := _area_of(row, findings):
            for at, service in columns.items():
                into = found.setdefault(period, {}).setdefault((area, service), {})
                _add_cell(into, band, row[at : at + 1], (title, line), findings)


def _add_cell(
    into: dict[str, str], band: str, cell: Row, where: tuple[str, int], findings: Findings
) -> None:
    """A blank is no submission, so not available (`x`)."""
    findings.rows += 1
    text = str(cell[0]).strip() if cell and cell[0] is not None else ""
    value = read_cell(text, all_symbols(known("nhs")["symbols"]))
    if value is None or band in into:
        wrong = "stands twice" if value else "is neither a number nor a symbol we know"
        findings.fault(where[1], where[0], f"{text!r} {wrong}.")
    into[band] = value or "x"


def month_of(heading: str) -> Period | None:
    found = _MONTH.search(heading)
    month = parse_period(found[1]) if found else None
    return periods.month_end(month.year, month.month) if isinstance(month, Month) else None


def _area_of(row: Row, findings: Findings) -> str | None:
    if len(row) < 3 or not row[2]:
        return None
    level, code, name = (str(cell or "").strip() for cell in row[:3])
    if level == "National":
        return ENGLAND
    area = find_area(code) if level == "ICB" else None
    if area is None and level == "ICB":
        findings.unmatched[f"{name} {code}"] = findings.unmatched.get(f"{name} {code}", 0) + 1
    elif area is None:
        findings.skip(f"{level} rows are not used", 1)
    return area.code if area else None


def _table(cells: dict[tuple[str, str], dict[str, str]], period: Period) -> pl.DataFrame:
    rows = [
        {"area_code": area, "service": service, **dict.fromkeys(_BANDS, "x"), **bands}
        for (area, service), bands in cells.items()
    ]
    table = pl.DataFrame(rows, schema=dict.fromkeys(["area_code", "service", *_BANDS], pl.String))
    return table.with_columns(
        pl.lit(value).alias(name) for name, value in as_columns(period).items()
    )


def as_columns(period: Period) -> Mapping[str, str]:
    return dict(zip(TIME, period, strict=True))


def with_sums(table: pl.DataFrame) -> pl.DataFrame:
    """Waiting up to 18 weeks, and longer, where the bands are there."""
    return table.with_columns(
        add_text(parts).alias(name)
        for name, parts in known("nhs")["sums"].items()
        if set(parts) <= set(table.columns)
    )
