"""Q03, Q04, Q20: each number can be true by itself."""

import pytest

from dashboard.releases.checks.ranges import is_part_of_whole
from tests.staff.checks.builders import Book


def test_q03_passes_numbers_within_their_range(book: Book) -> None:
    book.add("ehcp_new", 0)
    book.add("ehcp_20w_excl", 60, 60)
    book.add("suspension_rate", 250, 220)
    book.add("special_occupancy_pct", 110, 100)
    assert book.look("Q03") == []


@pytest.mark.parametrize(
    ("measure", "number", "of", "said"),
    [
        ("ehcp_new", -1, None, "below nought"),
        ("ehcp_new", 10.5, None, "not a whole number"),
        ("ehcp_20w_excl", 61, 60, "more than 100%"),
        ("nd_wait_median_days", -3, None, "below nought"),
    ],
)
def test_q03_finds_what_cannot_be(
    book: Book, measure: str, number: float, of: float | None, said: str
) -> None:
    book.add(measure, number, of)
    (found,) = book.look("Q03")
    assert (found.measure_id, found.severity) == (measure, "must")
    assert said in found.words


def test_q03_tells_many_faults_of_a_measure_once(book: Book) -> None:
    for phase in ("all=all", *(f"phase={p}" for p in ("primary", "secondary", "post16", "post19"))):
        book.add("ehcp_new", -1, at=phase)
    (found,) = book.look("Q03")
    assert found.words.endswith("and 2 more places.")


@pytest.mark.parametrize(
    ("measure", "bounded"),
    [
        ("ehcp_20w_excl", True),
        ("ehcna_6w_pct", True),
        ("ehcp_mainstream_pct", True),
        ("attendance_pct", True),
        ("ar_completed_pct", False),
        ("ehcna_refused_pct", False),
        ("send_appeal_rate", False),
        ("special_occupancy_pct", False),
        ("suspension_rate", False),
        ("ehcp_new", False),
    ],
)
def test_which_shares_end_at_100_follows_from_the_rules_of_their_sheets(
    measure: str, bounded: bool
) -> None:
    assert is_part_of_whole(measure) is bounded


def test_q04_passes_within_the_tolerance(book: Book) -> None:
    book.add("ehcp_20w_excl", 121, 167)
    book.add("ehcp_20w_incl", 124, 172, value=72.1)
    book.add("salt_wait_mean_days", 1_000, 8)
    assert book.look("Q04") == []


def test_q04_finds_a_share_its_counts_do_not_make(book: Book) -> None:
    book.add("ehcp_20w_excl", 121, 167, value=74.2)
    (found,) = book.look("Q04")
    assert "74.2%, but 121 of 167 makes 72.455" in found.words


def test_q04_finds_a_share_without_counts(book: Book) -> None:
    book.add("ehcp_20w_excl", 121, 167, numerator=None)
    (found,) = book.look("Q04")
    assert "no numerator and denominator" in found.words


def test_q04_finds_a_value_where_nothing_was_counted(book: Book) -> None:
    book.add("ehcp_20w_excl", 1, 2, numerator=0.0, denominator=0.0)
    (found,) = book.look("Q04")
    assert "makes no number" in found.words


def test_q20_passes_waits_that_can_be(book: Book) -> None:
    book.add("nd_wait_longest", 1_826)
    book.add("nd_wait_median_days", 400)
    book.add("nd_over_104w", 3)
    assert book.look("Q20") == []


def test_q20_finds_a_wait_of_more_than_five_years(book: Book) -> None:
    book.add("nd_wait_longest", 1_827)
    (found,) = book.look("Q20")
    assert (found.severity, "more than 5 years" in found.words) == ("should", True)


def test_q20_finds_a_longest_wait_that_the_bands_contradict(book: Book) -> None:
    book.add("nd_wait_longest", 700)
    book.add("nd_over_104w", 3)
    (found,) = book.look("Q20")
    assert "700 days, but 3 wait over 104 weeks" in found.words


def test_the_tolerance_is_a_setting(book: Book) -> None:
    book.tolerances = {"longest_wait_days": 300, "percent_points": 5.0}
    book.add("nd_wait_longest", 301)
    book.add("ehcp_20w_excl", 121, 167, value=74.2)
    assert len(book.look("Q20")) == 1
    assert book.look("Q04") == []
