"""What staff do with what families said: read it, count it, set aside what is no answer."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, case, func, select, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.families.fault import FamiliesFault
from dashboard.record import add_act, now_text
from schemas.database import Database
from schemas.public_tables import feedback

PAGE = 50  # comments
# Why something is set aside. The record holds one of these and never the words themselves.
REASONS: Mapping[str, str] = {
    "abusive": "It is abusive.",
    "person": "It is about a person who could be known by it.",
    "elsewhere": "It is not about these pages or this area.",
    "twice": "It was sent more than once.",
}


class Count(NamedTuple):
    """How many said that a page was easy to understand, for one topic and edition; what was set
    aside is not counted. `new` is how many nobody has read yet."""

    topic: str
    edition: str
    yes: int
    partly: int
    no: int
    new: int


@service(Task.answer_families)
def list_feedback(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    topic: str | None = None,
    before: int | None = None,
    size: int = PAGE,
) -> Sequence[RowMapping]:
    """What families said, newest first: of one topic or (None) of all, before a number."""
    query = select(feedback).where(feedback.c.area_code == area_code)
    if topic is not None:
        query = query.where(feedback.c.topic == topic)
    if before is not None:
        query = query.where(feedback.c.id < before)
    with database.reading() as connection:
        found = connection.execute(query.order_by(feedback.c.id.desc()).limit(size))
        return found.mappings().all()


@service(Task.answer_families)
def count_feedback(database: Database, actor: Person, area_code: str, /) -> list[Count]:
    """By topic and edition, the topics in the order of their names, the newest edition first."""
    easy, state = feedback.c.easy, feedback.c.state
    query = (
        select(
            feedback.c.topic,
            feedback.c.edition,
            *(func.sum(case((easy == said, 1), else_=0)) for said in ("yes", "partly", "no")),
            func.sum(case((state == "new", 1), else_=0)),
        )
        .where(feedback.c.area_code == area_code, state != "set_aside")
        .group_by(feedback.c.topic, feedback.c.edition)
        .order_by(feedback.c.topic, func.max(feedback.c.id).desc())
    )
    with database.reading() as connection:
        return [Count._make(row) for row in connection.execute(query).all()]


@service(Task.answer_families)
def mark_read(database: Database, actor: Person, area_code: str, /, numbers: Sequence[int]) -> int:
    """Says that these were read, also what had been set aside; returns how many that changes.

    Raises:
        FamiliesFault: one of them is not there.
    """
    with database.writing() as connection:
        rows = find_comments(connection, area_code, numbers)
        changed = [row["id"] for row in rows if row["state"] in ("new", "set_aside")]
        if changed:
            change_state(connection, actor, changed, "read")
            details = {"comments": changed}
            subject = "what families said"
            add_act(
                connection, actor, "read", area_code=area_code, subject=subject, details=details
            )
    return len(changed)


@service(Task.answer_families)
def set_aside(
    database: Database, actor: Person, area_code: str, /, number: int, reason: str
) -> None:
    """Takes one out of the counts and the list of what is to be answered; it stays in the table.

    Args:
        reason: a key of `REASONS`.

    Raises:
        FamiliesFault: it is not there, was answered or set aside before, or the reason is none.
    """
    if reason not in REASONS:
        raise FamiliesFault({"reason": "Choose why it is set aside."})
    with database.writing() as connection:
        [row] = find_comments(connection, area_code, [number])
        if row["state"] in ("answered", "set_aside"):
            said = row["state"].replace("_", " ")
            raise FamiliesFault({"reason": f"This comment was {said} before."})
        change_state(connection, actor, [number], "set_aside")
        add_act(
            connection,
            actor,
            "set aside",
            area_code=area_code,
            subject=f"comment {number} of a family",
            from_state=row["state"],
            to_state="set_aside",
            reason=REASONS[reason],
        )


def find_comments(
    connection: Connection, area_code: str, numbers: Sequence[int]
) -> Sequence[RowMapping]:
    """These comments of this area.

    Raises:
        FamiliesFault: there is none, or one of them is not of this area.
    """
    ids = feedback.c.id.in_(numbers)
    query = select(feedback).where(ids, feedback.c.area_code == area_code).order_by(feedback.c.id)
    rows = connection.execute(query).mappings().all()
    if not rows or len(rows) != len(set(numbers)):
        raise FamiliesFault({"comments": "There is no such comment here."})
    return rows


def change_state(connection: Connection, actor: Person, numbers: Sequence[int], state: str) -> None:
    """Notes who decided it, and when."""
    values = {"state": state, "read_by_id": actor.id, "read_at": now_text()}
    connection.execute(update(feedback).where(feedback.c.id.in_(numbers)).values(values))
