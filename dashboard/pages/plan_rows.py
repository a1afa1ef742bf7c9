"""The improvement plan and its figures as rows that are ready to be read."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.address import Address
from dashboard.analysis.action import Moved, find_overdue, judge_moved
from dashboard.analysis.path import judge_path
from dashboard.analysis.target import Met, judge_target
from dashboard.charts.timeline import TimelineBar
from dashboard.pages.statements import kind_of
from dashboard.queries.plan import KeptAction, Plan
from dashboard.view import MeasureView
from dashboard.words.path import path_phrase
from dashboard.words.plan import (
    figures_words,
    moved_phrase,
    moved_sentence,
    overdue_words,
    together_words,
    when_words,
)
from dashboard.words.values import round_value
from dashboard.words.verdicts import target_phrase
from schemas.measure import Measure
from schemas.plan import STATUS_WORDS, PlanAction

OVERDUE = "overdue"


@dataclass(frozen=True)
class Figure:
    """One measure of an action. `kind` and the kinds of target and path are `good`, `bad`, `plain`
    or `none`; `figures` is "" where two figures are not set beside each other."""

    measure: Measure
    url: str
    moved: Moved
    figures: str
    phrase: str
    kind: str
    sentence: str
    together: str
    target: tuple[str, str]
    path: tuple[str, str]


@dataclass(frozen=True)
class ActionRow:
    """One action as the page shows it. `mark` names its shape: the status, or `overdue`."""

    anchor: str
    action: PlanAction
    status: str
    mark: str
    when: str
    overdue: str
    written_by: str
    written_on: str
    figures: tuple[Figure, ...]
    not_held: tuple[str, ...]

    @property
    def is_overdue(self) -> bool:
        return self.mark == OVERDUE

    @property
    def bar(self) -> TimelineBar:
        action = self.action
        return TimelineBar(
            action.number, action.task, _day(action.start_on), _day(action.finish_on), self.mark
        )


def action_rows(
    address: Address, plan: Plan, views: Mapping[str, MeasureView], today: dt.date
) -> tuple[ActionRow, ...]:
    """Every action with its measures, in the order of the plan.

    Args:
        views: of every measure the area sends, by id.
        today: by which day something is overdue or has begun.
    """
    return tuple(_row(address, one, views, today) for one in plan.actions)


def _row(
    address: Address, kept: KeptAction, views: Mapping[str, MeasureView], today: dt.date
) -> ActionRow:
    action = kept.action
    overdue = find_overdue(action, today)
    return ActionRow(
        anchor=f"action-{action.number.replace('.', '-')}",
        action=action,
        status=STATUS_WORDS[action.status],
        mark=OVERDUE if overdue else action.status,
        when=when_words(action),
        overdue=overdue_words(action, overdue) if overdue else "",
        written_by=kept.written.role,
        written_on=kept.written.at[:10],
        figures=tuple(_figures(address, action, views, today)),
        not_held=tuple(name for name in action.measures if name not in views),
    )


def _figures(
    address: Address, action: PlanAction, views: Mapping[str, MeasureView], today: dt.date
) -> Iterator[Figure]:
    for view in (views[name] for name in action.measures if name in views):
        measure, area = view.measure, view.settings.name
        moved = judge_moved(view, action, today)
        yield Figure(
            measure=measure,
            url=address.of_measure(measure).url,
            moved=moved,
            figures=figures_words(moved.change, measure) if moved.change else "",
            phrase=moved_phrase(moved, measure, area),
            kind=kind_of(moved.word),
            sentence=moved_sentence(moved, measure, area),
            together=together_words(action, moved),
            target=_target(view),
            path=_path(view),
        )


def _target(view: MeasureView) -> tuple[str, str]:
    verdict = judge_target(view.measure, view.latest)
    if verdict.target is None:
        return "", "none"
    phrase = target_phrase(verdict, view.measure, view.settings.name)
    aim = round_value(verdict.target.value, view.measure)
    words = {Met.not_yet: "Target not met yet", None: f"Target: {phrase.lower()}"}
    return f"{words.get(verdict.word, phrase)} ({aim})", kind_of(verdict.word)


def _path(view: MeasureView) -> tuple[str, str]:
    if not view.path:
        return "", "none"
    verdict = judge_path(view)
    phrase = path_phrase(verdict)
    return phrase if verdict.word else f"Agreed path: {phrase.lower()}", kind_of(verdict.word)


def _day(iso: str) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
