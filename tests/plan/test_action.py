"""Is the action overdue, and did the number move: by the tests of every other change."""

import datetime as dt
from math import comb, sqrt
from typing import Any

import pytest

from dashboard.analysis.action import Moved, NotMoved, find_overdue, judge_moved
from dashboard.analysis.difference import Changed
from dashboard.analysis.reason import Reason
from dashboard.view import Point
from dashboard.words.plan import (
    counts_words,
    moved_sentence,
    overdue_words,
    together_words,
    when_words,
)
from schemas.note import Note
from schemas.plan import PlanAction
from tests.dashboard.views import measure, point, stock, view

TODAY = dt.date(2026, 11, 22)
TERMS = [
    f"{year}-{year % 100 + 1} {season}"
    for year in (2023, 2024, 2025)
    for season in ("autumn", "spring", "summer")
]


def action(**given: Any) -> PlanAction:
    usual = {"number": "2.1a", "area": "2", "task": "A task", "lead": "Head of SEND"}
    return PlanAction(**usual | {"start_on": "2025-05-01", "status": "on_track"} | given)


def share(period: str, number: float, of: float) -> Point:
    return point(period, number / of * 100, numerator=number, denominator=of)


def shares(*numbers: float, of: float = 100) -> list[Point]:
    return [share(term, one, of) for term, one in zip(TERMS, numbers, strict=True)]


def newcombe_moved(now: tuple[float, float], before: tuple[float, float]) -> bool:
    """The second, simple way: two Wilson intervals put together, both ends on one side of 0."""

    def wilson(x: float, n: float) -> tuple[float, float, float]:
        z, p = 1.959963984540054, x / n
        middle = p + z * z / (2 * n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        scale = 1 + z * z / n
        return p, (middle - half) / scale, (middle + half) / scale

    (p1, l1, u1), (p2, l2, u2) = wilson(*now), wilson(*before)
    low = p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return low > 0 or high < 0


def exact_moved(now: int, before: int) -> bool:
    """The second, simple way: of all events, how likely is a split at least as uneven by a coin?"""
    n = now + before
    chances = [comb(n, k) / 2**n for k in range(n + 1)]
    p = sum(one for one in chances if one <= chances[now] * (1 + 1e-7))
    return p < 0.05


@pytest.mark.parametrize("before", [30, 45, 52, 58, 59, 60, 61, 70])
@pytest.mark.parametrize("of", [40, 100, 900])
def test_a_share_has_moved_when_a_second_simple_computation_says_so(before: int, of: int) -> None:
    start, now = of * before / 100, of * 0.6
    start, now = float(round(start)), float(round(now))
    points = shares(*[0.0] * 5, start, 0.0, 0.0, now, of=of)
    moved = judge_moved(view(*points), action(), TODAY)
    assert moved.change is not None
    assert moved.change.before is points[5]
    assert moved.change.now is points[8]
    clear = newcombe_moved((now, of), (start, of))
    up = Changed.improved if now > start else Changed.worse
    assert moved.word is (up if clear else Changed.no_clear_change)


@pytest.mark.parametrize("before", [60, 74, 80, 100, 120, 128, 150])
def test_a_count_of_events_has_moved_when_the_exact_test_says_so(before: int) -> None:
    counts = [90, 90, 90, 90, 90, before, 90, 90, 100]
    points = [point(term, one) for term, one in zip(TERMS, counts, strict=True)]
    about = measure("ehcp_new", seasonal=False, polarity="lower_better")
    moved = judge_moved(view(*points, about=about), action(), TODAY)
    clear = exact_moved(100, before)
    down = Changed.improved if before > 100 else Changed.worse
    assert moved.word is (down if clear else Changed.no_clear_change)


@pytest.mark.parametrize(
    ("start", "of_term"),
    [("2025-05-01", 5), ("2025-08-31", 5), ("2025-04-30", 4), ("2026-04-01", 7)],
)
def test_the_first_figure_is_of_the_term_that_holds_the_start(start: str, of_term: int) -> None:
    points = shares(*range(50, 59))
    moved = judge_moved(view(*points), action(start_on=start), TODAY)
    assert moved.change is not None
    assert moved.change.before is points[of_term]


def test_where_that_term_was_not_sent_it_is_the_last_before_it() -> None:
    points = shares(*range(50, 59))
    moved = judge_moved(view(*points[:5], *points[6:]), action(), TODAY)
    assert moved.change is not None
    assert moved.change.before is points[4]


def test_what_is_counted_on_a_day_is_set_beside_the_last_count_by_the_start() -> None:
    points = [stock(term, 100 + n) for n, term in enumerate(TERMS)]
    about = measure("nd_over_104w")
    moved = judge_moved(view(*points, about=about), action(), TODAY)
    assert moved.change is not None
    assert moved.change.before is points[4]
    assert moved.word is None
    assert moved.change.reason is Reason.stock
    assert "Up 4 on Spring term 2024/25" in moved_sentence(moved, about, "Darlington")


def test_a_measure_of_the_seasons_is_set_beside_the_same_season() -> None:
    counts = [80, 90, 100, 80, 90, 100, 80, 90, 100]
    points = [point(term, one) for term, one in zip(TERMS, counts, strict=True)]
    about = measure("ehcna_requests")
    assert about.seasonal
    moved = judge_moved(view(*points, about=about), action(start_on="2025-02-01"), TODAY)
    assert moved.change is not None
    assert moved.change.before is not None
    assert moved.change.before.period == "2023-24 summer"


def test_an_average_has_no_test() -> None:
    points = [point(term, 140.0 - n) for n, term in enumerate(TERMS)]
    moved = judge_moved(view(*points, about=measure("salt_wait_mean_days")), action(), TODAY)
    assert moved.change is not None
    assert (moved.word, moved.change.reason) == (None, Reason.no_spread)
    assert together_words(action(status="done"), moved) == (
        "Done; whether the number moved cannot be tested."
    )


def test_nothing_is_compared_across_a_break() -> None:
    note = Note(
        id="new_way",
        on=dt.date(2025, 10, 1),
        words="Counted anew.",
        source="Minutes",
        measures=("ehcp_20w_excl",),
        breaks=True,
    )
    moved = judge_moved(view(*shares(*range(50, 59)), notes=(note,)), action(), TODAY)
    assert moved.change is not None
    assert (moved.word, moved.change.difference) == (None, None)
    assert moved.change.reason is Reason.definition_changed


def test_a_hidden_figure_is_not_compared() -> None:
    points = shares(*range(50, 59))
    points[5] = point(TERMS[5], "c")
    moved = judge_moved(view(*points), action(), TODAY)
    assert moved.change is not None
    assert moved.change.reason is Reason.hidden


@pytest.mark.parametrize(
    ("start", "why"),
    [
        ("", NotMoved.no_start),
        ("2027-01-01", NotMoved.not_begun),
        ("2022-01-01", NotMoved.before_figures),
        ("2026-09-01", NotMoved.none_since),
        ("2026-05-01", NotMoved.none_since),
    ],
)
def test_what_cannot_be_compared_says_why(start: str, why: NotMoved) -> None:
    moved = judge_moved(view(*shares(*range(50, 59))), action(start_on=start), TODAY)
    assert moved == Moved(why_not=why)
    assert moved_sentence(moved, measure(), "Darlington").endswith(".")
    assert judge_moved(view(), action(), TODAY).why_not is NotMoved.no_figures


def test_done_and_moved_are_said_together() -> None:
    up = judge_moved(view(*shares(*[50] * 8, 90)), action(), TODAY)
    same = judge_moved(view(*shares(*[50] * 9)), action(), TODAY)
    down = judge_moved(view(*shares(*[50] * 8, 10)), action(), TODAY)
    assert together_words(action(status="done"), up) == "Done; the number has improved."
    assert together_words(action(status="done"), same) == (
        "Done; no change can be told from chance."
    )
    assert together_words(action(status="at_risk"), down) == (
        "Not done yet; the number has got worse."
    )
    nothing = Moved(why_not=NotMoved.not_begun)
    assert together_words(action(status="not_started"), nothing) == (
        "Not started; nothing can be compared."
    )


@pytest.mark.parametrize(
    ("finish", "status", "months"),
    [
        ("2026-04-30", "on_track", 7),
        ("2026-10-31", "late", 1),
        ("2026-10-23", "late", 0),
        ("2026-10-22", "late", 1),
        ("2026-11-21", "not_started", 0),
        ("2026-11-22", "late", None),
        ("2026-04-30", "done", None),
        ("2026-04-30", "stopped", None),
        ("", "late", None),
    ],
)
def test_an_action_is_overdue_when_its_finish_has_passed_undone(
    finish: str, status: str, months: int | None
) -> None:
    found = find_overdue(action(finish_on=finish, status=status), TODAY)
    assert (found.months if found else None) == months


def test_lateness_is_told_in_the_plans_own_words() -> None:
    late = action(finish_words="April 2026", finish_on="2026-04-30")
    found = find_overdue(late, TODAY)
    assert found is not None
    assert overdue_words(late, found) == (
        "Overdue: the finish was April 2026, 7 months ago, and it is not done."
    )


@pytest.mark.parametrize(
    ("start", "finish", "words"),
    [
        (("April 2025", "2025-04-01"), ("April 2026", "2026-04-30"), "April 2025 to April 2026"),
        (("", ""), ("April 2025", "2025-04-30"), "By April 2025"),
        (("May 2025", "2025-05-01"), ("", ""), "From May 2025"),
        (("Spring 2025", "2025-01-01"), ("Ongoing", ""), "Spring 2025, ongoing"),
        (("", ""), ("Ongoing", ""), "Ongoing"),
        (("", ""), ("", ""), "No dates in the plan"),
    ],
)
def test_when_is_told_in_the_plans_own_words(
    start: tuple[str, str], finish: tuple[str, str], words: str
) -> None:
    given = action(
        start_words=start[0], start_on=start[1], finish_words=finish[0], finish_on=finish[1]
    )
    assert when_words(given) == words


def test_the_counts_are_in_the_order_of_the_statuses() -> None:
    assert counts_words({"done": 2, "late": 1}, 1, 2) == (
        "3 actions in 2 areas for improvement: 1 late and 2 done. 1 is overdue."
    )
