"""What may be said of an agreed path: a phrase for a tile and a sentence."""

from collections.abc import Iterator

from dashboard.analysis.path import Expected, PathVerdict, Standing
from dashboard.words.evidence import interval_words, judged_figure, opening
from dashboard.words.periods import period_words
from dashboard.words.reasons import reason_phrase
from dashboard.words.values import amount_words, format_value, listed, possessive, symbol_words
from schemas.measure import Measure

_ON_THE_WAY = {
    Standing.ahead: "Ahead of the path",
    Standing.on: "On the path",
    Standing.off: "Off the path",
    Standing.above: "Above the path",
    Standing.below: "Below the path",
}
_AT_THE_END = {
    Standing.ahead: "End of the path reached",
    Standing.on: "End of the path reached",
    Standing.off: "End of the path missed",
    Standing.above: "Above the path’s end",
    Standing.below: "Below the path’s end",
}
NOT_BEGUN = "The path has not begun"


def path_phrase(verdict: PathVerdict) -> str:
    """`Off the path`, `Ahead of the path, could be chance`; in short why there is no word."""
    if verdict.word is None or verdict.expected is None:
        return reason_phrase(verdict.reason) if verdict.reason else NOT_BEGUN
    words = _AT_THE_END if verdict.expected.ended else _ON_THE_WAY
    return words[verdict.word] + (", could be chance" if verdict.chance else "")


def path_sentence(verdict: PathVerdict, measure: Measure, area: str) -> str:
    """`In the summer term 2025/26 Darlington’s figure was 141 days, 11 days more than the 130 days
    of the agreed path. The path ends …`"""
    return " ".join([*_standing(verdict, measure, area), *_about(verdict, measure)])


def _standing(verdict: PathVerdict, measure: Measure, area: str) -> Iterator[str]:
    point, expected = verdict.point, verdict.expected
    if point is None:
        yield "There is no figure to set beside the agreed path yet."
        return
    if expected is None:
        begins = _term(verdict.path[0].term)
        yield f"The path begins in the {begins}, after the newest figure."
        return
    on_path = format_value(expected.value, measure)
    if point.value is None:
        yield f"The newest figure is {symbol_words(point.symbol)}. The agreed path has {on_path}."
        return
    sure = interval_words(verdict.interval, measure, expected.value)
    figure = f"{opening(point, measure.basis)} {possessive(area)} figure was "
    figure += f"{judged_figure(point, measure)}{sure}, "
    yield f"{figure}{_apart(verdict, measure)}{_whose(expected, on_path)}."
    if verdict.chance:
        yield "The interval reaches the path, so chance alone could make the difference."


def _apart(verdict: PathVerdict, measure: Measure) -> str:
    point, expected = verdict.point, verdict.expected
    assert point is not None
    assert point.value is not None
    assert expected is not None
    if verdict.word is Standing.on:
        return "the same as "
    size = point.value - expected.value
    return f"{amount_words(size, measure)} {'more' if size > 0 else 'less'} than "


def _whose(expected: Expected, on_path: str) -> str:
    if expected.ended:
        return f"the {on_path} at which the path ended"
    if expected.between is None:
        return f"the {on_path} of the agreed path"
    first, second = (_term(point.term) for point in expected.between)
    return (
        f"the {on_path} of the agreed path, which goes in even steps from the {first} to the "
        f"{second} (no value was agreed for the term itself)"
    )


def _about(verdict: PathVerdict, measure: Measure) -> Iterator[str]:
    """Where it leads, who agreed it, and whether it is made up."""
    last = verdict.path[-1]
    ended = verdict.expected is not None and verdict.expected.ended
    verb = "ended" if ended else "ends"
    yield f"The path {verb} in the {_term(last.term)} at {format_value(last.value, measure)}."
    agreed = [*dict.fromkeys(point.agreed for point in verdict.path if point.agreed.strip())]
    if agreed:
        yield f"Agreed: {listed(agreed)}."
    if any(point.invented for point in verdict.path):
        yield "This path is invented sample data."


def _term(term: str) -> str:
    words = period_words(term, "in_term")
    return f"{words[:1].lower()}{words[1:]}"
