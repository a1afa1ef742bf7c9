"""The catalogue: every key there, every name filled, every picture with one meaning."""

import pytest
from pydantic import ValidationError

from dashboard.words.easy_read.catalogue import Catalogue, HardWord, fill, load_catalogue
from dashboard.words.easy_read.changes_said import Trend
from dashboard.words.easy_read.lint import find_errors

ENGLISH = load_catalogue()


def test_every_trend_has_a_common_sentence() -> None:
    assert set(ENGLISH.changes) == {trend.value for trend in Trend}


def test_the_sentences_that_need_no_number_are_easy_to_read() -> None:
    for topic in ENGLISH.topics.values():
        assert find_errors(topic.question) == []
        for row in (*topic.what, *topic.means):
            assert find_errors("\n".join(row.sentences)) == []
    for row in ENGLISH.rows.values():
        assert find_errors("\n".join(row.sentences)) == []


def test_every_picture_that_is_used_stands_for_one_thing() -> None:
    used = {row.picture for topic in ENGLISH.topics.values() for row in (*topic.what, *topic.means)}
    used |= {topic.picture for topic in ENGLISH.topics.values()}
    used |= {row.picture for row in ENGLISH.rows.values()}
    used |= {word.picture for word in ENGLISH.hard_words}
    assert used <= set(ENGLISH.pictures)


def test_two_pictures_for_one_thing_are_refused() -> None:
    table = ENGLISH.model_dump()
    table["pictures"] = {"plan": "a plan", "document": "a plan"}
    with pytest.raises(ValidationError, match="two pictures"):
        Catalogue.model_validate(table)


def test_a_key_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="surprise"):
        Catalogue.model_validate({**ENGLISH.model_dump(), "surprise": "hello"})


def test_a_meaning_holds_what_tells_it() -> None:
    with pytest.raises(ValidationError, match="does not hold its key"):
        HardWord(name="plan", meaning="A plan.", key="what help", picture="plan")


def test_a_name_without_a_value_is_an_error() -> None:
    with pytest.raises(LookupError, match="amount"):
        fill("{amount} plans were late.", wait="5 months")
