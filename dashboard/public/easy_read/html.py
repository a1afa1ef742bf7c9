"""The family pages as HTML that needs no script, asks nobody else and escapes what it is given."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from dashboard.public.easy_read.content import Calendar, EasyRead, Part, Topic
from dashboard.public.easy_read.pictures import LICENCE_SITE, MAKER_SITE
from dashboard.public.files import DATA, door_address
from dashboard.public.release import PublicRelease
from dashboard.templating import page_templates
from dashboard.words.easy_read.catalogue import load_catalogue
from dashboard.words.easy_read.sentences import split_sentences
from dashboard.words.values import capital

HARD_WORDS = "hard-words"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def draw_pages(
    release: PublicRelease,
    content: EasyRead,
    assets: Mapping[str, str],
    sizes: Mapping[str, int],
) -> Iterator[tuple[str, str]]:
    """Each page's path below the door and its HTML, the front page first.

    Args:
        assets: where style sheet, script and pictures stand, seen from the door.
        sizes: how large each paper is in bytes, by its path below the door.
    """
    known = _facts_of_all(release, content, assets, sizes)
    yield "index.html", _draw("front.html", known, root="", topic=None)
    for place, topic in enumerate(content.topics):
        after = content.topics[(place + 1) % len(content.topics)]
        facts: dict[str, Any] = {"root": "../", "topic": topic, "after": after}
        facts["numbers"] = _numbers(release, topic, known["words"])
        facts["helping"] = next((one for one in topic.blocks if one.id == "help"), None)
        yield f"{topic.slug}/index.html", _draw("topic.html", known, **facts)
    yield f"{HARD_WORDS}/index.html", _draw("hard_words.html", known, root="../", topic=None)


def _facts_of_all(
    release: PublicRelease,
    content: EasyRead,
    assets: Mapping[str, str],
    sizes: Mapping[str, int],
) -> dict[str, Any]:
    """What every page knows."""
    catalogue = load_catalogue(content.language)
    said = catalogue.say
    return {
        "content": content,
        "area": release.area,
        "edition": release.name,
        "assets": assets,
        "sizes": {path: -(-size // 1000) for path, size in sizes.items()},
        "words": catalogue.words,
        "tell_us": catalogue.tell_us,
        "foot": foot_of(content),
        "say": "|".join(f"{seen}={said[seen]}" for seen in sorted(said, key=_longest)),
        "maker_site": MAKER_SITE,
        "licence_site": LICENCE_SITE,
        "hard_words": HARD_WORDS,
    }


def _longest(word: str) -> tuple[int, str]:
    """Longest first: `SENDIASS` before `SEND`, which is a part of it."""
    return -len(word), word


def foot_of(content: EasyRead) -> tuple[str, ...]:
    """What stands at the foot of every page and paper: how old it is, and who checked it."""
    said = (content.updated, content.next_update, content.late, content.checked)
    return tuple(filter(None, said))


def _numbers(
    release: PublicRelease, topic: Topic, words: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The links to the published numbers of a topic: what each says and where it leads; to all
    numbers where nobody sent any of the topic."""
    door = door_address(DATA, release.area.slug, release.name)
    named = zip(topic.measure_ids, topic.measure_names, strict=True)
    there = {one.measure_id for one in (*release.own, *release.beside)}
    there |= {one.measure_id for one in release.left_out}
    sent = [(name, f"{door}{one}/") for one, name in named if one in there]
    if len(sent) < 2:
        return [(words["all_numbers"], sent[0][1] if sent else door)]
    return [(words["numbers_of"].format(name=name), place) for name, place in sent]


def _draw(template: str, known: Mapping[str, Any], **facts: Any) -> str:
    return _templates().get_template(f"easy_read/{template}").render(**known, **facts)


@cache
def _templates() -> Environment:
    return page_templates(
        marked=marked,
        lines=split_sentences,
        kind=_kind,
        dialled=_dialled,
        shown=_shown,
        squares=squares,
        capital=capital,
    )


def marked(sentence: str) -> Markup:
    """A sentence with its hard words in bold and everything else escaped."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(sentence))))


def _kind(part: Part) -> str:
    return type(part).__name__


def _dialled(phone: str) -> str:
    """`01325 406 333` as a telephone takes it."""
    return re.sub(r"[^\d+]", "", phone)


def _shown(address: str) -> str:
    """`https://www.a.gov.uk/` as a person writes it."""
    return re.sub(r"^https?://(www\.)?|/$", "", address)


def squares(wait: Calendar) -> int:
    """Months that the calendar of a wait shows: whole rows of twelve, the limit among them."""
    return -(-max(wait.months, wait.limit or 0, 1) // 12) * 12
