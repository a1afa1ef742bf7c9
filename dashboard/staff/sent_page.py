"""The page of one file: what was found in it, what it would change, what became of it."""

from collections.abc import Mapping
from typing import Any

from flask import abort

from dashboard.releases.changes import see_changes
from dashboard.releases.comparing import NotRight
from dashboard.releases.sent_files import NoSuchSubmission, Submission
from dashboard.releases.submissions import check_again, get_submission
from dashboard.releases.uk_time import time_words
from dashboard.staff.change_facts import change_facts
from dashboard.staff.desk import Desk
from dashboard.staff.sent_words import (
    CHOSEN_BEFORE,
    cautions_of,
    headings_asked,
    recognised,
    said_of,
    sheets_of,
)
from schemas.extracts import load_extracts


def find_sent(desk: Desk, number: int) -> Submission:
    """The file of the address; the page that is not there when it is nobody's or another's."""
    try:
        return get_submission(desk.database, desk.who, desk.here.code, number)
    except NoSuchSubmission:
        abort(404)


def sent_page(
    desk: Desk,
    number: int,
    problem: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> str:
    """As it stands now. `problem` and `typed` are what a form had wrong, and what was in it."""
    sent = find_sent(desk, number)
    facts: dict[str, Any] = {}
    if sent.state == "waiting":
        sent, facts = _with_changes(desk, sent)
    state, look, about = said_of(sent)
    return desk.page(
        "send_in_file.html",
        f"Sent in: {sent.name or 'a file that was not kept'}",
        sent=sent,
        sent_at=time_words(sent.sent_at),
        decided_at=time_words(sent.decided_at) if sent.decided_at else "",
        state=state,
        look=look,
        about=about.removeprefix(f"{sent.name}: "),
        recognised=recognised(sent),
        sheets=sheets_of(sent),
        cautions=cautions_of(sent),
        chosen_before=CHOSEN_BEFORE,
        asked=headings_asked(sent) if sent.has_content else [],
        parts=[(name, load_extracts()[name].sheet) for name in sent.extracts],
        problem=problem or {},
        typed=typed or {},
        **({"comparison": None} | facts),
    )


def _with_changes(desk: Desk, sent: Submission) -> tuple[Submission, dict[str, Any]]:
    """A file that was right and is no more, as by a heading that means something else now, is
    checked again and shown as it is."""
    desk_facts = (desk.database, desk.who, desk.here.code, sent.id, desk.site.settings)
    try:
        return sent, change_facts(desk, see_changes(*desk_facts))
    except NotRight:
        return check_again(*desk_facts), {}
    except NoSuchSubmission:  # decided on in this very moment
        return find_sent(desk, sent.id), {}
