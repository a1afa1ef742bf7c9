"""The improvement plan in words: how an action stands, and whether its numbers have moved."""

import datetime as dt
from collections.abc import Mapping, Sequence

from dashboard.analysis.action import Moved, NotMoved, Overdue
from dashboard.analysis.change import Change
from dashboard.analysis.difference import Changed
from dashboard.charts.timeline import Timeline
from dashboard.view import PathPoint
from dashboard.words.changes import change_phrase, change_sentence
from dashboard.words.periods import period_short
from dashboard.words.values import figure_words, format_value, listed
from schemas.measure import Measure
from schemas.plan import STATUS_WORDS, PlanAction

CAUSE = (
    "Figures move for many reasons. A change since an action began does not show that the action "
    "made it."
)
INVENTED = (
    "Leads, statuses, evidence, notes and paths are made up so that the dashboard can be tried. "
    "Where the area has published a plan, the areas, tasks and dates follow it in shortened words."
)
NO_MEASURE = "No measure shows this."

_WHY_NOT: Mapping[NotMoved, str] = {
    NotMoved.no_start: "The plan names no month of its start, so nothing is compared.",
    NotMoved.not_begun: "The action has not begun, so nothing is compared.",
    NotMoved.no_figures: "There are no figures yet.",
    NotMoved.before_figures: "The action began before the first figures, so nothing is compared.",
    NotMoved.none_since: "There are no figures yet since the action began.",
}
_PHRASE: Mapping[NotMoved, str] = {
    NotMoved.no_start: "No start in the plan",
    NotMoved.not_begun: "Not begun",
    NotMoved.no_figures: "No figures yet",
    NotMoved.before_figures: "Began before the figures",
    NotMoved.none_since: "No figures since it began",
}
_MOVED: Mapping[Changed, str] = {
    Changed.improved: "the number has improved",
    Changed.worse: "the number has got worse",
    Changed.higher: "the number is higher",
    Changed.lower: "the number is lower",
    Changed.no_clear_change: "no change can be told from chance",
}


def when_words(action: PlanAction) -> str:
    """`April 2025 to April 2026`, `By April 2025`, `From May 2025`, `No dates in the plan`."""
    start, finish = action.start_words, action.finish_words
    if start and finish:
        return f"{start} to {finish}" if action.finish_on else f"{start}, {_lower(finish)}"
    if start:
        return f"From {start}" if action.start_on else start
    if finish:
        return f"By {finish}" if action.finish_on else finish
    return "No dates in the plan"


def _lower(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def overdue_words(action: PlanAction, overdue: Overdue) -> str:
    """`Overdue: the finish was April 2026, 7 months ago, and it is not done.`"""
    many = overdue.months
    ago = f"{many} month{'' if many == 1 else 's'} ago" if many else "less than a month ago"
    return f"Overdue: the finish was {action.finish_words}, {ago}, and it is not done."


def moved_phrase(moved: Moved, measure: Measure, area: str) -> str:
    """At most six words: `Improved`, `No clear change`, `No test for this count`."""
    if moved.change:
        return change_phrase(moved.change, measure, area)
    assert moved.why_not
    return _PHRASE[moved.why_not]


def moved_sentence(moved: Moved, measure: Measure, area: str) -> str:
    """How far, with the test or the reason that there is none."""
    if moved.change:
        return change_sentence(moved.change, measure, area)
    assert moved.why_not
    return _WHY_NOT[moved.why_not]


def figures_words(change: Change, measure: Measure) -> str:
    """`65.9% in Summer 2024/25, 69.9% in Summer 2025/26`."""
    shown = [
        f"{figure_words(point, measure)} in {period_short(point.period, change.basis)}"
        for point in (change.before, change.now)
        if point
    ]
    return ", ".join(shown)


def together_words(action: PlanAction, moved: Moved) -> str:
    """Whether it is done and whether the number moved, in one sentence."""
    done = _done_words(action)
    if moved.word is None:
        if moved.change is None:
            return f"{done}; nothing can be compared."
        return f"{done}; whether the number moved cannot be tested."
    return f"{done}; {_MOVED[moved.word]}."


def _done_words(action: PlanAction) -> str:
    said = {"done": "Done", "stopped": "Stopped", "not_started": "Not started"}
    return said.get(action.status, "Not done yet")


def counts_words(counts: Mapping[str, int], overdue: int, areas: int) -> str:
    """`23 actions in 4 areas for improvement: 9 done and 14 on track. 5 are overdue.`"""
    total = sum(counts.values())
    parts = [
        f"{counts[status]} {words.lower()}"
        for status, words in STATUS_WORDS.items()
        if counts.get(status)
    ]
    actions = f"{total} action{'' if total == 1 else 's'}"
    said = f"{actions} in {areas} area{'' if areas == 1 else 's'} for improvement: {listed(parts)}."
    late = "None is" if not overdue else "1 is" if overdue == 1 else f"{overdue} are"
    return f"{said} {late} overdue."


def as_at_words(today: dt.date, edition: bool) -> str:
    """By which day lateness is counted."""
    day = f"{today.day} {today:%B %Y}"
    if edition:
        return f"The plan as it stood on {day}, the day of this edition; lateness is of that day."
    return f"The plan as it stands on {day}."


def tested_words(every: Sequence[Moved]) -> str:
    """How many figures were looked at and how many could be tested."""
    tested = sum(one.word is not None for one in every)
    said = f"{len(every)} figures are tied to actions; {tested} could be tested."
    if not tested:
        return said
    return f"{said} Of 20 tests where nothing has changed, about one still says that it has."


def path_steps(path: Sequence[PathPoint], measure: Measure) -> list[tuple[str, str]]:
    """Each term of an agreed path and its value, in words."""
    return [
        (period_short(point.term, "in_term"), format_value(point.value, measure)) for point in path
    ]


def timeline_words(timeline: Timeline) -> str:
    """What the picture shows, for who cannot see it."""
    every = timeline.bars
    finish = sum(bar.finish is not None for bar in every)
    late = [bar.number for bar in every if bar.mark == "overdue"]
    said = f"{len(every)} actions with a month in the plan, {finish} of them with a finish. "
    said += f"The dashed line is {timeline.today.day} {timeline.today:%B %Y}. "
    return said + (f"Overdue: {listed(late)}." if late else "None is overdue.")
