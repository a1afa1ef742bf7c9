"""What a pack says, as plain data, before it is slides, a document or PDF."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Numbers = Literal["true", "protected"]
SeriesKind = Literal["line", "year", "target", "limit", "path"]


@dataclass(frozen=True)
class PackTable:
    """Ready to be read. The first column heads its rows."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PackSeries:
    """One line of a native chart, a value or None for each category.

    `key` is that of `charts.chart.Series` (`own`, `england`, `region`, `neighbours`), `target`,
    `path`, `mean`, `upper` or `lower`; a renderer gives each its colour, dash and marker. A `year`
    is one number of a whole year, repeated at each term that lies in it; a renderer does not join
    its places.
    """

    key: str
    label: str
    kind: SeriesKind
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class PackChart:
    """A chart that can be edited: `categories` are terms in short words, oldest first.

    `headline` is its message, `subtitle` what is measured, where and when; `alt` says everything
    it shows in words. `low` and `high` end the value axis. Values are as the release has them,
    unrounded (a percentage is 46.4, not 0.464); `decimals` is how they are shown.
    """

    headline: str
    subtitle: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[PackSeries, ...]
    percent: bool
    decimals: int
    low: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """One separate statement: what it is about, the word in few words ("" without one) and the
    sentence. `kind` is `good`, `bad`, `plain` or `none`; `icon` names a picture or is ""."""

    about: str
    phrase: str
    words: str
    kind: str = "none"
    icon: str = ""


@dataclass(frozen=True)
class OwnersWords:
    """An owner's commentary: heading and sentence pairs, who says it (a role) and of which term."""

    term: str
    role: str
    written_on: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MeasurePage:
    """One measure. `value` is the newest figure in words and `about` what it is of; `definition`
    and `sources` are lines; `url` is the permanent address of the page it was made from."""

    title: str
    value: str
    about: str
    sentence: str
    attention: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    chart: PackChart | None
    table: PackTable
    commentary: tuple[OwnersWords, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    definition: tuple[tuple[str, str], ...]
    definition_version: int
    url: str


@dataclass(frozen=True)
class SummaryRow:
    """One measure of the summary. `spark` holds its newest eight figures, None for no figure."""

    title: str
    value: str
    period: str
    spark: tuple[float | None, ...]
    change: Verdict
    beside: tuple[Verdict, ...]
    target: Verdict
    variation: Verdict
    quality: str
    attention: tuple[str, ...]


@dataclass(frozen=True)
class SummaryPage:
    """The icon summary table: rows under the partnership's priorities, on two sheets of A4."""

    title: str
    intro: tuple[str, ...]
    groups: tuple[tuple[str, tuple[SummaryRow, ...]], ...]


@dataclass(frozen=True)
class WordsPage:
    """Paragraphs, then a list, then tables."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[PackTable, ...] = ()


PackPage = SummaryPage | MeasurePage | WordsPage


@dataclass(frozen=True)
class Section:
    """A first-level heading, a sentence or two, and its pages (second-level headings)."""

    title: str
    intro: tuple[str, ...]
    pages: tuple[PackPage, ...]


@dataclass(frozen=True)
class Pack:
    """A whole paper. `marking` stands on every page: who may see these numbers; `invented` is the
    sentence on every page of a paper with invented figures, "" otherwise. `published_on` is the
    day of its edition: the only date in it, so that the same edition gives the same bytes.
    """

    kind: str
    title: str
    subtitle: str
    partnership: str
    edition: str
    published_on: dt.date
    numbers: Numbers
    marking: str
    invented: str
    url: str
    logo: str
    logo_words: str
    sections: tuple[Section, ...]
