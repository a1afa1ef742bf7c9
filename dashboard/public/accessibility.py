"""The accessibility statement the law asks for, made from an area's settings with its gaps shown.

It follows the sample statement of GOV.UK of 19 December 2023; the sentences the law prescribes are
in the template word for word. It says no more than was tested.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from flask import Flask, Response, abort, request
from jinja2 import Environment
from werkzeug.wrappers import Response as Answer

from dashboard.public.files import EASY_READ, PublicFile, door_address
from dashboard.public.headers import LATEST
from dashboard.templating import page_templates
from dashboard.words.periods import day_words
from schemas.area_settings import AreaSettings
from schemas.resources import resource_folder

DOOR = "accessibility"
LINK_WORDS = "Accessibility statement"  # as the foot of a page calls it
STYLE, ICON = "statement.css", "favicon.svg"
LAW = (
    "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
)
_HTML = "text/html"


class Gap(NamedTuple):
    """Something only the area can say: the setting it stands in, and what is missing."""

    setting: str
    words: str


def statement_address(slug: str) -> str:
    """`/accessibility/darlington/`, for the foot of every page."""
    return f"/{DOOR}/{slug}/"


def find_gaps(area: AreaSettings) -> list[Gap]:
    """Everything that the area still has to say, in the order of the page."""
    public = area.public
    assert public is not None
    facts = public.accessibility
    asked = (
        (public.address, "address", "the address of this website"),
        (facts.email, "accessibility.email", "an email address for accessibility"),
        (facts.phone, "accessibility.phone", "a phone number for accessibility"),
        (facts.post, "accessibility.post", "a postal address for accessibility"),
        (facts.reply_days, "accessibility.reply_days", "in how many days it replies"),
        (facts.prepared_on, "accessibility.prepared_on", "when it prepared this statement"),
        (facts.reviewed_on, "accessibility.reviewed_on", "when it last reviewed this statement"),
        (facts.tested_on, "accessibility.tested_on", "when this website was last tested"),
        (facts.tested_by, "accessibility.tested_by", "who carried out the test"),
    )
    return [Gap(f"public.{setting}", words) for value, setting, words in asked if not value]


def build(area: AreaSettings) -> bytes:
    """The page, `index.html` beside `statement.css`: the same bytes for the same settings."""
    assert area.public is not None
    facts = area.public.accessibility
    dates = {
        "prepared": facts.prepared_on,
        "reviewed": facts.reviewed_on,
        "tested": facts.tested_on,
    }
    page = _templates().get_template("accessibility/statement.html")
    html = page.render(
        area=area,
        public=area.public,
        facts=facts,
        days={name: day_words(day.isoformat()) if day else "" for name, day in dates.items()},
        dialled=re.sub(r"[^\d+]", "", facts.phone),
        gaps={gap.setting.removeprefix("public."): _marked(gap) for gap in find_gaps(area)},
        law=LAW,
        style=STYLE,
        icon=ICON,
        easy_read=door_address(EASY_READ, area.slug),
    )
    return html.encode()


def build_files(area: AreaSettings) -> Iterator[PublicFile]:
    """The page with its style sheet and icon, for a folder of a static site."""
    yield PublicFile(f"{DOOR}/index.html", _HTML, build(area))
    yield PublicFile(f"{DOOR}/{STYLE}", "text/css", _asset(f"{DOOR}/{STYLE}"))
    yield PublicFile(f"{DOOR}/{ICON}", "image/svg+xml", _asset(ICON))


def build_site_files(areas: Iterable[AreaSettings]) -> Iterator[PublicFile]:
    """The statements of all areas that publish to everyone, each under the address it has on the
    server."""
    for area in areas:
        for file in build_files(area) if area.public else ():
            name = file.path.removeprefix(f"{DOOR}/")
            yield replace(file, path=f"{statement_address(area.slug).lstrip('/')}{name}")


def add_accessibility(server: Flask, areas: Mapping[str, AreaSettings]) -> None:
    """Adds the statement of every area that publishes to everyone."""
    made: Mapping[str, Mapping[str, PublicFile]] = {
        area.slug: {one.path.partition("/")[2]: one for one in build_files(area)}
        for area in areas.values()
        if area.public
    }

    def statement(slug: str, name: str = "index.html") -> Answer:
        found = made.get(slug, {}).get(name)
        if found is None:
            abort(404)
        answer = Response(found.body, mimetype=found.kind)
        answer.headers["Cache-Control"] = LATEST
        answer.add_etag()
        return answer.make_conditional(request)

    server.add_url_rule(f"/{DOOR}/<slug>/", "statement", statement)
    server.add_url_rule(f"/{DOOR}/<slug>/<name>", "statement.file", statement)


def _marked(gap: Gap) -> str:
    """As it stands on the page, so that nobody takes it for an answer."""
    return f"[The council still has to say this: {gap.words}]"


def _asset(name: str) -> bytes:
    return (resource_folder("assets") / name).read_bytes()


@cache
def _templates() -> Environment:
    return page_templates()
