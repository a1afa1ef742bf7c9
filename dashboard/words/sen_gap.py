"""The SEND gap in plain words: how much more often pupils with SEN miss school or are sent home."""

from collections.abc import Sequence

from dashboard.analysis.sen_gap import Beside
from dashboard.view import Point
from dashboard.words.values import amount_words, listed, number, symbol_words
from schemas.measure import Measure

_GROUPS = {
    "ehc_plan": "Pupils with an EHC plan",
    "sen_support": "Pupils with SEN support",
    "no_sen": "Pupils with no SEN",
}


def sen_sentence(category: str, beside: Beside, measure: Measure, figures: str) -> str:
    """`Pupils with an EHC plan: 3.2 times as many suspensions for every 100 pupils as pupils with
    no SEN.`"""
    said = sen_difference(beside, measure)
    if not said:
        return f"{_GROUPS[category]}: no gap is shown, because {figures}."
    about = ""
    if measure.unit != "percent":
        about = f" {_lower(measure.title)}"
    joined = "than" if said.split()[-1] in ("more", "less") else "as"
    return f"{_GROUPS[category]}: {said}{about} {joined} pupils with no SEN."


def sen_difference(beside: Beside, measure: Measure) -> str:
    """`20.9 percentage points more`, `3.2 times as many`; "" when there is nothing to say."""
    if measure.unit == "percent":
        size = beside.difference
        if size is None:
            return ""
        if not number(abs(size), measure.decimals).strip("0.,"):
            return "about the same"
        return f"{amount_words(size, measure)} {'more' if size > 0 else 'less'}"
    return "" if beside.ratio is None else f"{number(beside.ratio, 1)} times as many"


def england_sentence(said: Sequence[tuple[str, str]], period: str, context: bool) -> str:
    """`England (Spring 2024/25, for context): 3.8 times as many for pupils with an EHC plan.`

    Args:
        said: each group of pupils and how large its gap is.
        period: "" when there is nothing of England at all.
    """
    if not period:
        return "England: no published figures by SEN status are held here yet."
    parts = [f"{words} for {_lower(_GROUPS[category])}" for category, words in said if words]
    opening = f"England ({period}{', for context' if context else ''})"
    if not parts:
        return f"{opening}: no gap is shown, because not every group has a figure."
    return f"{opening}: {listed(parts)}."


def chart_sentence(area: str, own: str, england: str, period: str) -> str:
    """What the chart shows; `own` and `england` are lists of figures in words, and `period` is
    England's where it is another one than the area's."""
    said = f"{area}: {own}."
    if not england:
        return f"{said} England is not drawn: there is no figure for the same kind of period yet."
    return f"{said} England{f' ({period}, for context)' if period else ''}: {england}."


def why_no_gap(one: Point | None, base: Point | None) -> str:
    """In the middle of a sentence, which figure it is that there is not."""
    for point, whose in ((one, "their figure"), (base, "the figure of pupils with no SEN")):
        if point is None or point.value is None:
            return f"{whose} {_is(point)}"
    return "one of the figures is 0"


def _is(point: Point | None) -> str:
    words = symbol_words(point.symbol) if point else "not published"
    return words if words.startswith("rounds") else f"is {words}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
