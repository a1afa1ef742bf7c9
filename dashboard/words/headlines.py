"""A chart's message in a few words, for its heading."""

from dashboard.analysis.change import Change
from dashboard.analysis.difference import Changed
from dashboard.analysis.reason import Reason
from dashboard.analysis.steadiness import Steadiness

_MESSAGE = {
    Changed.improved: "Better than a year before",
    Changed.worse: "Worse than a year before",
    Changed.higher: "Higher than a year before",
    Changed.lower: "Lower than a year before",
    Changed.no_clear_change: "No clear change on a year before",
}
_SILENT = {
    Reason.first_time: "Counted for the first time",
    Reason.second_time: "Counted for the second time",
    Reason.too_early: "Too early to say",
    Reason.definition_changed: "Counted in a new way",
}


def change_headline(change: Change) -> str:
    """`No clear change on a year before`; where nothing was tested, only which way it went."""
    if change.word:
        return _MESSAGE[change.word]
    if change.reason in _SILENT:
        return _SILENT[change.reason]
    if change.difference is None:
        return "Over time"
    if change.difference == 0:
        return "The same as a year before"
    return "Up on a year before" if change.difference > 0 else "Down on a year before"


def limits_sentence(control: Steadiness, screened: bool, stock: bool) -> str:
    """What the thin lines of a control chart are and how they were made; "" when none are drawn.

    Args:
        stock: whether the figure is a count on a day, most of which was there the time before.
    """
    if not control.drawn:
        return ""
    of = "months" if control.monthly else "terms"
    kept = "leaving out jumps over 3.267 times the usual one" if screened else "from every jump"
    said = (
        f"The thin lines are the average of {control.numbers} {of} and the limits of their usual "
        f"ups and downs, worked out {kept} between one figure and the next (an XmR chart)."
    )
    trial = " They are trial limits, drawn dashed: they rest on few figures."
    slow = " Much of a list stays from one count to the next, so it often drifts outside them."
    return said + (trial if control.trial else "") + (slow if stock else "")
