"""The catalogue: every sentence easy, every word used, every picture with one meaning."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from pydantic import ValidationError

from dashboard.public.easy_read.shapes import SHAPES
from dashboard.words.easy_read.catalogue import Catalogue, HardWord, fill, load_catalogue
from dashboard.words.easy_read.changes_said import Trend
from dashboard.words.easy_read.lint import find_errors
from tests.conftest import ROOT

ENGLISH = load_catalogue()


def test_every_trend_has_a_common_sentence() -> None:
    assert set(ENGLISH.changes) == {trend.value for trend in Trend}


FILLED = {
    "amount": "About 6 out of 10",
    "wait": "5 months",
    "limit": "5 months",
    "n": "3",
    "then": "summer 2025",
    "period": "January to December 2025",
    "month": "May 2025",
    "day": "Tuesday 3 March 2026",
    "start": "January",
    "end": "June",
    "area": "Darlington",
    "Season": "Summer",
    "year": "2026",
    "by": "The Tuesday Group",
    "topic": "Plans on time",
    "name": "plans on time",
    "page": "2",
    "pages": "4",
}
# Forms of dates, lists the program reads, how words are said aloud, and what is not for reading.
NOT_READ = {"language", "pictures", "calendar", "dates", "claims", "say"}
GIVEN = {"licence", "file_kind"}  # names that stand as their makers call them


def test_every_sentence_is_easy_to_read() -> None:
    """With its names filled in; a list of sentences is one text."""
    read = [*texts_of(ENGLISH.model_dump(exclude=NOT_READ))]
    assert len(read) > 300
    faults = {text: find_errors(text.format(**FILLED)) for text in read}
    assert {text: found for text, found in faults.items() if found} == {}


def texts_of(value: Any) -> Iterator[str]:
    """Every text a reader meets."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        unread = {"picture", "key", "forms", "opposite"} | GIVEN
        for name in value.keys() - unread:
            yield from texts_of(value[name])
    elif value and all(isinstance(one, str) for one in value):
        yield "\n".join(value)
    else:
        for one in value:
            yield from texts_of(one)


def test_every_word_round_the_content_is_used() -> None:
    """By its name in a template or a module."""
    places = [*(ROOT / "dashboard").rglob("*.html"), *(ROOT / "dashboard" / "public").rglob("*.py")]
    program = "\n".join(path.read_text(encoding="utf-8") for path in places)
    said = {*ENGLISH.words, *ENGLISH.front, *ENGLISH.rows, *ENGLISH.states, *ENGLISH.helpers}
    said |= {name for table in ENGLISH.tell_us.values() for name in table}
    spelt = re.compile(r"""[.\["'](\w+)""")
    used = {found[1] for found in spelt.finditer(program)}
    assert said - used - {"about_all", "back_all"} == set()


def test_a_page_with_several_links_to_figures_names_each() -> None:
    for shape in SHAPES:
        words = ENGLISH.topics[shape.slug].numbers
        assert set(words) == {number.name for number in shape.all_numbers}
        if len(shape.measure_ids) > 1:
            names = [words[number.name].name for number in shape.numbers]
            assert all(names), shape.slug
            assert len(set(names)) == len(names), shape.slug


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
