"""One measure in one area: the page in one breath, its chart, parts, definition and sources."""

from collections.abc import Iterator
from typing import Any

from dashboard.address import Address
from dashboard.analysis.verdict import Verdicts, judge
from dashboard.charts.bars import Bars, build_bars
from dashboard.charts.description import describe
from dashboard.charts.multiples import build_multiples
from dashboard.charts.panel_svg import panel_svg
from dashboard.charts.table import build_table
from dashboard.edition import Edition
from dashboard.pages.downloads import measure_files
from dashboard.pages.page import Page
from dashboard.pages.shell import Link, area_link, page_title, shell_facts
from dashboard.pages.site import VIEWER, Site, find_editions
from dashboard.pages.sources import context_facts, quality_facts, source_lines
from dashboard.pages.statements import statements
from dashboard.pages.trend import hidden_keys, trend_chart, trend_facts
from dashboard.queries.records import get_commentary
from dashboard.view import MeasureView, Point
from dashboard.views.measure import get_measure_view
from dashboard.views.published import as_published
from dashboard.words.definition import definition_entries, keeping_entries
from dashboard.words.periods import period_short, period_words
from dashboard.words.sentences import a_year_before, change_words, headline_sentence
from dashboard.words.values import capital, figure_words, value_and_unit

_YEARS = 6


def measure_page(site: Site, address: Address) -> Page | None:
    """`?by=phase` chooses the breakdown, `?hide=england` leaves lines out of the chart,
    `?edition=` shows what was published then; anything else in the query is ignored."""
    measure, area = address.measure, address.area
    assert measure is not None
    with site.database.reading() as connection:
        editions = find_editions(connection, address)
        if editions is None:
            return None
        view = get_measure_view(
            connection, VIEWER, measure, area, site.settings.notes, editions.asked
        )
        said = get_commentary(connection, area.code, measure.id, editions.asked)
    trail = [area_link(address), Link(measure.short_title, "")]
    facts = {
        **shell_facts(site, address, editions, view.invented, trail),
        "measure": view.measure,
        "view": view,
        "variants": variants(site, address),
        "compare_url": address.of_measure(measure, "compare").url,
        "about": [*definition_entries(view.measure), *keeping_entries(view.measure)],
        "review_overdue": view.measure.next_review < site.settings.today(),
        "latest": None,
        "chart": None,
    }
    shown = as_published(view)
    if shown.latest:
        year = published_year(address, view)
        verdicts = judge(view, screened=area.screened_limits, period=year)
        facts |= _shown(address, shown, verdicts, editions.shown)
        facts["years"] = [*_years(address, view, year)]
        newest = shown.latest.period
        facts["commentary"] = [
            (one, period_words(one["term"], "in_term"), one["term"] != newest) for one in said
        ]
    title = page_title(address, view.measure.title)
    return Page(title, "measure.html", f"Showing {view.measure.title}.", facts)


def variants(site: Site, address: Address) -> list[Link]:
    """The measure among its siblings: told apart, never mixed."""
    measure = address.measure
    assert measure is not None
    sent = {one.id: one for one in site.settings.measures_of(address.area)}
    named = [measure.id, *(name for name in measure.siblings if name in sent)]
    found = sorted((sent[name] for name in named), key=lambda one: (one.order, one.id))
    return [
        Link(one.short_title, address.of_measure(one, address.page).url, one.id == measure.id)
        for one in found
    ]


def published_year(address: Address, view: MeasureView) -> str:
    """The published year that `?year=2024` asks for; "" for the newest."""
    year = address.query.get("year", "")
    return year if year in _published_years(view) else ""


def _published_years(view: MeasureView) -> list[str]:
    """Those of the area's own published line, the newest first."""
    lines = [line for line in view.comparators if line.key == "published"]
    if not lines:
        return []
    newest = max(lines, key=lambda line: line.points[-1].end)
    return [point.period for point in reversed(newest.points) if point.value is not None]


def _years(address: Address, view: MeasureView, chosen: str) -> Iterator[Link]:
    for year in _published_years(view)[:_YEARS]:
        newest = year == _published_years(view)[0]
        url = address.with_query(year="" if newest else year).url
        yield Link(year.replace("-", "/"), url, year == chosen or (newest and not chosen))


def _shown(
    address: Address, view: MeasureView, verdicts: Verdicts, edition: Edition | None
) -> dict[str, Any]:
    latest = view.latest
    assert latest is not None
    hidden = hidden_keys(address)
    chart = trend_chart(view, verdicts, hidden)
    table = build_table(view)
    bars = build_bars(view, address.query.get("by", ""))
    multiples = build_multiples(view, bars.id) if bars else None
    return {
        "latest": latest,
        "view": view,
        "big": _big(latest, view),
        "about_latest": _about(latest, view),
        "sentence": _sentence(view),
        "missing": [period_short(term, view.measure.basis) for term in view.missing_terms],
        "statements": [*statements(view, verdicts)],
        "chart": trend_facts(address, view, verdicts, chart, hidden) if chart else None,
        "said": describe(view, chart) if chart else "",
        "table": table,
        "downloads": measure_files(address, view, verdicts, chart, table, edition),
        "bars": bars,
        "bar_choices": [*_bar_choices(address, bars)] if bars else [],
        "multiples": multiples,
        "panels": [(one, panel_svg(multiples, one)) for one in multiples.panels]
        if multiples
        else [],
        "context": context_facts(view),
        "quality": quality_facts(view),
        "sources": source_lines(view),
    }


def _big(latest: Point, view: MeasureView) -> tuple[str, str]:
    """The number large and its unit less so; or why there is none."""
    if latest.value is None:
        return capital(figure_words(latest, view.measure)), ""
    return value_and_unit(latest.value, view.measure)


def _about(latest: Point, view: MeasureView) -> str:
    """What the large figure is of: `EHC plan, Autumn term 2025/26, provisional`."""
    parts = [view.headline_label, period_words(latest.period, view.measure.basis)]
    if latest.status == "provisional":
        parts.append("provisional")
    if view.published_only:
        parts.append("published figure")
    return ", ".join(part for part in parts if part)


def _sentence(view: MeasureView) -> str:
    latest = view.latest
    assert latest is not None
    earlier = a_year_before(latest.period)
    change = change_words(latest, view.last_year, view.measure, earlier)
    return headline_sentence(view.measure, view.settings.name, view.headline_label, latest, change)


def _bar_choices(address: Address, bars: Bars) -> Iterator[Link]:
    for name, title in bars.choices:
        yield Link(title, address.with_query(by=name).url, name == bars.id)
