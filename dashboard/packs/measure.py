"""A measure's page of a pack: what its page on screen says, without what can be pressed."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.analysis.change import change_of_terms
from dashboard.analysis.runs import break_days
from dashboard.analysis.verdict import Verdicts, judge
from dashboard.charts.chart import Flag
from dashboard.charts.table import build_table
from dashboard.charts.trend import build_trend
from dashboard.packs.chart import pack_chart
from dashboard.packs.held import Held
from dashboard.packs.pack import MeasurePage, OwnersWords, PackTable, Verdict
from dashboard.pages.measure_file import lasting_address
from dashboard.pages.newest import about_newest, newest_sentence
from dashboard.pages.sources import absence_facts, context_facts, quality_facts, source_lines
from dashboard.pages.statements import Statement, statements
from dashboard.view import Line, MeasureView
from dashboard.views.published import as_published
from dashboard.words.definition import definition_entries, limits_entries
from dashboard.words.headlines import change_headline
from dashboard.words.periods import day_words, period_words
from dashboard.words.values import capital, figure_words


def measure_page(held: Held, measure_id: str) -> MeasurePage | None:
    """None when there are no figures, published or own."""
    own = held.views[measure_id]
    verdicts = judge(own, screened=held.area.screened_limits)
    return _page(held, own, verdicts, own.measure.title, held.attention(measure_id))


def years_page(held: Held, measure_id: str) -> MeasurePage | None:
    """The same of what is published of the area year by year, also where it has terms of its own;
    None when fewer than three years are."""
    own = held.views[measure_id]
    nothing = Line("own", held.area.name, own.measure.basis, ())
    view = replace(own, terms=nothing, months=None, path=(), area_latest_term="", invented=False)
    numbers = sum(1 for one in as_published(view).terms.points if one.value is not None)
    if numbers < 3:
        return None
    verdicts = judge(view, screened=held.area.screened_limits)
    return _page(held, view, verdicts, f"{own.measure.title}, year by year", ())


def _page(
    held: Held, own: MeasureView, verdicts: Verdicts, title: str, attention: tuple[str, ...]
) -> MeasurePage | None:
    view = replace(as_published(own), months=None)
    latest, measure = view.latest, view.measure
    if latest is None:
        return None
    newest = _newest(view, verdicts)
    headline = change_headline(newest.yearly if view.published_only else newest.change)
    address = held.address.of_measure(measure)
    return MeasurePage(
        title=title,
        value=capital(figure_words(latest, measure)),
        about=about_newest(latest, view),
        sentence=newest_sentence(view, newest),
        attention=attention,
        verdicts=tuple(_verdict(one) for one in statements(view, verdicts)),
        chart=pack_chart(view, verdicts, f"{title}: {headline[:1].lower()}{headline[1:]}"),
        table=_table(view),
        commentary=tuple(map(_said, held.commentary.get(measure.id, ()))),
        notes=tuple(_notes(held, view)),
        sources=tuple(source_lines(view)),
        definition=(*definition_entries(measure), *limits_entries(measure)),
        definition_version=held.now.versions.get(measure.id, measure.version),
        url=held.whole(lasting_address(address, held.edition).url),
    )


def _newest(view: MeasureView, verdicts: Verdicts) -> Verdicts:
    """What heads the page: of what is published its own change."""
    if not view.published_only:
        return verdicts
    return replace(verdicts, yearly=change_of_terms(view, break_days(view)))


def _verdict(one: Statement) -> Verdict:
    return Verdict(one.about, one.phrase, one.rest, one.kind, one.icon)


def _table(view: MeasureView) -> PackTable:
    made = build_table(view)
    rows = tuple(tuple(cell.words for cell in row) for row in made.rows)
    return PackTable(made.caption, made.headings, rows)


def _said(one: OwnersWords) -> OwnersWords:
    """Its term and day as they are read."""
    return replace(
        one, term=period_words(one.term, "in_term"), written_on=day_words(one.written_on)
    )


def _notes(held: Held, view: MeasureView) -> Iterator[str]:
    """Dated notes by their numbers, explanations, how good the figures are, what is not shown, and
    what else is published."""
    chart = build_trend(view)
    yield from (_flag(one) for one in (chart.flags if chart else ()))
    if not view.published_only:
        yield from held.beside.get(view.measure.id, ())
    yield from held.left_out.get(view.measure.id, ())
    yield from quality_facts(view) if held.numbers == "true" else absence_facts(view)
    yield from context_facts(view)


def _flag(flag: Flag) -> str:
    breaks = " Figures on either side are not compared." if flag.breaks else ""
    return f"Note {flag.number}, {day_words(flag.on.isoformat())}: {flag.words}{breaks}"
