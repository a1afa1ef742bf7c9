"""Reader of the DfE's Local Authority Interactive Tool: one long table of many items."""

import re
from collections.abc import Callable, Iterator
from functools import cache
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

_COLUMNS = {
    "short desc": "item",
    "years": "years",
    "la and regions": "area_name",
    "values": "value",
    "la number": "la_number",
}
_ABOUT = ["item", "years", "area_name", "la_number"]


class LaitReader:
    """Columns `item` (the tool's Short Desc, stray spaces and all) and `value`; no dimensions."""

    id = "lait"
    title = "Local Authority Interactive Tool (bds_long)"

    def fits(self, headings: Headings) -> bool:
        return bool(headings) and set(_COLUMNS) <= {h.strip().casefold() for h in headings[0]}

    def read(self, path: Path, findings: Findings, progress: Progress | None) -> Iterator[Frame]:
        file = CsvFile(path)
        names = [_COLUMNS.get(h.strip().casefold(), h) for h in file.headings]
        unique = Uniqueness(_ABOUT)
        for batch in file.batches(names, findings, progress):
            table = batch.table.select(*_ABOUT, "value")
            unique.add(table)
            table = check_cells(table, ["value"], batch.first_line, findings, {"-": "x"})
            table = table.with_row_index("line", batch.first_line)
            table = _with_areas(_with_periods(table, findings), findings)
            if table.height:
                yield Frame(self.id, table, split="item")
        unique.check(findings)

    def edition(self, kind: str, newest: str, basis: str) -> Edition:
        name = "Local Authority Interactive Tool"
        return Edition("Department for Education", name, f"data to {newest}")


def _with_periods(table: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    columns = ["item", "years"]
    found: dict[tuple[str, ...], Period] = {}
    groups = table.group_by(columns, maintain_order=True).agg(
        pl.len().alias("rows"), pl.col("line").min().alias("first")
    )
    clocks = _clocks()
    for item, years, rows, line in groups.rows():
        period = _read_years(clocks.get(item, ""), years or "")
        if period is not None:
            found[item, years] = period
        elif years == "0":
            findings.skip(f"{item}: the year is 0, an error in the file", rows)
        elif item not in clocks:
            findings.skip(f"{item}: known/lait_clocks.toml does not say what its years mean", rows)
        else:
            findings.fault(line, "Years", f"{years!r} is not a year we can read.", rows)
    return add_periods(table, columns, found)


@cache
def _clocks() -> dict[str, str]:
    return {item: clock for clock, items in known("lait_clocks").items() for item in items}


_YEARS = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[/-](?P<next>\d\d))?(?:\s*\((?P<mark>\w+)\))?")


def _read_years(clock: str, text: str) -> Period | None:
    """`2024`, `2025 (prov)`, `2015/16` and `2024-25 (OT)`, on the item's clock."""
    found = _YEARS.fullmatch(text.strip())
    if not found or not clock or found["mark"] not in (None, "prov", "OT"):
        return None
    year = int(found["year"])
    if found["next"] is not None:
        if (year + 1) % 100 != int(found["next"]):
            return None
        financial = found["mark"] == "OT" or clock == "financial_year"
        return periods.financial_year(year) if financial else periods.academic_year(year)
    period = _ENDING[clock](year)
    return period._replace(status="provisional") if found["mark"] == "prov" else period


_ENDING: dict[str, Callable[[int], Period]] = {
    "calendar_year": periods.calendar_year,
    "january": periods.january,
    "academic_year": lambda year: periods.academic_year(year - 1),
    "financial_year": lambda year: periods.financial_year(year - 1),
}


def _with_areas(table: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    columns = ["la_number", "area_name"]
    places = table.group_by(columns).len("rows_of_area")
    codes = []
    for number, name, rows in places.rows():
        old = (number or "").removesuffix(".0")
        area = find_area("", old, name or "")
        if area is None:
            label = f"{name} {old}".strip()
            findings.unmatched[label] = findings.unmatched.get(label, 0) + rows
        codes.append(area.code if area else None)
    lookup = places.drop("rows_of_area").with_columns(
        pl.Series("area_code", codes, dtype=pl.String)
    )
    joined = table.join(lookup, on=columns, how="left", nulls_equal=True, maintain_order="left")
    return joined.filter(pl.col("area_code").is_not_null())
