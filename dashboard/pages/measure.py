"""One measure in one area: the page in one breath, its chart, parts, definition and sources."""

from collections.abc import Iterator
from typing import Any

from dashboard.address import Address
from dashboard.charts.bars import Bars, build_bars
from dashboard.charts.description import describe
from dashboard.charts.multiples import build_multiples
from dashboard.charts.panel_svg import panel_svg
from dashboard.pages.downloads import measure_files
from dashboard.pages.measure_file import Shown, read_measure, show_measure
from dashboard.pages.newest import about_newest, newest_sentence
from dashboard.pages.page import Page
from dashboard.pages.published_years import year_links
from dashboard.pages.shell import Link, area_link, page_title, shell_facts
from dashboard.pages.site import Site
from dashboard.pages.sources import context_facts, quality_facts, source_lines
from dashboard.pages.statements import statements
from dashboard.pages.trend import hidden_keys, trend_facts
from dashboard.pages.variants import variant_links
from dashboard.queries.explanations import get_beside_chart
from dashboard.queries.records import get_commentary
from dashboard.view import MeasureView, Point
from dashboard.words.definition import definition_entries, keeping_entries
from dashboard.words.periods import period_short, period_words
from dashboard.words.values import capital, figure_words, value_and_unit


def measure_page(site: Site, address: Address) -> Page | None:
    """`?by=phase` chooses the breakdown, `?hide=england` leaves lines out of the chart,
    `?year=2024` compares that published year, `?edition=` shows what was published then; anything
    else in the query is ignored."""
    measure, area = address.measure, address.area
    assert measure is not None
    with site.database.reading() as connection:
        found = read_measure(connection, site, address)
        if found is None:
            return None
        editions, view = found
        said = get_commentary(connection, site.viewer, area.code, measure.id, editions.asked)
        points = view.terms.points
        beside = get_beside_chart(
            connection, site.viewer, area.code, measure.id, points, editions.asked
        )
    trail = [area_link(address), Link(measure.short_title, "")]
    facts = {
        **shell_facts(site, address, editions, view.invented, trail),
        "measure": view.measure,
        "view": view,
        "variants": variant_links(site, address),
        "compare_url": address.of_measure(measure, "compare").url,
        "about": [*definition_entries(view.measure), *keeping_entries(view.measure)],
        "review_overdue": view.measure.next_review < site.settings.today(),
        "latest": None,
        "chart": None,
    }
    shown = show_measure(address, view, editions.shown)
    if shown:
        facts |= _shown(address, shown)
        facts["years"] = [*year_links(address, view)]
        newest = facts["latest"].period
        facts["beside"] = [(one, period_words(one.period, "in_term")) for one in beside]
        facts["commentary"] = [
            (one, period_words(one["term"], "in_term"), one["term"] != newest)
            for one in said
            if not one["returned_at"]
        ]
        facts["rewriting"] = any(one["returned_at"] and one["term"] == newest for one in said)
    title = page_title(address, view.measure.title)
    return Page(title, "measure.html", f"Showing {view.measure.title}.", facts)


def _shown(address: Address, shown: Shown) -> dict[str, Any]:
    view, chart = shown.view, shown.chart
    latest = view.latest
    assert latest is not None
    bars = build_bars(view, address.query.get("by", ""))
    multiples = build_multiples(view, bars.id) if bars else None
    drawn = trend_facts(address, view, shown.newest, chart, hidden_keys(address)) if chart else None
    return {
        "latest": latest,
        "view": view,
        "big": _big(latest, view),
        "about_latest": about_newest(latest, view),
        "sentence": newest_sentence(view, shown.newest),
        "missing": [period_short(term, view.measure.basis) for term in view.missing_terms],
        "statements": [*statements(view, shown.verdicts)],
        "chart": drawn,
        "said": describe(view, chart) if chart else "",
        "table": shown.table,
        "downloads": _files(shown),
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


def _files(shown: Shown) -> list[Link]:
    parts = shown.view, shown.verdicts, shown.chart, shown.table, shown.edition
    return measure_files(shown.address, *parts)


def _big(latest: Point, view: MeasureView) -> tuple[str, str]:
    """The number large and its unit less so; or why there is none."""
    if latest.value is None:
        return capital(figure_words(latest, view.measure)), ""
    return value_and_unit(latest.value, view.measure)


def _bar_choices(address: Address, bars: Bars) -> Iterator[Link]:
    for name, title in bars.choices:
        yield Link(title, address.with_query(by=name).url, name == bars.id)
