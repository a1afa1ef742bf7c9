"""What a file would change, and the decision: accepted, whole or by sheet, or turned back."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act
from dashboard.releases.comparing import (
    Comparison,
    NotRight,
    compared,
    refuse_wrong,
    same_as_shown,
)
from dashboard.releases.kept_reports import write_report
from dashboard.releases.reasons import checked_reason
from dashboard.releases.sent_files import NoSuchSubmission, Submission, decide, read_submission
from dashboard.releases.storing import attest, put_on_record
from dashboard.releases.submissions import SeenBefore, prepare_again
from dashboard.settings import Settings
from loaders.load import Stored, store
from schemas.database import Database
from schemas.round_tables import submission

NEEDS_REASON = (
    "This file changes figures of the past, or of a term that was published. Say why, for the "
    "record."
)


@service(Task.send_in)
def see_changes(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    submission_id: int,
    settings: Settings | None = None,
) -> Comparison:
    """What accepting a waiting file would change; changes nothing.

    Raises:
        NoSuchSubmission: there is none here, or it is not waiting.
        NotRight: by what is known now it cannot be stored.
    """
    with database.reading() as connection:
        _waiting(connection, actor, area_code, submission_id)
    prepared = prepare_again(database, actor, area_code, submission_id, settings or Settings())
    return compared(database, area_code, prepared)


@service(Task.send_in)
def accept(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    submission_id: int,
    shown_sha256: str,
    reason: str = "",
    extracts: Collection[str] | None = None,
    settings: Settings | None = None,
) -> Stored:
    """Stores a waiting file, all of it or some sheets, and makes the actor answer for it.

    Args:
        shown_sha256: of the changes that were shown; what is done is what was shown.
        extracts: the sheets to store; None for all. The others are not stored.

    Raises:
        NoSuchSubmission, NotRight, SeenBefore, ReasonNotTaken
        ChangedMeanwhile: other figures came since the changes were shown.
    """
    settings = settings or Settings()
    prepared = prepare_again(database, actor, area_code, submission_id, settings)
    refuse_wrong(prepared)
    with database.writing() as connection:
        sent = _waiting(connection, actor, area_code, submission_id)
        parts = _parts(sent, extracts)
        changes = same_as_shown(connection, prepared, shown_sha256, parts)
        reason = checked_reason(reason, NEEDS_REASON if changes.restated else "")
        stored = store(connection, prepared, changes)
        if stored.file_id is None:
            raise SeenBefore("This very file was accepted before. Nothing changed.")
        attest(connection, actor, stored.file_id)
        decide(connection, actor, sent.id, "accepted", reason, extract_file_id=stored.file_id)
        _keep_rows(connection, sent, parts)
        put_on_record(connection, actor, area_code, "accepted", stored, changes, reason, parts)
    return stored


@service(Task.send_in)
def turn_back(
    database: Database, actor: Person, area_code: str, /, submission_id: int, reason: str
) -> None:
    """Decides that a file is not to be stored, and drops it.

    Raises:
        NoSuchSubmission: there is none here, or it was decided on.
        ReasonNotTaken: there is no reason, or it cannot be kept.
    """
    reason = checked_reason(reason, "Say why the file is turned back, for the record.")
    with database.writing() as connection:
        sent = read_submission(connection, actor, area_code, submission_id)
        if sent.state not in ("waiting", "to_mend"):
            raise NoSuchSubmission(f"File {submission_id} was decided on already.")
        decide(connection, actor, sent.id, "turned_back", reason)
        add_act(
            connection,
            actor,
            "turned back",
            area_code=area_code,
            subject=sent.subject,
            from_state=sent.state,
            to_state="turned_back",
            reason=reason,
        )


def _waiting(
    connection: Connection, actor: Person, area_code: str, submission_id: int
) -> Submission:
    sent = read_submission(connection, actor, area_code, submission_id)
    if sent.state != "waiting":
        raise NoSuchSubmission(f"File {submission_id} is not waiting to be accepted.")
    return sent


def _parts(sent: Submission, extracts: Collection[str] | None) -> tuple[str, ...] | None:
    """The sheets that are wanted, None for all of them."""
    if extracts is None or set(extracts) >= set(sent.extracts):
        return None
    parts = tuple(name for name in sent.extracts if name in extracts)
    if not parts:
        raise NotRight("Choose at least one sheet to store, or turn the file back.")
    return parts


def _keep_rows(connection: Connection, sent: Submission, parts: Collection[str] | None) -> None:
    """The report of a file that was stored in part counts the rows that were."""
    if parts is None:
        return
    rows = {name: rows for name, rows in (sent.report.rows_read or {}).items() if name in parts}
    report = write_report(replace(sent.report, rows_read=rows))
    this = update(submission).where(submission.c.id == sent.id)
    connection.execute(this.values(report=report))
