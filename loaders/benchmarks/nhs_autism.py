"""Reader of NHS England's autism waiting time statistics: one row a metric, month and area."""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from loaders.benchmarks import periods
from loaders.benchmarks.areas import find_area
from loaders.benchmarks.cells import check_cells
from loaders.benchmarks.csvfile import CsvFile, Progress
from loaders.benchmarks.frames import Edition, Frame, Headings
from loaders.benchmarks.known import known
from loaders.benchmarks.opendata import Uniqueness, add_periods
from loaders.benchmarks.periods import Period
from loaders.benchmarks.problems import Findings
from schemas.area import ENGLAND
from schemas.extract import ALL

_ABOUT = [
    "reporting_period_start",
    "reporting_period_end",
    "breakdown",
    "primary_level",
    "secondary_level",
    "metric",
]
_WORDS = re.compile(r"[a-z0-9]+")


class AutismReader:
    """Columns `metric` (ASD16b, ASD19e and so on) and `value`; dimension `age_group`."""

    id = "nhs_autism"
    title = "Autism waiting time statistics"

    def fits(self, headings: Headings) -> bool:
        return bool(headings) and {*_ABOUT, "metric_value"} <= {h.casefold() for h in headings[0]}

    def read(self, path: Path, findings: Findings, progress: Progress | None) -> Iterator[Frame]:
        file = CsvFile(path)
        unique = Uniqueness(_ABOUT)
        for batch in file.batches([h.casefold() for h in file.headings], findings, progress):
            table = batch.table.select(*_ABOUT, pl.col("metric_value").alias("value"))
            unique.add(table)
            symbols = known("nhs")["symbols"]
            table = check_cells(table, ["value"], batch.first_line, findings, symbols)
            table = table.with_row_index("line", batch.first_line)
            table = _with_places(_with_months(table, findings), findings)
            if table.height:
                yield Frame(self.id, table, ("age_group",), split="metric")
        unique.check(findings)

    def edition(self, kind: str, newest: str, basis: str) -> Edition:
        return Edition("NHS England", "Autism Waiting Time Statistics", f"to {newest}")


def _with_months(table: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    columns = _ABOUT[:2]
    found: dict[tuple[str, ...], Period] = {}
    groups = table.group_by(columns).agg(pl.len().alias("rows"), pl.col("line").min())
    for start, end, rows, line in groups.rows():
        month = re.fullmatch(r"(20\d\d)-(\d\d)-01", start or "")
        period = periods.in_month(int(month[1]), int(month[2])) if month else None
        if period and period.period_end == end:
            found[start, end] = period
        else:
            message = f"{start!r} to {end!r} is not a month."
            findings.fault(line, "REPORTING_PERIOD_START", message, rows)
    return add_periods(table, columns, found)


def _with_places(table: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """England stands alone or by age; ICBs and sub-ICBs by code, then by age."""
    columns = ["breakdown", "primary_level", "secondary_level"]
    places = (
        table.group_by(columns).len("rows_of_place").with_columns(pl.col(columns).fill_null(""))
    )
    found = []
    for breakdown, first, second, rows in places.rows():
        area, age = _place(breakdown, first, second)
        if area is None:
            findings.skip(f"{breakdown} rows are not used", rows)
        found.append((breakdown, first, second, area, age))
    names = [*columns, "area_code", "age_group"]
    lookup = pl.DataFrame(found, schema=dict.fromkeys(names, pl.String), orient="row")
    table = table.with_columns(pl.col(columns).fill_null(""))
    joined = table.join(lookup, on=columns, how="left", maintain_order="left")
    return joined.filter(pl.col("area_code").is_not_null())


def _place(breakdown: str, first: str, second: str) -> tuple[str | None, str]:
    name, _, by = breakdown.partition(";")
    if name == "England":
        return ENGLAND, ALL
    if name == "Age Group":
        return ENGLAND, age_group(first)
    area = find_area(first) if "ICB" in name or "CCG" in name else None
    if area is None or by.strip() not in ("", "Age Group"):
        return None, ALL
    return area.code, age_group(second) if by else ALL


def age_group(label: str) -> str:
    """`Under 10` as `under_10`."""
    return "_".join(_WORDS.findall(label.casefold()))
