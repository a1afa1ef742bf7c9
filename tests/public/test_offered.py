"""What everyone is offered before anything is hidden: whole terms, and few sums of them."""

from dashboard.publication.offered import offered
from schemas.measure import load_measures
from schemas.observation import Observation

SINCE = "2024-25 autumn"
_ONE = Observation(
    "ehcp_new",
    "E06000005",
    "2025-26 summer",
    "2026-05-01",
    "2026-08-31",
    "in_term",
    "all",
    "all",
    70.0,
    None,
    70.0,
    None,
    "final",
    1,
)


def is_offered(**facts: str) -> bool:
    return list(offered([_ONE._replace(**facts)], load_measures(), SINCE)) != []


def test_terms_are_offered_by_every_group() -> None:
    assert is_offered()
    assert is_offered(breakdown="phase", category="primary")


def test_months_are_for_partners() -> None:
    assert not is_offered(measure_id="nd_referrals", period="2026-05", basis="in_month")
    assert not is_offered(measure_id="nd_waiting", period="2026-05", basis="snapshot")


def test_sums_of_terms_are_offered_for_the_whole_and_the_groups_of_the_headline_only() -> None:
    assert is_offered(basis="ytd")
    assert not is_offered(basis="ytd", breakdown="phase", category="primary")
    headline = {"breakdown": "sen_status", "category": "ehc_plan"}
    assert is_offered(measure_id="suspension_rate", basis="rolling3", **headline)


def test_no_sum_reaches_before_the_first_public_term() -> None:
    assert not is_offered(period="2024-25 spring", basis="rolling3")
    assert is_offered(period="2024-25 spring", basis="ytd")
    assert is_offered(period="2024-25 summer", basis="rolling3")


def test_a_measure_the_area_does_not_have_is_left_out() -> None:
    assert not is_offered(measure_id="unknown")
