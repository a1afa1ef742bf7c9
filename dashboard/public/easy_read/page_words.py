"""The words around the content of a family page: buttons, the form, the foot of the page."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from dashboard.public.easy_read.content import EasyRead
from schemas.resources import resource_folder

_ENGLISH = "en-GB"


def page_words(content: EasyRead) -> Mapping[str, Any]:
    """Those that came with the content, and those of `data/easy_read/pages/LANGUAGE.toml`."""
    return {**_load(_ENGLISH), **content.words}


@cache
def _load(language: str) -> Mapping[str, Any]:
    path = resource_folder("data") / "easy_read" / "pages" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
