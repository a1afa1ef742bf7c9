"""Readers of the DfE's open data files: EHC plans, suspensions, absence and attendance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from loaders.benchmarks.cells import check_cells
from loaders.benchmarks.csvfile import CsvFile, Progress
from loaders.benchmarks.dfe_ehc import PlanRows
from loaders.benchmarks.dfe_school import SchoolRows
from loaders.benchmarks.frames import Edition, Frame, Headings
from loaders.benchmarks.headings import name_headings
from loaders.benchmarks.known import known
from loaders.benchmarks.opendata import Uniqueness, place_rows
from loaders.benchmarks.problems import Findings
from loaders.benchmarks.sums import add_text


@dataclass(frozen=True)
class DfeReader:
    """One file kind of `known/kinds.toml`."""

    id: str
    spec: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.spec["title"])

    def fits(self, headings: Headings) -> bool:
        names = set(name_headings(headings[0], self.id).names) if headings else set()
        needs, lacks = set(self.spec["needs"]), set(self.spec.get("lacks", ()))
        return needs <= names and not lacks & names and "time_period" in names

    def lacking(self, headings: Headings) -> tuple[list[str], list[str]]:
        """Of the columns that tell this file, those that are not there and those that are."""
        names = set(name_headings(headings[0], self.id).names) if headings else set()
        needs = ("time_period", *self.spec["needs"])
        return [x for x in needs if x not in names], [x for x in needs if x in names]

    def read(self, path: Path, findings: Findings, progress: Progress | None) -> Iterator[Frame]:
        file = CsvFile(path)
        headings = name_headings(file.headings, self.id)
        labels = set(known("labels")["rows"]["about"])
        names = [name for name in headings.names if name not in headings.repeats]
        about = [name for name in names if name in labels and name]
        values = [name for name in names if name not in labels]
        unique = Uniqueness(about)
        rows = (PlanRows if "totals" in self.spec else SchoolRows)(self.id, self.spec, values)
        for batch in file.batches(headings.names, findings, progress):
            table = headings.drop_repeats(batch, findings)
            unique.add(table)
            table = check_cells(table, values, batch.first_line, findings)
            table = table.with_row_index("line", batch.first_line)
            table = place_rows(self._with_sums(table), self.spec["clock"], findings)
            yield from rows.frames(table, findings)
        unique.check(findings)
        yield from rows.rest(findings)

    def _with_sums(self, table: pl.DataFrame) -> pl.DataFrame:
        """Columns that a newer layout splits, put together again."""
        sums = known("columns").get(self.id, {}).get("sum", {})
        return table.with_columns(
            add_text(parts).alias(name)
            for name, parts in sums.items()
            if name not in table.columns and set(parts) <= set(table.columns)
        )

    def edition(self, kind: str, newest: str, basis: str) -> Edition:
        release = newest.replace("-", "/", 1)
        if self.spec["release"] == "reporting year":
            year = int(newest[:4]) + (basis == "calendar_year")
            release = f"reporting year {year}"
        return Edition("Department for Education", self.spec["publication"], release)


def dfe_readers() -> list[DfeReader]:
    return [DfeReader(kind, spec) for kind, spec in known("kinds").items()]
