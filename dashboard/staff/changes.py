"""Deciding on a file that waits: its changes as a file, accepting it, turning it back."""

from flask import abort, flash, request
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task
from dashboard.downloads.separated import csv_bytes
from dashboard.releases.changes import accept, see_changes, turn_back
from dashboard.releases.comparing import ChangedMeanwhile, NotRight
from dashboard.releases.reasons import ReasonNotTaken
from dashboard.releases.sent_files import NoSuchSubmission
from dashboard.releases.submissions import SeenBefore
from dashboard.staff.attached import attached
from dashboard.staff.change_words import change_rows
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.sent_page import find_sent, sent_page
from dashboard.staff.stored_words import stored_words

doors = Doors()
Page = Response | tuple[str, int]


@doors.open("<area>/send-in/<int:number>/changes.csv", Task.send_in)
def changes_csv(desk: Desk, number: int) -> Response:
    """Every change, for a spreadsheet."""
    settings = desk.site.settings
    try:
        found = see_changes(desk.database, desk.who, desk.here.code, number, settings)
    except (NoSuchSubmission, NotRight):
        abort(404)
    rows = change_rows(found.changes, settings.measures)
    return attached(csv_bytes(rows), f"what-file-{number}-changes.csv", "text/csv")


@doors.open("<area>/send-in/<int:number>/accept", Task.send_in, methods=("POST",))
def accept_file(desk: Desk, number: int) -> Page:
    sent = find_sent(desk, number)
    typed = {"reason": request.form.get("reason", "")}
    parts = [name for name in sent.extracts if request.form.get(f"part-{name}")]
    try:
        stored = accept(
            desk.database,
            desk.who,
            desk.here.code,
            number,
            request.form.get("shown", ""),
            typed["reason"],
            parts,
            desk.site.settings,
        )
    except ReasonNotTaken as refusal:
        return sent_page(desk, number, {"reason": str(refusal)}, typed), 422
    except (ChangedMeanwhile, NotRight) as refusal:
        return sent_page(desk, number, {"accept": str(refusal)}, typed), 422
    except (NoSuchSubmission, SeenBefore) as refusal:
        return _decided_already(desk, number, refusal)
    flash(stored_words(stored, "is accepted"), "done")
    return desk.go(f"send-in/{number}")


@doors.open("<area>/send-in/<int:number>/turn-back", Task.send_in, methods=("POST",))
def turn_file_back(desk: Desk, number: int) -> Page:
    find_sent(desk, number)
    typed = {"why": request.form.get("why", "")}
    try:
        turn_back(desk.database, desk.who, desk.here.code, number, typed["why"])
    except ReasonNotTaken as refusal:
        return sent_page(desk, number, {"why": str(refusal)}, typed), 422
    except NoSuchSubmission as refusal:
        return _decided_already(desk, number, refusal)
    flash(f"File {number} is turned back. Nothing of it was stored.", "done")
    return desk.go("send-in")


def _decided_already(desk: Desk, number: int, refusal: Exception) -> Response:
    """As when a button is pressed twice, or a colleague was quicker."""
    flash(str(refusal), "error")
    return desk.go(f"send-in/{number}")
