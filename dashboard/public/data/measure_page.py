"""The page of one measure: what it says of the newest figure, the chart, tables and files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.table import DataTable, build_table
from dashboard.charts.trend import drawn_beside
from dashboard.public.data.about import correction_entries, source_lines, symbol_entries
from dashboard.public.data.breakdowns import breakdown_tables
from dashboard.public.data.downloads import Link
from dashboard.public.data.render import page_file
from dashboard.public.data.trend import trend_of
from dashboard.public.files import PublicFile
from dashboard.public.release import PublicRelease
from dashboard.view import Line, MeasureView
from dashboard.words.definition import definition_entries, keeping_entries, limits_entries
from dashboard.words.periods import period_words
from dashboard.words.sentences import change_words, headline_sentence, theme_words
from dashboard.words.values import figure_words, value_and_unit
from schemas.measure import Measure
from schemas.term import Term, parse_period


@dataclass(frozen=True)
class Made:
    """What the page and the workbook of a measure both show."""

    view: MeasureView
    table: DataTable
    sources: tuple[str, ...]


def make(release: PublicRelease, measure: Measure, view: MeasureView) -> Made:
    figures = [one for one in (*release.own, *release.beside) if one.measure_id == measure.id]
    return Made(view, build_table(view), tuple(source_lines(figures)))


def measure_page(
    release: PublicRelease, measure: Measure, made: Made, downloads: Sequence[Link]
) -> PublicFile:
    """`data/MEASURE/index.html`."""
    view = made.view
    return page_file(
        release,
        f"{measure.id}/",
        "data/measure.html",
        title=f"{measure.title} in {release.area.name}",
        measure=measure,
        theme=theme_words(measure.theme),
        newest=newest_words(release, view),
        trend=trend_of(view),
        table=made.table,
        symbols=[*symbol_entries()],
        beside=[*_beside(view)],
        breakdowns=[*breakdown_tables(view)],
        left_out=[one.words for one in release.left_out if one.measure_id == measure.id],
        definition=[*definition_entries(measure), *keeping_entries(measure)],
        limits=[*limits_entries(measure)],
        notes=view.notes,
        corrections=[*correction_entries(release.corrected)],
        sources=made.sources,
        downloads=downloads,
    )


@dataclass(frozen=True)
class Newest:
    """The newest figure: in large type, in one sentence, and what must be said with it."""

    big: tuple[str, str]
    hidden: bool
    sentence: str
    remarks: tuple[str, ...]


def newest_words(release: PublicRelease, view: MeasureView) -> Newest | None:
    """None when the area has sent nothing."""
    measure, latest = view.measure, view.latest
    if latest is None:
        return None
    hidden = latest.value is None
    words = figure_words(latest, measure)
    big = (words, "") if latest.value is None else value_and_unit(latest.value, measure)
    change = "" if hidden else _change(view)
    name = release.area.name
    sentence = headline_sentence(measure, name, view.headline_label, latest, change)
    return Newest(big, hidden, sentence, tuple(_remarks(release, view)))


def _change(view: MeasureView) -> str:
    """On the same term of the year before, where there is one."""
    latest = view.latest
    term = parse_period(latest.period) if latest else None
    if latest is None or not isinstance(term, Term):
        return ""
    before = term.last_year
    held = next((one for one in view.terms.points if one.period == before.label), None)
    broken = any(held and held.end < note.on.isoformat() <= latest.end for note in _breaks(view))
    if held is None or broken:
        return ""
    return change_words(latest, held, view.measure, before.short_title)


def _breaks(view: MeasureView) -> Iterator[Any]:
    return (note for note in view.notes if note.breaks)


def _remarks(release: PublicRelease, view: MeasureView) -> Iterator[str]:
    headline, latest = view.measure.headline, view.latest
    assert latest is not None
    one = release.get(view.measure.id, headline.breakdown, headline.category, _term(latest.period))
    if one and one.unreliable:
        yield "It is a rate of fewer than 20, so one child more or less moves it a lot."
    if one and one.rounded:
        yield "The counts behind it are rounded to the nearest 5, as the NHS does."
    terms = [period_words(term, view.measure.basis) for term in view.missing_terms]
    if terms:
        yield f"Not sent: {', '.join(terms)}."


def _term(period: str) -> Term | None:
    found = parse_period(period)
    return found if isinstance(found, Term) else None


def _beside(view: MeasureView) -> Iterator[str]:
    """The newest number of everything that is published beside it, and whether it is drawn."""
    drawn = drawn_beside(view)
    for line in view.comparators:
        if line.latest:
            yield _beside_words(line, line in drawn, view)


def _beside_words(line: Line, drawn: bool, view: MeasureView) -> str:
    latest = line.latest
    assert latest is not None
    words = figure_words(latest, view.measure)
    said = f"{line.label}: {words}, {period_words(latest.period, line.basis)}."
    note = f" {line.note[:1].upper()}{line.note[1:].rstrip('.')}." if line.note else ""
    return said + note + ("" if drawn else " Not drawn, because it is counted differently.")
