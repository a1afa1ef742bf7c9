"""Previews: the pages of an area as they will be, for staff and for early readers with a link."""

from dataclasses import replace

from flask import Response, abort, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.tasks import Task
from dashboard.address import parse_page
from dashboard.pages.routes import answer_unkept
from dashboard.releases.early_readers import LinkEnded, read_early
from dashboard.releases.previews import STATES, preview_words, see_preview
from dashboard.releases.uk_time import time_words
from dashboard.releases.versions import NoSuchVersion, Version
from dashboard.staff.desk import Desk
from dashboard.staff.doors import PREFIX, Doors
from dashboard.viewer import Viewer
from schemas.area_settings import AreaSettings

doors = Doors()


@doors.open("<area>/preview/<int:version>/", Task.see_drafts)
def preview(desk: Desk, version: int) -> Answer:
    return _preview(desk, version, "")


@doors.open("<area>/preview/<int:version>/<path:rest>", Task.see_drafts)
def preview_page(desk: Desk, version: int, rest: str) -> Answer:
    return _preview(desk, version, rest)


def _preview(desk: Desk, version: int, rest: str) -> Answer:
    try:
        found = see_preview(desk.database, desk.who, desk.here.code, version)
    except NoSuchVersion:
        abort(404)
    if found.state not in STATES:
        return desk.go(f"{found.term_label.replace(' ', '-')}/publish")
    base = desk.path(f"preview/{version}/")
    return _page(desk, desk.here, found, rest, base, preview_words(found))


@doors.open("early/<token>/", None, signed_in=False)
def early(desk: Desk, token: str) -> Answer | tuple[str, int]:
    return _early(desk, token, "")


@doors.open("early/<token>/<path:rest>", None, signed_in=False)
def early_page(desk: Desk, token: str, rest: str) -> Answer | tuple[str, int]:
    return _early(desk, token, rest)


def _early(desk: Desk, token: str, rest: str) -> Answer | tuple[str, int]:
    try:
        found, ends_at = read_early(desk.database, token)
    except LinkEnded:
        return desk.page("preview_ended.html", "This link does not open anything"), 404
    area = desk.site.settings.areas.get(found.area_code)
    if area is None:
        abort(404)
    words = f"{preview_words(found)} You may read it until {time_words(ends_at)}."
    return _page(desk, area, found, rest, f"{PREFIX}early/{token}/", words)


def _page(
    desk: Desk, area: AreaSettings, version: Version, rest: str, base: str, words: str
) -> Response:
    """A page or file of the area as if the version were published, its links staying here."""
    site = replace(desk.site, viewer=Viewer(preview=version.id), banner=words)
    query = request.query_string.decode("latin-1")
    address = parse_page(area, rest, query, site.settings, base)
    if address is None:
        abort(404)
    return answer_unkept(site, address)
