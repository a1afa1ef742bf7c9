"""The words of the pages on which families tell us what they think, in easy words."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from schemas.resources import resource_folder

ENGLISH = "en-GB"


@cache
def load_tell_us_words(language: str = ENGLISH) -> Mapping[str, Any]:
    """By part of the page; a value is a sentence or a list of them."""
    path = resource_folder("data") / "easy_read" / f"tell_us.{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def every_sentence(words: Mapping[str, Any]) -> Iterator[str]:
    """Each text of the file by itself, for whoever looks through them."""
    for value in words.values():
        if isinstance(value, Mapping):
            yield from every_sentence(value)
        elif isinstance(value, str):
            yield value
        else:
            yield from value
