"""What may be said of an area among others: its rank, whom it cannot be told apart from, why
somebody is missing."""

from dashboard.analysis.rank import Rank
from dashboard.analysis.reason import Reason
from dashboard.compared import ComparedArea, CompareView
from dashboard.view import Point
from dashboard.words.evidence import judged_figure, opening
from dashboard.words.reasons import reason_sentence
from dashboard.words.values import (
    possessive,
    symbol_words,
    the_name,
)

NOT_THERE = "not in the published files for this period"


def ordinal(place: int) -> str:
    """`1st`, `2nd`, `11th`, `21st`, `111th`, `1,001st`."""
    teen = place % 100 in (11, 12, 13)
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place:,}{ending}"


def rank_words(rank: Rank) -> str:
    """`41st`, `joint 41st`."""
    return f"{'joint ' if rank.joint else ''}{ordinal(rank.place)}"


def standing_sentence(view: CompareView) -> str:
    """`In the calendar year 2024 Darlington was joint 41st of 148 areas with data (1st is best);
    not distinguishable from 23 others.`"""
    own, measure = view.own, view.measure
    when = opening(own.point or _any_point(view), view.choice.basis)
    if own.value is None:
        return _own_missing(view, when)
    assert own.point is not None
    if view.is_count:
        figure = judged_figure(own.point, measure)
        return f"{when} {possessive(own.name)} figure was {figure}. Counts are not ranked."
    if len(view.areas) == 1:
        return f"{when} {own.name} was the only one {_among(view)} with data."
    apart = _not_apart(view)
    early = " (provisional)" if own.point.status == "provisional" else ""
    return f"{when} {own.name}{early} was {_standing(own, view)}{apart}."


def _standing(own: ComparedArea, view: CompareView) -> str:
    many = f"{len(view.areas)} areas with data{_pool(view)}"
    if own.rank is None:
        return f"{half_words(view)} of {many}"
    best = view.measure.polarity != "neutral"
    return f"{rank_words(own.rank)} of {many} ({'1st is best' if best else 'from the highest'})"


def half_words(view: CompareView) -> str:
    """Where neither end is better, only which half."""
    below = sum(1 for value in view.values if value < (view.own.value or 0))
    above = sum(1 for value in view.values if value > (view.own.value or 0))
    if below == above:
        return "in the middle"
    return "in the higher half" if below > above else "in the lower half"


def _pool(view: CompareView) -> str:
    return "" if view.choice.among == "england" else f" {_among(view)}"


def _among(view: CompareView) -> str:
    """As it follows a number of areas: `in the North East`."""
    among = view.choice.among
    if among == "england":
        return "of England’s councils"
    if among == "neighbours":
        return "among itself and its statistical neighbours"
    if among == "region":
        return f"in {the_name(view.region_name)}"
    return "among itself and the areas chosen" if among == "chosen" else f"in {pool_title(view)}"


def pool_title(view: CompareView) -> str:
    """The areas shown, as a heading names them."""
    titles = {group.key: group.title for group in view.settings.groups}
    titles |= {
        "england": "All English councils",
        "neighbours": "Statistical neighbours",
        "region": view.region_name,
        "chosen": "Areas you chose",
    }
    return titles[view.choice.among]


def _not_apart(view: CompareView) -> str:
    apart = view.apart
    if apart is None or not apart.others:
        return ""
    some = len(view.areas) - 1 > apart.others
    of = f" of the {apart.others} others that have an interval" if some else ""
    if not apart.alike:
        return f"; distinguishable from every other{' that has an interval' if some else ''}"
    if of:
        return f"; not distinguishable from {apart.alike}{of}"
    return f"; not distinguishable from {apart.alike} other{'' if apart.alike == 1 else 's'}"


def _own_missing(view: CompareView, when: str) -> str:
    reason = missing_words(view.own)
    joint = "" if reason.startswith("rounds") else "is "
    said = f"{when} {possessive(view.own.name)} published figure {joint}{reason}"
    rank = "" if view.is_count else ", so it has no rank"
    return f"{said}{rank}. {len(view.areas)} areas{_pool(view)} have data."


def _any_point(view: CompareView) -> Point:
    return next(one.point for one in view.all_areas() if one.point)


def missing_words(area: ComparedArea) -> str:
    """Why an area has no number: `hidden to protect privacy`."""
    if area.point is None:
        return NOT_THERE
    return symbol_words(area.point.symbol)


def spans_sentence(view: CompareView) -> str:
    """What not distinguishable means here, or why it cannot be said."""
    if view.is_count or not view.areas:
        return ""
    if view.no_spans is Reason.no_counts:
        return (
            "No intervals can be made, because the whole numbers behind the figures are not "
            "published. So nobody can say which areas differ by more than chance."
        )
    if view.no_spans:
        return f"No intervals can be made. {reason_sentence(view.no_spans, view.measure)}"
    if view.own.value is None:
        return ""
    if view.apart is None:
        return (
            f"The whole numbers behind {possessive(view.own.name)} figure are not published. So "
            "it has no interval, and nobody can say which areas differ from it."
        )
    return (
        "Two areas are not distinguishable when their 95% intervals overlap: chance alone could "
        "put either of them first."
    )
