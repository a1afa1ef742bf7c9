"""Measure: the definition of a number, read from one TOML file; the folder is the registry."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.definition import Definition, Fault, MeasureError, read_definitions
from schemas.extract import ALL, Clock, Extract
from schemas.extracts import load_extracts
from schemas.symbol import Symbol

Words = Annotated[str, Field(min_length=1)]
Names = tuple[str, ...]
Basis = Literal[
    "snapshot",
    "in_term",
    "in_month",
    "ytd",
    "rolling3",
    "calendar_year",
    "academic_year",
    "financial_year",
]

ANNUAL: tuple[Basis, ...] = ("calendar_year", "academic_year", "financial_year")
_MULTIPLIER = {"percent": 100.0, "per_100": 100.0, "per_10k": 10_000.0}
_FOLDER = Path(__file__).parent / "measures"


class Target(Definition):
    """A line to reach: the value in the measure's unit, whose it is and where that is written."""

    value: float
    kind: Literal["statutory", "national", "local"]
    source: Words
    since_on: dt.date | None = None
    by_on: dt.date | None = None


class Benchmark(Definition):
    """Where a bigger or similar area's number stands in a publisher's file.

    `file` is the reader's id. `value`, `numerator`, `denominator` are the reader's column names
    (several numerators or denominators are added). `where` keeps some rows. `by` names the file's
    dimensions that make the breakdown; `columns_by` is a breakdown whose categories are columns,
    given in `columns`. `comparable` is false for context: another geography or definition.
    """

    file: Words
    basis: Basis
    value: str | None = None
    numerator: Names = ()
    denominator: Names = ()
    where: Mapping[str, Names] = {}
    by: Names = ()
    columns_by: str | None = None
    columns: Mapping[str, Names] = {}
    comparable: bool = True
    note: str = ""

    @model_validator(mode="after")
    def _says_where_the_number_is(self) -> Self:
        if not (self.value or self.numerator or self.columns):
            raise ValueError("needs a value, a numerator or columns")
        if bool(self.columns) != bool(self.columns_by):
            raise ValueError("columns and columns_by go together")
        return self


class Source(Definition):
    """Which cells of which extract make the number.

    Indicators in `numerator` are added, those in `less` taken away; `denominator` divides.
    `where` keeps some categories of a filter (`where_denominator` for the denominator).
    `columns_by` is a breakdown whose categories are indicators (wait bands), in `columns`.
    `breakdowns` lists sets of filters; the whole ("all") is always worked out as well.
    `denominator_once` says that the denominator is a headcount, the same in every term of a year:
    when terms are added up it is taken once.
    """

    extract: Words
    derive: Literal["sum", "ratio", "only", "maximum", "weighted_mean"]
    numerator: Names
    less: Names = ()
    denominator: Names = ()
    denominator_once: bool = False
    where: Mapping[str, Names] = {}
    where_denominator: Mapping[str, Names] = {}
    breakdowns: tuple[Names, ...] = ()
    columns_by: str | None = None
    columns: Mapping[str, str] = {}

    @property
    def indicators(self) -> Names:
        """Every indicator that is used, once."""
        used = (*self.numerator, *self.less, *self.denominator, *self.columns.values())
        return tuple(dict.fromkeys(used))

    @model_validator(mode="after")
    def _names_what_exists(self) -> Self:
        extract = load_extracts().get(self.extract)
        if extract is None:
            raise ValueError(f"there is no extract {self.extract!r}")
        wrong = [*_strangers(self, extract)]
        if wrong:
            raise ValueError(f"{self.extract} has no {', '.join(wrong)}")
        if (self.derive in ("ratio", "weighted_mean")) != bool(self.denominator):
            raise ValueError("a ratio or weighted mean needs a denominator, other kinds have none")
        return self


def _strangers(source: Source, extract: Extract) -> Iterator[str]:
    filters = {f.id: {c.id for c in f.categories} | {ALL} for f in extract.filters}
    indicators = {i.id for i in extract.indicators}
    yield from (f"indicator {name!r}" for name in source.indicators if name not in indicators)
    for name in (name for breakdown in source.breakdowns for name in breakdown):
        if name not in filters:
            yield f"filter {name!r}"
    for where in (source.where, source.where_denominator):
        for name, categories in where.items():
            unknown = set(categories) - filters.get(name, set())
            yield from (f"{name} {category!r}" for category in sorted(unknown))


class Written(Definition):
    """The definition in words."""

    numerator: Words
    denominator: str = ""
    exclusions: str = ""


class Headline(Definition):
    """The breakdown and category that stand for the measure on an overview."""

    breakdown: str = ALL
    category: str = ALL


class Measure(Definition):
    """One measure: what it counts, where it comes from, what it is set beside, who answers."""

    id: str
    title: Words
    short_title: Words
    description: Words
    theme: Literal["plans", "timeliness", "health_waits", "in_school", "where_learning", "families"]
    order: Annotated[int, Field(ge=0)] = 500
    core: bool = False
    unit: Literal["count", "percent", "per_100", "per_10k", "days", "weeks", "months"]
    decimals: Annotated[int, Field(ge=0, le=4)]
    polarity: Literal["higher_better", "lower_better", "neutral"]
    basis: Literal["snapshot", "in_term"]
    bases: tuple[Literal["ytd", "rolling3"], ...] = ()
    seasonal: bool = False
    clustered: bool = False
    definition: Written
    source: Source
    headline: Headline = Headline()
    benchmarks: tuple[Benchmark, ...] = ()
    target: Target | None = None
    why_it_matters: Words
    can_mislead: Words
    cannot_tell: str = ""
    siblings: Names = ()
    owner: Words
    authored_by: Words
    checked_by: Words
    next_review: dt.date
    version: Annotated[int, Field(ge=1)]

    @property
    def multiplier(self) -> float:
        return _MULTIPLIER.get(self.unit, 1.0)

    @property
    def clock(self) -> Clock:
        """Whose terms it is counted in: flow terms or the DfE's."""
        return load_extracts()[self.source.extract].clock

    @property
    def is_rate(self) -> bool:
        return self.source.derive in ("ratio", "weighted_mean")

    def value(
        self, numerator: float | Symbol, denominator: float | Symbol | None = None
    ) -> float | Symbol:
        """The number, in the measure's unit, or the symbol that stands for it.

        The only place where a value is worked out. A rate with nothing to divide by is not
        applicable (`z`); a part that is a symbol makes the value that symbol.
        """
        if isinstance(numerator, Symbol) or not self.is_rate:
            return numerator
        if isinstance(denominator, Symbol):
            return denominator
        if denominator is None:
            return Symbol.x
        return numerator * self.multiplier / denominator if denominator else Symbol.z


@cache
def load_measures(folder: Path = _FOLDER) -> dict[str, Measure]:
    """Every measure by id: the core ones first, then by their place.

    Raises:
        MeasureError: listing every fault of every file.
    """
    found, faults = read_definitions(folder, Measure)
    for measure in found.values():
        strangers = [s for s in measure.siblings if s not in found]
        faults += [Fault(f"{measure.id}.toml", "siblings", f"no measure {s!r}") for s in strangers]
    if faults:
        raise MeasureError(faults)
    return {m.id: m for m in sorted(found.values(), key=lambda m: (not m.core, m.order, m.id))}
