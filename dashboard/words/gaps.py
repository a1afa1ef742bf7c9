"""How far a measure is from its target, from others and from a year before, in plain words."""

from dashboard.analysis.change import Change
from dashboard.analysis.comparison import Compared, Comparison
from dashboard.analysis.gaps import Gap, Standing
from dashboard.analysis.reason import Reason
from dashboard.analysis.target import Met, TargetVerdict
from dashboard.view import Point
from dashboard.words.changes import change_sentence
from dashboard.words.periods import day_words, period_short
from dashboard.words.values import (
    amount_words,
    capital,
    figure_words,
    number,
    possessive,
    round_value,
)
from schemas.measure import Target

_UNTESTED = {
    Reason.clustered: "not judged, because the same pupil may be counted many times",
    Reason.no_spread: "not judged, because how far the figures spread is not sent",
    Reason.no_counts: "not judged, because the whole numbers are not available",
    Reason.stock: "not judged, because no test fits a count on one day",
}


def gap_sentence(gap: Gap) -> str:
    """`14.2 percentage points below England (calendar year 2024): worse.`"""
    measure, area = gap.view.measure, gap.view.settings.name
    if isinstance(gap.about, Change):
        said = change_sentence(gap.about, measure, area)
        return f"Published figures: {said[0].lower()}{said[1:]}" if gap.about.published else said
    if isinstance(gap.about, TargetVerdict):
        return _target_sentence(gap, gap.about)
    return _comparison_sentence(gap, gap.about)


def gap_figures(gap: Gap) -> str:
    """`Darlington 83.1%, England 46.4%. The gap is 79% of England’s figure.`"""
    about, measure = gap.about, gap.view.measure
    area = gap.view.settings.name
    if isinstance(about, Change):
        both = [(_period(p, about.basis), figure_words(p, measure)) for p in _both(about)]
        words = ", ".join(f"{capital(name)} {figure}" for name, figure in both)
        return f"{words}. {_share(gap, 'change', 'the earlier figure')}"
    if isinstance(about, TargetVerdict):
        aim = round_value(about.target.value, measure) if about.target else ""
        own = figure_words(about.point, measure) if about.point else ""
        return f"{area} {own}, target {aim}. {_share(gap, 'gap', 'the target')}"
    own, other = (figure_words(p, measure) if p else "" for p in (about.own, about.other))
    published = " (published)" if about.published else ""
    name, note = _other(about), f" ({about.note})" if about.note else ""
    words = f"{area}{published} {own}, {name} {other}{note}"
    return f"{words}. {_share(gap, 'gap', f'{possessive(name)} figure')}"


def _both(change: Change) -> list[Point]:
    return [point for point in (change.now, change.before) if point]


def _comparison_sentence(gap: Gap, one: Comparison) -> str:
    period = _period(one.other, one.other_basis)
    ending = one.word.value if isinstance(one.word, Compared) else _untested(gap)
    return f"{_distance(gap, _other(one))} ({period}): {ending}."


def _target_sentence(gap: Gap, verdict: TargetVerdict) -> str:
    target, point = verdict.target, verdict.point
    assert target is not None
    early = ", provisional" if point and point.status == "provisional" else ""
    aim = f"the target of {round_value(target.value, gap.view.measure)}"
    said = f"{_distance(gap, aim)} ({_period(point, verdict.basis)}{early})"
    return f"{said}: {_met(verdict, target)}."


def _met(verdict: TargetVerdict, target: Target) -> str:
    if verdict.word is Met.not_yet and target.by_on:
        return f"not met yet, to be reached by {day_words(target.by_on.isoformat())}"
    return "met" if verdict.word is Met.met else "not met"


def _distance(gap: Gap, other: str) -> str:
    """`14.2 percentage points below England`."""
    size, measure = gap.size or 0.0, gap.view.measure
    if size == 0:
        return f"The same as {other}"
    if not number(abs(size), measure.decimals).strip("0.,"):
        return f"Almost the same as {other}"
    return f"{amount_words(size, measure)} {'above' if size > 0 else 'below'} {other}"


def _share(gap: Gap, what: str, of: str) -> str:
    if gap.relative is None:
        return f"{capital(of)} is 0, so the {what} is no share of it."
    if not gap.size:
        return f"There is no {what}."
    share = number(abs(gap.relative) * 100, 0)
    size = "less than 1%" if share == "0" else f"{share}%"
    return f"The {what} is {size} of {of}{_side(gap)}."


def _side(gap: Gap) -> str:
    """Where the heading does not say which way it is."""
    if gap.standing not in (Standing.chance, Standing.untested):
        return ""
    return f", on the {'worse' if (gap.relative or 0) > 0 else 'better'} side"


def _untested(gap: Gap) -> str:
    return _UNTESTED.get(gap.reason or Reason.no_pair, "not judged")


def _other(one: Comparison) -> str:
    return "its statistical neighbours" if one.against == "neighbours" else one.label


def _period(point: Point | None, basis: str) -> str:
    return period_short(point.period, basis) if point else ""
