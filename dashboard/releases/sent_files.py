"""The table of files that were sent in by the form: reading it, and writing to it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from dashboard.access.person import Person
from dashboard.record import now_text
from dashboard.releases.kept_reports import read_report, write_report
from loaders.prepare import Prepared
from loaders.problems import Outcome
from loaders.report import Report
from schemas.database import Database
from schemas.round_tables import submission

KEPT_DAYS = 7  # a file that is to be mended
KEPT = ("waiting", "to_mend")
BIGGEST_ID = 2**31 - 1  # a larger number in an address would be more than a database can take
_STATES = {
    Outcome.accepted: "waiting",
    Outcome.warned: "waiting",
    Outcome.cell_errors: "to_mend",
    Outcome.refused: "refused",
    Outcome.personal_data: "refused",
}


class NoSuchSubmission(Exception):
    """There is no such file here, or it is another organisation's."""


@dataclass(frozen=True)
class Submission:
    """One file somebody sent in. `state` is waiting, to_mend, accepted, turned_back or refused;
    `has_content` says whether the file itself is kept here."""

    id: int
    area_code: str
    organisation: str
    person_id: int
    name: str
    given: Mapping[str, Any]
    sent_at: str
    report: Report
    state: str
    decided_at: str | None
    decided_by_id: int | None
    reason: str
    extract_file_id: int | None
    has_content: bool

    @property
    def outcome(self) -> Outcome:
        return self.report.outcome

    @property
    def subject(self) -> str:
        """How the record calls it."""
        return f"sent file {self.id}"

    @property
    def extracts(self) -> tuple[str, ...]:
        return tuple(self.report.rows_read or {})


def read_submission(
    connection: Connection, actor: Person, area_code: str, submission_id: int
) -> Submission:
    """One file of the actor's organisations in this area.

    Raises:
        NoSuchSubmission: there is none with that number.
    """
    query = select(*_COLUMNS).where(_theirs(actor, area_code), submission.c.id == submission_id)
    row = connection.execute(query).first() if submission_id <= BIGGEST_ID else None
    if row is None:
        raise NoSuchSubmission(f"There is no file {submission_id} of yours here.")
    return _submission(row)


def read_submissions(
    connection: Connection, actor: Person, area_code: str, most: int
) -> list[Submission]:
    """The last files of the actor's organisations, newest first."""
    query = select(*_COLUMNS).where(_theirs(actor, area_code))
    query = query.order_by(submission.c.id.desc()).limit(most)
    return [_submission(row) for row in connection.execute(query)]


def read_content(
    connection: Connection, actor: Person, area_code: str, submission_id: int
) -> bytes:
    """The file as it came.

    Raises:
        NoSuchSubmission: it is not kept here any more.
    """
    query = select(submission.c.content).where(
        _theirs(actor, area_code), submission.c.id == submission_id
    )
    content = connection.scalar(query)
    if content is None:
        raise NoSuchSubmission(f"File {submission_id} is not kept here any more.")
    return bytes(content)


def find_twin(connection: Connection, actor: Person, area_code: str, content: bytes) -> int | None:
    """The file with the very same bytes that waits already."""
    query = select(submission.c.id).where(
        _theirs(actor, area_code),
        submission.c.sha256 == hash_of(content),
        submission.c.state == "waiting",
    )
    return connection.scalar(query.limit(1))


def read_unmended(connection: Connection, sent: Submission) -> list[Submission]:
    """Earlier files that this one takes the place of: it is right, has the same name and all their
    sheets; or it is the same bytes, sent again with other answers."""
    this = select(submission.c.sha256).where(submission.c.id == sent.id).scalar_subquery()
    same = submission.c.sha256 == this
    if sent.state == "waiting":
        same = same | (submission.c.name == sent.name)
    query = select(*_COLUMNS).where(
        submission.c.area_code == sent.area_code,
        submission.c.organisation == sent.organisation,
        submission.c.state == "to_mend",
        submission.c.id < sent.id,
        same,
    )
    found = [_submission(row) for row in connection.execute(query)]
    return [one for one in found if set(one.extracts) <= set(sent.extracts)]


def add_submission(
    connection: Connection,
    prepared: Prepared,
    actor: Person,
    area_code: str,
    given: Mapping[str, Any],
) -> int:
    """Keeps what may be kept: of a file that seems to hold personal data, neither its name nor its
    hash. Returns its number."""
    report = prepared.report
    state = _STATES[report.outcome]
    personal = report.outcome is Outcome.personal_data
    theirs = actor.organisations_in(area_code)
    said = str(given.get("organisation", ""))
    organisation = prepared.cover.organisation if prepared.cover else said
    row = {
        "area_code": area_code,
        "organisation": organisation if organisation in theirs else theirs[0],
        "person_id": actor.id,
        "name": "" if personal else report.name,
        "sha256": "" if personal else hash_of(prepared.content),
        "content": prepared.content if state in KEPT else None,
        "given": json.dumps({} if personal else given, ensure_ascii=False),
        "sent_at": now_text(),
        "outcome": report.outcome.value,
        "report": write_report(_without_name(report) if personal else report),
        "state": state,
        "reason": "",
    }
    number = connection.scalar(insert(submission).values(row).returning(submission.c.id))
    assert number is not None
    return int(number)


def write_outcome(connection: Connection, submission_id: int, prepared: Prepared) -> None:
    """After a file that is kept was checked once more."""
    report = prepared.report
    state = _STATES[report.outcome]
    values: dict[str, Any] = {"outcome": report.outcome.value, "state": state}
    values["report"] = write_report(report)
    if report.outcome is Outcome.personal_data:
        values |= {"name": "", "sha256": "", "given": "{}"}
        values["report"] = write_report(_without_name(report))
    if state not in KEPT:
        values["content"] = None
    connection.execute(update(submission).where(submission.c.id == submission_id).values(values))


def decide(
    connection: Connection,
    actor: Person,
    submission_id: int,
    state: str,
    reason: str,
    **values: Any,
) -> None:
    """Writes a decision and drops the file, which is either kept elsewhere or not wanted."""
    decided = {"decided_at": now_text(), "decided_by_id": actor.id, "content": None}
    connection.execute(
        update(submission)
        .where(submission.c.id == submission_id)
        .values(values | decided | {"state": state, "reason": reason})
    )


def forget_old(database: Database) -> int:
    """Drops the files that nobody mended in time; returns how many."""
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=KEPT_DAYS)
    this = (submission.c.state == "to_mend", submission.c.content.is_not(None))
    old = (*this, submission.c.sent_at < since.isoformat(timespec="seconds"))
    with database.reading() as connection:
        found = list(connection.scalars(select(submission.c.id).where(*old)))
    if found:
        with database.writing() as connection:
            connection.execute(update(submission).where(*old).values(content=None))
    return len(found)


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _without_name(report: Report) -> Report:
    return Report("", report.outcome, report.message)


_COLUMNS = [
    *(column for column in submission.c if column.name != "content"),
    submission.c.content.is_not(None).label("has_content"),
]


def _theirs(actor: Person, area_code: str) -> ColumnElement[bool]:
    theirs = actor.organisations_in(area_code)
    return (submission.c.area_code == area_code) & submission.c.organisation.in_(theirs)


def _submission(row: Row[Any]) -> Submission:
    return Submission(
        row.id,
        row.area_code,
        row.organisation,
        row.person_id,
        row.name,
        json.loads(row.given),
        row.sent_at,
        read_report(row.report),
        row.state,
        row.decided_at,
        row.decided_by_id,
        row.reason,
        row.extract_file_id,
        bool(row.has_content),
    )
