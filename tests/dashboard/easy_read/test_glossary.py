"""Hard words are marked where a page first uses them and explained in the next sentence."""

from dashboard.words.easy_read.catalogue import load_catalogue
from dashboard.words.easy_read.glossary import Beside, explained, find_words, unmarked
from dashboard.words.easy_read.lint import find_errors

WORDS = load_catalogue().hard_words
A_PLAN = "A plan says what help a child must get."


def explain(*rows: Beside, seen: set[str] | None = None) -> list[Beside]:
    return [*explained(rows, WORDS, set() if seen is None else seen)]


def test_the_first_use_is_marked_and_explained_and_the_second_is_not() -> None:
    rows = explain(Beside("clock", ("We wrote plans.",)), Beside("clock", ("A plan can change.",)))
    assert rows == [
        Beside("clock", ("We wrote **plans**.", A_PLAN)),
        Beside("clock", ("A plan can change.",)),
    ]


def test_a_word_that_was_explained_before_is_left_alone() -> None:
    row = Beside("clock", ("We wrote plans.",))
    assert explain(row, seen={"plan"}) == [row]


def test_a_row_that_grows_too_long_becomes_two() -> None:
    rows = explain(Beside("clock", ("We wait.", "It takes time.", "We wrote plans.")))
    assert rows == [
        Beside("clock", ("We wait.", "It takes time.", "We wrote **plans**.")),
        Beside("plan", (A_PLAN,)),
    ]


def test_two_hard_words_in_one_sentence_are_explained_in_their_order() -> None:
    (row,) = explain(Beside("clock", ("The NHS and the council pay.",)))
    assert row.sentences[0] == "The **NHS** and the **council** pay."
    assert row.sentences[1].startswith("The NHS runs")
    assert row.sentences[2].startswith("The council runs")


def test_a_word_inside_another_word_is_not_that_word() -> None:
    assert find_words("We send a letter by plane.", WORDS) == []
    assert find_words("You can get free advice from SENDIASS.", WORDS)[0].name == "SENDIASS"


def test_marks_can_be_taken_away() -> None:
    assert unmarked("A **plan** for **SEND**.") == "A plan for SEND."


def test_every_meaning_is_easy_to_read_and_says_its_word() -> None:
    for word in WORDS:
        assert find_errors(word.meaning) == [], word.name
        assert word.name.casefold() in word.meaning.casefold()


def test_no_meaning_needs_another_hard_word_but_plan() -> None:
    for word in WORDS:
        others = {one.name for one in find_words(word.meaning, WORDS)} - {word.name, "plan"}
        assert others == set(), word.name
