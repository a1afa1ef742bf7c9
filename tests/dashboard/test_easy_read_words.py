"""The linter of easy-read texts, rule by rule: what passes, what does not, and what is said."""

import pytest

from dashboard.words.easy_read.by_number import wait_words
from dashboard.words.easy_read.fault import Level
from dashboard.words.easy_read.lint import find_errors, lint
from dashboard.words.easy_read.sentences import count_words, split_sentences

ERRORS = [
    ("R01", "About 6 out of 10 plans were ready on time because we have many more people now."),
    ("R04", "The statutory limit is 5 months."),
    ("R04", "Timeliness got better."),
    ("R04", "Half is the median."),
    ("R04", "We help, e.g. with talking."),
    ("R07", "Your EHCP says what help you get."),
    ("R07", "Ask the SENCOs at school."),
    ("R09", "We do not say that nobody waits."),
    ("R09", "It isn’t never late."),
    ("R10", "60% of plans were ready."),
    ("R10", "60 per cent of plans were ready."),
    ("R11", "The wait is 4.6 months."),
    ("R12", "1 in 5 children wait."),
    ("R12", "One in five children wait."),
    ("R12", "6 out of 20 plans were late."),
    ("R15", "We counted on 3/3/2026."),
    ("R15", "We counted on 3 March 2026."),
    ("R15", "We counted on Tuesday 3 March."),
    ("R15", "We counted in 2025/26."),
    ("R15", "We counted in Q1."),
    ("R15", "We counted on 3 Mar 2026."),
    ("R16", "It ends on the 2nd day."),
    ("R16", "This is part IV."),
    ("R17", "The law says a plan must be ready in 20 weeks."),
    ("R17", "Some waited 110 weeks. That is many months."),
    ("R19", "The council helps. The local authority pays."),
    ("R19", "Children get a plan. Pupils like it."),
    ("R37", "0 out of 10 plans were late."),
    ("R37", "10 out of 10 plans were late."),
    ("R39", "We are at the bottom."),
    ("R39", "We rank high."),
]
WARNINGS = [
    ("R01", "We now have 2 more people who write plans in our own team."),
    ("R02", "We wrote plans, which took long."),
    ("R02", "We wrote plans, and we sent them."),
    ("R05", "The letters were sent."),
    ("R05", "Your plan is checked each year."),
    ("R06", "We have plans; they help."),
    ("R08", "We don’t know this yet."),
    ("R13", "We wrote 1,234 letters."),
    ("R13", "We wrote 12345 letters."),
    ("R14", "We have three more doctors."),
    ("R20", "We are on track."),
]
PASSING = [
    "",
    "About 6 out of 10 plans were ready on time.",
    "A plan says what help a child must get.",
    "The law says a plan must be ready in 20 weeks.\n20 weeks is about 5 months.",
    "The law says 20 weeks. 20 weeks is about 5 months.",
    "Some waited 104 weeks. 104 weeks is about 2 years.",
    "Fewer than 1 out of 10 plans were late.",
    "It costs £4.50.",
    "We counted on Tuesday 3 March 2026.",
    "When did we count this? January to December 2025.",
    "Half of the children waited less than 5 months. Half waited longer.",
    "We do not know this yet.",
    "SEND means special educational needs and disabilities.",
    "Ask your NHS doctor.",
    "We saw 5 in 10 days.",
    "We opened 1 in 2026.",
    "We wait 3 weeks.",
    "I may wait until June.",
    "What does this mean for you?",
]


@pytest.mark.parametrize(("rule", "text"), ERRORS)
def test_what_a_rule_forbids_is_an_error_that_says_what_to_write(rule: str, text: str) -> None:
    [*found] = [fault for fault in find_errors(text) if fault.rule == rule]
    assert found
    for fault in found:
        assert fault.where
        assert fault.where in text
        assert fault.words.endswith((".", ".”"))


@pytest.mark.parametrize(("rule", "text"), WARNINGS)
def test_what_a_person_should_think_about_is_a_warning(rule: str, text: str) -> None:
    assert rule in [fault.rule for fault in lint(text) if fault.level is Level.warning]
    assert rule not in [fault.rule for fault in find_errors(text)]


@pytest.mark.parametrize("text", PASSING)
def test_what_follows_the_rules_passes(text: str) -> None:
    assert [(fault.rule, fault.where) for fault in lint(text)] == []


def test_each_fault_is_told_once() -> None:
    found = lint("The cohort waits. The cohort waits.")
    assert [fault.rule for fault in found] == ["R04"]


def test_fifteen_words_pass_and_sixteen_do_not() -> None:
    fifteen = " ".join(["word"] * 15)
    assert [fault.level for fault in lint(f"{fifteen}.")] == [Level.warning]
    assert [fault.level for fault in lint(f"{fifteen} word.")] == [Level.error]


def test_a_hard_word_is_told_with_its_plain_one() -> None:
    [fault] = lint("Provision is late.")
    assert fault.words == "Instead of “Provision” write “help”."


def test_a_wait_is_told_with_the_sentence_to_add() -> None:
    [fault] = lint("You wait 20 weeks.")
    assert fault.words == "Add a sentence: “20 weeks is about 5 months.”"


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        (1, "1 week"),
        (3, "3 weeks"),
        (4, "about 1 month"),
        (20, "about 5 months"),
        (52, "about 12 months"),
        (103, "about 24 months"),
        (104, "about 2 years"),
        (130, "about 2 and a half years"),
        (156, "about 3 years"),
    ],
)
def test_a_wait_is_said_in_the_longest_unit_that_is_true(weeks: int, said: str) -> None:
    assert wait_words(weeks) == said


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("It is 4.6 months. Yes.", ["It is 4.6 months.", "Yes."]),
        ("Help, e.g. with talking. Yes!", ["Help, e.g. with talking.", "Yes!"]),
        ("Were plans on time?\nYes", ["Were plans on time?", "Yes"]),
        ("“One.” Two.", ["“One.”", "Two."]),
        ("", []),
    ],
)
def test_a_text_is_split_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_words_are_counted_as_people_count_them() -> None:
    assert count_words("It costs £4.50, doesn’t it? A well-known 1,200.") == 8
