"""School files: suspensions, absence and attendance by SEN status and school phase."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from loaders.benchmarks.frames import Frame
from loaders.benchmarks.known import known
from loaders.benchmarks.labels import categories, has_label, keep_known
from loaders.benchmarks.problems import Findings
from schemas.extract import ALL

DIMS = ("sen_status", "school_phase")

_SEN = ("sen", "sen_provision")

# A file by characteristic: which column holds the topic and which the value (`formats.md` 3, 4).
_PAIRS = (
    ("characteristic_group", "characteristic"),
    ("breakdown_topic", "breakdown"),
    ("characteristic", "characteristic_breakdown"),
)


class SchoolRows:
    """Keeps the rows by SEN provision and those for all pupils, by phase."""

    def __init__(self, kind: str, spec: Mapping[str, Any], values: list[str]) -> None:
        self.kind = kind
        self._status = spec.get("status", "final")

    def frames(self, table: pl.DataFrame, findings: Findings) -> Iterator[Frame]:
        table = _by_sen(table, findings)
        phases = categories(table["education_phase"], "school_phase").alias("school_phase")
        table = table.with_columns(phases, status=pl.lit(self._status))
        table = keep_known(table, "school_phase", "education_phase", findings)
        if table.height:
            yield Frame(self.kind, table, DIMS)

    def rest(self, findings: Findings) -> Iterator[Frame]:
        yield from ()


def _by_sen(table: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    source: str | None = next((name for name in _SEN if name in table.columns), None)
    if source is None:
        pair = next((p for p in _PAIRS if set(p) <= set(table.columns)), None)
        if pair is None:
            return table.with_columns(sen_status=pl.lit(ALL))
        table, source = _of_sen_topic(table, *pair, findings), pair[1]
    table = table.with_columns(categories(table[source], "sen_status").alias("sen_status"))
    return keep_known(table, "sen_status", source, findings)


def _of_sen_topic(table: pl.DataFrame, topic: str, value: str, findings: Findings) -> pl.DataFrame:
    """`No SEN` stands under SEN provision and under SEN primary need: the topic decides."""
    topics = known("labels")["topics"]
    by_sen = has_label(table[topic], topics["sen_status"])
    for_all = has_label(table[topic], topics["all"])
    kept = table.filter(by_sen | for_all)
    findings.skip("rows by other characteristics are not used", table.height - kept.height)
    return kept
