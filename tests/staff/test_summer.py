"""The files that the tests of a round are made of."""

from loaders.load import check_file
from loaders.problems import Outcome
from tests.staff.summer import COUNCIL, HEALTH, summer_file


def test_each_organisation_has_a_file_that_can_be_stored() -> None:
    council = check_file(summer_file(COUNCIL), "council.xlsx")
    health = check_file(summer_file(HEALTH), "health.xlsx")
    assert (council.outcome, health.outcome) == (Outcome.accepted, Outcome.accepted)
    assert set(health.rows_read or {}) == {"nd_waits", "therapy_waits"}
    assert set(council.rows_read or {}).isdisjoint(health.rows_read or {})
