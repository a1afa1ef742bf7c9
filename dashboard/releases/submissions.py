"""Files sent in by the form: checked at once, then waiting for a decision or to be mended."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act
from dashboard.releases.headings import get_choices
from dashboard.releases.senders import as_theirs, definitions_of, given_by
from dashboard.releases.sent_files import (
    KEPT,
    NoSuchSubmission,
    Submission,
    add_submission,
    decide,
    find_twin,
    forget_old,
    read_content,
    read_submission,
    read_submissions,
    read_unmended,
    write_outcome,
)
from dashboard.settings import Settings
from loaders.kept import find_kept
from loaders.marked import Marked, mark_up
from loaders.prepare import Prepared, prepare
from loaders.privacy_text import find_kinds
from loaders.problems import Outcome
from loaders.report import Report, Sender
from schemas.database import Database

MOST_LISTED = 20
_LONGEST_NAME = 150
_PERSONAL_NAME = (
    "The name of this file looks as if it holds personal data, so the file has been refused and "
    "not kept. Give it another name and send it again."
)


class SeenBefore(Exception):
    """The very same bytes are here already; the message says where."""

    def __init__(self, said: str, submission_id: int | None = None) -> None:
        super().__init__(said)
        self.submission_id = submission_id


@service(Task.send_in)
def send_in(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    content: bytes,
    name: str,
    given: Mapping[str, str],
    settings: Settings | None = None,
    invented: bool = False,
) -> Submission:
    """Checks a file and keeps what may be kept of it; stores no figure.

    Args:
        given: answers for a file without a cover: organisation, term, as_at_on, status.
        invented: the figures are of a demonstration.

    Raises:
        SeenBefore: this very file was accepted, or is waiting.
    """
    settings = settings or Settings()
    forget_old(database)
    name = _plain_name(name)
    answers: dict[str, Any] = given_by(actor, settings.areas[area_code], given)
    prepared = (
        Prepared(b"", Sender(), Report("", Outcome.personal_data, _PERSONAL_NAME))
        if any(find_kinds(name))
        else _checked(database, actor, settings, area_code, content, name, answers, invented)
    )
    with database.writing() as connection:
        if prepared.report.outcome is not Outcome.personal_data:
            _refuse_twins(connection, actor, area_code, content)
        given = answers | {"invented": invented}
        number = add_submission(connection, prepared, actor, area_code, given)
        sent = read_submission(connection, actor, area_code, number)
        _mended(connection, actor, sent)
        _tell(connection, actor, sent, "sent in")
    return sent


@service(Task.send_in)
def check_again(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    submission_id: int,
    settings: Settings | None = None,
) -> Submission:
    """Checks a file that is kept once more, as when its headings have been given a meaning.

    Raises:
        NoSuchSubmission: there is none here whose file is kept.
    """
    settings = settings or Settings()
    prepared = prepare_again(database, actor, area_code, submission_id, settings)
    with database.writing() as connection:
        before = read_submission(connection, actor, area_code, submission_id)
        if before.state not in KEPT:
            raise NoSuchSubmission(f"File {submission_id} has been decided on.")
        write_outcome(connection, submission_id, prepared)
        sent = read_submission(connection, actor, area_code, submission_id)
        _mended(connection, actor, sent)
        _tell(connection, actor, sent, "checked again", before.state)
    return sent


@service(Task.send_in)
def get_submission(
    database: Database, actor: Person, area_code: str, /, submission_id: int
) -> Submission:
    """Raises NoSuchSubmission where there is none, or it is another organisation's."""
    with database.reading() as connection:
        return read_submission(connection, actor, area_code, submission_id)


@service(Task.send_in)
def get_submissions(database: Database, actor: Person, area_code: str, /) -> list[Submission]:
    """The last files of this person's organisations, newest first."""
    forget_old(database)
    with database.reading() as connection:
        return read_submissions(connection, actor, area_code, MOST_LISTED)


@service(Task.send_in)
def get_marked(database: Database, actor: Person, area_code: str, /, submission_id: int) -> Marked:
    """The sender's own workbook with the places marked, while the file is kept.

    Raises:
        NoSuchSubmission: there is none here, or its file is no longer kept.
    """
    with database.reading() as connection:
        sent = read_submission(connection, actor, area_code, submission_id)
        content = read_content(connection, actor, area_code, submission_id)
    return mark_up(content, sent.name, sent.report)


def prepare_again(
    database: Database, actor: Person, area_code: str, submission_id: int, settings: Settings
) -> Prepared:
    """For services, which have asked whether the actor may: the file that is kept, read and checked
    by what is known now."""
    with database.reading() as connection:
        sent = read_submission(connection, actor, area_code, submission_id)
        content = read_content(connection, actor, area_code, submission_id)
    invented = bool(sent.given.get("invented"))
    return _checked(database, actor, settings, area_code, content, sent.name, sent.given, invented)


def _checked(
    database: Database,
    actor: Person,
    settings: Settings,
    area_code: str,
    content: bytes,
    name: str,
    given: Mapping[str, Any],
    invented: bool,
) -> Prepared:
    area = settings.areas[area_code]
    theirs = actor.organisations_in(area_code)
    with database.reading() as connection:
        choices = get_choices(connection, area_code, theirs)
    answers = {key: value for key, value in given.items() if key != "invented"}
    sender = Sender(actor.words, answers, invented, choices)
    prepared = prepare(content, name, sender, lambda: definitions_of(settings))
    return as_theirs(prepared, actor, area)


def _refuse_twins(connection: Connection, actor: Person, area_code: str, content: bytes) -> None:
    kept = find_kept(connection, content, area_code)
    if kept is not None:
        raise SeenBefore(f"This very file was accepted before, as file {kept}. Nothing changed.")
    twin = find_twin(connection, actor, area_code, content)
    if twin is not None:
        raise SeenBefore("This very file is here already. Nothing changed.", twin)


def _mended(connection: Connection, actor: Person, sent: Submission) -> None:
    """The files that were to be mended and that this one takes the place of are done with."""
    if sent.state not in KEPT:
        return
    for one in read_unmended(connection, sent):
        decide(connection, actor, one.id, "turned_back", f"Sent again as file {sent.id}.")


def _tell(
    connection: Connection, actor: Person, sent: Submission, what: str, before: str = ""
) -> None:
    add_act(
        connection,
        actor,
        what,
        area_code=sent.area_code,
        subject=sent.subject,
        from_state=before,
        to_state=sent.state,
        details={
            "outcome": sent.outcome.value,
            "organisation": sent.organisation,
            "rows": dict(sent.report.rows_read or {}),
            "problems": len(sent.report.problems),
        },
    )


def _plain_name(name: str) -> str:
    """The last part of a name, as Windows and others write paths, without control characters."""
    last = re.split(r"[\\/]", name)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip()[-_LONGEST_NAME:]
