"""The check before counting: what stops it, what is only told, and what is left out."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from loaders.sen2.rows import Fault
from loaders.sen2.rules import RULES, tell
from loaders.sen2.specification import load_specification
from tests.sen2 import invented_return as invented
from tests.sen2.one_child import cell, child, counted, day, rules, with_plan


def asked(**facts: Any) -> invented.Child:
    one = child()
    invented.request(one, **{"received": day("2025-09-10")} | facts)
    return one


def two_plans() -> invented.Child:
    one = with_plan("2024-03-01", None)
    later = with_plan("2025-10-01")
    one["requests"] += later["requests"]
    one["requests"][1]["id"] += "b"
    return one


def assessed(**facts: Any) -> invented.Child:
    one = asked(outcome="Y", outcome_on=day("2025-10-01"))
    invented.assessment(one["requests"][0], **facts)
    return one


def changed(one: invented.Child, **facts: Any) -> invented.Child:
    one["requests"][0]["assessments"][0]["plan"] |= facts
    return one


ENDED = {"end": day("2025-12-01"), "reason": "1"}
STOPPED = {
    "no_birth_date": lambda: asked() | {"born": None},
    "born_later": lambda: asked() | {"born": day("2025-09-11")},
    "not_a_date": lambda: asked(outcome_on="31/31/2025"),
    "not_a_code": lambda: asked(outcome="Q"),
    "no_received_date": lambda: asked(received=None),
    "no_outcome_date": lambda: asked(outcome="N"),
    "outcome_before_received": lambda: asked(outcome="N", outcome_on=day("2025-09-09")),
    "plan_without_start": lambda: changed(with_plan(), start=None, **ENDED),
    "issued_before_received": lambda: with_plan("2025-05-01", "2025-06-02"),
    "ended_before_start": lambda: changed(with_plan(), end=day("2025-09-30"), reason="1"),
    "end_half_told": lambda: changed(with_plan(), end=day("2025-12-01")),
    "two_open_plans": two_plans,
}


@pytest.mark.parametrize("rule", STOPPED)
def test_a_row_that_breaks_a_rule_stops_the_counting(rule: str, tmp_path: Path) -> None:
    result = counted(tmp_path, [STOPPED[rule](), with_plan(place=2)])
    assert rule in rules(result)
    assert result.rows is None


@pytest.mark.parametrize("rule", STOPPED)
def test_its_person_can_be_left_out_whole(rule: str, tmp_path: Path) -> None:
    result = counted(tmp_path, [STOPPED[rule](), with_plan(place=2)], leave_out=True)
    assert (result.persons, result.left_out) == (1, 1)
    assert cell(result, "ehc_plans", "plans_end", phase="primary") == 1
    assert "Left out because of faults in the return: 1 person." in result.coverage


def test_an_active_plan_needs_a_named_plan(tmp_path: Path) -> None:
    one = with_plan()
    one["requests"][0]["assessments"][0]["plan"] = None
    assert "plan_without_start" in rules(counted(tmp_path, [one]))


def test_a_decision_before_the_one_to_assess_is_told_only(tmp_path: Path) -> None:
    result = counted(tmp_path, [assessed(outcome="N", outcome_on=day("2025-09-20"))])
    assert set(rules(result)) == {"assessed_before_agreed"}
    assert cell(result, "ehc_requests", "not_issued") == 1


def test_a_rank_that_is_no_number_stops(tmp_path: Path) -> None:
    one = with_plan()
    one["requests"][0]["active"]["needs"] = [("first", "ASD")]
    assert "not_a_number" in rules(counted(tmp_path, [one]))


def test_a_second_request_while_the_first_is_open_is_not_counted(tmp_path: Path) -> None:
    one = asked()
    invented.request(one, received=day("2025-10-10"))
    result = counted(tmp_path, [one])
    assert rules(result) == {"asked_twice": (2,)}
    assert cell(result, "ehc_requests", "requests") == 1


def test_a_second_request_after_a_refusal_is_counted(tmp_path: Path) -> None:
    one = asked(outcome="N", outcome_on=day("2025-10-10"))
    invented.request(one, received=day("2025-10-10"))
    assert cell(counted(tmp_path, [one]), "ehc_requests", "requests") == 2


def test_without_a_need_it_is_not_recorded(tmp_path: Path) -> None:
    one = with_plan()
    one["requests"][0]["active"]["needs"] = []
    result = counted(tmp_path, [one])
    assert rules(result) == {"no_need": (1,)}
    assert cell(result, "ehc_plans_by_need", "plans_end", primary_need="nr") == 1


def test_two_first_needs_are_not_recorded_and_one_without_a_rank_is(tmp_path: Path) -> None:
    unclear, plain = with_plan(), with_plan(place=2)
    unclear["requests"][0]["active"]["needs"] = [(1, "ASD"), (1, "MLD")]
    plain["requests"][0]["active"]["needs"] = [("", "HI")]
    result = counted(tmp_path, [unclear, plain])
    assert rules(result) == {"two_needs": (1,)}
    assert cell(result, "ehc_plans_by_need", "plans_end", primary_need="nr") == 1
    assert cell(result, "ehc_plans_by_need", "plans_end", primary_need="hi") == 1


def test_a_placement_that_has_ended_is_none(tmp_path: Path) -> None:
    one = with_plan()
    one["requests"][0]["active"]["placements"][0]["leaving"] = day("2025-12-31")
    assert rules(counted(tmp_path, [one])) == {"no_placement": (1,)}


def test_of_two_placements_the_one_ranked_first_counts(tmp_path: Path) -> None:
    one = with_plan()
    first = one["requests"][0]["active"]["placements"][0]
    one["requests"][0]["active"]["placements"].append(first | {"setting": "OLA", "rank": 2})
    result = counted(tmp_path, [one])
    assert cell(result, "ehc_plans_by_placement", "plans_end", placement="ehe", in_area="all") == 1
    first["rank"] = 2
    assert rules(counted(tmp_path, [one])) == {"placement_unclear": (1,)}


def test_somebody_over_25_is_told(tmp_path: Path) -> None:
    result = counted(tmp_path, [with_plan("2021-01-01", None, born="1999-12-30")])
    assert rules(result) == {"over_25": (1,)}
    assert cell(result, "ehc_plans", "plans_end", phase="post19") == 1


def test_a_review_decided_before_its_meeting_is_not_in_time(tmp_path: Path) -> None:
    dates = {"meeting": day("2025-11-10"), "decided_on": day("2025-11-09")}
    result = counted(tmp_path, [with_plan("2024-10-01", None, **dates)])
    assert rules(result) == {"decided_before_meeting": (1,)}
    assert cell(result, "annual_reviews", "held", phase="primary") == 1
    assert cell(result, "annual_reviews", "decided_4w", phase="primary") == 0


def test_many_rows_are_told_by_the_first_twenty_and_how_many_more() -> None:
    faults = [Fault("no_need", "named_plan", row) for row in range(30, 0, -1)]
    [told] = tell(faults, load_specification())
    assert str(told).startswith(RULES["no_need"].sentence)
    assert "30 rows of named_plan: 1, 2, 3" in str(told)
    assert str(told).endswith(" 19, 20 and 10 more.")


def test_what_stops_comes_first() -> None:
    faults = [Fault("no_need", "named_plan", 1), Fault("not_a_date", "person", 1, "born")]
    assert [one.rule for one in tell(faults, load_specification())] == ["not_a_date", "no_need"]


def test_days_on_the_edge_count(tmp_path: Path) -> None:
    """42, 140 and 28 days are in time; a year and a day is more than a year."""
    six = asked(received=day("2025-09-01"), outcome="Y", outcome_on=day("2025-10-13"))
    late = child(place=2)
    on = {"received": day("2025-09-01"), "outcome": "N", "outcome_on": day("2025-10-14")}
    invented.request(late, **on)
    result = counted(tmp_path, [six, late])
    assert cell(result, "ehc_requests", "decided_6w") == 1
    start = day("2025-10-01")
    waits = {140: (1, 0), 141: (0, 0), 365: (0, 0), 366: (0, 1)}
    for days, (in_time, after_a_year) in waits.items():
        one = with_plan(start.isoformat(), (start - dt.timedelta(days=days)).isoformat())
        result = counted(tmp_path, [one])
        assert cell(result, "ehc_timeliness", "within_20w", phase="all") == in_time, days
        assert cell(result, "ehc_timeliness", "after_1_year", phase="all") == after_a_year, days
        assert cell(result, "ehc_timeliness", "median_weeks", phase="all") == round(days / 7, 1)


def test_a_case_is_open_too_long_from_day_141(tmp_path: Path) -> None:
    for received, is_late in {"2025-08-12": True, "2025-08-13": False}.items():
        result = counted(tmp_path, [asked(received=day(received))])
        assert cell(result, "ehc_timeliness", "open_over_20w", phase="all") == is_late


def test_phases_turn_on_the_first_of_september(tmp_path: Path) -> None:
    """Eleven on 31 August: Primary until then, Secondary from the next day."""
    one = with_plan("2024-03-01", None, born="2014-08-31")
    autumn = counted(tmp_path, [one])
    assert cell(autumn, "ehc_plans", "plans_start", phase="primary") == 1
    assert cell(autumn, "ehc_plans", "transferred_out", phase="primary") == 1
    assert cell(autumn, "ehc_plans", "transferred_in", phase="secondary") == 1
    assert cell(autumn, "ehc_plans", "plans_end", phase="secondary") == 1
    summer = counted(tmp_path, [one], "Summer 2024/25")
    assert cell(summer, "ehc_plans", "plans_end", phase="primary") == 1
    younger = counted(tmp_path, [with_plan("2024-03-01", None, born="2014-09-01")])
    assert cell(younger, "ehc_plans", "plans_end", phase="primary") == 1
