"""What the headings an organisation writes of its own are read as; each can be forgotten."""

from collections.abc import Iterable, Mapping

from flask import flash, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.tasks import Task
from dashboard.releases.headings import (
    HeadingRefused,
    Remembered,
    forget_heading,
    get_remembered,
)
from dashboard.releases.sent_files import BIGGEST_ID, NoSuchSubmission
from dashboard.releases.submissions import check_again
from dashboard.releases.uk_time import time_words
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from schemas.extracts import load_extracts

doors = Doors()
_FIELDS = ("organisation", "extract", "heading")
_LONGEST = 60  # letters of a heading in what is flashed, which travels in a cookie


@doors.open("<area>/headings", Task.send_in)
def headings(desk: Desk) -> str:
    return _page(desk, {})


@doors.open("<area>/headings/forget", Task.send_in, methods=("POST",))
def forget(desk: Desk) -> Answer | tuple[str, int]:
    """Forgets one; a file that somebody came from is checked again at once."""
    asked = {name: request.form.get(name, "") for name in _FIELDS}
    if not all(asked.values()):
        return _page(desk, {"remembered": "Choose the heading to forget."}), 422
    settings = desk.site.settings
    try:
        forget_heading(desk.database, desk.who, desk.here.code, **asked, settings=settings)
    except HeadingRefused as refusal:
        return _page(desk, {"remembered": str(refusal)}), 422
    return _go_on(desk, asked["heading"])


def _go_on(desk: Desk, heading: str) -> Answer:
    said, number = f"What “{heading[:_LONGEST]}” means is forgotten", _file()
    try:
        if number:
            check_again(desk.database, desk.who, desk.here.code, number, desk.site.settings)
            flash(f"{said}, and the file was checked again.", "done")
            return desk.go(f"send-in/{number}")
    except NoSuchSubmission:
        pass  # decided on in the meantime: the heading is forgotten all the same
    flash(f"{said}. The next file that has it will ask.", "done")
    return desk.go("headings")


def _page(desk: Desk, problem: Mapping[str, str]) -> str:
    found = get_remembered(desk.database, desk.who, desk.here.code)
    return desk.page(
        "headings.html",
        "Remembered headings",
        problem=problem,
        remembered=_by_sheet(found),
        times={one.id: time_words(one.chosen_at) for one in found},
        file=_file(),
    )


def _by_sheet(found: Iterable[Remembered]) -> dict[str, dict[str, list[Remembered]]]:
    """By organisation and by the name of the sheet."""
    sheets: dict[str, dict[str, list[Remembered]]] = {}
    for one in found:
        sheet = load_extracts()[one.extract].sheet
        sheets.setdefault(one.organisation, {}).setdefault(sheet, []).append(one)
    return sheets


def _file() -> int:
    """The file whose page somebody came from; 0 for none."""
    number = request.values.get("file", 0, type=int)
    return number if 0 < number <= BIGGEST_ID else 0
