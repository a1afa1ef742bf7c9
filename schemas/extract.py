"""Extract: one kind of sheet that is sent each term: its columns, labels and rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from schemas.text import plain

if TYPE_CHECKING:
    import pandas as pd

ALL = "all"
EARLIEST_YEAR = 2014  # EHC plans began that September: nothing before it can be right

Kind = Literal["count", "days", "weeks", "sessions"]
Clock = Literal["flow", "dfe"]


@dataclass(frozen=True)
class Category:
    """One label of a filter: its id, the words on the page, and what else people write."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.id, self.label, *self.synonyms)


@dataclass(frozen=True)
class Filter:
    """A categorical column. `whole` is its optional "all" row; `complete` says that a missing
    category makes the total unknown (an absent need is nought, an absent phase is a gap)."""

    id: str
    heading: str
    categories: tuple[Category, ...]
    whole: Category | None = None
    complete: bool = True
    synonyms: tuple[str, ...] = ()

    @cached_property
    def by_spelling(self) -> Mapping[str, str]:
        """Plain spelling → category id."""
        every = (*self.categories, *((self.whole,) if self.whole else ()))
        return {plain(text): category.id for category in every for text in category.spellings}

    @property
    def labels(self) -> tuple[str, ...]:
        """What the template offers in its drop-down list."""
        return tuple(c.label for c in (*self.categories, *((self.whole,) if self.whole else ())))

    def label_of(self, category_id: str) -> str:
        every = (*self.categories, *((self.whole,) if self.whole else ()))
        return next((c.label for c in every if c.id == category_id), category_id)


@dataclass(frozen=True)
class Indicator:
    """A numeric column. `help` is the note an analyst sees on the heading. `later` says that it
    came after workbooks had been sent: one without it is taken, its figures "not available"."""

    id: str
    heading: str
    help: str
    kind: Kind = "count"
    additive: bool = True
    synonyms: tuple[str, ...] = ()
    later: bool = field(default=False, repr=False)  # no other number comes of it

    @property
    def whole_numbers(self) -> bool:
        return self.kind in ("count", "sessions")


@dataclass(frozen=True)
class Rule:
    """A rule across cells. `holds` gets the typed frame and answers for every row; it is asked
    only of rows where every column in `needs` is a number. The fault is reported once, at the cell
    in column `at`, as `sentence` filled with the row's values (and `expected`)."""

    id: str
    at: str
    needs: tuple[str, ...]
    holds: "Callable[[pd.DataFrame], pd.Series[bool]]"
    sentence: str
    expected: "Callable[[pd.DataFrame], pd.Series[float]] | None" = None
    caution: bool = False


@dataclass(frozen=True)
class Extract:
    """The contract for one sheet (`extracts.md`)."""

    id: str
    sheet: str
    about: str
    filters: tuple[Filter, ...]
    indicators: tuple[Indicator, ...]
    rules: tuple[Rule, ...] = ()
    monthly: bool = False
    core: bool = False
    clock: Clock = "flow"
    organisation: Literal["council", "health"] = "council"
    synonyms: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = {f.id for f in self.filters} | {i.id for i in self.indicators}
        for rule in self.rules:
            unknown = {rule.at, *rule.needs} - known - {"period"}
            assert not unknown, f"{self.id}: rule {rule.id} names unknown columns {unknown}"
        assert len(self.by_heading) == len(self._spellings), f"{self.id}: two columns share a name"
        later = [indicator.later for indicator in self.indicators]
        assert not all(later) or not later, f"{self.id}: every column came later: later than what?"

    @cached_property
    def by_heading(self) -> Mapping[str, str]:
        """Plain heading → column id, for every spelling."""
        return dict(self._spellings)

    @property
    def columns(self) -> tuple[str, ...]:
        return ("period", *(f.id for f in self.filters), *(i.id for i in self.indicators))

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which a sheet is not read."""
        later = {i.id for i in self.indicators if i.later}
        return tuple(column for column in self.columns if column not in later)

    @property
    def filter_ids(self) -> tuple[str, ...]:
        return tuple(f.id for f in self.filters)

    def heading_of(self, column: str) -> str:
        headings = {f.id: f.heading for f in self.filters}
        headings |= {i.id: i.heading for i in self.indicators}
        return headings.get(column, "Period")

    def filter(self, filter_id: str) -> Filter:
        return next(f for f in self.filters if f.id == filter_id)

    def indicator(self, indicator_id: str) -> Indicator:
        return next(i for i in self.indicators if i.id == indicator_id)

    @property
    def _spellings(self) -> list[tuple[str, str]]:
        columns: tuple[Filter | Indicator, ...] = (*self.filters, *self.indicators)
        pairs = {
            (plain(text), column.id)
            for column in columns
            for text in (column.heading, column.id, *column.synonyms)
        }
        periods = ("Period", "Term", "Month", "Reporting period", "Term or month", "Time period")
        return sorted(pairs | {(plain(text), "period") for text in periods})
