"""What is said round the files: an earlier edition's note, the page in place of a withdrawn one,
the lists of areas."""

import datetime as dt
import json
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from dashboard.public.bundle import NOTE, index_of
from dashboard.public.easy_read.front import late_words_in_full
from dashboard.public.files import DATA, EASY_READ, door_address
from dashboard.public.headers import FOR_GOOD, LATEST
from dashboard.public.standing import PublicEdition, Standing, Why
from schemas.area_settings import AreaSettings

GONE = "These figures were withdrawn. Nothing should be based on them."
NO_PAGE = "There is no page at this address."
DOOR_WORDS = {EASY_READ: "For families: easy read", DATA: "Open data"}
_LEADS = {
    EASY_READ: "These pages are for families. They are in easy read.",
    DATA: "The figures of each area as tables and files, free to use.",
}
_NOTE = Markup(
    '<aside class="version-note" aria-label="About this version">'
    '<p><strong>This page is old.</strong> <a href="{}">Read the newest {}</a></p></aside>'
)
_LATE = Markup('<aside class="version-note" aria-label="About this version">{}</aside>')


class Look(NamedTuple):
    """Where the style sheet and the icon of these pages stand."""

    style: str
    icon: str


def superseded_note(slug: str, path: str, newest: Container[str]) -> str:
    """What stands on a page of an earlier edition, with a link to the newest one of it, or to its
    door where the newest edition has no such page. `newest` are the paths of that edition"""
    door = path.partition("/")[0]
    there = path in newest
    page = path.removeprefix(f"{door}/").removesuffix(index_of(f"{door}/").rpartition("/")[2])
    address = door_address(door, slug) + (page if there else "")
    return str(_NOTE.format(address, "page" if there else "pages"))


def late_note(next_on: dt.date | None, today: dt.date) -> str:
    """What stands on the newest pages for families once the day of the next ones has passed, else
    ""."""
    said = [Markup("<p>{}</p>").format(one) for one in late_words_in_full(next_on, today)]
    return str(_LATE.format(Markup("").join(said))) if said else ""


def with_note(page: bytes, note: str) -> bytes:
    """The page with the note in its place."""
    return page.replace(NOTE.encode(), note.encode(), 1)


def gone_page(look: Look, slug: str, door: str, whys: Sequence[Why], standing: Standing) -> str:
    """In place of everything of a withdrawn edition; nothing of its figures."""
    newest = door_address(door, slug) if standing.latest else ""
    title = "This was withdrawn"
    return _render("gone.html", title=title, look=look, whys=whys, newest=newest)


def lost_page(look: Look, said: str = NO_PAGE) -> str:
    """A refusal in a sentence, and where to go on from there."""
    return _render("lost.html", title=said.removesuffix("."), look=look)


def door_page(look: Look, door: str, areas: Sequence[AreaSettings]) -> str:
    """The areas that have something behind a door."""
    links = [(area.name, f"{area.slug}/") for area in areas]
    title = DOOR_WORDS[door]
    return _render("door.html", title=title, look=look, lead=_LEADS[door], areas=links)


def site_page(look: Look, areas: Sequence[AreaSettings]) -> str:
    """The front page of an exported site."""
    links = [(area.name, area_doors(area)) for area in areas]
    title = "How children and young people with SEND are doing"
    return _render("site.html", title=title, look=look, areas=links)


def area_doors(area: AreaSettings) -> list[tuple[str, str]]:
    """What an area has for everyone: words and address."""
    return [(words, door_address(door, area.slug)) for door, words in DOOR_WORDS.items()]


def areas_json(areas: Sequence[tuple[AreaSettings, Standing]]) -> bytes:
    """`/api/v1/areas`: the areas that have published something that stands."""
    return _json({"areas": [_area(*one) for one in areas if one[1].latest]})


def versions_json(area: AreaSettings, standing: Standing) -> bytes:
    """`/api/v1/areas/SLUG/versions`: every edition, the newest first."""
    return _json({"versions": [_version(area, standing, one) for one in standing.editions]})


def problem_json(status: int, detail: str) -> bytes:
    """A problem as RFC 9457 has it."""
    title = HTTPStatus(status).phrase
    return _json({"type": "about:blank", "title": title, "status": status, "detail": detail})


def nginx_example(
    folder: Path,
    types: Mapping[str, str],
    locations: Iterable[tuple[str, Mapping[str, str]]],
    withdrawn: Iterable[tuple[str, str]],
) -> str:
    """How nginx sends an exported folder with the headers that the server sends."""
    return _render(
        "nginx.conf",
        folder=folder,
        types=types,
        locations=[*locations],
        withdrawn=[*withdrawn],
        latest=LATEST,
        for_good=FOR_GOOD,
    )


def _area(area: AreaSettings, standing: Standing) -> dict[str, str]:
    assert standing.latest
    address = door_address("api", area.slug)
    return {
        "code": area.code,
        "slug": area.slug,
        "name": area.name,
        "latest": standing.latest.name,
        "address": address,
        "versions": f"{address}versions",
    }


def _version(
    area: AreaSettings, standing: Standing, edition: PublicEdition
) -> dict[str, str | None]:
    state = standing.state_of(edition)
    newer = standing.latest.name if standing.latest and state == "superseded" else None
    return {
        "name": edition.name,
        "published_at": edition.made_at,
        "state": state,
        "superseded_by": newer,
        "address": door_address("api", area.slug, edition.name),
    }


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _render(template: str, **facts: Any) -> str:
    return _templates().get_template(f"public/{template}").render(facts)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("dashboard"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
