"""Two thousand invented children, counted by the loader and by plain loops over their records."""

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from loaders.sen2.derived import Derived, derive
from schemas.extract import ALL
from tests.sen2 import simple_counts as simple
from tests.sen2.invented_return import Child, as_xml, invent_children
from tests.sen2.one_child import wanted

TERMS = {
    "Spring 2024/25": (dt.date(2025, 1, 1), dt.date(2025, 4, 30)),
    "Summer 2024/25": (dt.date(2025, 5, 1), dt.date(2025, 8, 31)),
    "Autumn 2025/26": (dt.date(2025, 9, 1), dt.date(2025, 12, 31)),
}


@pytest.fixture(scope="module")
def children() -> list[Child]:
    return invent_children()


@pytest.fixture(scope="module")
def file(children: list[Child], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sen2") / "return.xml"
    path.write_bytes(as_xml(children))
    return path


@pytest.fixture(scope="module", params=TERMS)
def term(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def result(file: Path, term: str) -> Derived:
    return derive([file], wanted(term))


def rows(result: Derived, extract: str) -> list[dict[str, Any]]:
    assert result.rows is not None
    return [{k: v for k, v in row.items() if k != "period"} for row in result.rows[extract]]


def test_plans_by_phase(result: Derived, children: list[Child], term: str) -> None:
    again = simple.plans(children, *TERMS[term])
    assert rows(result, "ehc_plans") == [{"phase": name} | row for name, row in again.items()]
    assert sum(row["plans_end"] for row in again.values()) > 900


def test_the_stock_and_the_flows_balance(result: Derived) -> None:
    for row in rows(result, "ehc_plans"):
        came = row["plans_start"] + row["new_plans"] + row["transferred_in"]
        assert came - row["ceased"] - row["transferred_out"] == row["plans_end"]


def test_a_term_starts_as_the_one_before_ended(file: Path) -> None:
    each = [rows(derive([file], wanted(term)), "ehc_plans") for term in TERMS]
    for before, after in pairwise(each):
        assert [row["plans_end"] for row in before] == [row["plans_start"] for row in after]


def test_plans_by_need(result: Derived, children: list[Child], term: str) -> None:
    again = simple.needs(children, TERMS[term][1])
    found = {row["primary_need"]: row["plans_end"] for row in rows(result, "ehc_plans_by_need")}
    assert {need: number for need, number in found.items() if number} == again


def test_plans_by_placement(result: Derived, children: list[Child], term: str) -> None:
    """A school's number says no more than that it is a school: those rows are not available."""
    again = simple.placements(children, TERMS[term][1])
    told = {row["placement"]: row["plans_end"] for row in rows(result, "ehc_plans_by_placement")}
    assert told.pop("unknown") == again.pop("unknown") + again.pop("school")
    hidden = {kind for kind, number in told.items() if number == "x"}
    assert {"mainstream", "special_maintained", "fe_post16", "early_years_setting"} <= hidden
    sure = {kind: number for kind, number in again.items() if kind not in hidden}
    assert sure == {kind: number for kind, number in told.items() if number not in ("x", 0)}


def test_requests_and_assessments(result: Derived, children: list[Child], term: str) -> None:
    again = simple.requests(children, *TERMS[term])
    assert rows(result, "ehc_requests") == [again]
    assert all(again.values())


def test_timeliness(result: Derived, children: list[Child], term: str) -> None:
    for row in rows(result, "ehc_timeliness"):
        phase = row.pop("phase")
        assert row == simple.timeliness(children, *TERMS[term], phase), phase


def test_timeliness_by_month(file: Path, children: list[Child], term: str) -> None:
    choices = wanted(term, monthly=True)
    found = derive([file], choices).rows
    assert found is not None
    assert len(found["ehc_timeliness"]) == 4 * 6
    for month in choices.term.months:
        for row in found["ehc_timeliness"]:
            if row["period"] == month.title:
                again = simple.timeliness(
                    children, month.window.start, month.window.end, row["phase"]
                )
                assert {name: row[name] for name in again} == again


def test_all_phases_are_the_sum_of_the_phases(result: Derived) -> None:
    table = {row["phase"]: row for row in rows(result, "ehc_timeliness")}
    whole = table.pop(ALL)
    for name in ("issued", "issued_excl", "within_20w", "open_over_20w"):
        assert whole[name] == sum(row[name] for row in table.values()) > 0


def test_reviews(result: Derived, children: list[Child], term: str) -> None:
    again = simple.reviews(children, *TERMS[term])
    assert rows(result, "annual_reviews") == [{"phase": name} | row for name, row in again.items()]


def test_nobody_is_left_out_and_nothing_stops(result: Derived) -> None:
    assert (result.persons, result.left_out) == (2000, 0)
    assert not [one for one in result.told if one.stops]
