"""“You said”, “We did”: what families said and what was done, for the next publication."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, RowMapping, insert, select, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.commentary import spaced
from dashboard.families.fault import FamiliesFault
from dashboard.families.reading import change_state, find_comments
from dashboard.families.taken_out import find_personal
from dashboard.families.topics import is_topic
from dashboard.public.release import Answered
from dashboard.record import add_act, now_text
from dashboard.releases.uk_time import uk_day
from dashboard.words.easy_read.lint import find_errors
from schemas.commentary import find_word_faults
from schemas.database import Database
from schemas.public_tables import public_bundle, you_said

LONGEST = 300  # characters
_LABELS = {"said": "“You said”", "did": "“We did”"}


def get_answered(connection: Connection, area_code: str) -> list[Answered]:
    """The pairs that the next publication shows: by topic, the newest first."""
    query = (
        select(you_said)
        .where(you_said.c.area_code == area_code, you_said.c.ended_at.is_(None))
        .order_by(you_said.c.topic, you_said.c.id.desc())
    )
    return [
        Answered(row.topic, row.said, row.did, uk_day(row.written_at))
        for row in connection.execute(query)
    ]


def get_published_at(connection: Connection, area_code: str) -> str:
    """When the pages were made that everyone sees now, "" before the first: a pair that was
    written or ended later is shown or gone at the next publication."""
    query = select(public_bundle.c.made_at).where(public_bundle.c.area_code == area_code)
    return connection.scalar(query.order_by(public_bundle.c.id.desc()).limit(1)) or ""


@service(Task.answer_families)
def list_pairs(database: Database, actor: Person, area_code: str, /) -> Sequence[RowMapping]:
    """Every pair that was ever written, newest first."""
    query = select(you_said).where(you_said.c.area_code == area_code)
    with database.reading() as connection:
        return connection.execute(query.order_by(you_said.c.id.desc())).mappings().all()


@service(Task.answer_families)
def write_pair(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    topic: str,
    said: str,
    did: str,
    answers: Sequence[int] = (),
) -> int:
    """Keeps a pair for the next publication and puts the comments it answers down as answered;
    returns its number.

    Raises:
        FamiliesFault: a text is empty, hard to read or names somebody, or there is no such comment.
    """
    texts = {"said": spaced(said), "did": spaced(did)}
    faults = {name: found for name, words in texts.items() if (found := _faults(name, words))}
    if not is_topic(topic):
        faults["topic"] = "Choose a topic."
    if faults:
        raise FamiliesFault(faults)
    row = {"area_code": area_code, "topic": topic, "person_id": actor.id, "written_at": now_text()}
    with database.writing() as connection:
        if answers:
            find_comments(connection, area_code, answers)
            change_state(connection, actor, answers, "answered")
        query = insert(you_said).values(row | texts).returning(you_said.c.id)
        number = connection.scalar(query)
        assert number is not None
        details = {"answers": sorted(answers), "topic": topic}
        _record(connection, actor, "answered families", area_code, number, details)
    return int(number)


@service(Task.answer_families)
def end_pair(database: Database, actor: Person, area_code: str, /, number: int) -> None:
    """Leaves it out from the next publication on; it stays in the table and in older editions.

    Raises:
        FamiliesFault: it is not there, or has ended before.
    """
    mine = (you_said.c.id == number, you_said.c.area_code == area_code)
    with database.writing() as connection:
        row = connection.execute(select(you_said).where(*mine)).mappings().first()
        if row is None:
            raise FamiliesFault({"pair": "There is no such answer here."})
        if row["ended_at"]:
            raise FamiliesFault({"pair": "This answer has ended already."})
        connection.execute(update(you_said).where(*mine).values(ended_at=now_text()))
        _record(connection, actor, "ended an answer", area_code, number, {"topic": row["topic"]})


def _faults(name: str, words: str) -> str:
    """Everything that stops a text, in sentences."""
    label = _LABELS[name]
    if not words:
        return f"{label} is empty."
    kept = [f"{label} {said}" for said in find_word_faults(words, LONGEST)]
    kept += [
        f"{label} seems to hold {kind}, which may not be kept." for kind in find_personal(words)
    ]
    if words[-1] not in ".?!":
        kept.append(f"{label} ends without a full stop.")
    return " ".join([*kept, *(fault.words for fault in find_errors(words))])


def _record(
    connection: Connection,
    actor: Person,
    what: str,
    area_code: str,
    number: int,
    details: Mapping[str, object],
) -> None:
    """The texts stay in their own table."""
    subject = f"answer {number} to families"
    add_act(connection, actor, what, area_code=area_code, subject=subject, details=details)
