"""Reader of a derived long table of rates by SEN for the North East: suspensions to attendance."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from loaders.benchmarks.cells import check_cells
from loaders.benchmarks.csvfile import CsvFile, Progress
from loaders.benchmarks.dfe_school import DIMS
from loaders.benchmarks.frames import TIME, Edition, Frame, Headings
from loaders.benchmarks.known import known
from loaders.benchmarks.labels import categories, keep_known
from loaders.benchmarks.opendata import Uniqueness, place_rows
from loaders.benchmarks.problems import Findings

_KINDS = {
    "attendance_sen": "dfe_attendance_sen",
    "absence_characteristics": "dfe_absence",
    "exclusions_characteristics": "dfe_suspensions",
}
_ABOUT = [
    "source_domain",
    "time_period",
    "time_identifier",
    "education_phase",
    "send_category",
    "send_detail_display",
    "new_la_code",
    "la_name",
    "metric",
]
_KEY = ["area_code", *TIME, *DIMS]


class SenLongReader:
    """One row a metric; its metrics become the columns of the DfE files it was made from."""

    id = "sen_long"
    title = "Rates by SEN provision, North East councils, in one long table"

    def fits(self, headings: Headings) -> bool:
        return bool(headings) and {*_ABOUT, "value"} <= {h.casefold() for h in headings[0]}

    def read(self, path: Path, findings: Findings, progress: Progress | None) -> Iterator[Frame]:
        file = CsvFile(path)
        unique = Uniqueness(_ABOUT)
        kept = []
        for batch in file.batches([h.casefold() for h in file.headings], findings, progress):
            table = batch.table.select(*_ABOUT, "value")
            unique.add(table)
            table = check_cells(table, ["value"], batch.first_line, findings)
            table = table.with_row_index("line", batch.first_line)
            table = table.with_columns(geographic_level=pl.lit("Local authority"))
            kept.append(_with_dims(place_rows(table, "school", findings), findings))
        unique.check(findings)
        if kept:
            yield from _by_kind(pl.concat(kept), findings)

    def edition(self, kind: str, newest: str, basis: str) -> Edition:
        return Edition(
            "Department for Education",
            known("kinds")[kind]["publication"],
            newest.replace("-", "/", 1),
            note="A derived copy: rates only, North East councils only.",
        )


def _with_dims(table: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """`No SEN` stands under SEN provision and under SEN primary need (`traps.md` 15)."""
    provision = table.filter(
        pl.col("send_detail_display").is_null() | (pl.col("send_detail_display") == "SEN provision")
    )
    findings.skip("rows by SEN primary need are not used", table.height - provision.height)
    for dimension, source in zip(DIMS, ("send_category", "education_phase"), strict=True):
        codes = categories(provision[source], dimension).alias(dimension)
        provision = keep_known(provision.with_columns(codes), dimension, source, findings)
    return provision


def _by_kind(table: pl.DataFrame, findings: Findings) -> Iterator[Frame]:
    for domain, rows in table.group_by("source_domain", maintain_order=True):
        kind = _KINDS.get(str(domain[0]))
        if kind is None:
            line, message = rows["line"][0], f"{domain[0]!r} is not a source we know."
            findings.fault(line, "source_domain", message, rows.height)
            continue
        wide = rows.pivot("metric", index=_KEY, values="value", aggregate_function="first")
        yield Frame(kind, wide, DIMS)
