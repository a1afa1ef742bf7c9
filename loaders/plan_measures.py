"""Which measures a plan names, by id, title or short title."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from loaders.cells import tidy
from schemas.measure import load_measures
from schemas.text import plain


def find_measures(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the measures a text names, each once, and a sentence on each name that is none.
    Names stand between semicolons or on lines of their own."""
    ids: list[str] = []
    faults: list[str] = []
    for name in (tidy(one) for one in text.replace("\n", ";").split(";")):
        if not name:
            continue
        found = _by_name().get(plain(name))
        if found is None:
            faults.append(_unknown(name))
        elif found not in ids:
            ids.append(found)
    return tuple(ids), tuple(faults)


def _unknown(name: str) -> str:
    titles = {one.short_title.casefold(): one.short_title for one in load_measures().values()}
    near = get_close_matches(name.casefold(), [*titles], 1, 0.5)
    hint = f" Did you mean “{titles[near[0]]}”?" if near else ""
    shown = name if len(name) <= 60 else f"{name[:57]}..."
    return f"There is no measure “{shown}”.{hint} The sheet “Measures” of the template lists them."


@cache
def _by_name() -> Mapping[str, str]:
    """Plain id, title or short title → id; ids come first."""
    measures = load_measures().values()
    titles = {plain(text): one.id for one in measures for text in (one.title, one.short_title)}
    return titles | {plain(one.id): one.id for one in measures}
