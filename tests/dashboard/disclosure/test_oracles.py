"""Disclosure control against the worked cases."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dashboard.analysis.disclosure.audit import audit
from dashboard.analysis.disclosure.cell import Cell, Protection, Relation
from dashboard.analysis.disclosure.health import round_count
from dashboard.analysis.disclosure.protect import protect
from schemas.symbol import Symbol
from tests.dashboard.disclosure.tables import ALL, name_of, table, vector


@pytest.fixture(scope="module")
def worked(shared: Path) -> dict[str, Any]:
    return json.loads((shared / "oracles" / "suppression.json").read_text())


def bounds_of(found: Protection) -> dict[str, list[int]]:
    return {name: [one.low, one.high] for name, one in found.bounds.items()}


def agree(found: Protection, case: Mapping[str, Any]) -> None:
    assert sorted(found.hidden) == sorted(case["mask"])
    assert {name: bounds_of(found)[name] for name in case["bounds"]} == case["bounds"]
    assert not found.unprotected


@pytest.mark.parametrize("name", ["S1", "S2", "S2b", "S3", "S4", "S5", "S6", "S7"])
def test_every_worked_vector_is_hidden_as_written(worked: dict[str, Any], name: str) -> None:
    agree(protect(*vector(worked[name]["values"])), worked[name])


def test_the_worked_table_hides_its_rectangle(worked: dict[str, Any]) -> None:
    agree(protect(*_square(worked["S8"])), worked["S8"])


def test_a_single_count_among_zeros_is_told_as_unprotected(worked: dict[str, Any]) -> None:
    found = protect(*vector(worked["S11"]["values"]))
    assert worked["S11"]["mask"] is None
    assert found.unprotected == {"C"}
    assert bounds_of(found) == {"C": [3, 3]}


def test_the_audit_of_a_worked_mask_gives_the_worked_bounds(worked: dict[str, Any]) -> None:
    for case in (one for name, one in worked.items() if name not in ("S8", "S11")):
        found = audit(*vector(case["values"]), hidden=case["mask"], ids=case["bounds"])
        assert {name: [one.low, one.high] for name, one in found.items()} == case["bounds"]


def test_health_counts_are_rounded_as_worked() -> None:
    given = [0, 1, 7, 8, 10, 12, 13, 17, 18, 22, 23, 126]
    shown = [0, "c", "c", 10, 10, 10, 15, 15, 20, 20, 25, 125]
    assert [round_count(count) for count in given] == shown
    assert round_count(3) is Symbol.c


def _square(case: Mapping[str, Any]) -> tuple[list[Cell], list[Relation]]:
    """The worked table; its margins are shown, as its totals are."""
    counts = {
        (row, column): case["values"][i][j]
        for i, row in enumerate(case["rows"])
        for j, column in enumerate(case["cols"])
    }
    return table(counts, lambda name, value, _: Cell(name, value, may_hide=ALL not in name))


def test_the_worked_table_stays_so_when_its_margins_may_be_hidden(worked: dict[str, Any]) -> None:
    counts = {
        (row, column): worked["S8"]["values"][i][j]
        for i, row in enumerate(worked["S8"]["rows"])
        for j, column in enumerate(worked["S8"]["cols"])
    }
    found = protect(*table(counts))
    assert len(found.hidden) <= len(worked["S8"]["mask"])
    assert name_of((ALL, ALL)) not in found.hidden
