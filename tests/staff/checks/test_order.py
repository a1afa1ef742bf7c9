"""Q09: smaller numbers are smaller."""

from tests.staff.checks.builders import Book


def test_q09_passes_numbers_in_order(book: Book) -> None:
    book.add("ehcp_20w_excl", 40, 55)
    book.add("ehcp_20w_incl", 40, 60)
    book.add("ehcp_issued_over_1y", 20)
    book.add("severe_absence_pct", 5, 100)
    book.add("persistent_absence_pct", 5, 100)
    book.add("ehcp_new", 60)
    book.add("ehcp_new", 60, basis="ytd")
    assert book.look("Q09") == []


def test_q09_finds_more_plans_in_time_without_exceptions_than_with_them(book: Book) -> None:
    book.add("ehcp_20w_excl", 42, 55)
    book.add("ehcp_20w_incl", 41, 60)
    (found,) = book.look("Q09")
    assert (found.measure_id, found.severity) == ("ehcp_20w_excl", "must")
    assert "without exceptions (42) are more than all plans in time (41)" in found.words


def test_q09_finds_plans_in_time_and_after_a_year_that_are_more_than_all(book: Book) -> None:
    book.add("ehcp_20w_incl", 41, 60)
    book.add("ehcp_issued_over_1y", 20)
    (found,) = book.look("Q09")
    assert "in time and after a year (61) are more than all plans issued (60)" in found.words


def test_q09_finds_severe_absence_above_persistent_in_a_part(book: Book) -> None:
    for at in ("all=all", "sen_status=ehc_plan"):
        book.add("severe_absence_pct", 6 if at != "all=all" else 5, 100, at=at)
        book.add("persistent_absence_pct", 5, 100, at=at)
    (found,) = book.look("Q09")
    assert "SEN status: EHC plan" in found.words


def test_q09_finds_a_term_that_is_more_than_its_year(book: Book) -> None:
    book.add("ehcp_new", 61)
    book.add("ehcp_new", 60, basis="ytd")
    (found,) = book.look("Q09")
    assert "61 in the term, 60 in the year so far" in found.words
