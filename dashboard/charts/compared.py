"""A comparison as a strip of marks: the areas with a number, and the levels beside them."""

from collections.abc import Iterator

from dashboard.charts.strip import Reference, Strip, StripMark, build_strip
from dashboard.compared import ComparedArea, CompareView
from dashboard.words.compared import has_neighbours
from dashboard.words.rank_beside import area_words
from dashboard.words.values import short_value


def compared_strip(view: CompareView) -> Strip | None:
    """None where counts are shown, because bigger areas would stand first."""
    if view.is_count:
        return None
    marks = [_mark(one, view) for one in view.areas]
    own = view.own
    label = ""
    if own.value is not None:
        label = f"{own.name} {short_value(own.value, view.measure)}"
    return build_strip(marks, _references(view), view.measure, label)


def _mark(area: ComparedArea, view: CompareView) -> StripMark:
    low, high = area.span or (None, None)
    words = area_words(area, view.measure)
    return StripMark(area.code, area.name, area.value, low, high, area.role, words)


def _references(view: CompareView) -> Iterator[Reference]:
    measure = view.measure
    named = (("england", "England", view.england), ("region", view.region_name, view.region))
    for key, name, point in named:
        if point and point.value is not None:
            yield Reference(key, point.value, f"{name} {short_value(point.value, measure)}")
    made = view.neighbours
    if has_neighbours(view) and made.value is not None:
        label = f"Neighbours’ {made.method} {short_value(made.value, measure)}"
        yield Reference("neighbours", made.value, label)
