"""Words that tell a name from what is none: first names, and words with a capital letter."""

import re
from functools import cache
from importlib.resources import files

from schemas.area import load_areas


@cache
def first_names() -> frozenset[str]:
    """Those often given in England, in small letters. Names that are ordinary words (Grace, Hope,
    May, Will) are left out: in small letters they would take words out of sentences that name
    nobody."""
    return _read("first_names.txt")


@cache
def known_words() -> frozenset[str]:
    """What is written with a capital letter and is nobody's name, in small letters: months,
    services, and the names of the councils of England."""
    councils = " ".join(area.name for area in load_areas().local_authorities())
    return _read("known_words.txt") | frozenset(re.findall(r"\w+", councils.casefold()))


def _read(name: str) -> frozenset[str]:
    return frozenset((files("dashboard.families") / name).read_text("utf-8").split())
