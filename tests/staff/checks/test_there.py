"""Q01, Q02, Q12: everything is there, of the right day, of the same providers."""

import datetime as dt

from tests.staff.checks.builders import SPRING, Book

PHASES = ("early_years", "primary", "secondary", "post16", "post19")
REVIEWS = ("ar_completed_pct", "ar_decision_4w_pct")


def reviews(book: Book, phases: tuple[str, ...] = PHASES, file: str = "") -> None:
    """Everything that the sheet of annual reviews makes."""
    book.extracts = ("annual_reviews",)
    for measure in REVIEWS:
        book.add(measure, 50, 60, file=file)
        for phase in phases:
            book.add(measure, 10, 12, at=f"phase={phase}", file=file)


def test_q01_passes_when_every_measure_and_part_is_there(book: Book) -> None:
    reviews(book)
    assert book.look("Q01") == []


def test_q01_finds_a_sheet_that_has_not_come_and_says_who_sends_it(book: Book) -> None:
    book.add("ehcp_active", 1_200)
    found = {one.extract: one for one in book.look("Q01")}
    assert "Neurodevelopmental waits” has not come from NHS" in found["nd_waits"].words
    assert {one.severity for one in found.values()} == {"must"}
    assert found["nd_waits"].link == "send-in"


def test_q01_finds_one_measure_that_has_no_figure(book: Book) -> None:
    reviews(book)
    with book.database.writing() as connection:
        connection.exec_driver_sql(
            "DELETE FROM observation WHERE measure_id = 'ar_decision_4w_pct'"
        )
    (found,) = book.look("Q01")
    assert found.measure_id == "ar_decision_4w_pct"
    assert "no figure of the term" in found.words


def test_q01_finds_a_phase_without_rows_once_for_the_sheet(book: Book) -> None:
    reviews(book, PHASES[:-1])
    (found,) = book.look("Q01")
    assert "by phase has no row for Post-19" in found.words


def test_q01_finds_that_nothing_says_why_a_figure_is_not_available(book: Book) -> None:
    book.extracts = ("appeals",)
    book.file("silent", coverage_note=" ")
    for measure in ("send_tribunal_appeals", "send_appeal_rate", "send_mediation"):
        book.add(measure, symbol="x", file="silent")
    (found,) = book.look("Q01")
    assert "coverage note does not say why" in found.words


def test_q02_passes_within_45_days_of_the_end_of_the_term(book: Book) -> None:
    book.file("last day", as_at_on="2026-08-31")
    book.file("day 45", as_at_on="2026-10-15")
    book.add("ehcp_active", 1_200, file="last day")
    book.add("ehcp_new", 60, file="day 45")
    assert book.look("Q02") == []


def test_q02_finds_data_taken_before_the_term_ended(book: Book) -> None:
    book.file("early", as_at_on="2026-08-30")
    book.add("ehcp_active", 1_200, file="early")
    (found,) = book.look("Q02")
    assert (found.severity, "before the last day" in found.words) == ("must", True)


def test_q02_finds_late_data_which_may_be_explained(book: Book) -> None:
    book.file("late", as_at_on="2026-10-16")
    book.add("ehcp_active", 1_200, file="late")
    (found,) = book.look("Q02")
    assert (found.severity, "2026-10-16" in found.key) == ("should", True)


def test_q02_finds_a_day_that_has_not_come(book: Book) -> None:
    book.file("ahead", as_at_on="2026-10-01")
    book.add("ehcp_active", 1_200, file="ahead")
    (found,) = book.look("Q02", today=dt.date(2026, 9, 30))
    assert (found.severity, "has not come yet" in found.words) == ("must", True)


def test_a_sheet_of_schools_is_due_when_the_school_term_ends_not_in_august(book: Book) -> None:
    book.file("July", as_at_on="2026-08-01")
    book.add("sen_support_pct", 20, 100, file="July")
    assert book.look("Q02") == []


def two_terms(book: Book, before: str, now: str) -> None:
    book.file("before", SPRING, coverage_note=before)
    book.file("now", coverage_note=now)
    book.add("nd_waiting", 900, term=SPRING, file="before")
    book.add("nd_waiting", 700, file="now")


def test_q12_passes_when_the_note_is_the_same(book: Book) -> None:
    two_terms(book, "All providers.", " All  providers. ")
    assert book.look("Q12") == []


def test_q12_finds_another_coverage(book: Book) -> None:
    two_terms(book, "All providers.", "Without Right to Choose.")
    (found,) = book.look("Q12")
    assert "was “All providers.” and is now “Without Right to Choose.”" in found.words
    assert (found.severity, found.link, found.measure_id) == ("should", "notes", "")


def test_q12_passes_once_an_agreed_note_breaks_the_series(book: Book) -> None:
    two_terms(book, "All providers.", "Without Right to Choose.")
    book.note("2026-06-01", "nd_waiting", agreed=False)
    assert len(book.look("Q12")) == 1
    book.note("2026-06-01", "nd_waiting")
    assert book.look("Q12") == []
