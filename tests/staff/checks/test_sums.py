"""Q05, Q06, Q07: numbers that belong together add up."""

import pytest

from tests.staff.checks.builders import AUTUMN, SPRING, Book

PHASES = {"early_years": 10, "primary": 400, "secondary": 450, "post16": 180, "post19": 60}


def plans(book: Book, whole: int = 1_100) -> None:
    book.add("ehcp_active", whole)
    for phase, number in PHASES.items():
        book.add("ehcp_active", number, at=f"phase={phase}")


def test_q05_passes_parts_that_make_their_whole(book: Book) -> None:
    plans(book)
    book.add("ehcp_primary_need", 1_100)
    for need, number in {"asd": 600, "semh": 450, "nr": 50}.items():
        book.add("ehcp_primary_need", number, at=f"primary_need={need}")
    assert book.look("Q05") == []


def test_q05_finds_parts_that_do_not(book: Book) -> None:
    plans(book, 1_101)
    (found,) = book.look("Q05")
    assert (found.measure_id, found.severity) == ("ehcp_active", "must")
    assert "Phase, Summer 2025/26: the parts make 1,100, the whole is 1,101" in found.words


def test_q05_finds_a_denominator_that_does_not_add_up(book: Book) -> None:
    book.add("ehcp_20w_incl", 50, 100)
    for phase in PHASES:
        book.add("ehcp_20w_incl", 10, 19, at=f"phase={phase}")
    (found,) = book.look("Q05")
    assert "the parts make 95, the whole is 100" in found.words


def test_q05_finds_wait_bands_that_do_not_make_all_who_wait(book: Book) -> None:
    book.add("nd_waiting", 100)
    for band in ("to_18w", "18_to_52w", "52_to_104w", "over_104w"):
        book.add("nd_waiting", 30, at=f"wait_band={band}")
    (found,) = book.look("Q05")
    assert "Wait band" in found.words


@pytest.mark.parametrize("symbol", ["c", "x", "low", "u"])
def test_q05_leaves_a_sum_alone_whose_part_is_not_known(book: Book, symbol: str) -> None:
    book.add("ehcp_active", 1_200)
    for phase, number in PHASES.items():
        hidden = symbol if phase == "post19" else None
        book.add("ehcp_active", number, at=f"phase={phase}", symbol=hidden)
    assert book.look("Q05") == []


def test_q05_finds_plans_by_need_that_are_not_all_plans(book: Book) -> None:
    book.add("ehcp_active", 1_100)
    book.add("ehcp_primary_need", 1_090)
    (found,) = book.look("Q05")
    assert "add up to 1,090, but there are 1,100 plans" in found.words


def test_means_that_were_rounded_add_up(book: Book) -> None:
    book.add("salt_wait_mean_days", 28_012, 233)
    book.add("salt_wait_mean_days", 14_000, 100, at="age_band=under5")
    book.add("salt_wait_mean_days", 14_007, 133, at="age_band=5plus")
    assert book.look("Q05") == []


def flows(book: Book, closing: int, opening: int = 1_000) -> None:
    book.add("ehcp_opening", opening)
    for measure, number in {"ehcp_new": 60, "ehcp_transferred_in": 5}.items():
        book.add(measure, number)
    for measure, number in {"ehcp_ceased": 20, "ehcp_transferred_out": 3}.items():
        book.add(measure, number)
    book.add("ehcp_active", closing)


def test_q06_passes_when_the_flows_make_the_plans_at_the_end(book: Book) -> None:
    book.add("ehcp_active", 1_000, term=SPRING)
    flows(book, 1_042)
    assert book.look("Q06") == []


def test_q06_finds_a_large_difference_that_must_be_mended(book: Book) -> None:
    flows(book, 1_060)
    (found,) = book.look("Q06")
    assert found.severity == "must"
    assert "make 1,042, the plans at the end are 1,060" in found.words


def test_q06_finds_a_small_difference_that_may_be_explained(book: Book) -> None:
    flows(book, 1_044)
    (found,) = book.look("Q06")
    assert (found.severity, "1,044" in found.key) == ("should", True)


def test_q06_finds_a_start_that_is_not_the_end_of_the_term_before(book: Book) -> None:
    book.add("ehcp_active", 995, term=SPRING)
    flows(book, 1_042)
    (found,) = book.look("Q06")
    assert "995 at the end of Spring 2025/26, but 1,000 at the start" in found.words


def test_q07_passes_when_the_year_follows_from_its_terms(book: Book) -> None:
    book.add("ehcp_new", 100, basis="ytd", term=SPRING)
    book.add("ehcp_new", 60)
    book.add("ehcp_new", 160, basis="ytd")
    assert book.look("Q07") == []


def test_q07_finds_a_year_that_does_not(book: Book) -> None:
    book.add("ehcp_new", 100, basis="ytd", term=SPRING)
    book.add("ehcp_new", 60)
    book.add("ehcp_new", 150, basis="ytd")
    (found,) = book.look("Q07")
    assert "the terms make 160, the year so far says 150" in found.words


def test_q07_finds_an_autumn_that_is_not_its_own_year(book: Book) -> None:
    book.add("ehcp_20w_excl", 40, 60, term=AUTUMN)
    book.add("ehcp_20w_excl", 40, 61, basis="ytd", term=AUTUMN)
    (found,) = book.look("Q07", AUTUMN)
    assert "the terms make 60, the year so far says 61" in found.words


def test_a_headcount_is_taken_once_in_a_year(book: Book) -> None:
    book.add("suspension_rate", 30, 500, basis="ytd", term=SPRING)
    book.add("suspension_rate", 20, 500)
    book.add("suspension_rate", 50, 500, basis="ytd")
    assert book.look("Q07") == []
