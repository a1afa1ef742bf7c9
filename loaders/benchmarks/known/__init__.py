"""What is known of the publishers' files, as data: headings, labels, clocks, data sets."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from schemas import codes
from schemas.text import plain


@cache
def known(name: str) -> dict[str, Any]:
    """One of the TOML files beside this one."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def label_codes(dimension: str) -> dict[str, str]:
    """Our code for each spelling of a category, by its `plain` text; "" is known and not used."""
    ours = known("labels")[dimension]
    spellings = _FILTERS[dimension].by_spelling
    return dict(spellings) | {plain(text): code for code, texts in ours.items() for text in texts}


_FILTERS = {"sen_status": codes.SEN_STATUS, "school_phase": codes.SCHOOL_PHASE}
