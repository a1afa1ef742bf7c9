"""What may be said of a change: a phrase for a tile and a sentence."""

from dashboard.analysis.change import Change
from dashboard.analysis.difference import Changed
from dashboard.analysis.reason import Reason
from dashboard.words.evidence import difference_words, in_words
from dashboard.words.periods import day_words, period_words
from dashboard.words.reasons import reason_phrase, reason_sentence
from dashboard.words.sentences import change_words
from dashboard.words.values import amount_words, number, symbol_words
from schemas.measure import ANNUAL, Measure

_CHANGED = {
    Changed.improved: "Improved",
    Changed.worse: "Got worse",
    Changed.higher: "Higher",
    Changed.lower: "Lower",
    Changed.no_clear_change: "No clear change",
}
_COUNTED = (Reason.first_time, Reason.second_time)
_WITH_SIZE = (Reason.stock, Reason.clustered, Reason.no_spread, Reason.no_counts)


def change_phrase(change: Change, measure: Measure, area: str) -> str:
    """`Got worse`, `No clear change`, or in short why there is no word."""
    if change.word:
        return _CHANGED[change.word]
    reason = change.reason or Reason.no_figures
    again = reason in _COUNTED and (change.published or change.restarted)
    return reason_phrase(Reason.too_early if again else reason)


def raw_change(change: Change, measure: Measure, earlier: str) -> str:
    """Which way it went and how far, unjudged: `up 3.2 percentage points on Autumn 2024/25`; not
    across a change in the way of counting."""
    if change.broke_on:
        since = day_words(change.broke_on.isoformat())
        return f"not compared with {earlier}: counted in another way since {since}"
    return change_words(change.now, change.before, measure, earlier)


def change_sentence(change: Change, measure: Measure, area: str) -> str:
    """`Down 11.5 percentage points on 2023 (95% interval −20.1 to −2.6): worse.`"""
    reason = change.reason or Reason.no_figures
    if change.word is Changed.no_clear_change:
        size = _size(change, measure)
        return f"No clear change: {size[0].lower()}{size[1:]}{_test(change, measure)}."
    if change.word:
        return f"{_size(change, measure)}{_test(change, measure)}: {change.word.value}."
    if reason in _COUNTED or reason is Reason.too_early:
        return _early(change, reason, measure)
    if reason is Reason.nothing_before:
        return f"There is no figure for {_earlier(change)}, so no change is shown."
    if reason is Reason.definition_changed and change.broke_on:
        day = day_words(change.broke_on.isoformat())
        return f"The way of counting changed on {day}, so no change is shown."
    missing = next((p for p in (change.now, change.before) if p and p.value is None), None)
    if missing:
        which = in_words(missing, change.basis)
        return f"The figure for {which} is {symbol_words(missing.symbol)}, so no change is shown."
    raw = f"{_size(change, measure)}. " if reason in _WITH_SIZE else ""
    return raw + reason_sentence(reason, measure)


def _early(change: Change, reason: Reason, measure: Measure) -> str:
    """How many figures there are, of those that may be compared."""
    many = f"{change.numbers} figure{'' if change.numbers == 1 else 's'}"
    if change.restarted:
        return f"Too early to say: the way of counting changed, and there are {many} since."
    if reason is Reason.too_early:
        return f"Too early to say: there are {many}."
    if change.published:
        return f"Too early to say: there {'is' if change.numbers == 1 else 'are'} only {many}."
    return reason_sentence(reason, measure)


def _size(change: Change, measure: Measure) -> str:
    """`Down 11.5 percentage points on 2023`."""
    size, earlier = change.difference, _earlier(change)
    if size is None:
        return f"No change is shown on {earlier}"
    if size == 0:
        return f"The same as {earlier}"
    if not number(abs(size), measure.decimals).strip("0.,"):
        return f"Almost the same as {earlier}"
    return f"{'Up' if size > 0 else 'Down'} {amount_words(size, measure)} on {earlier}"


def _earlier(change: Change) -> str:
    """`2023`, `2022/23`, `Autumn term 2024/25`."""
    if change.basis in ANNUAL:
        return change.earlier.replace("-", "/")
    return period_words(change.earlier, change.basis)


def _test(change: Change, measure: Measure) -> str:
    """How sure it is: a share's interval, or for events how often chance alone does as much."""
    if change.interval:
        return difference_words(change.interval, measure)
    if change.p is None or not change.difference:
        return ""
    p = f"p = {number(change.p, 3)}" if change.p >= 0.001 else "p < 0.001"
    return f" (exact test, {p})"
