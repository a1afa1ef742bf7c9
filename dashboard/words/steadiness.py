"""What a control chart says, in the words of Making Data Count made plain."""

from dashboard.analysis.control_rules import Flag, Rule, Side
from dashboard.analysis.icons import Assurance, Variation
from dashboard.analysis.reason import Reason
from dashboard.analysis.steadiness import Steadiness
from dashboard.words.reasons import reason_phrase, reason_sentence
from dashboard.words.values import listed, round_value
from schemas.measure import Measure

_VARIATION = {
    Variation.common: "Common cause: no special change",
    Variation.improvement: "Special cause: better than usual",
    Variation.concern: "Special cause: worse than usual",
}

_ASSURANCE = {
    Assurance.passes: "The target will be met every time",
    Assurance.fails: "The target will not be met",
    Assurance.hit_or_miss: "The target may or may not be met: hit or miss",
}

_RULES = {
    (Rule.outside, Side.above): "above the upper limit of usual variation",
    (Rule.outside, Side.below): "below the lower limit of usual variation",
    (Rule.run, Side.above): "one of seven or more in a row above the average",
    (Rule.run, Side.below): "one of seven or more in a row below the average",
    (Rule.trend, Side.above): "one of seven or more in a row that rise",
    (Rule.trend, Side.below): "one of seven or more in a row that fall",
    (Rule.two_of_three, Side.above): "one of two in three that are near the upper limit",
    (Rule.two_of_three, Side.below): "one of two in three that are near the lower limit",
}


def variation_phrase(found: Steadiness, measure: Measure, area: str) -> str:
    """`Common cause: no special change`, or in short why there is no icon."""
    if found.variation is Variation.neutral_special:
        high = found.latest_flags[0].side is Side.above
        return f"Special cause: {'higher' if high else 'lower'} than usual"
    if found.variation:
        return _VARIATION[found.variation]
    return reason_phrase(found.reason or Reason.no_figures)


def variation_sentence(found: Steadiness, measure: Measure, area: str) -> str:
    """The icon's words and the rule behind them, or what trial limits show."""
    about = _judged_on(found)
    if found.variation is Variation.common:
        return f"{_VARIATION[Variation.common]}. {about} varies as it usually does."
    if found.variation:
        phrase = variation_phrase(found, measure, area)
        return f"{phrase}. {about} is {_rules(found.latest_flags)}."
    if found.reason is Reason.trial:
        where = _rules(found.latest_flags) or "inside the limits"
        where = where.replace("limit of usual variation", "limit")
        what = "changes" if found.differences else "figures"
        return f"{found.numbers} {what} give trial limits only. {about} is {where}."
    return reason_sentence(found.reason or Reason.no_figures, measure)


def assurance_phrase(found: Steadiness, measure: Measure, area: str) -> str:
    """`The target will not be met`, or in short why there is no icon."""
    if found.assurance:
        return _ASSURANCE[found.assurance]
    return reason_phrase(_why_no_assurance(found))


def assurance_sentence(found: Steadiness, measure: Measure, area: str) -> str:
    if found.assurance and measure.target:
        aim = f"the target of {round_value(measure.target.value, measure)}"
        said = _ASSURANCE[found.assurance].replace("The target", aim)
        return f"If nothing changes, {said}."
    return reason_sentence(_why_no_assurance(found), measure)


def _why_no_assurance(found: Steadiness) -> Reason:
    return found.no_assurance or found.reason or Reason.no_target


def _judged_on(found: Steadiness) -> str:
    if found.differences:
        return "The latest change on the same time a year before"
    return "The latest month’s figure" if found.monthly else "The latest figure"


def _rules(flags: tuple[Flag, ...]) -> str:
    return listed([_RULES[flag.rule, flag.side] for flag in flags])
