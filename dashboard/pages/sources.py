"""What else is published but not drawn, how good the figures are, and where they come from."""

from collections.abc import Iterator

from dashboard.charts.trend import drawn_beside
from dashboard.view import Line, MeasureView, Point
from dashboard.words.periods import day_words, period_words
from dashboard.words.values import figure_words
from schemas.term import parse_period


def context_facts(view: MeasureView) -> list[str]:
    """Published figures that may not share the chart, each with its period and the reason."""
    drawn = drawn_beside(view)
    others = [line for line in view.comparators if line not in drawn and line.latest]
    return [_context_words(line, view) for line in others]


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


def quality_facts(view: MeasureView) -> list[str]:
    """The data-quality statement: status, coverage, what was not sent, what was hidden."""
    return [*_status(view), *_coverage(view), *_absent(view)]


def absence_facts(view: MeasureView) -> list[str]:
    """The same without the sender's own words, which are for the partnership."""
    return [*_status(view), *_absent(view)]


def _status(view: MeasureView) -> Iterator[str]:
    latest = view.latest
    if latest is None or view.published_only:
        return
    words = {
        "provisional": "provisional: it may still change",
        "revised": "revised",
        "final": "final",
    }
    period = period_words(latest.period, view.measure.basis)
    yield f"The figure for {period} is {words[latest.status]}."


def _coverage(view: MeasureView) -> Iterator[str]:
    """What the sender said of the newest file's coverage, in the sender's words."""
    latest = view.latest
    if view.published_only:
        return
    if latest and latest.remark:
        yield f"The sender says of the newest file: “{latest.remark}”"
    elif latest:
        yield "The sender named no gaps in the newest file."


def _absent(view: MeasureView) -> Iterator[str]:
    terms = [period_words(term, view.measure.basis) for term in view.missing_terms]
    if terms:
        yield f"Not sent: {', '.join(terms)}."
    without = sum(1 for point in view.terms.points if point.value is None)
    if without:
        kind = "periods" if view.published_only else "terms"
        have = "has" if without == 1 else "have"
        every = len(view.terms.points)
        yield f"{without} of {every} {kind} {have} no number; the table says why for each."


def source_lines(view: MeasureView) -> list[str]:
    """Publisher, release and as-at date of everything on the page, each once."""
    points = [line.points[-1] for line in view.comparators if line.points]
    own = [view.latest] if view.latest else []
    own_source = _published_source if view.published_only else _own_source
    lines = dict.fromkeys([*map(own_source, own), *map(_published_source, points)])
    return [*lines, *_neighbours(view)]


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
