"""The rules of a whole page: what passes, and each rule broken alone."""

from dataclasses import replace
from typing import Any

import pytest

from dashboard.public.easy_read.content import Block, Calendar, OutOfTen, Pair, Part, Row, Topic
from dashboard.words.easy_read.catalogue import load_catalogue
from dashboard.words.easy_read.page_lint import find_page_errors

ENGLISH = load_catalogue()
MEANING = "A plan says what help a child must get."
ON_TIME = OutOfTen(
    "plan",
    6,
    "About 6 out of 10 plans were ready on time.",
    "About 4 out of 10 plans were late.",
    "About 6 out of 10 plans were ready on time. About 4 out of 10 plans were late.",
)
WAIT = Calendar(4, 5, "The law says 5 months.", "Half waited less.", ("Half waited less.",))


def block(name: str, *parts: Part) -> Block:
    return Block(name, "What is this about?", parts)


def page(*extra: Part, **facts: Any) -> Topic:
    """A page that breaks no rule, with `extra` among its numbers."""
    made: dict[str, Any] = {
        "slug": "plans-on-time",
        "question": "Were plans ready on time?",
        "short": "Plans on time",
        "picture": "clock",
        "headline": ON_TIME.words,
        "blocks": (
            block("what", Row("plan", ("We write **plans**.", MEANING))),
            block("number", ON_TIME, *extra),
            block("means", Row("phone", ("You can ask us.",))),
            block("doing", Row("tick", ("We have a new team.",))),
            block("you-said", Row("speech", ("Tell us what you think.",))),
            block("help", Row("help", ("Ask someone to read this with you.",))),
            block("counted", Row("calendar", ("We counted on Monday 31 August 2026.",))),
        ),
        "measure_ids": ("ehcp_20w_excl",),
    }
    return Topic(**(made | facts))


def rules(topic: Topic) -> set[str]:
    return {fault.rule for fault in find_page_errors(topic, ENGLISH)}


def test_a_good_page_breaks_no_rule() -> None:
    assert rules(page(WAIT)) == set()


def without(name: str) -> tuple[Block, ...]:
    return tuple(one for one in page().blocks if one.id != name)


@pytest.mark.parametrize(
    ("topic", "rule"),
    [
        (page(Row("plan", ("We wrote 6 out of 20 plans.",))), "R12"),
        (page(Row("plan", ("A.", "B.", "C.", "D."))), "R21"),
        (page(Row("plan", ())), "R21"),
        (page(Row("rocket", ("We are quick.",))), "R23"),
        (page(picture="rocket"), "R23"),
        (page(replace(ON_TIME, filled=7)), "R32"),
        (page(replace(ON_TIME, filled=0)), "R32"),
        (page(replace(ON_TIME, filled=10)), "R32"),
        (page(replace(ON_TIME, other="About 3 out of 10 plans were late.")), "R32"),
        (page(replace(ON_TIME, other="")), "R35"),
        (page(WAIT, WAIT, WAIT), "R32"),
        (page(Row("law", ("You can make an appeal.",))), "R18"),
        (page(Row("law", ("You can make an **appeal**.", "It is free."))), "R18"),
        (page(Row("child", ("Pupils wait.", "A child waits."))), "R19"),
        (page(*[Row("child", ("Children wait for a plan here.",))] * 80), "R30"),
        (page(Row("child", ("We are at the top.",))), "R39"),
        (page(question="Plans on time"), "R40"),
        (page(measure_ids=()), "R40"),
        (page(blocks=without("means")), "R40"),
        (page(blocks=without("help")), "R40"),
        (page(blocks=without("counted")), "R40"),
        (page(blocks=(*page().blocks, page().blocks[0])), "R40"),
        (page(blocks=without("you-said")), "R42"),
        (page(pairs=(Pair("Ask the SENCO.", "We did."),)), "R07"),
        (page(Row("clock", ("The law says 20 weeks.",))), "R17"),
        (page(replace(WAIT, label="60% waited less.")), "R10"),
    ],
)
def test_a_page_that_breaks_a_rule_is_told_so(topic: Topic, rule: str) -> None:
    assert rules(topic) == {rule}


@pytest.mark.parametrize(
    ("filled", "words", "other"),
    [
        (0, "No plans were late.", "All plans were on time."),
        (0, "Fewer than 1 out of 10 plans were late.", "Nearly all plans were on time."),
        (10, "Nearly all plans were late.", "Fewer than 1 out of 10 plans were on time."),
        (10, "All plans were late.", "No plans were on time."),
    ],
)
def test_rows_of_none_and_of_all_are_said_in_words(filled: int, words: str, other: str) -> None:
    assert rules(page(OutOfTen("plan", filled, words, other, words))) == set()


def test_the_second_hard_word_of_a_sentence_is_explained_after_the_first() -> None:
    row = Row(
        "speech",
        (
            "The **council** and the **NHS** help.",
            "The council runs services in your area.",
            "The NHS runs doctors and hospitals.",
        ),
    )
    assert rules(page(row)) == set()
