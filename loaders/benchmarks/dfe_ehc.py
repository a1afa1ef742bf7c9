"""EHC plan files: the rows for everyone, and phases put together from single years of age."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from loaders.benchmarks.cells import number
from loaders.benchmarks.frames import TIME, Frame
from loaders.benchmarks.labels import has_label, relabel
from loaders.benchmarks.problems import Findings
from loaders.benchmarks.sums import add_rows
from schemas.area import load_areas
from schemas.extract import ALL

_KEY = ["area_code", *TIME]
_NUMBER = re.compile(r"\d+")
_LAST_AGE = {"early_years": 3, "primary": 10, "secondary": 15, "post16": 18, "post19": 25}


class PlanRows:
    """Keeps the topic for everyone; in the caseload also the ages, until the file has ended."""

    def __init__(self, kind: str, spec: Mapping[str, Any], values: list[str]) -> None:
        self.kind = kind
        self.spec = spec
        self._whole_rows = 0
        self._wholes: list[pl.DataFrame] = []
        self._ages: list[pl.DataFrame] = []

    def frames(self, table: pl.DataFrame, findings: Findings) -> Iterator[Frame]:
        topics = table["breakdown_topic"]
        whole = table.filter(has_label(topics, self.spec["totals"]))
        ages = table.filter(has_label(topics, self.spec.get("ages", ())))
        other = table.height - whole.height - ages.height
        findings.skip("rows by ethnicity, sex and the like are not used", other)
        self._whole_rows += whole.height
        if ages.height:
            self._ages.append(ages)
        if "ages" in self.spec:
            self._wholes.append(whole.select("area_code", "period", "ehcplans"))
        if whole.height:
            yield Frame(self.kind, whole.with_columns(phase=pl.lit(ALL)), ("phase",))

    def rest(self, findings: Findings) -> Iterator[Frame]:
        if not self._whole_rows:
            topics = " or ".join(repr(topic) for topic in self.spec["totals"])
            findings.fault(0, "breakdown_topic", f"there are no rows for everyone ({topics}).")
        elif self._ages:
            phases = _by_phase(pl.concat(self._ages), findings)
            _note_gaps(pl.concat(self._wholes), phases, findings)
            yield Frame(self.kind, phases, ("phase",))


def _by_phase(ages: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Five rows for each area and January that has ages. The file leaves out ages without plans."""
    counts = [c for c in _after(ages, "breakdown") if not c.endswith("_pc") and c not in _KEY]
    ages = ages.with_columns(phase=relabel(ages["breakdown"], _phase_of_age))
    unknown = ages.filter(pl.col("phase").is_null())
    findings.skip("ages that are in no phase", unknown.height)
    summed = (
        ages.filter(pl.col("phase").is_not_null())
        .group_by(*_KEY, "phase")
        .agg(add_rows(column) for column in counts)
    )
    every = ages.select(_KEY).unique().join(pl.DataFrame({"phase": list(_LAST_AGE)}), how="cross")
    whole = every.join(summed, on=[*_KEY, "phase"], how="left")
    filled = whole.with_columns(pl.col(counts).fill_null("0"))
    return filled.filter(pl.col("ehcplans").cast(pl.Float64, strict=False).is_not_null())


def _note_gaps(wholes: pl.DataFrame, phases: pl.DataFrame, findings: Findings) -> None:
    """Some areas publish only their whole, so the ages of England fall short (`traps.md` 14)."""
    key = ["area_code", "period"]
    summed = phases.group_by(key).agg(number("ehcplans").sum().alias("of_ages"))
    gaps = wholes.join(summed, on=key).filter(number("ehcplans") != pl.col("of_ages"))
    for area, period, whole, ages in gaps.sort(key).rows():
        name = found.name if (found := load_areas().get(area)) else area
        findings.note(
            f"{name}, {period}: the ages add up to {ages:,.0f} of {float(whole):,.0f} plans."
        )


def _after(table: pl.DataFrame, column: str) -> list[str]:
    return table.columns[table.columns.index(column) + 1 :]


def _phase_of_age(label: str) -> str | None:
    """`under 3`, `age 2 and under`, `Aged 10` and `age 20 and over` by the age they name."""
    found = _NUMBER.search(label)
    if not found or int(found[0]) > 25:
        return None
    return next(phase for phase, last in _LAST_AGE.items() if int(found[0]) <= last)
