"""Where each area of a comparison stands: its rank, its interval, whom it cannot be told from."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.analysis.rank import Apart, area_spans, rank_values, set_apart
from dashboard.compared import CompareView
from dashboard.view import Point


def with_standing(view: CompareView, points: Mapping[str, Point]) -> CompareView:
    """
    Args:
        points: the figures of the areas that have a number, by code.
    """
    return _ordered(_with_spans(_with_ranks(view), points))


def _with_ranks(view: CompareView) -> CompareView:
    if not view.is_ranked:
        return view
    values = {one.code: one.value for one in view.areas if one.value is not None}
    highest_first = view.measure.polarity != "lower_better"
    ranks = rank_values(values, view.measure.decimals, highest_first)
    return replace(view, areas=tuple(replace(one, rank=ranks[one.code]) for one in view.areas))


def _with_spans(view: CompareView, points: Mapping[str, Point]) -> CompareView:
    spans = area_spans(points, view.measure)
    if not spans:
        return view
    areas = tuple(replace(one, span=spans.get(one.code)) for one in view.areas)
    own = spans.pop(view.settings.code, None)
    apart: Apart | None = set_apart(own, spans.values()) if own else None
    return replace(view, areas=areas, apart=apart)


def _ordered(view: CompareView) -> CompareView:
    """By rank where there are ranks; areas of one rank, and all others, by name."""
    ranked = sorted(view.areas, key=lambda one: (one.rank.place if one.rank else 0, one.name))
    return replace(view, areas=tuple(ranked))
