"""What may be said of a comparison and a target: a phrase for a tile and a sentence."""

from dashboard.analysis.comparison import Compared, Comparison
from dashboard.analysis.reason import Reason
from dashboard.analysis.target import Met, TargetVerdict
from dashboard.words.evidence import interval_words, judged_figure, opening
from dashboard.words.periods import day_words
from dashboard.words.reasons import reason_phrase, reason_sentence
from dashboard.words.values import (
    format_value,
    possessive,
    round_value,
    short_value,
    symbol_words,
    the_name,
)
from schemas.measure import Measure


def comparison_phrase(one: Comparison, measure: Measure, area: str) -> str:
    """`Better than England`, `Similar to the North East`, or in short why there is no word."""
    if one.word:
        return f"{_than(one.word).capitalize()} {other_name(one)}"
    return reason_phrase(one.reason or Reason.no_pair)


def comparison_sentence(one: Comparison, measure: Measure, area: str) -> str:
    """`In the calendar year 2024 Darlington’s published figure was 72.5% (95% interval 65.2% to
    78.7%), better than England’s 46.4%.`"""
    if not one.word or not one.own or not one.other or one.other.value is None:
        return _not_compared(one, measure, area)
    kind = "published figure" if one.published else "figure"
    basis = one.other_basis if one.own_basis == "rolling3" else one.own_basis
    period = one.other if one.own_basis == "rolling3" else one.own
    said = f"{opening(period, basis)} {possessive(area)} {kind} was "
    sure = interval_words(one.interval, measure, one.other.value)
    said += f"{judged_figure(one.own, measure)}{sure}, "
    early = "provisional " if one.other.status == "provisional" else ""
    theirs = f"{early}{format_value(one.other.value, measure)}"
    said += f"{_than(one.word)} {possessive(other_name(one))} {theirs}"
    return f"{said} ({one.other.note})." if one.other.note else f"{said}."


def target_phrase(verdict: TargetVerdict, measure: Measure, area: str) -> str:
    words = {Met.met: "Target met", Met.not_met: "Target not met", Met.not_yet: "Not met yet"}
    if verdict.word:
        return words[verdict.word]
    return reason_phrase(verdict.reason or Reason.no_target)


def target_sentence(verdict: TargetVerdict, measure: Measure, area: str) -> str:
    """`In the autumn term 2025/26 Darlington’s figure was 72.5% (95% interval 65.2% to 78.7%): the
    target of 100% is not met.`"""
    point, target = verdict.point, verdict.target
    if not verdict.word or not target or not point or point.value is None:
        return reason_sentence(verdict.reason or Reason.no_target, measure)
    aim = f"the target of {round_value(target.value, measure)}"
    if verdict.word is Met.not_yet and target.by_on:
        aim += f", to be reached by {day_words(target.by_on.isoformat())},"
    said = f"{opening(point, verdict.basis)} {possessive(area)} figure was "
    sure = interval_words(verdict.interval, measure, point.value)
    said += f"{judged_figure(point, measure)}{sure}: {aim} is "
    near = short_value(point.value, measure) == short_value(target.value, measure)
    words = {Met.met: "met", Met.not_met: "not met", Met.not_yet: "not met yet"}
    just = ", by less than the rounding shows" if near and verdict.word is not Met.met else ""
    return f"{said}{words[verdict.word]}{just}."


def _than(word: Compared) -> str:
    return "similar to" if word is Compared.similar else f"{word.value} than"


def other_name(one: Comparison) -> str:
    """The other side in a sentence: `England`, `the North East`, `its statistical neighbours`."""
    if one.against == "neighbours":
        return "its statistical neighbours"
    return the_name(one.label)


def _not_compared(one: Comparison, measure: Measure, area: str) -> str:
    for whose, point, basis in (
        (possessive(area), one.own, one.own_basis),
        (possessive(other_name(one)), one.other, one.other_basis),
    ):
        if point and point.value is None:
            words = symbol_words(point.symbol)
            return f"{opening(point, basis)} {whose} figure is {words}, so nothing is compared."
    return reason_sentence(one.reason or Reason.no_pair, measure)
