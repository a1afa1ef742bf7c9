"""The twenty questions people ask are each answered within one click from the overview."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from dashboard.analysis.verdict import Attention
from dashboard.words.attention import attention_phrase
from schemas.area_settings import load_area_settings
from schemas.question import Question, QuestionError, load_questions
from tests.dashboard.page_text import AREA, DURHAM, links, opened, section, words

# What every page must say that a question leads to, as patterns...
CHANGE = r"Change on the same term last year .*?([Uu]p|[Dd]own|[Tt]he same as) "
VALUE = r"Summer term 2025/26, provisional"
EVERY = {
    1: [r"By phase .*Primary \d+ Secondary \d+ Post-16 \d+ Post-19 \d+", r"Up \d+ on Summer"],
    2: [r"Darlington \d\.\d%", r"England \d\.\d%", r"Neighbours’ mean \d\.\d%", r"January 2025"],
    3: [r"\d+\.\d% Summer term 2025/26, provisional", CHANGE, r"England"],
    4: [VALUE, CHANGE],
    5: [r"\d+\.\d% Summer term 2025/26", r"In the calendar year 2024 .* England’s \d+\.\d%"],
    6: [r"By age band .*Under 5 \d+ days 5 and over \d+ days"],
    7: [r"\d+ Summer term 2025/26, provisional", r"(Up|Down) \d+ on Summer term 2024/25"],
    8: [r"\d+\.\d% Summer term 2025/26", r"within (13 weeks|3 months)"],
    9: [VALUE, CHANGE],
    10: [r"\d+\.\d days", r"the target of 126 days is (not )?met"],
    11: [r"By age band .*Under 5 [\d.]+%? .*5 and over [\d.]+"],
    12: [
        r"The SEND gap .*Pupils with an EHC plan: \d\.\d times as many suspensions",
        r"England \(",
    ],
    13: [r"By SEN status .*EHC plan [\d.]+ .*SEN support [\d.]+ .*No SEN [\d.]+"],
    14: [r"By SEN status .*EHC plan \d+\.\d% .*SEN support \d+\.\d% .*No SEN \d+\.\d%"],
    15: [r"By SEN status .*EHC plan \d+ SEN support \d+ No SEN \d+"],
    16: [r"By (placement|school type) .*Special school: academy or free school [\d.]+"],
    17: [r"By primary need .*Autistic spectrum disorder \d+ .*Each over time", CHANGE],
    18: [r"\d+\.\d% Summer term 2025/26", r"the target of 100% is (not )?met"],
    19: [VALUE, CHANGE],
    20: [
        r"Sources Source: Darlington Borough Council, release of .*, version \d, as at \d",
        r"Owner .*Checked by .*Next review .*Definition Version \d",
        r"This page shows the release of .* published on",
    ],
}
# ...and what at least one of them must.
ONE = {
    3: [r"the target of 100% is (not )?met"],
    4: [r"Still waiting after 20 weeks", r"\d+\.\d weeks"],
    9: [r"speech and language", r"occupational therapy", r"target of 80%", r"target of 126 days"],
    16: [r"Special places paid for", r"\d+\.\d% \d+ of \d+"],
    19: [
        r"Appeals out of the decisions .* Summer term 2025/26 \d\.\d% \d+ \d+ provisional",
        r"England: \d\.\d%, calendar year 2024\. The published rate also counts every plan kept",
        r"Appeals to the SEND Tribunal .* \d+ Summer term 2025/26, provisional",
        r"Mediation meetings about .* \d+ Summer term 2025/26, provisional",
    ],
}


def asked(page: BeautifulSoup) -> dict[int, tuple[list[str], str]]:
    """Each question of an overview with its links and all its words."""
    items = page.find(id="questions").find_parent("section").find_all("li", value=True)
    return {int(str(item["value"])): (links(item), words(item)) for item in items}


@pytest.mark.parametrize("number", sorted(EVERY))
def test_a_question_is_answered_within_one_click(client: FlaskClient, number: int) -> None:
    found, said = asked(opened(client, AREA))[number]
    assert 1 <= len(found) <= 4, said
    texts = []
    for link in found:
        path, _, anchor = link.partition("#")
        page = opened(client, path)
        assert not anchor or page.find(id=anchor), link
        texts.append(words(page.main))
        for pattern in EVERY[number]:
            assert re.search(pattern, texts[-1]), (link, pattern)
    for pattern in ONE.get(number, ()):
        assert any(re.search(pattern, text) for text in texts), pattern


def test_a_question_without_figures_says_so(client: FlaskClient) -> None:
    assert "appeals" not in load_area_settings()["E06000047"].extracts
    found, said = asked(opened(client, DURHAM))[19]
    assert found == []
    assert "County Durham does not send figures that answer this." in said


def test_the_overview_asks_all_twenty_in_order(client: FlaskClient) -> None:
    assert [*asked(opened(client, AREA))] == [*range(1, 21)]


def test_the_chosen_breakdown_stands_at_the_heading_that_is_linked(client: FlaskClient) -> None:
    (link, *_), _ = asked(opened(client, AREA))[6]
    assert link.endswith("?by=age_band#breakdown")
    assert section(opened(client, link), "breakdown").startswith("By age band")


def test_links_of_an_edition_lead_to_the_same_edition(client: FlaskClient) -> None:
    newest = str(opened(client, AREA).select_one(".edition a")["href"])
    found, _ = asked(opened(client, newest))[3]
    assert all("edition=" in link for link in found)


def test_an_area_is_asked_only_what_it_sends(client: FlaskClient) -> None:
    sent = load_area_settings()["E06000047"].extracts
    assert "special_places" not in sent
    page = opened(client, DURHAM)
    if page.find(id="questions"):
        found, _ = asked(page)[16]
        assert [link.partition("?")[0].partition("#")[0] for link in found] == [
            f"{DURHAM}measure/ehcp_placement"
        ]


def test_every_attention_has_a_short_phrase_of_its_own() -> None:
    phrases = [attention_phrase(one) for one in Attention]
    assert len(set(phrases)) == len(phrases)
    assert all(len(phrase.split()) <= 6 for phrase in phrases)


def test_questions_are_asked_in_plain_words() -> None:
    for question in load_questions():
        assert len(question.words.split()) <= 20
        assert not re.search(r"_|%|SaLT|\bOT\b|EHCP|NEET|JSNA", question.words)


QUESTION = '[[questions]]\nnumber = 1\nasker = "Board"\nwords = "How many?"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f'{QUESTION}measures = ["no_such"]', "there is no measure no_such"),
        (QUESTION, "has either measures or unanswered"),
        (f'{QUESTION}measures = ["nd_waiting"]\nby = "phase"', "has no breakdown by phase"),
        (f'{QUESTION}measures = ["nd_waiting"]\npage = "map"', "Input should be"),
        (f'{QUESTION}measures = ["nd_waiting"]\nnumbr = 2', "questions.0.numbr"),
        (QUESTION.replace("= 1", "= 2") + 'unanswered = "No."', "are not numbered 1, 2, 3"),
        (QUESTION.replace("many?", "many nd_waiting?") + 'unanswered = "No."', "by its id"),
        ("[[questions", "is not TOML"),
    ],
)
def test_a_fault_in_the_list_of_questions_is_named(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "questions.toml"
    path.write_text(text)
    with pytest.raises(QuestionError, match=re.escape(fault)):
        load_questions(path)


def test_a_question_that_no_measure_answers_needs_no_measure(tmp_path: Path) -> None:
    path = tmp_path / "questions.toml"
    path.write_text(f'{QUESTION}unanswered = "No figures yet."')
    assert load_questions(path) == (
        Question(number=1, asker="Board", words="How many?", unanswered="No figures yet."),
    )
