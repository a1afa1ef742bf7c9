"""Q10: changes that somebody has to explain."""

import pytest

from schemas.term import Season, Term
from tests.staff.checks.builders import LAST_SUMMER, SPRING, SUMMER, Book, check

NOW = Term(2025, Season.summer)


def test_q10_passes_a_change_of_20_percent(book: Book) -> None:
    book.add("ehcp_new", 100, term=SPRING)
    book.add("ehcp_new", 100, term=LAST_SUMMER)
    book.add("ehcp_new", 120)
    assert book.look("Q10") == []


def test_q10_passes_a_large_share_of_few_people(book: Book) -> None:
    book.add("ehcp_new", 10, term=SPRING)
    book.add("ehcp_new", 20)
    book.add("ehcp_20w_excl", 20, 20, term=SPRING)
    book.add("ehcp_20w_excl", 10, 20)
    assert book.look("Q10") == []


def test_q10_finds_a_change_since_the_term_before_and_last_year(book: Book) -> None:
    book.add("ehcp_new", 100, term=SPRING)
    book.add("ehcp_new", 90, term=LAST_SUMMER)
    book.add("ehcp_new", 121)
    (found,) = book.look("Q10")
    assert found.words == (
        "New EHC plans: 121 in Summer 2025/26; it was 100, so 21% more now (the term before) and "
        "90, so 34% more now (the same term last year)."
    )
    assert (found.severity, found.measure_id) == ("should", "ehcp_new")
    assert found.key == "Q10|ehcp_new|2025-26 summer|121.0|2025-26 spring=100.0|2024-25 summer=90.0"


def test_q10_finds_a_fall_in_a_share(book: Book) -> None:
    book.add("ehcp_20w_excl", 80, 100, term=SPRING)
    book.add("ehcp_20w_excl", 60, 100)
    (found,) = book.look("Q10")
    assert "60.0% in Summer 2025/26; it was 80.0%, so 25% less now" in found.words


def test_q10_does_not_set_a_seasonal_measure_beside_the_term_before(book: Book) -> None:
    book.add("suspensions", 100, term=SPRING, at="sen_status=ehc_plan")
    book.add("suspensions", 30, at="sen_status=ehc_plan")
    book.add("suspensions", 100, term=SPRING)
    book.add("suspensions", 30)
    assert book.look("Q10") == []


def test_q10_does_not_compare_across_a_break(book: Book) -> None:
    book.add("ehcp_new", 100, term=SPRING)
    book.add("ehcp_new", 150)
    book.note("2026-05-01", "ehcp_new", breaks=0)
    assert len(book.look("Q10")) == 1
    book.note("2026-05-01", "ehcp_new")
    assert book.look("Q10") == []


def history(book: Book, values: list[float], measure: str = "ehcp_open_over_20w") -> None:
    for back, value in enumerate(reversed(values)):
        book.add(measure, value, term=NOW.shifted(-back).label)


def test_q10_finds_a_figure_that_leaves_its_limits(book: Book) -> None:
    history(book, [100, 101, 100, 101, 100, 101, 100, 118])
    (found,) = book.look("Q10")
    assert "118 in Summer 2025/26; outside the usual 94 to 112" in found.words
    assert found.key.endswith("|outside")


def test_q10_asks_once_for_a_figure_that_stays_outside(book: Book) -> None:
    book.tolerances = {"change": 0.5}
    history(book, [*[100, 101] * 8, 130, 131])
    assert book.look("Q10", NOW.shifted(-1).label) != []
    assert book.look("Q10") == []


def test_q10_leaves_the_limits_of_few_people_alone(book: Book) -> None:
    history(book, [1, 1, 1, 1, 1, 1, 1, 6])
    assert book.look("Q10") == []


def test_q10_tells_the_same_count_in_two_forms_once(book: Book) -> None:
    for measure in ("ehcna_refused_pct", "ehcna_refused_of_decided_pct"):
        book.add(measure, 20, 100, term=SPRING)
        book.add(measure, 45, 100)
    (found,) = book.look("Q10")
    assert "The same of" in found.words


def test_q10_looks_at_nothing_that_came_later(book: Book) -> None:
    book.add("ehcp_new", 100, term=SPRING)
    book.add("ehcp_new", 150, term=SUMMER)
    assert book.look("Q10", SPRING) == []


def test_q10_says_when_there_is_nothing_before(book: Book) -> None:
    book.add("ehcp_new", 100)
    assert "no earlier term" in check("Q10").not_yet(book.material())


@pytest.mark.parametrize(("share", "people", "found"), [(0.5, 10, 0), (0.2, 30, 0), (0.2, 10, 1)])
def test_q10_has_its_tolerances_from_the_settings(
    book: Book, share: float, people: int, found: int
) -> None:
    book.tolerances = {"change": share, "change_people": people}
    book.add("ehcp_new", 100, term=SPRING)
    book.add("ehcp_new", 130)
    assert len(book.look("Q10")) == found
