"""The comparison's chart in words, made from the numbers it shows."""

import statistics
from collections.abc import Iterator

from dashboard.compared import CompareView
from dashboard.view import Point
from dashboard.words.rank import rank_words
from dashboard.words.rank_beside import names_with, neighbours_label
from dashboard.words.values import format_value, listed
from schemas.measure import Measure


def describe_compared(view: CompareView) -> str:
    """Highest, lowest, middle, where the area stands, and the levels drawn beside it."""
    said = [*_ends(view), *_own(view), *_levels(view)]
    if view.has_spans:
        said.append("The upright lines through the marks are 95% intervals.")
    return " ".join(said)


def _ends(view: CompareView) -> Iterator[str]:
    values, measure = view.values, view.measure
    if len(values) < 2:
        return
    for end, value in (("highest", max(values)), ("lowest", min(values))):
        areas = [one for one in view.areas if one.value == value]
        yield f"The {end} of {len(values)} areas is {format_value(value, measure)}: " + (
            f"{names_with(areas)}."
        )
    middle = format_value(statistics.median(values), measure)
    yield f"The middle one (the median) is {middle}."


def _own(view: CompareView) -> Iterator[str]:
    own = view.own
    if own.value is None:
        yield f"{own.name} has no number, so it is not drawn."
        return
    rank = f", {rank_words(own.rank)}" if own.rank else ""
    yield f"{own.name} stands at {format_value(own.value, view.measure)}{rank}."


def _levels(view: CompareView) -> Iterator[str]:
    parts = []
    for name, point in (("England", view.england), (view.region_name, view.region)):
        if (words := _figure(point, view.measure)) is not None:
            parts.append(f"{name} {words}")
    if has_neighbours(view) and view.neighbours.value is not None:
        label = neighbours_label(view)
        parts.append(f"{label} {format_value(view.neighbours.value, view.measure)}")
    if parts:
        yield f"Level lines: {listed(parts)}."


def _figure(point: Point | None, measure: Measure) -> str | None:
    if point is None or point.value is None:
        return None
    return format_value(point.value, measure)


def has_neighbours(view: CompareView) -> bool:
    """The neighbours' value is shown when at least half of them have data."""
    made = view.neighbours
    return made.value is not None and 2 * made.with_data >= made.of
