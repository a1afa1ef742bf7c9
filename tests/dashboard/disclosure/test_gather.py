"""Observations as counts: the same count under two names is one, and what follows is found."""

import pytest

from dashboard.analysis.disclosure.gather import Gathered, Uses, gather
from dashboard.analysis.disclosure.quantity import counted_by, quantity_from
from schemas.measure import load_measures
from schemas.observation import Observation
from schemas.relations import load_relations
from tests.dashboard.disclosure.releases import SUMMER, row, sample_terms


def _gathered(*rows: Observation) -> Gathered:
    uses = Uses(load_measures(), load_relations())
    return gather([(one, {}) for one in rows], [], uses, {}, {})


def _ids(gathered: Gathered) -> set[str]:
    return {one.id for one in gathered.published}


def test_a_rate_and_its_count_share_their_cell() -> None:
    found = _gathered(row("suspensions", 30), row("suspension_rate", 30, 900))
    assert _ids(found) == {f"exclusions.suspensions {SUMMER}", "exclusions.roll of 2025-26"}


def test_the_year_so_far_of_an_autumn_is_the_term() -> None:
    autumn = "2025-26 autumn"
    found = _gathered(
        row("suspensions", 30, period=autumn), row("suspensions", 30, period=autumn, basis="ytd")
    )
    assert _ids(found) == {f"exclusions.suspensions {autumn}"}


def test_a_year_so_far_in_summer_is_three_terms() -> None:
    found = _gathered(row("suspensions", 90, basis="ytd"), row("suspensions", 90, basis="rolling3"))
    assert _ids(found) == {"exclusions.suspensions 2025-26 autumn to 2025-26 summer"}


def test_the_stock_of_a_terms_last_month_is_the_terms() -> None:
    found = _gathered(row("nd_waiting", 500), row("nd_waiting", 500, period="2026-08"))
    assert len(found.published) == 1


def test_a_wait_band_is_the_indicator_it_stands_for() -> None:
    found = _gathered(
        row("nd_waiting", 40, by="wait_band", category="over_104w"), row("nd_over_104w", 40)
    )
    assert _ids(found) == {f"nd_waits.waiting_over_104w at {SUMMER}"}


def test_who_is_not_in_a_share_is_a_count_that_can_be_worked_out() -> None:
    found = _gathered(row("ehcp_20w_incl", 18, 20))
    assert {one.id: value for one, value in found.worked_out.items()} == {
        f"ehc_timeliness.issued-within_20w {SUMMER}": 2
    }


def test_the_others_of_a_share_by_category_are_the_other_categories() -> None:
    found = _gathered(row("sen_support_pct", 100, 130))
    assert {one.id: value for one, value in found.worked_out.items()} == {
        "exclusions.roll[sen_status=ehc_plan|no_sen] of 2025-26": 30
    }


def test_empty_places_are_no_children() -> None:
    assert not _gathered(row("special_occupancy_pct", 18, 20)).worked_out


def test_three_terms_less_the_year_so_far_is_worked_out() -> None:
    spring = "2025-26 spring"
    found = _gathered(
        row("suspensions", 60, period=spring, basis="ytd"),
        row("suspensions", 63, period=spring, basis="rolling3"),
    )
    assert {one.id: value for one, value in found.worked_out.items()} == {
        "exclusions.suspensions 2024-25 summer": 3
    }


def test_a_median_is_about_those_it_is_the_median_of() -> None:
    one = row("nd_wait_median_days", 400, by="age_band", category="under5")
    found = counted_by(one, load_measures()[one.measure_id], load_relations())
    assert found.numerator is None
    assert [child.names for child in found.children] == [
        ("waiting_18_to_52w", "waiting_52_to_104w", "waiting_over_104w", "waiting_to_18w")
    ]


@pytest.mark.parametrize("label", ["2024-25 spring", SUMMER])
def test_ids_are_read_back_and_no_two_figures_contradict_each_other(label: str) -> None:
    measures, rules = load_measures(), load_relations()
    values: dict[str, float] = {}
    for one in sample_terms()[label]:
        counted = counted_by(one, measures[one.measure_id], rules)
        for quantity, amount in (
            (counted.numerator, one.numerator),
            (counted.denominator, one.denominator),
        ):
            if quantity is not None and amount is not None:
                assert quantity_from(quantity.id) == quantity
                assert values.setdefault(quantity.id, amount) == amount, quantity.id
