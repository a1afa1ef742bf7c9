"""Each part of the comparison page as its template needs it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.charts.compared import compared_strip
from dashboard.charts.compared_table import compare_table
from dashboard.charts.strip import Strip
from dashboard.charts.strip_plotly import plotly_strip
from dashboard.charts.strip_svg import strip_svg
from dashboard.compared import ComparedArea, CompareView
from dashboard.pages.render import figure_json
from dashboard.view import Point
from dashboard.words.compared import describe_compared, has_neighbours
from dashboard.words.periods import day_words, period_words
from dashboard.words.rank import missing_words, pool_title, spans_sentence, standing_sentence
from dashboard.words.rank_beside import neighbours_label, neighbours_missing
from dashboard.words.rank_headline import chart_headline, coverage_sentence
from dashboard.words.sentences import polarity_words
from dashboard.words.values import (
    capital,
    figure_words,
    format_value,
    measured_in,
    short_value,
    value_and_unit,
)


@dataclass(frozen=True)
class Level:
    """What the area is set beside, in words."""

    name: str
    words: str
    more: str = ""


def compared_facts(view: CompareView) -> dict[str, Any]:
    """Everything but the links."""
    strip = compared_strip(view)
    return {
        "big": _big(view),
        "about_figure": _about(view),
        "sentence": standing_sentence(view),
        "direction": "" if view.is_count else polarity_words(view.measure.polarity),
        "spans": spans_sentence(view),
        "coverage": coverage_sentence(view),
        "levels": [*_levels(view)],
        "near": [(one.name, _figure(one, view)) for one in view.near],
        "without": [*_without(view)],
        "chart": _chart(strip, view) if strip else None,
        "own_drawn": view.own.value is not None,
        "table": compare_table(view),
        "sources": [*_sources(view)],
    }


def _period(view: CompareView) -> str:
    return period_words(view.choice.period, view.choice.basis)


def _big(view: CompareView) -> tuple[str, str]:
    own = view.own
    if own.value is None:
        return capital(missing_words(own)), ""
    return value_and_unit(own.value, view.measure)


def _about(view: CompareView) -> str:
    """What the large figure is: `Published figure for the calendar year 2024, 95% interval …`."""
    own, measure = view.own, view.measure
    parts = [f"Published figure, {_period(view)}"]
    if own.span:
        low, high = (short_value(end, measure) for end in own.span)
        parts.append(f"95% interval {low} to {high}")
    if own.point and own.point.status == "provisional":
        parts.append("provisional")
    return ", ".join(parts)


def _levels(view: CompareView) -> Iterator[Level]:
    if view.is_count:
        return
    for name, point in (("England", view.england), (view.region_name, view.region)):
        if point:
            yield Level(name, capital(figure_words(point, view.measure)))
    if not view.near:
        return
    value = view.neighbours.value if has_neighbours(view) else None
    words = "Too few have data" if value is None else format_value(value, view.measure)
    yield Level(neighbours_label(view), words, neighbours_missing(view))


def _figure(area: ComparedArea, view: CompareView) -> str:
    if area.value is None:
        return missing_words(area)
    return format_value(area.value, view.measure)


def _without(view: CompareView) -> Iterator[tuple[str, list[str]]]:
    """Reasons for having no number, with the names of the areas."""
    found: dict[str, list[str]] = {}
    names = Counter(one.name for one in view.all_areas())
    for one in view.without:  # a council and the one that it came from may share a name
        name = f"{one.name} (code {one.code})" if names[one.name] > 1 else one.name
        found.setdefault(capital(missing_words(one)), []).append(name)
    yield from found.items()


def _chart(strip: Strip, view: CompareView) -> dict[str, Any]:
    return {
        "headline": chart_headline(view),
        "subtitle": f"{measured_in(view.measure)}, {pool_title(view)}, {_period(view)}",
        "wide": strip_svg(strip, "wide"),
        "narrow": strip_svg(strip, "narrow"),
        "figure": figure_json(plotly_strip(strip, "wide"), plotly_strip(strip, "narrow")),
        "key": [*_key(view)],
        "said": describe_compared(view),
    }


def _key(view: CompareView) -> Iterator[tuple[str, str]]:
    roles = {one.role for one in view.areas}
    words = {
        "own": view.settings.name,
        "neighbour": "Statistical neighbours",
        "group": pool_title(view),
        "other": "Other councils",
    }
    yield from ((role, said) for role, said in words.items() if role in roles)
    if view.has_spans:
        yield "span", "95% interval: what chance alone could make of it"


def _sources(view: CompareView) -> Iterator[str]:
    points = [one.point for one in view.all_areas() if one.point]
    beside = [point for point in (view.england, view.region) if point]
    yield from dict.fromkeys(_source(point) for point in [*points, *beside])


def _source(point: Point) -> str:
    return f"Source: {point.source}, {point.vintage}, as at {day_words(point.as_at_on)}."
