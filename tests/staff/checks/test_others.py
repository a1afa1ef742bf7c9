"""Q08, Q11, Q13 to Q19: unknown parts, published figures, words, definitions, what is hidden."""

import pytest

from tests.staff.checks.builders import AUTUMN, ENGLAND, SPRING, SUMMER, Book, check


def test_q08_passes_one_figure_of_each_kind(book: Book) -> None:
    book.add("ehcp_new", 60)
    book.add("ehcp_new", 60, basis="ytd")
    assert book.look("Q08") == []


def test_q08_finds_a_figure_that_is_there_twice(book: Book) -> None:
    """As in a database that was put together without its unique index."""
    with book.database.writing() as connection:
        connection.exec_driver_sql("DROP INDEX uq_observation_current")
    book.add("ehcp_new", 60)
    book.add("ehcp_new", 61)
    (found,) = book.look("Q08")
    assert "Summer 2025/26 (in_term), 2 times" in found.words


def test_q11_passes_up_to_5_percent(book: Book) -> None:
    book.add("ehcp_primary_need", 1_000)
    book.add("ehcp_primary_need", 50, at="primary_need=nr")
    assert book.look("Q11") == []


def test_q11_finds_placements_that_are_not_recorded(book: Book) -> None:
    book.add("ehcp_placement", 1_000)
    book.add("ehcp_placement", 63, at="placement=unknown")
    (found,) = book.look("Q11")
    assert "63 of 1,000 are not recorded: 6.3%" in found.words
    assert (found.severity, found.may_stand_beside) == ("should", True)


def test_q13_passes_a_published_figure_that_says_where_it_comes_from(book: Book) -> None:
    book.add("ehcp_active", 1_200)
    book.add_published("ehcp_active", 718_838, "2026-01", "snapshot", area_code=ENGLAND)
    assert book.look("Q13") == []


@pytest.mark.parametrize(
    "changed", [{"release": " "}, {"publisher": ""}, {"as_at_on": ""}, {"period": ""}]
)
def test_q13_finds_a_published_figure_that_does_not(book: Book, changed: dict[str, str]) -> None:
    book.add("ehcp_active", 1_200)
    given = {"area_code": ENGLAND, **changed}
    book.add_published("ehcp_active", 718_838, given.pop("period", "2026-01"), "snapshot", **given)
    (found,) = book.look("Q13")
    assert "caseload.csv: it does not say its" in found.words
    assert found.severity == "must"


def test_q13_finds_a_basis_that_the_definition_does_not_take(book: Book) -> None:
    book.add("ehcp_active", 1_200)
    book.add_published("ehcp_active", 718_838, "2025", "calendar_year", area_code=ENGLAND)
    (found,) = book.look("Q13")
    assert "its basis is not in the definition of EHC plans (calendar_year)" in found.words


def test_q14_passes_within_1_percent_of_the_return(book: Book) -> None:
    book.add("ehcp_active", 1_212, term=AUTUMN)
    book.add("ehcp_active", 1_300)
    book.add_published("ehcp_active", 1_200, "2026-01", "snapshot")
    assert book.look("Q14") == []
    assert check("Q14").not_yet(book.material()) == ""


def test_q14_finds_plans_that_differ_from_the_january_census(book: Book) -> None:
    book.add("ehcp_active", 1_213, term=AUTUMN)
    book.add("ehcp_active", 1_300)
    book.add_published("ehcp_active", 1_200, "2026-01", "snapshot")
    (found,) = book.look("Q14")
    assert "1,213 on 31 December here, 1,200 in the SEN2 return" in found.words


def test_q14_finds_a_year_of_flows_that_differs(book: Book) -> None:
    book.add("ehcp_new", 200, basis="rolling3", term=AUTUMN)
    book.add("ehcp_new", 70)
    book.add_published("ehcp_new", 214, "2025", "calendar_year", file_kind="dfe_ehc_new_plans")
    (found,) = book.look("Q14")
    assert "200 in the year to December here, 214" in found.words


def test_q14_says_when_there_is_no_return_to_set_beside(book: Book) -> None:
    book.add("ehcp_active", 1_213, term=AUTUMN)
    book.add("ehcp_active", 1_300)
    book.add_published("ehcp_active", 1_100, "2025-01", "snapshot")
    assert "No SEN2 figure" in check("Q14").not_yet(book.material())


def test_q15_passes_words_from_our_lists(book: Book) -> None:
    book.add("nd_waiting", 5, at="pathway+age_band+wait_band=autism+under5+over_104w")
    book.add("nd_waiting", 5, period="2026-08")
    assert book.look("Q15") == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"at": "primary_need=nsa"}, "primary_need: nsa"),
        ({"at": "primary_need+phase=asd"}, "not in the list"),
        ({"at": "all=asd"}, "not in the list"),
        ({"at": "house=big"}, "house: big"),
        ({"period": "one fine day"}, "one fine day is no term or month"),
        ({"basis": "weekly"}, "weekly is no basis"),
        ({"symbol": "*"}, "* is no symbol"),
        ({"status": "guessed"}, "guessed is no status"),
        ({"area_code": "X99"}, "X99 is no area"),
    ],
)
def test_q15_finds_words_from_elsewhere(book: Book, changed: dict[str, str], said: str) -> None:
    book.add("ehcp_primary_need", 5, **changed)  # type: ignore[arg-type]
    (found,) = book.look("Q15")
    assert said in found.words
    assert found.severity == "must"


def test_q15_finds_figures_of_no_measure(book: Book) -> None:
    book.add("ehcp_new", 5, measure_id="ghosts")
    (found,) = book.look("Q15")
    assert "“ghosts”, which is no measure" in found.words


def test_q16_passes_the_definition_in_force(book: Book) -> None:
    book.add("ehcp_new", 60, term=SPRING)
    book.add("ehcp_new", 60)
    assert book.look("Q16") == []


def test_q16_finds_a_number_of_another_definition(book: Book) -> None:
    book.add("ehcp_new", 60, definition_version=7)
    (found,) = book.look("Q16")
    assert (found.severity, "version 7 of the definition" in found.words) == ("must", True)


def test_q16_passes_it_once_the_group_and_the_board_agreed_the_change(book: Book) -> None:
    book.add("ehcp_new", 60, definition_version=7)
    book.agree("group", 1)
    book.agree("board", 0)
    assert len(book.look("Q16")) == 1
    book.agree("officers", 1)
    assert book.look("Q16") == []


def test_q16_finds_a_definition_that_changed_since_the_term_before(book: Book) -> None:
    book.add("ehcp_new", 60, term=SPRING, definition_version=0)
    book.add("ehcp_new", 60)
    (found,) = book.look("Q16")
    assert (found.severity, "the term before used version 0" in found.words) == ("should", True)


def test_q18_passes_when_two_parts_are_hidden(book: Book) -> None:
    book.add("ehcp_new", 60)
    for phase, known in {"early_years": 0, "primary": 30, "secondary": 20}.items():
        book.add("ehcp_new", known, at=f"phase={phase}")
    book.add("ehcp_new", symbol="c", at="phase=post16")
    book.add("ehcp_new", symbol="c", at="phase=post19")
    assert book.look("Q18") == []


def test_q18_finds_a_hidden_part_that_can_be_worked_out(book: Book) -> None:
    book.add("ehcp_new", 60)
    for phase in ("early_years", "primary", "secondary", "post16"):
        book.add("ehcp_new", 14, at=f"phase={phase}")
    book.add("ehcp_new", symbol="c", at="phase=post19")
    (found,) = book.look("Q18")
    assert "Phase: Post-19, Summer 2025/26 is hidden but can be worked out" in found.words


def test_q18_finds_a_number_that_was_hidden_when_it_was_published(book: Book) -> None:
    book.add("ehcp_new", symbol="c", at="phase=post19")
    book.publish(SUMMER)
    book.next_version(SUMMER)
    book.add("ehcp_new", 4, at="phase=post19")
    (found,) = book.look("Q18")
    assert "was hidden when it was published" in found.words


@pytest.fixture
def worked_out(book: Book) -> Book:
    """A figure, of which it is worked out what is hidden; nothing stands in the way."""
    book.add("ehcp_new", 60)
    book.work_out()
    return book


def test_q17_passes_figures_of_which_it_is_worked_out_what_is_hidden(worked_out: Book) -> None:
    assert worked_out.look("Q17") == []
    assert check("Q17").not_yet(worked_out.material()) == ""


def test_q17_finds_that_nobody_has_worked_out_what_is_hidden(book: Book) -> None:
    book.add("ehcp_new", 60)
    (found,) = book.look("Q17")
    assert found.severity == "must"
    assert found.words.startswith("What has to be hidden from everyone is not worked out")
    assert found.link == f"privacy/{book.versions[SUMMER]}/"


def test_q17_finds_that_the_figures_changed_since_it_was_worked_out(worked_out: Book) -> None:
    worked_out.add("ehcp_new", 14, at="phase=post19")
    (found,) = worked_out.look("Q17")
    assert "The figures changed since it was." in found.words


def test_q17_finds_what_cannot_be_hidden_well_enough(book: Book) -> None:
    book.add("ehcp_new", 60)
    book.work_out(("Q17", "One count can be worked out."), ("Q19", "A sentence is too long."))
    assert [one.words for one in book.look("Q17")] == ["One count can be worked out."]


def test_q19_passes_pages_that_say_what_the_figures_say(worked_out: Book) -> None:
    assert worked_out.look("Q19") == []
    assert check("Q19").not_yet(worked_out.material()) == ""


def test_q19_finds_pages_that_do_not(book: Book) -> None:
    book.add("ehcp_new", 60)
    book.work_out(("Q17", "One count can be worked out."), ("Q19", "A sentence is too long."))
    (found,) = book.look("Q19")
    assert (found.severity, found.words) == ("must", "A sentence is too long.")


def test_q19_waits_until_it_is_worked_out_what_is_hidden(worked_out: Book) -> None:
    worked_out.add("ehcp_new", 14, at="phase=post19")
    assert worked_out.look("Q19") == []
    assert check("Q19").not_yet(worked_out.material()).startswith("They are made when")


@pytest.mark.parametrize("check_id", ["Q17", "Q19"])
def test_an_area_that_publishes_to_its_partners_only_has_nothing_to_look_at(
    book: Book, check_id: str
) -> None:
    book.partners_only = True
    book.add("ehcp_new", 60)
    assert book.look(check_id) == []
    assert "to its partners only" in check(check_id).not_yet(book.material())
