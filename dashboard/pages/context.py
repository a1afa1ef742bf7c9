"""What else is published on a measure but not drawn beside it, and where every number is from."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.charts.trend import drawn_beside
from dashboard.components.shell import aria
from dashboard.view import Line, MeasureView, Point
from dashboard.words.periods import day_words, period_words
from dashboard.words.values import figure_words
from schemas.term import parse_period


def context_section(view: MeasureView) -> Iterator[Component]:
    """Published figures that may not share the chart, each with its period and the reason."""
    drawn = drawn_beside(view)
    others = [line for line in view.comparators if line not in drawn and line.latest]
    if not others:
        return
    items = [html.Li(_context_words(line, view)) for line in others]
    yield html.Section(
        [
            html.H2("Also published, for context", id="context"),
            html.P("These are not drawn on the chart, because they cannot be compared with it."),
            html.Ul(items),
        ],
        **aria(labelledby="context"),
    )


def _context_words(line: Line, view: MeasureView) -> str:
    latest = line.latest
    assert latest is not None
    period = period_words(latest.period, line.basis)
    words = f"{line.label}: {figure_words(latest, view.measure)}, {period}."
    return f"{words} {_reason(line, view)}"


def _reason(line: Line, view: MeasureView) -> str:
    if not line.comparable:
        return f"{line.note.rstrip('.')}." if line.note else "It is counted differently."
    if view.measure.unit == "count":
        return "It is a count, and bigger areas have more of everything."
    return "It covers another length of time."


def sources_section(view: MeasureView) -> Component:
    """Publisher, release and as-at date of everything on the page, each once."""
    points = [line.points[-1] for line in view.comparators if line.points]
    own = [view.latest] if view.latest else []
    lines = dict.fromkeys([*map(_own_source, own), *map(_published_source, points)])
    items = [html.Li(words) for words in [*lines, *_neighbours(view)]]
    return html.Section(
        [html.H2("Sources", id="sources"), html.Ul(items)], **aria(labelledby="sources")
    )


def _own_source(point: Point) -> str:
    period, _, version = point.vintage.rpartition(" v")
    term = parse_period(period)
    name = f"release of {term.title}, version {version}" if term else point.vintage
    return f"Source: {point.source}, {name}, as at {day_words(point.as_at_on)}."


def _published_source(point: Point) -> str:
    return f"Source: {point.source}, {point.vintage}, as at {day_words(point.as_at_on)}."


def _neighbours(view: MeasureView) -> Iterator[str]:
    line = next((one for one in view.comparators if one.key == "neighbours"), None)
    if line:
        model = view.settings.neighbour_model
        yield (
            f"Statistical neighbours: the {line.note}. They are the ten councils most like "
            f"{view.settings.name} in the Department for Education’s {model} model."
        )
