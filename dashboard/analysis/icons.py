"""What a control chart says of the newest number and of the target: Making Data Count's icons."""

from enum import StrEnum

from dashboard.analysis.control import Control
from dashboard.analysis.control_rules import Side


class Variation(StrEnum):
    common = "common"
    improvement = "improvement"
    concern = "concern"
    neutral_special = "neutral_special"


class Assurance(StrEnum):
    passes = "passes"
    fails = "fails"
    hit_or_miss = "hit_or_miss"


def variation_of(control: Control, polarity: str) -> Variation:
    """What the latest number says; when rules disagree the first in their order decides."""
    if not control.flags[-1]:
        return Variation.common
    if polarity == "neutral":
        return Variation.neutral_special
    high = control.flags[-1][0].side is Side.above
    return Variation.improvement if high == (polarity == "higher_better") else Variation.concern


def assurance_of(control: Control, polarity: str, target: float) -> Assurance | None:
    """Whether numbers that vary as these do will meet the target; None without a direction."""
    if polarity == "neutral":
        return None
    beyond, within = Assurance.fails, Assurance.passes
    if polarity == "lower_better":
        beyond, within = within, beyond
    if target > control.upper:
        return beyond
    return within if target < control.lower else Assurance.hit_or_miss
