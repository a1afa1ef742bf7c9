"""Reader of our own table of cited figures: each belongs to a publisher's file we do not hold."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from loaders.benchmarks import periods
from loaders.benchmarks.areas import find_area
from loaders.benchmarks.cells import check_cells
from loaders.benchmarks.csvfile import CsvFile, Progress
from loaders.benchmarks.frames import TIME, Edition, Frame, Headings
from loaders.benchmarks.known import known
from loaders.benchmarks.periods import Period
from loaders.benchmarks.problems import Findings
from schemas.extract import ALL
from schemas.term import Month, Season, Term, parse_period

COLUMNS = ("measure", "area_code", "area_name", "period", "value", "unit", "source", "source_url")

Entry = Mapping[str, Any]


class PublishedReader:
    """Figures under the kind, column and categories that `known/published_figures.toml` gives.

    `source` keeps the figures of one source only: they make a vintage of their own.
    """

    id = "published_figures"
    title = "Cited published figures (our own table)"

    def __init__(self, source: str | None = None) -> None:
        self.source = source

    def fits(self, headings: Headings) -> bool:
        return bool(headings) and set(COLUMNS) <= set(headings[0])

    def read(self, path: Path, findings: Findings, progress: Progress | None) -> Iterator[Frame]:
        file = CsvFile(path)
        rows: list[dict[str, str]] = []
        for batch in file.batches(file.headings, findings, progress):
            table = check_cells(batch.table, ["value"], batch.first_line, findings)
            if self.source is not None:
                table = table.filter(pl.col("source") == self.source)
            placed = (_place(row, findings) for row in table.iter_rows(named=True))
            rows += [row for row in placed if row]
        yield from _frames(_best_first(rows, findings))

    def edition(self, kind: str, newest: str, basis: str) -> Edition:
        if self.source is None:
            note = "Cited figures from several sources; each is named in the table."
            return Edition("Several, cited", "Published figures", f"to {newest}", note=note)
        newest = newest if basis == "snapshot" else newest.replace("-", "/", 1)
        return edition_of(self.source, kind, newest)


def edition_of(source: str, kind: str, newest: str) -> Edition:
    """The publisher by the words of the source; the source itself is the release."""
    publishers = known("published_figures")["publishers"]
    found = next(one for one in publishers if one["words"] in source)
    titles = known("published_figures")["publications"]
    titles |= {name: spec["publication"] for name, spec in known("kinds").items()}
    publication = found["publication"] or titles.get(kind, source)
    return Edition(found["publisher"], publication, f"to {newest}", note=f"Cited from: {source}.")


def _place(row: Mapping[str, str], findings: Findings) -> dict[str, str] | None:
    """One figure with its kind, column, categories, area and period; None if it has no place."""
    entry = _entries().get(row["measure"])
    if entry is None:
        findings.skip(f"{row['measure']!r} has no place in known/published_figures.toml", 1)
        return None
    column = entry["column"]
    if row["unit"].startswith("%") and "percent" in entry:
        column = entry["percent"]
    period = _read_period(entry["kind"], row["period"])
    area = find_area(row["area_code"], "", row["area_name"])
    if period is None or area is None:
        findings.skip(f"{row['measure']!r}: {row['period']!r} is not a time we can use", 1)
        return None
    dims = dict.fromkeys(known("published_figures")["dims"][entry["kind"]], ALL)
    about: dict[str, str] = {**dims, **entry.get("dims", {}), "split": entry.get("split", "")}
    times = dict(zip(TIME, period, strict=True))
    place: dict[str, str] = {"kind": entry["kind"], "column": column, "area_code": area.code}
    return place | times | about | {"value": row["value"], "source": row["source"]}


@cache
def _entries() -> dict[str, Entry]:
    figures = known("published_figures")
    by_ending: dict[str, Entry] = {
        f"{name} - {ending}": {**entry, "dims": dims}
        for name, entry in figures["by"].items()
        for ending, dims in figures["endings"].items()
    }
    return {**by_ending, **figures["one"]}


_AUTUMN_AND_SPRING = re.compile(r"(20\d\d)/\d\d autumn and spring terms?")
_YEAR_ENDING = re.compile(r"academic year ending (20\d\d)")
_SCHOOL_YEAR = re.compile(r"(20\d\d)/\d\d")
_CALENDAR = re.compile(r"(?:calendar )?(20\d\d)(?: calendar year)?")


def _read_period(kind: str, text: str) -> Period | None:
    if found := _AUTUMN_AND_SPRING.fullmatch(text):
        return periods.year_to(Term(int(found[1]), Season.spring))
    if found := _YEAR_ENDING.fullmatch(text):
        return periods.academic_year(int(found[1]) - 1)
    if found := _SCHOOL_YEAR.fullmatch(text):
        return periods.academic_year(int(found[1]))
    if "calendar" in text and (found := _CALENDAR.fullmatch(text)):
        return periods.calendar_year(int(found[1]))
    when = parse_period(text)
    if isinstance(when, Term):
        return periods.school_term(when)
    return _of_month(kind, when) if isinstance(when, Month) else None


def _of_month(kind: str, month: Month) -> Period | None:
    if kind == "nhs_autism":
        return periods.in_month(month.year, month.month)
    if kind == "nhs_community_waits":
        return periods.month_end(month.year, month.month)
    return periods.january(month.year) if month.month == 1 else None


def _best_first(rows: list[dict[str, str]], findings: Findings) -> list[dict[str, str]]:
    """Each figure once: a secondary source only where nothing better says it."""
    secondary = known("published_figures")["secondary"]
    best: dict[tuple[str, ...], dict[str, str]] = {}
    for row in sorted(rows, key=lambda row: secondary in row["source"]):
        key = tuple(value for name, value in row.items() if name not in ("value", "source"))
        if key in best:
            findings.skip("figures that another source says as well", 1)
        else:
            best[key] = row
            if secondary in row["source"]:
                findings.note(f"Only a secondary source gives it: {row['source']}.")
    return list(best.values())


def _frames(rows: list[dict[str, str]]) -> Iterator[Frame]:
    for kind in sorted({row["kind"] for row in rows}):
        dims = tuple(known("published_figures")["dims"][kind])
        split = known("published_figures")["split"].get(kind)
        index = ["area_code", *TIME, *dims, *([split] if split else [])]
        long = pl.DataFrame(
            [row | {str(split): row["split"]} for row in rows if row["kind"] == kind]
        )
        wide = long.pivot("column", index=index, values="value", aggregate_function="first")
        yield Frame(kind, wide, dims, split)
