"""Files that were accepted: which there are, their bytes, making their figures current again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act
from dashboard.releases.comparing import Comparison, compared, same_as_shown
from dashboard.releases.headings import get_choices
from dashboard.releases.kept_reports import read_report
from dashboard.releases.reasons import checked_reason
from dashboard.releases.received_files import File, get_file_facts
from dashboard.releases.senders import definitions_of
from dashboard.releases.sent_files import BIGGEST_ID
from dashboard.releases.storing import attest, put_on_record
from dashboard.settings import Settings
from loaders.load import Stored, store
from loaders.prepare import Prepared, prepare
from loaders.report import Sender
from schemas.database import Database
from schemas.observation import term_of
from schemas.round_tables import submission
from schemas.tables import extract_file, observation, release, release_version
from schemas.text import plain


class NoSuchFile(Exception):
    """There is no such accepted file here, or it is another organisation's."""


class NothingToRestore(Exception):
    """The figures of the file are current already."""


@dataclass(frozen=True)
class Accepted:
    """One accepted file. `figures` is how many of its figures stand in the newest versions."""

    file: File
    figures: int
    is_theirs: bool


@service(Task.see_drafts)
def get_files(database: Database, actor: Person, area_code: str, /) -> list[Accepted]:
    """Every accepted file of the area, newest first; `is_theirs` is about the actor."""
    theirs = {plain(one) for one in actor.organisations_in(area_code)}
    query = select(extract_file.c.id).where(extract_file.c.area_code == area_code)
    with database.reading() as connection:
        facts = get_file_facts(connection, connection.scalars(query))
        figures = _figures(connection, area_code)
    return [
        Accepted(file, figures.get(number, 0), plain(file.organisation) in theirs)
        for number, file in sorted(facts.items(), reverse=True)
    ]


@service(Task.send_in)
def get_file(
    database: Database, actor: Person, area_code: str, /, extract_file_id: int
) -> tuple[str, bytes]:
    """The name and the bytes of an accepted file of the actor's own organisation.

    Raises:
        NoSuchFile
    """
    with database.writing() as connection:
        row = _read(connection, actor, area_code, extract_file_id)
        subject = f"file {extract_file_id}"
        add_act(connection, actor, "downloaded", area_code=area_code, subject=subject)
    return str(row.name), bytes(row.content)


@service(Task.restore)
def see_restore(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    extract_file_id: int,
    settings: Settings | None = None,
) -> Comparison:
    """What would change if the figures of this file were current again; changes nothing.

    Raises:
        NoSuchFile, NotRight
    """
    settings = settings or Settings()
    prepared, parts = _prepare(database, actor, area_code, extract_file_id, settings)
    return compared(database, area_code, prepared, parts)


@service(Task.restore)
def restore(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    extract_file_id: int,
    shown_sha256: str,
    reason: str,
    settings: Settings | None = None,
) -> Stored:
    """Makes the figures of an earlier file current again, as if it came now: they are written
    again as that file's, and what they replace stays, marked.

    Raises:
        NoSuchFile, NotRight, NothingToRestore, ChangedMeanwhile, ReasonNotTaken
    """
    reason = checked_reason(reason, "Say why the earlier figures are restored, for the record.")
    settings = settings or Settings()
    prepared, parts = _prepare(database, actor, area_code, extract_file_id, settings)
    with database.writing() as connection:
        _read(connection, actor, area_code, extract_file_id)
        changes = same_as_shown(connection, prepared, shown_sha256, None, parts)
        if changes.nothing:
            raise NothingToRestore("The figures of this file are the current ones already.")
        stored = store(connection, prepared, changes, extract_file_id)
        attest(connection, actor, extract_file_id)
        put_on_record(connection, actor, area_code, "restored", stored, changes, reason, parts)
    return stored


def _prepare(
    database: Database, actor: Person, area_code: str, extract_file_id: int, settings: Settings
) -> tuple[Prepared, tuple[str, ...]]:
    """The file read again, and its sheets that were stored and are its organisation's to send."""
    area = settings.areas[area_code]
    with database.reading() as connection:
        row = _read(connection, actor, area_code, extract_file_id)
        choices = get_choices(connection, area_code, actor.organisations_in(area_code))
        given, stored = _given(connection, row)
    sender = Sender(actor.words, given, False, choices)
    prepared = prepare(bytes(row.content), row.name, sender, lambda: definitions_of(settings))
    if prepared.cover:
        prepared = replace(prepared, cover=replace(prepared.cover, organisation=row.organisation))
    theirs = next(x for x in area.organisations if plain(x) == plain(row.organisation))
    allowed = area.extracts_of(theirs)
    sheets = prepared.report.rows_read or {}
    return prepared, tuple(x for x in sheets if x in allowed and (not stored or x in stored))


def _given(connection: Connection, row: Row[Any]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """What the cover of the file said, for a CSV, and the sheets of it that were stored ("" when
    it came by command, which stores all)."""
    names = ("area_code", "organisation", "prepared_by", "status", "coverage_note")
    given = {name: str(getattr(row, name)) for name in names} | {"as_at_on": row.as_at_on}
    if row.name.lower().endswith(".csv"):
        given["term"] = _term(connection, row.id)
    query = select(submission.c.report).where(submission.c.extract_file_id == row.id)
    report = connection.scalar(query)
    return given, tuple(read_report(report).rows_read or {}) if report else ()


def _term(connection: Connection, extract_file_id: int) -> str:
    """The term of a CSV, which is about one: that of the figures it brought."""
    query = select(func.min(observation.c.period)).where(
        observation.c.extract_file_id == extract_file_id,
        observation.c.basis.in_(("in_term", "snapshot", "in_month")),
    )
    period = connection.scalar(query)
    return term_of(period).label if period else ""


def _read(connection: Connection, actor: Person, area_code: str, extract_file_id: int) -> Row[Any]:
    query = select(extract_file).where(
        extract_file.c.id == extract_file_id, extract_file.c.area_code == area_code
    )
    row = connection.execute(query).first() if extract_file_id <= BIGGEST_ID else None
    theirs = {plain(one) for one in actor.organisations_in(area_code)}
    if row is None or plain(row.organisation) not in theirs:
        raise NoSuchFile(f"There is no accepted file {extract_file_id} of yours here.")
    return row


def _figures(connection: Connection, area_code: str) -> Mapping[int, int]:
    """How many figures of each file are current in the newest version of their term."""
    newest = (
        select(func.max(release_version.c.id))
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == area_code)
        .group_by(release_version.c.release_id)
    )
    query = (
        select(observation.c.extract_file_id, func.count())
        .where(
            observation.c.release_version_id.in_(newest),
            observation.c.superseded_by_id.is_(None),
        )
        .group_by(observation.c.extract_file_id)
    )
    return {int(number): int(count) for number, count in connection.execute(query)}
