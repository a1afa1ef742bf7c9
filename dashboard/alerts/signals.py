"""What the verdicts of one edition say that those of the edition before did not."""

from collections.abc import Iterator

from dashboard.alerts.kinds import Kind
from dashboard.analysis.difference import Changed
from dashboard.analysis.icons import Variation
from dashboard.analysis.target import Met
from dashboard.analysis.verdict import Verdicts
from dashboard.view import MeasureView
from dashboard.words.changes import change_sentence
from dashboard.words.steadiness import variation_sentence
from dashboard.words.verdicts import target_sentence

_SPECIAL = {Variation.concern: Kind.concern, Variation.improvement: Kind.improvement}
_MET = {Met.met: Kind.target_met, Met.not_met: Kind.target_missed}
_CHANGED = {
    Changed.improved: Kind.improved,
    Changed.worse: Kind.worse,
    Changed.higher: Kind.higher,
    Changed.lower: Kind.lower,
}


def find_signals(now: Verdicts, before: Verdicts) -> Iterator[Kind]:
    """What is new: a special cause, a target that is met or missed, a change by its test. Nothing
    is judged here."""
    if now.control.variation in _SPECIAL and now.control.variation != before.control.variation:
        yield _SPECIAL[now.control.variation]
    if now.target.word in _MET and now.target.word != before.target.word:
        yield _MET[now.target.word]
    if now.change.word in _CHANGED and _changed(now) != _changed(before):
        yield _CHANGED[now.change.word]


def _changed(verdicts: Verdicts) -> tuple[Changed | None, str]:
    """Of each newest period the test is another one."""
    change = verdicts.change
    return change.word, change.now.period if change.now else ""


def signal_words(kind: Kind, view: MeasureView, verdicts: Verdicts) -> str:
    """The sentence of the measure's page that says it, with its figures."""
    measure, area = view.measure, view.settings.name
    if kind in _SPECIAL.values():
        return variation_sentence(verdicts.control, measure, area)
    if kind in _MET.values():
        return target_sentence(verdicts.target, measure, area)
    return change_sentence(verdicts.change, measure, area)


def count_tests(verdicts: Verdicts) -> int:
    """How many tests were made of a measure: of its change, and by its control chart."""
    return sum(one is not None for one in (verdicts.change.word, verdicts.control.variation))
