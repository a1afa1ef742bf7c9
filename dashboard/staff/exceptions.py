"""Exception reports to print for the Board."""

from flask import abort

from dashboard.access.tasks import Task
from dashboard.releases.exceptions import Report, report_draft_exceptions, report_exceptions
from dashboard.staff.board import read_term
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.words.attention import attention_phrase
from schemas.term import Term

doors = Doors()


@doors.open("<area>/exceptions/<term>", Task.see_published)
def exceptions(desk: Desk, term: str) -> str:
    """For the Board, on paper: each measure that asks for a report, with its owner's words."""
    wanted = read_term(term)
    report = read_report(desk, wanted, published_first=True)
    if report is None:
        abort(404)
    return desk.page(
        "commentary_report.html",
        f"Exception reports, {wanted.title[0].lower()}{wanted.title[1:]}",
        report=report,
        term=wanted,
        phrase=attention_phrase,
        open=[one for one in report.asked if not one.answered],
        wanted_on=desk.here.rhythm.due_on(wanted, "board"),
    )


def read_report(desk: Desk, term: Term, published_first: bool = False) -> Report | None:
    """What is asked of a term: of its newest figures for those who may see a draft, unless what
    is published is wanted where there is some."""
    about = (desk.database, desk.who, desk.here.code)
    settings = desk.site.settings
    published = report_exceptions(*about, settings, term.label)
    if not desk.may(Task.see_drafts) or (published and published_first):
        return published
    return report_draft_exceptions(*about, settings, term.label)
