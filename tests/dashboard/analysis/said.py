"""What a view’s verdicts say: the phrase on a tile and the sentence on the page."""

from dashboard.analysis.verdict import judge
from dashboard.view import MeasureView
from dashboard.words.changes import change_phrase, change_sentence
from dashboard.words.steadiness import (
    assurance_phrase,
    assurance_sentence,
    variation_phrase,
    variation_sentence,
)
from dashboard.words.verdicts import (
    comparison_phrase,
    comparison_sentence,
    target_phrase,
    target_sentence,
)

AREA = "Darlington"


def compared(shown: MeasureView, against: str = "england") -> tuple[str, str]:
    one = judge(shown).against(against)
    given = (one, shown.measure, AREA)
    return comparison_phrase(*given), comparison_sentence(*given)


def changed(shown: MeasureView) -> tuple[str, str]:
    given = (judge(shown).change, shown.measure, AREA)
    return change_phrase(*given), change_sentence(*given)


def yearly(shown: MeasureView) -> tuple[str, str]:
    given = (judge(shown).yearly, shown.measure, AREA)
    return change_phrase(*given), change_sentence(*given)


def targeted(shown: MeasureView) -> tuple[str, str]:
    given = (judge(shown).target, shown.measure, AREA)
    return target_phrase(*given), target_sentence(*given)


def varied(shown: MeasureView) -> tuple[str, str]:
    given = (judge(shown).control, shown.measure, AREA)
    return variation_phrase(*given), variation_sentence(*given)


def assured(shown: MeasureView) -> tuple[str, str]:
    given = (judge(shown).control, shown.measure, AREA)
    return assurance_phrase(*given), assurance_sentence(*given)


def every_sentence(shown: MeasureView) -> list[str]:
    pairs = [compared(shown, against) for against in ("england", "region", "neighbours")]
    rest = [about(shown) for about in (changed, yearly, targeted, varied, assured)]
    return [words for pair in (*pairs, *rest) for words in pair]
