"""The page of one measure in one area: one page for every measure there is."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.address import Address, csv_path, measure_path, overview_path
from dashboard.charts.bars import Bars, build_bars
from dashboard.charts.description import describe
from dashboard.charts.table import DataTable, build_table
from dashboard.charts.trend import build_trend, drawn_beside
from dashboard.components.bars import bars_section
from dashboard.components.chart import chart_figure, data_details
from dashboard.components.definition import definition
from dashboard.components.shell import area_links, aria, choice, shell
from dashboard.measure_view import get_measure_view
from dashboard.pages.context import context_section, sources_section
from dashboard.pages.page import Page
from dashboard.pages.site import VIEWER, Site
from dashboard.view import MeasureView, Point
from dashboard.words.periods import period_short, period_words
from dashboard.words.sentences import change_words, headline_sentence
from dashboard.words.values import figure_words, file_size, measured_in, value_and_unit
from schemas.measure import Measure
from schemas.term import Term, parse_period


def measure_page(site: Site, address: Address) -> Page:
    """`?by=phase` chooses the breakdown; anything else in the query is ignored."""
    area, measure = address.area, address.measure
    assert measure is not None
    with site.database.reading() as connection:
        view = get_measure_view(connection, VIEWER, measure, area)
    heading = [
        html.H1(measure.title, tabIndex="-1"),
        html.P(measure.description, className="lead"),
    ]
    shown = [*_shown(view, address.query.get("by", ""))]
    about = definition(measure, site.settings.today(), _related(site, address))
    main = [*heading, html.Div([html.Div(shown), about], className="beside")]
    paths = {code: measure_path(one, measure) for code, one in site.settings.areas.items()}
    areas = area_links(site.settings.areas, site.areas_shown(), area, paths)
    trail = [("Home", "/"), (area.name, overview_path(area)), (measure.short_title, "")]
    body = shell(area, areas, trail, view.invented, main)
    return Page(address.title, body, f"Showing {measure.title}.")


def _shown(view: MeasureView, wanted: str) -> Iterator[Component]:
    if view.latest is None:
        words = f"No figures for this measure have been published for {view.settings.name} yet."
        yield html.P(words, className="headline-words")
        return
    yield _headline(view)
    yield _trend(view)
    bars = build_bars(view, wanted)
    if bars:
        yield bars_section(bars, _bar_choices(view, bars))
    yield from context_section(view)
    yield sources_section(view)


def _headline(view: MeasureView) -> Component:
    measure, latest = view.measure, view.latest
    assert latest is not None
    period = period_words(latest.period, measure.basis)
    status = ", provisional" if latest.status == "provisional" else ""
    late = [
        html.P(f"Not sent for {period_short(term, measure.basis)}.", className="mark")
        for term in view.missing_terms
    ]
    about = f"{view.headline_label}, " if view.headline_label else ""
    return html.Section(
        [
            html.P(
                [
                    _big(latest, measure),
                    html.Span(f"{about}{period}{status}", className="small"),
                ]
            ),
            html.P(_sentence(view), className="headline-words"),
            *late,
        ],
        className="headline",
        **aria(label="Latest figure"),
    )


def _big(latest: Point, measure: Measure) -> Component:
    """The number large and its unit less so; or why there is none."""
    if latest.value is None:
        words = figure_words(latest, measure)
        return html.Span(f"{words[:1].upper()}{words[1:]}", className="big-figure big-words")
    value, unit = value_and_unit(latest.value, measure)
    small = [html.Span(unit, className="unit")] if unit else []
    return html.Span([value, *small], className="big-figure")


def _sentence(view: MeasureView) -> str:
    latest = view.latest
    assert latest is not None
    england = next((one for one in drawn_beside(view) if one.key == "england"), None)
    beside = (england.label, england.latest, england.basis) if england and england.latest else None
    return headline_sentence(
        view.measure,
        view.settings.name,
        view.headline_label,
        latest,
        change_words(latest, view.last_year, view.measure, _a_year_before(latest.period)),
        beside,
    )


def _a_year_before(period: str) -> str:
    term = parse_period(period)
    return term.last_year.short_title if isinstance(term, Term) else "a year before"


def _trend(view: MeasureView) -> Component:
    chart = build_trend(view)
    table = build_table(view)
    details = data_details(table, _download(view, table))
    heading = html.H2("Over time", id="over-time")
    if chart is None:
        words = html.P("There is no number to draw yet.")
        return html.Section([heading, words, details], **aria(labelledby="over-time"))
    about = f" ({view.headline_label})" if view.headline_label else ""
    said = describe(view, chart)
    first, last = chart.own.marks[0].period, chart.own.marks[-1].period
    subtitle = f"{measured_in(view.measure)}, {view.settings.name}{about}, {first} to {last}"
    picture = chart_figure(chart, view.measure.title, said)
    parts = [heading, html.P(subtitle, className="subtitle"), picture, details]
    return html.Section(parts, **aria(labelledby="over-time"))


def _download(view: MeasureView, table: DataTable) -> Component:
    size = file_size(len(table.as_csv()))
    words = f"Download the data for “{view.measure.short_title}” (CSV, {size})"
    return html.A(words, href=csv_path(view.settings, view.measure), download="")


def _bar_choices(view: MeasureView, bars: Bars) -> Sequence[Component]:
    return [
        choice(title, measure_path(view.settings, view.measure, by=name), name == bars.id)
        for name, title in bars.choices
    ]


def _related(site: Site, address: Address) -> list[Component]:
    measure = address.measure
    assert measure is not None
    found = (site.settings.measures.get(name) for name in measure.siblings)
    sent = site.settings.measures_of(address.area)
    return [
        html.A(one.title, href=measure_path(address.area, one))
        for one in found
        if one is not None and one in sent
    ]
