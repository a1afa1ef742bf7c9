"""What was stored, on the record: who answers for it, what it changed, what it opened again."""

from collections.abc import Collection

from sqlalchemy import Connection, insert, select

from dashboard.access.person import Person
from dashboard.record import add_act, now_text
from loaders.compare import Changes
from loaders.load import Stored
from loaders.store import Opened, Reopened
from schemas.round_tables import attestation


def attest(connection: Connection, actor: Person, file_id: int) -> None:
    """For services: the actor answers for a file, once."""
    this = (attestation.c.extract_file_id == file_id, attestation.c.person_id == actor.id)
    if connection.scalar(select(attestation.c.id).where(*this)) is None:
        row = {"extract_file_id": file_id, "person_id": actor.id, "attested_at": now_text()}
        connection.execute(insert(attestation).values(row))


def put_on_record(
    connection: Connection,
    actor: Person,
    area_code: str,
    what: str,
    stored: Stored,
    changes: Changes,
    reason: str,
    extracts: Collection[str] | None = None,
) -> None:
    """For services: the act, and one for each version that it made a draft of."""
    opened = stored.opened or Opened()
    sheets = sorted(extracts if extracts is not None else stored.report.rows_read or {})
    add_act(
        connection,
        actor,
        what,
        area_code=area_code,
        subject=f"file {stored.file_id}",
        reason=reason,
        details={
            "extracts": sheets,
            "new": len(changes.new),
            "changed": len(changes.changed),
            "vanished": len(changes.vanished),
            "restated": len(changes.restated),
            "returned": [_subject(one) for one in opened.returned],
            "begun": [_subject(one) for one in opened.begun],
        },
    )
    for one in opened.returned:
        _reopened(connection, actor, area_code, "returned", one, stored.file_id)
    for one in opened.begun:
        _reopened(connection, actor, area_code, "new version", one, stored.file_id)


def _reopened(
    connection: Connection,
    actor: Person,
    area_code: str,
    what: str,
    one: Reopened,
    file_id: int | None,
) -> None:
    add_act(
        connection,
        actor,
        what,
        area_code=area_code,
        subject=_subject(one),
        from_state=one.was,
        to_state="draft",
        reason=f"File {file_id} changed its figures.",
    )


def _subject(one: Reopened) -> str:
    return f"{one.term} v{one.number}"
