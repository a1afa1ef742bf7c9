"""What is hidden from everyone of a version and why, and the public pages as they will be."""

from flask import Response, abort, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from dashboard.access.tasks import Task, refusal
from dashboard.public.notes_shown import with_note
from dashboard.releases.previews import preview_words
from dashboard.releases.protection import Privacy, see_privacy, see_public_file, work_out
from dashboard.releases.refused import StepRefused
from dashboard.releases.uk_time import time_words
from dashboard.releases.versions import NoSuchVersion
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.sign_off import Shown

doors = Doors()
_NOTE = Markup(
    '<aside class="version-note" aria-label="About this version"><p><strong>{}</strong></p></aside>'
)


@doors.open("<area>/privacy/<int:version>/", Task.see_privacy)
def privacy(desk: Desk, version: int) -> str:
    return _page(desk, _seen(desk, version))


@doors.open("<area>/privacy/<int:version>/", Task.see_privacy, methods=("POST",))
def work(desk: Desk, version: int) -> Shown | Answer:
    """Leads back to the page by GET, so that coming back to it does not work it out again."""
    seen = _seen(desk, version)
    try:
        work_out(desk.database, desk.who, desk.here.code, version, desk.site.settings)
    except StepRefused as refused:
        return _page(desk, seen, str(refused)), 422
    return desk.go(f"privacy/{version}/")


@doors.open("<area>/privacy/<int:version>/pages/<path:rest>", Task.see_privacy)
def public_page(desk: Desk, version: int, rest: str) -> Response:
    """One file of the publication as it will be; a page says so while it is not published."""
    base = desk.path(f"privacy/{version}/pages/")
    try:
        found = see_public_file(
            desk.database, desk.who, desk.here.code, version, rest, base, desk.site.settings
        )
    except NoSuchVersion:
        abort(404)
    if found is None:
        abort(404)
    body, of = found.body, _seen(desk, version).version
    if found.kind == "text/html" and not of.was_published:
        body = with_note(body, _NOTE.format(preview_words(of)))
    answer = Response(body, mimetype=found.kind)
    answer.make_conditional(request)
    return answer


def _seen(desk: Desk, version: int) -> Privacy:
    try:
        return see_privacy(desk.database, desk.who, desk.here.code, version)
    except NoSuchVersion:
        abort(404)


def _page(desk: Desk, seen: Privacy, problem: str = "") -> str:
    return desk.page(
        "privacy.html",
        f"Hidden from everyone: {seen.version.term.title}",
        seen=seen,
        public=desk.here.public,
        problem=problem,
        pages=desk.path(f"privacy/{seen.version.id}/pages/"),
        term_path=desk.path(f"{seen.version.term_label.replace(' ', '-')}/"),
        time_words=time_words,
        refusal=refusal,
    )
