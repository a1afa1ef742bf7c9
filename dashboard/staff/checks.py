"""The checks of a term: what must be mended, what should be looked at, and the explanations."""

import hashlib
from collections.abc import Iterator, Mapping

from flask import abort, flash, request
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task, may
from dashboard.releases.checks import Finding
from dashboard.releases.explanations import (
    LONGEST,
    Checked,
    Given,
    NotExplained,
    explain_all,
    see_checks,
)
from dashboard.releases.uk_time import time_words
from dashboard.staff.board import read_term
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors

doors = Doors()
# Where a finding is mended: how its address begins, what the link says, who may go there.
_PLACES = (
    ("send-in", "Send the mended file in", Task.send_in),
    ("privacy", "See what is hidden from everyone", Task.see_privacy),
    ("notes", "Write a dated note", Task.see_drafts),
    ("definitions", "See the definitions", Task.see_published),
    ("preview", "See it on its page, as it will be", Task.see_drafts),
)


@doors.open("<area>/<term>/checks", Task.see_drafts)
def checks(desk: Desk, term: str) -> str:
    return _page(desk, term, _checked(desk, term), {})


@doors.open("<area>/<term>/checks", Task.explain, methods=("POST",))
def explain(desk: Desk, term: str) -> Response | tuple[str, int]:
    """Every text box that something was written in is one explanation."""
    checked = _checked(desk, term)
    given = [*_given(checked)]
    try:
        explain_all(
            desk.database, desk.who, desk.here.code, checked.version.id, given, desk.site.settings
        )
    except NotExplained as refused:
        now = _checked(desk, term)
        shown = {finding.key for finding in now.report.shoulds}
        problems = {
            f"words-{mark_of(key)}" if key in shown else "explanations": words
            for key, words in refused.problems.items()
        }
        return _page(desk, term, now, problems), 422
    several = f"{len(given)} explanations are" if len(given) > 1 else "The explanation is"
    flash(f"{several} on the record.", "done")
    return desk.go(f"{term}/checks")


def mark_of(key: str) -> str:
    """A finding as its form fields and its anchor call it."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _checked(desk: Desk, term: str) -> Checked:
    label = read_term(term).label
    found = see_checks(desk.database, desk.who, desk.here.code, label, desk.site.settings)
    if found is None:
        abort(404)
    return found


def _given(checked: Checked) -> Iterator[Given]:
    """What was written, also of findings that went away meanwhile: those are told of."""
    for field, key in request.form.items():
        mark = field.removeprefix("finding-")
        words = request.form.get(f"words-{mark}", "").strip()
        if mark != field and words:
            yield Given(key, words, request.form.get(f"beside-{mark}") == "1")


def _page(desk: Desk, term: str, checked: Checked, problems: Mapping[str, str]) -> str:
    open_to_words = checked.version.state == "draft" and desk.may(Task.explain)
    return desk.page(
        "checks.html",
        f"Checks: {read_term(term).title}",
        term_path=desk.path(f"{term}/"),
        version=checked.version,
        report=checked.report,
        may_explain=open_to_words,
        problem=bool(problems),
        problems=problems,
        typed=request.form if problems else {},
        mark_of=mark_of,
        place_of=lambda finding: _place(desk, finding),
        time_words=time_words,
        longest=LONGEST,
    )


def _place(desk: Desk, finding: Finding) -> tuple[str, str] | None:
    """The address where it is mended and what the link says; None for those who may not go."""
    for begins, words, task in _PLACES:
        if finding.link.startswith(begins) and may(desk.person, task, desk.here.code):
            return desk.path(finding.link), words
    return None
