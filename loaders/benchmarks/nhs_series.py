"""Reader of England's community waiting lists by month, as a derived series gives them."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from loaders.benchmarks.cells import check_cells
from loaders.benchmarks.csvfile import CsvFile, Progress
from loaders.benchmarks.frames import TIME, Edition, Frame, Headings
from loaders.benchmarks.known import known
from loaders.benchmarks.nhs_community import KIND, PUBLICATION, as_columns, month_of, with_sums
from loaders.benchmarks.problems import Findings
from schemas.area import ENGLAND


class CommunitySeriesReader:
    """England's months from a derived series: total and the two longest bands only."""

    id = "nhs_community_series"
    title = "Community health services, national time series (derived)"

    def fits(self, headings: Headings) -> bool:
        return bool(headings) and {"Therapy", "Date", *known("nhs")["series"]} <= set(headings[0])

    def read(self, path: Path, findings: Findings, progress: Progress | None) -> Iterator[Frame]:
        file = CsvFile(path)
        columns = known("nhs")["series"]
        for batch in file.batches(file.headings, findings, progress):
            table = batch.table.rename(columns)
            table = check_cells(table, list(columns.values()), batch.first_line, findings)
            yield Frame(KIND, with_sums(_placed(table, batch.first_line, findings)), ("service",))

    def edition(self, kind: str, newest: str, basis: str) -> Edition:
        note = "Derived from the workbooks for the DfE's SEND and AP dashboard."
        return Edition("NHS England", PUBLICATION, f"to {newest}, time series", note=note)


def _placed(table: pl.DataFrame, first_line: int, findings: Findings) -> pl.DataFrame:
    services = known("nhs")["services"]
    rows = []
    for at, row in enumerate(table.iter_rows(named=True), start=first_line):
        service = services.get(row["Therapy"])
        period = month_of(f", {row['Date'].strip()}")
        if period is None:
            findings.fault(at, "Date", f"{row['Date']!r} is not a month.")
        elif service is None:
            findings.skip(f"{row['Therapy']} is not used", 1)
        else:
            rows.append({**row, "area_code": ENGLAND, "service": service, **as_columns(period)})
    schema = dict.fromkeys([*table.columns, "area_code", "service", *TIME], pl.String)
    return pl.DataFrame(rows, schema=schema)
