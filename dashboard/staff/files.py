"""Every file that was accepted: who, when, how many rows; its bytes, and restoring its figures."""

from collections.abc import Mapping

from flask import abort, flash, request
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task
from dashboard.downloads.separated import csv_bytes
from dashboard.releases.comparing import ChangedMeanwhile, Comparison, NotRight
from dashboard.releases.reasons import ReasonNotTaken
from dashboard.releases.restore import (
    NoSuchFile,
    NothingToRestore,
    get_file,
    get_files,
    restore,
    see_restore,
)
from dashboard.staff.attached import attached
from dashboard.staff.change_facts import change_facts
from dashboard.staff.change_words import change_rows
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.stored_words import stored_words
from schemas.extracts import load_extracts

doors = Doors()
Page = str | Response | tuple[str, int]


@doors.open("<area>/files", Task.see_drafts)
def files(desk: Desk) -> str:
    found = get_files(desk.database, desk.who, desk.here.code)
    sheets = {name: extract.sheet for name, extract in load_extracts().items()}
    return desk.page("files.html", "Accepted files", files=found, sheets=sheets)


@doors.open("<area>/files/<int:number>/as-sent", Task.send_in)
def as_sent(desk: Desk, number: int) -> Response:
    """The bytes as they came, for the organisation that sent them and nobody else."""
    try:
        name, content = get_file(desk.database, desk.who, desk.here.code, number)
    except NoSuchFile:
        abort(404)
    return attached(content, name)


@doors.open("<area>/files/<int:number>/restore", Task.restore, methods=("GET", "POST"))
def restore_file(desk: Desk, number: int) -> Page:
    """Shows what would change first, and then does just that."""
    if request.method == "GET":
        return _restore_page(desk, number, {}, "")
    reason, shown = request.form.get("reason", ""), request.form.get("shown", "")
    settings = desk.site.settings
    try:
        stored = restore(desk.database, desk.who, desk.here.code, number, shown, reason, settings)
    except NoSuchFile:
        abort(404)
    except ReasonNotTaken as refusal:
        return _restore_page(desk, number, {"reason": str(refusal)}, reason), 422
    except (ChangedMeanwhile, NotRight, NothingToRestore) as refusal:
        return _restore_page(desk, number, {"restore": str(refusal)}, reason), 422
    flash(stored_words(stored, "is current again"), "done")
    return desk.go("files")


@doors.open("<area>/files/<int:number>/changes.csv", Task.restore)
def restore_csv(desk: Desk, number: int) -> Response:
    """Every change that restoring would make, for a spreadsheet."""
    try:
        found = _comparison(desk, number)
    except NotRight:
        abort(404)
    rows = change_rows(found.changes, desk.site.settings.measures)
    return attached(csv_bytes(rows), f"what-restoring-file-{number}-changes.csv", "text/csv")


def _comparison(desk: Desk, number: int) -> Comparison:
    try:
        return see_restore(desk.database, desk.who, desk.here.code, number, desk.site.settings)
    except NoSuchFile:
        abort(404)


def _restore_page(desk: Desk, number: int, problem: Mapping[str, str], reason: str) -> str:
    try:
        facts = change_facts(desk, _comparison(desk, number))
    except NotRight as refusal:
        facts = {"comparison": None}
        problem = {**problem, "restore": f"This file cannot be restored. {refusal}"}
    return desk.page(
        "files_restore.html",
        f"Restore the figures of file {number}",
        number=number,
        problem=problem,
        typed={"reason": reason},
        **facts,
    )
