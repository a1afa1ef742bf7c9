"""Whether an action is overdue, and whether the numbers it should move moved since it began."""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dashboard.analysis.change import Change, change_since
from dashboard.analysis.difference import Changed
from dashboard.analysis.runs import break_days
from dashboard.view import MeasureView, Point
from schemas.measure import Measure
from schemas.plan import PlanAction
from schemas.term import Term, parse_term


class NotMoved(StrEnum):
    """Why figures are not even set beside each other."""

    no_start = "no_start"
    not_begun = "not_begun"
    no_figures = "no_figures"
    before_figures = "before_figures"
    none_since = "none_since"


@dataclass(frozen=True)
class Moved:
    """One measure since an action began: the change, or why there is none to look at.

    `change.before` is the figure of the term that holds the start, or of the last before it (of
    what is counted on one day, the last count by then); of a measure that goes up and down with
    the time of year, the last of the newest figure's season.
    `change.word` is there only where a test allows it.
    """

    change: Change | None = None
    why_not: NotMoved | None = None

    @property
    def word(self) -> Changed | None:
        return self.change.word if self.change else None


@dataclass(frozen=True)
class Overdue:
    """An action whose finish has passed and that is neither done nor stopped; `months` since."""

    months: int


def judge_moved(
    view: MeasureView, action: PlanAction, today: dt.date, changed_on: Iterable[dt.date] = ()
) -> Moved:
    """The newest term beside that in which the action began, by the tests of every other change.

    Args:
        changed_on: days from which the measure was defined anew, besides the notes that break.
    """
    points, start = view.terms.points, action.start_on
    if not start:
        return Moved(why_not=NotMoved.no_start)
    if start > today.isoformat():
        return Moved(why_not=NotMoved.not_begun)
    if not points:
        return Moved(why_not=NotMoved.no_figures)
    before = _before(view.measure, points, start)
    if before is None:
        return Moved(why_not=NotMoved.before_figures)
    if before is points[-1]:
        return Moved(why_not=NotMoved.none_since)
    days = break_days(view, changed_on)
    return Moved(change_since(view.measure, view.terms, before, days))


def find_overdue(action: PlanAction, today: dt.date) -> Overdue | None:
    """None when it is closed, when its finish is to come, and when its words name no day."""
    if action.is_closed or not action.finish_on:
        return None
    finish = dt.date.fromisoformat(action.finish_on)
    return Overdue(_months(finish, today)) if finish < today else None


def _months(finish: dt.date, today: dt.date) -> int:
    """A finish named by its month is as many months ago as the months differ (April to November:
    7); one named by its day, as many as are over (30 January to 28 February: 0)."""
    of_a_month = finish.day == calendar.monthrange(finish.year, finish.month)[1]
    not_over = not of_a_month and today.day < finish.day
    return (today.year - finish.year) * 12 + today.month - finish.month - not_over


def _before(measure: Measure, points: Sequence[Point], start: str) -> Point | None:
    begun = [point for point in points if point.start <= start]
    if measure.seasonal and begun and begun[-1] is not points[-1]:
        season = _season(points[-1])
        begun = [point for point in begun if _season(point) == season]
    return begun[-1] if begun else None


def _season(point: Point) -> int:
    term = parse_term(point.period)
    return term.season if isinstance(term, Term) else 0
