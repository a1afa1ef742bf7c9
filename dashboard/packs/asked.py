"""Which pack is asked for: its template, its theme, whose numbers, and the words for each."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from dashboard.packs.pack import Numbers
from dashboard.words.sentences import theme_words
from schemas.area_settings import AreaSettings
from schemas.measure import Measure

K = TypeVar("K", bound=str)
Template = Literal["exceptions", "full", "theme", "profile"]
TEMPLATES: Mapping[Template, str] = {
    "exceptions": "Exceptions",
    "full": "Every measure",
    "theme": "One theme",
    "profile": "JSNA SEND profile",
}
NUMBERS: Mapping[Numbers, str] = {
    "true": "True figures, for the partnership",
    "protected": "Protected figures, as everyone may see them",
}
_TITLES: Mapping[Template, str] = {
    "exceptions": "SEND exceptions report",
    "full": "SEND performance report",
    "theme": "SEND performance report",
    "profile": "Joint strategic needs assessment: SEND profile",
}
_SUBTITLES: Mapping[Template, str] = {
    "exceptions": "What needs attention, with what its owners say",
    "full": "Every measure, by the partnership’s priorities",
    "theme": "",
    "profile": "Needs, places, waits, attendance and gaps over all years held",
}


@dataclass(frozen=True)
class Asked:
    """`theme` is a key of `theme_choices`, "" for every template but `theme`."""

    template: Template
    theme: str
    numbers: Numbers


def ask(area: AreaSettings, measures: Sequence[Measure], query: Mapping[str, str]) -> Asked:
    """What an address or a command asks for; what it does not name, or names wrongly, is what most
    people want."""
    template: Template = _one_of(TEMPLATES, query.get("template"), "exceptions")
    numbers: Numbers = _one_of(NUMBERS, query.get("numbers"), "true")
    choices = theme_choices(area, measures)
    theme = query.get("theme", "") if query.get("theme") in choices else next(iter(choices), "")
    return Asked(template, theme if template == "theme" else "", numbers)


def theme_choices(area: AreaSettings, measures: Sequence[Measure]) -> dict[str, str]:
    """The themes of the area's measures, and its priorities that are not a theme by another name,
    in words, by key."""
    found: dict[str, str] = {one.theme: theme_words(one.theme) for one in measures}
    known = [[one.id for one in measures if one.theme == theme] for theme in found]
    for priority in area.priorities:
        named = [one.id for one in measures if priority.names(one)]
        if named and named not in known:
            found[_key(priority.title)] = priority.title
    return found


def of_theme(area: AreaSettings, measures: Sequence[Measure], theme: str) -> Iterator[Measure]:
    """The measures of a theme or of one of the partnership's priorities."""
    priority = next((one for one in area.priorities if _key(one.title) == theme), None)
    for measure in measures:
        if measure.theme == theme or (priority and priority.names(measure)):
            yield measure


def title_of(asked: Asked) -> str:
    return _TITLES[asked.template]


def subtitle_of(asked: Asked, area: AreaSettings, measures: Sequence[Measure]) -> str:
    return _SUBTITLES[asked.template] or theme_choices(area, measures)[asked.theme]


def _one_of(known: Iterable[K], asked: str | None, usual: K) -> K:
    return next((one for one in known if one == asked), usual)


def _key(title: str) -> str:
    """As a priority stands in an address: `families-experience`."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-")
