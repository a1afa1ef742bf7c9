"""Where the return cannot say a number, `x` stands in the cell and the reason is told."""

from pathlib import Path

from loaders.sen2.answers import Sometime, both, count, happened_by, happened_inside, opposite
from loaders.sen2.not_said import what_is_not_said
from schemas.extracts import load_extracts
from schemas.symbol import Symbol
from schemas.term import Window
from tests.sen2 import invented_return as invented
from tests.sen2.one_child import cell, child, counted, day, rules, with_plan

SHEETS = (
    "ehc_plans",
    "ehc_plans_by_need",
    "ehc_plans_by_placement",
    "ehc_requests",
    "ehc_timeliness",
    "annual_reviews",
)
YEAR = Window(day("2025-01-01"), day("2025-12-31"))


def test_a_day_known_only_to_lie_in_the_year() -> None:
    when = Sometime(YEAR)
    assert happened_by(when, day("2024-12-31")) is False
    assert happened_by(when, day("2025-06-01")) is None
    assert happened_by(when, day("2025-12-31")) is True
    assert happened_inside(when, YEAR) is True
    assert happened_inside(when, Window(day("2025-09-01"), day("2025-12-31"))) is None
    assert happened_inside(when, Window(day("2026-01-01"), day("2026-04-30"))) is False


def test_never_is_neither_by_nor_inside() -> None:
    assert happened_by(None, day("2025-12-31")) is False
    assert happened_inside(None, YEAR) is False


def test_unknown_is_neither_yes_nor_no() -> None:
    assert both(True, None) is None
    assert both(False, None) is False
    assert both(True, True) is True
    assert opposite(None) is None
    assert count([True, False, True]) == 2
    assert count([True, None]) is Symbol.x


def test_a_plan_that_came_on_an_untold_day(tmp_path: Path) -> None:
    """On 31 December it was here; on 31 August nobody can say."""
    one = with_plan("2019-03-01", None, transfer="316", born="2014-01-01")
    result = counted(tmp_path, [one])
    assert cell(result, "ehc_plans", "plans_start", phase="secondary") == 0
    assert cell(result, "ehc_plans", "plans_start", phase="primary") is Symbol.x
    assert cell(result, "ehc_plans", "transferred_in", phase="secondary") is Symbol.x
    assert cell(result, "ehc_plans", "plans_end", phase="secondary") == 1
    assert cell(result, "ehc_plans", "new_plans", phase="secondary") == 0
    assert any("the day it came is not told" in str(one) for one in result.not_said)


def test_a_plan_that_came_on_its_start_date(tmp_path: Path) -> None:
    result = counted(tmp_path, [with_plan("2025-10-01", None, transfer="316")])
    assert cell(result, "ehc_plans", "transferred_in", phase="primary") == 1
    assert cell(result, "ehc_plans", "new_plans", phase="primary") == 0
    assert cell(result, "ehc_timeliness", "issued", phase="all") == 0
    assert cell(result, "ehc_timeliness", "median_weeks", phase="all") is Symbol.z


def test_a_plan_that_another_council_took_over_is_transferred_out(tmp_path: Path) -> None:
    ended = {"end": day("2025-11-01"), "reason": "5"}
    result = counted(tmp_path, [with_plan("2024-10-01", None, **ended)])
    assert cell(result, "ehc_plans", "transferred_out", phase="primary") == 1
    assert cell(result, "ehc_plans", "ceased", phase="primary") == 0
    assert cell(result, "ehc_plans", "plans_end", phase="primary") == 0


def test_a_wait_without_the_day_of_the_request(tmp_path: Path) -> None:
    one = with_plan("2025-10-01", None)
    one["requests"][0]["assessments"][0]["week20"] = "0"
    result = counted(tmp_path, [one])
    assert cell(result, "ehc_timeliness", "issued", phase="primary") == 1
    assert cell(result, "ehc_timeliness", "issued_excl", phase="primary") == 1
    assert cell(result, "ehc_timeliness", "within_20w", phase="primary") is Symbol.x
    assert cell(result, "ehc_timeliness", "median_weeks", phase="all") is Symbol.x
    assert cell(result, "ehc_timeliness", "within_20w", phase="secondary") == 0
    assert rules(result) == {"wait_unknown": (1,)}


def test_an_exception_that_is_not_told(tmp_path: Path) -> None:
    result = counted(tmp_path, [with_plan(week20="")])
    assert cell(result, "ehc_timeliness", "issued_excl", phase="all") is Symbol.x
    assert cell(result, "ehc_timeliness", "within_20w", phase="all") == 1
    assert rules(result) == {"exception_unknown": (1,)}


def test_a_case_that_went_away_on_an_untold_day(tmp_path: Path) -> None:
    one = child()
    invented.request(one, received=day("2025-02-01"), exported="316")
    autumn = counted(tmp_path, [one])
    assert cell(autumn, "ehc_timeliness", "open_over_20w", phase="all") == 0
    summer = counted(tmp_path, [one], "Summer 2024/25")
    assert cell(summer, "ehc_timeliness", "open_over_20w", phase="all") is Symbol.x
    assert rules(summer) == {"not_closed_on": (1,)}


def test_reviews_of_a_term_long_before_the_return(tmp_path: Path) -> None:
    one = with_plan("2024-10-01", None, meeting=day("2025-03-03"))
    spring = counted(tmp_path, [one], "Spring 2024/25")
    assert cell(spring, "annual_reviews", "held", phase="primary") is Symbol.x
    assert cell(counted(tmp_path, [one]), "annual_reviews", "held", phase="primary") == 0


def test_every_reason_can_be_told() -> None:
    """Each column in which the return may say nothing has a sentence that says why."""
    sure = {"new_plans", "ceased", "issued", "agreed", "refused", "assessments", "not_issued"}
    sheets = {
        name: {i.id: 0 if i.id in sure else Symbol.x for i in load_extracts()[name].indicators}
        for name in SHEETS
    }
    unknown = sum(value is Symbol.x for row in sheets.values() for value in row.values())
    assert len(what_is_not_said({name: [row] for name, row in sheets.items()})) == unknown
