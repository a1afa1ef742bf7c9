"""How the server is, on screen, for the administrators of an area."""

import datetime as dt

from flask import current_app, flash, redirect
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task, may
from dashboard.releases.uk_time import time_words
from dashboard.staff.desk import Desk
from dashboard.staff.doors import PREFIX, Doors
from dashboard.watching import get_watched
from dashboard.watching.health import State, find_last_backup
from dashboard.watching.operations_facts import DAYS, get_operations, next_dates
from dashboard.watching.slow import SLOW
from loaders.problems import Outcome

doors = Doors()
_OUTCOMES = {
    Outcome.accepted: "Could be stored",
    Outcome.warned: "Could be stored, with things to look at",
    Outcome.cell_errors: "Cells were wrong",
    Outcome.refused: "Could not be read",
    Outcome.personal_data: "Refused: it seemed to hold personal data",
}
_CHECKS = {
    "database": "Database",
    "migrations": "Tables",
    "disk": "Free disk",
    "backup": "Last backup",
    "publication": "Planned publications",
}
_STATES = {State.good: "Good", State.attention: "Needs attention", State.stops: "Must be mended"}


@doors.open("operations", None)
def first(desk: Desk) -> Response:
    """Leads to the page of the first area that this person administers."""
    for code in desk.site.settings.areas:
        if may(desk.who, Task.see_operations, code):
            return redirect(f"{PREFIX}{code}/operations")
    flash("How the server is can be seen by administrators.", "error")
    return redirect(PREFIX)


@doors.open("<area>/operations", Task.see_operations)
def operations(desk: Desk) -> str:
    watched, now = get_watched(current_app), dt.datetime.now(dt.UTC)
    facts = get_operations(desk.database, desk.who, desk.here.code)
    folder = watched.health.backups
    last = find_last_backup(folder) if folder else None
    return desk.page(
        "operations.html",
        "How the server is",
        facts=facts,
        size=_megabytes(facts.size),
        checks=[
            (_CHECKS[one.check], _STATES[one.state], one.word) for one in watched.health.look()
        ],
        backup=time_words(last.isoformat()) if last else "",
        watches_backups=folder is not None,
        slow=[(one, time_words(one.at.isoformat())) for one in watched.slow.newest(now)],
        slow_from=SLOW,
        files=[(_OUTCOMES[outcome], count) for outcome, count in facts.files],
        days=DAYS,
        scheduled=[(one, time_words(one.at)) for one in facts.scheduled],
        dates=next_dates(desk.here, desk.site.settings.today()),
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
