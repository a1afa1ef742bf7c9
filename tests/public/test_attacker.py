"""Somebody who sees every byte of two editions, and has a solver, recovers no hidden count."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial

import pytest

from tests.public.attacker.atoms import Unknown
from tests.public.attacker.attack import Attack, Found
from tests.public.attacker.channels import (
    Files,
    differing_csv,
    differing_dfe,
    differing_json,
    differing_sheets,
    differing_tables,
    unread_files,
)
from tests.public.attacker.editions import AREA, Editions
from tests.public.attacker.explained import unexplained_numbers, untold_sentences, wrong_charts
from tests.public.attacker.facts import Name, see_both
from tests.public.attacker.knowledge import Knowledge, covered_terms, learn
from tests.public.attacker.rows import Row
from tests.public.attacker.targets import NUMERATOR, REST, Target, find_targets
from tests.public.attacker.truth import read_publishers, read_sent, true_counts
from tests.public.attacker.weak import hidden, mask_only_small, shown, weak
from tests.public.attacker.weak_cases import SPRING, SUMMER, WEAK

WITHIN = 3  # a small count may not be known this nearly
Answers = list[tuple[Target, Found]]


@pytest.fixture(scope="session")
def knowledge(editions: Editions) -> Knowledge:
    also = read_publishers(editions.database, AREA)
    return learn(editions.first, editions.second, AREA, also)


@pytest.fixture(scope="session")
def truth(editions: Editions) -> Mapping[Unknown, float]:
    return true_counts(read_sent(editions.database, AREA))


@pytest.fixture(scope="session")
def rows(knowledge: Knowledge, truth: Mapping[Unknown, float]) -> list[Row]:
    return list(knowledge.rows(truth))


@pytest.fixture(scope="session")
def answers(
    editions: Editions, knowledge: Knowledge, truth: Mapping[Unknown, float], rows: list[Row]
) -> Answers:
    """What the attacker finds out of every count that should be a secret."""
    targets = find_targets(knowledge, read_sent(editions.database, AREA), truth)
    attack = Attack(rows, (unknown for target in targets for unknown in target.total))
    return [
        (one, attack.find(one.total, WITHIN + 1 if one.small and one.what != REST else 1))
        for one in targets
    ]


def test_the_attacker_reads_every_figure_right(
    rows: list[Row], truth: Mapping[Unknown, float]
) -> None:
    """Or its bounds would say nothing: every row it made of a file is true of what was sent. Only
    of the days that all waited together nobody sent the true sum."""
    judged = [(row, row.holds(truth)) for row in rows]
    assert [row.why for row, holds in judged if holds is False] == []
    unsure = {one.indicator for row, holds in judged if holds is None for one in row.total}
    assert unsure <= {"mean_days", "seen"}
    assert sum(bool(holds) for _, holds in judged) > 1000


def test_the_truth_is_within_what_the_attacker_thinks_possible(answers: Answers) -> None:
    wrong = [
        (target.name, target.truth, found)
        for target, found in answers
        if found.sure and not found.low - 1e-3 <= target.truth <= found.high + 1e-3
    ]
    assert wrong == []


def test_the_attacker_has_an_answer_for_every_hidden_count(answers: Answers) -> None:
    assert sum(target.published for target, _ in answers) > 30
    assert sum(not target.published for target, _ in answers) > 400
    _assert_none((target, found) for target, found in answers if found.undecided)


def test_no_hidden_count_is_recovered(answers: Answers) -> None:
    _assert_none((one, found) for one, found in answers if one.published and found.width < 1)


def test_no_small_count_is_known_within_three(answers: Answers) -> None:
    _assert_none(
        (target, found)
        for target, found in answers
        if target.small and target.what != REST and _is_new(target) and found.width <= WITHIN
    )


def test_nor_is_a_small_count_of_a_term_before_the_first_public_one(answers: Answers) -> None:
    """It is in no file, but years to date and three terms together speak of it."""
    _assert_none(
        (target, found)
        for target, found in answers
        if target.small and not _is_new(target) and found.width < 1
    )


def test_nobody_learns_how_few_are_not_in_a_share(answers: Answers) -> None:
    _assert_none((one, found) for one, found in answers if one.what == REST and found.width < 1)


def _is_new(target: Target) -> bool:
    return bool(covered_terms([target.name]) & {SPRING, SUMMER})


def _assert_none(answers: Iterable[tuple[Target, Found]]) -> None:
    """Or one line for each count that was found out."""
    told = [
        f"{target.what} of {' '.join(target.name)} is {target.truth:g}: "
        f"{found.low:g} to {found.high:g}"
        for target, found in answers
    ]
    assert not told, "\n".join(told)


CHANNELS: dict[str, Callable[[Files], Iterable[str]]] = {
    "the tables of measures": differing_csv,
    "JSON and the API": differing_json,
    "the star of tables": differing_tables,
    "workbooks": differing_sheets,
    "the layout of the DfE": differing_dfe,
    "files of unknown kinds": unread_files,
    "charts": partial(wrong_charts, area_code=AREA),
    "texts and what is read out": unexplained_numbers,
    "pages for families": partial(untold_sentences, area_code=AREA, pdf=False),
    "papers for families": partial(untold_sentences, area_code=AREA, pdf=True),
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_no_channel_says_more_than_the_open_table(editions: Editions, channel: str) -> None:
    assert list(CHANNELS[channel](editions.first)) == []
    assert list(CHANNELS[channel](editions.second)) == []


# What a slip could write of a hidden count: where, the words that stand there, and what instead.
APPEALS = "send_tribunal_appeals"
SLIPS = {
    "the tables of measures": (f"data/{APPEALS}/{APPEALS}.csv", rb",,Number,c,", b",4,Number,c,"),
    "JSON and the API": (f"api/measures/{APPEALS}/index.json", rb'"value": ?null', b'"value":4'),
    "the star of tables": ("data/tables/fact_observation.csv", rb",,,,c,", b",4,,4,c,"),
    "the layout of the DfE": ("data/send-darlington-appeals-terms.csv", rb",c,", b",4.25,"),
    "files of unknown kinds": ("data/index.html", None, b""),
    "charts": (
        "data/suspensions/index.html",
        rb"m-5 0a5 5 0 1 0 10 0",
        b"m-5 0a5 5 0 1 0 10 0zM9 9m-",
    ),
    "texts and what is read out": (
        f"data/{APPEALS}/index.html",
        rb'aria-label="Newest figure"',
        b'aria-label="4 appeals"',
    ),
    "pages for families": (
        "easy-read/disagreeing/index.html",
        rb"Fewer than 10 families",
        b"About 720 families",
    ),
}


@pytest.mark.parametrize("channel", SLIPS)
def test_a_slip_in_a_file_does_not_go_unseen(editions: Editions, channel: str) -> None:
    path, pattern, slip = SLIPS[channel]
    body = editions.second[path]
    if pattern is None:
        spoilt = {**editions.second, "data/more.txt": body}
    else:
        assert re.search(pattern, body), f"{path} has no {pattern!r}"
        spoilt = {**editions.second, path: re.sub(pattern, slip, body, count=1)}
    assert list(CHANNELS[channel](spoilt)) != []


@pytest.mark.parametrize("how", WEAK)
def test_the_attacker_finds_3_by(how: str) -> None:
    knowledge, name = WEAK[how]
    total = knowledge.atoms.numerator(Name(*name.split("/")))
    found = Attack(knowledge.rows(), total).find(total, 1)
    assert (found.low, found.high, found.sure) == (3, 3, True)


def test_the_attacker_remembers_an_earlier_edition() -> None:
    name = f"perm_excl/{SPRING}/in_term/all/all"
    first, second = weak(shown(name, 3)).facts, weak(hidden(name)).facts
    knowledge = weak(*see_both(first, second).values())
    total = knowledge.atoms.numerator(Name(*name.split("/")))
    assert Attack(knowledge.rows()).find(total, 1)[:2] == (3, 3)


def test_a_total_with_two_hidden_parts_tells_the_attacker_their_sum_only() -> None:
    parts = [f"suspensions/{SPRING}/in_term/sen_status/{one}" for one in ("ehc_plan", "no_sen")]
    knowledge = weak(
        shown(f"suspensions/{SPRING}/in_term/all/all", 50),
        shown(f"suspensions/{SPRING}/in_term/sen_status/sen_support", 40),
        *map(hidden, parts),
    )
    total = knowledge.atoms.numerator(Name(*parts[0].split("/")))
    assert Attack(knowledge.rows()).find(total, 100)[:3] == (1, 9, True)


def test_hiding_small_counts_alone_protects_few_of_them(
    editions: Editions, truth: Mapping[Unknown, float]
) -> None:
    sent = read_sent(editions.database, AREA)
    knowledge = Knowledge(mask_only_small(sent, (SPRING, SUMMER)), {}, {})
    attack = Attack(knowledge.rows(truth))
    found: Counter[str] = Counter()
    for target in find_targets(knowledge, sent, truth):
        if target.published and target.small and target.what == NUMERATOR:
            answer = attack.find(target.total, 1)
            if answer.width < 1:
                assert answer.low == target.truth
                found[target.name.measure_id] += 1
    assert sum(found.values()) > 40
    assert len(found) > 8
