"""What people do with commentary: an owner writes it, the chair returns it with a reason."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, RowMapping, select, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.commentary import (
    CommentaryError,
    checked,
    keep,
    personal_data,
    record_commentary,
    spaced,
)
from dashboard.record import now_text
from schemas.area_settings import load_area_settings
from schemas.commentary import Commentary, find_word_faults
from schemas.database import Database
from schemas.measure import load_measures
from schemas.tables import commentary, release
from schemas.term import parse_term

SHORTEST, LONGEST = 10, 600  # characters of a reason


@service(Task.comment)
def list_commentary(
    database: Database, actor: Person, area_code: str, /, measure_id: str = ""
) -> Sequence[RowMapping]:
    """Everything that was ever said, of one measure or of all, newest first."""
    query = select(commentary).where(commentary.c.area_code == area_code)
    if measure_id:
        query = query.where(commentary.c.measure_id == measure_id)
    with database.reading() as connection:
        return connection.execute(query.order_by(commentary.c.id.desc())).mappings().all()


@service(Task.comment)
def write_commentary(database: Database, actor: Person, area_code: str, /, one: Commentary) -> int:
    """Keeps what an owner says of a measure and a term that the area has; returns its number.

    Raises:
        CommentaryError: as `add_commentary`, or the area has no such measure or term.
    """
    one = checked(replace(one, area_code=area_code))
    sent = load_area_settings()[area_code].extracts
    if load_measures()[one.measure_id].source.extract not in sent:
        raise CommentaryError({"measure_id": "This area does not send this measure."})
    with database.writing() as connection:
        if not _has_term(connection, one):
            term = parse_term(one.term)
            assert term is not None
            raise CommentaryError({"term": f"No figures of {term.short_title} are here yet."})
        return keep(connection, one, actor)


@service(Task.return_comment)
def return_commentary(
    database: Database, actor: Person, area_code: str, /, number: int, reason: str
) -> None:
    """Takes what an owner said off the pages until it is written again, with the reason.

    Raises:
        CommentaryError: there is none, it was returned before, or the reason will not do.
    """
    reason = spaced(reason)
    faults = [*find_word_faults(reason, LONGEST), *personal_data(reason)]
    if len(reason) < SHORTEST:
        raise CommentaryError({"reason": "Say what should be written differently."})
    if faults:
        raise CommentaryError({"reason": " ".join(f"The reason {said}" for said in faults)})
    returned = {"returned_at": now_text(), "returned_by_id": actor.id, "return_reason": reason}
    with database.writing() as connection:
        row = _returnable(connection, actor, area_code, number)
        connection.execute(update(commentary).where(commentary.c.id == number).values(returned))
        record_commentary(connection, actor, "returned commentary", row, number, reason)


def _has_term(connection: Connection, one: Commentary) -> bool:
    query = select(release.c.id).where(
        release.c.area_code == one.area_code, release.c.term == one.term
    )
    return connection.execute(query).first() is not None


def _returnable(connection: Connection, actor: Person, area_code: str, number: int) -> RowMapping:
    query = select(commentary).where(commentary.c.id == number, commentary.c.area_code == area_code)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise CommentaryError({"reason": "There is no such commentary here."})
    if row["replaced_by_id"]:
        raise CommentaryError({"reason": "That commentary has been written again since."})
    if row["returned_at"]:
        raise CommentaryError({"reason": "That commentary was returned before."})
    if row["person_id"] == actor.id:
        raise CommentaryError({"reason": "You wrote this yourself. Write it again instead."})
    return row
