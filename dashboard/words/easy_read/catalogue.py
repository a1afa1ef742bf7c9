"""Catalogue: every word of the family pages in one language, as templates with {names}."""

import string
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.definition import Definition
from schemas.resources import resource_folder

ENGLISH = "en-GB"
Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1, max_length=3)]


class RowWords(Definition):
    """One picture and the one to three sentences beside it."""

    picture: Text
    sentences: Texts


class HardWord(Definition):
    """A hard word: the one `name` it goes by, the `forms` it is met in (the name alone unless
    told), its `meaning` in one sentence, and the `key` that tells the meaning when it is read."""

    name: Text
    meaning: Text
    key: Text
    picture: Text
    forms: tuple[Text, ...] = ()

    @property
    def all_forms(self) -> tuple[str, ...]:
        return self.forms or (self.name,)

    @model_validator(mode="after")
    def _the_key_is_in_the_meaning(self) -> Self:
        if self.key not in self.meaning:
            raise ValueError(f"the meaning of {self.name} does not hold its key {self.key!r}")
        return self


class NumberWords(Definition):
    """What is said of one number.

    `name` is what the link to its figures is called, where a page has several. `words` and `other`
    are its two sides (`{amount}`, `{wait}`). `about` says which number it is when it is hidden or
    not known, and before its change; `nothing` when there was nobody to count, `over` when more
    were done than were due, `limit` what the law gives (`{limit}`).
    `changes` and `compared` take the place of the common sentences, by trend. `opposite` are words
    that name the other side, with which “fewer” means that the number went up.
    """

    words: Text
    name: str = ""
    other: str = ""
    about: str = ""
    nothing: str = ""
    over: str = ""
    limit: str = ""
    changes: Mapping[str, Text] = {}
    compared: Mapping[str, Text] = {}
    opposite: tuple[Text, ...] = ()


class TopicWords(Definition):
    """One page: its question, the name of its link, and what stands in its own blocks."""

    question: Annotated[str, Field(pattern=r"\?$")]
    short: Text
    picture: Text
    what: Annotated[tuple[RowWords, ...], Field(min_length=1)]
    means: Annotated[tuple[RowWords, ...], Field(min_length=1)]
    numbers: Mapping[str, NumberWords]


class Months(Definition):
    """The calendar's words."""

    names: Annotated[tuple[Text, ...], Field(min_length=12, max_length=12)]
    days: Annotated[tuple[Text, ...], Field(min_length=7, max_length=7)]
    seasons: Mapping[str, Text]


class Catalogue(Definition):
    """All of it. `words` stand round the content of every page, `tell_us` on those where families
    say what they think, by part of the page. `pictures` says what each picture stands for, no two
    for the same; `say` how a word is said aloud."""

    language: Text
    words: Mapping[str, Text]
    say: Mapping[str, Text]
    pictures: Mapping[str, Text]
    calendar: Months
    dates: Mapping[str, Text]
    amounts: Mapping[str, Text]
    waits: Mapping[str, Text]
    states: Mapping[str, Texts]
    changes: Mapping[str, Text]
    compared: Mapping[str, Text]
    claims: Mapping[str, tuple[Text, ...]]
    headings: Mapping[str, Text]
    rows: Mapping[str, RowWords]
    front: Mapping[str, Text]
    helpers: Mapping[str, Text]
    tell_us: Mapping[str, Mapping[str, Text | tuple[Text, ...]]]
    hard_words: tuple[HardWord, ...]
    topics: Mapping[str, TopicWords]

    @model_validator(mode="after")
    def _one_picture_one_idea(self) -> Self:
        if len(set(self.pictures.values())) < len(self.pictures):
            raise ValueError("pictures: two pictures stand for the same")
        return self


@cache
def load_catalogue(language: str = ENGLISH) -> Catalogue:
    """The catalogue of a language, `data/easy_read/LANGUAGE.toml`.

    Raises:
        pydantic.ValidationError: naming every key that is missing, wrong or not known.
    """
    path = resource_folder("data") / "easy_read" / f"{language}.toml"
    return Catalogue.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def fill(template: str, **values: str) -> str:
    """The template with its names filled in.

    Raises:
        LookupError: a name has no value; it is the error's argument.
    """
    return string.Formatter().vformat(template, (), values)
