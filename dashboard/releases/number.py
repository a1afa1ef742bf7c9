"""One number's whole way: the file and cells it came from, who checked and agreed it, and where
it is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.edition import EditionName
from dashboard.releases.checks import Finding, run_checks
from dashboard.releases.checks.explained import Explanation
from dashboard.releases.figures import FIELDS, Stored, get_rows_like, get_stored, without_copies
from dashboard.releases.found_again import FoundAgain, find_again, get_kept, get_parts
from dashboard.releases.received_files import File, get_file_facts
from dashboard.releases.versions import Version, get_version
from dashboard.settings import Settings
from schemas.database import Database
from schemas.measure import Measure
from schemas.observation import Observation
from schemas.people_tables import person
from schemas.round_tables import agreement
from schemas.tables import commentary, observation, vintage


class NoSuchNumber(Exception):
    """There is no such number in this area."""


@dataclass(frozen=True)
class Number:
    """A figure of an area's own. `history` has all its values, oldest first; `people` are called
    by their job title, by number; `editions` are the published versions that show this very
    figure, with the edition each was, None for one that was withdrawn."""

    stored: Stored
    measure: Measure
    version: Version
    files: Mapping[int, File]
    found: FoundAgain
    history: Sequence[Stored]
    findings: Sequence[tuple[Finding, Explanation | None]]
    agreements: Sequence[Row[Any]]
    people: Mapping[int, str]
    editions: Sequence[tuple[Version, EditionName | None]]

    @property
    def file(self) -> File:
        return self.files[self.stored.file_id]


@dataclass(frozen=True)
class PublisherNumber:
    """A figure as a publisher gave it."""

    id: int
    observation: Observation
    measure: Measure
    vintage: Row[Any]


@service(Task.see_drafts)
def get_number(
    database: Database, actor: Person, area_code: str, /, observation_id: int, settings: Settings
) -> Number | PublisherNumber:
    """Reads what is kept of a figure, and then its file again.

    Raises:
        NoSuchNumber: this area has no such figure, and no publisher has.
    """
    with database.reading() as connection:
        stored = get_stored(connection, area_code, observation_id)
        if stored is None:
            return _publisher_number(connection, observation_id, settings)
        measure = _measure(stored.observation.measure_id, settings)
        kept = get_kept(connection, area_code, stored.file_id)
        parts = get_parts(connection, area_code, measure, stored)
        key = stored.observation.key
        rows = get_rows_like(connection, area_code, [key])[key]
        version = get_version(connection, area_code, stored.version_id)
        agreements = _agreements(connection, version)
        number = Number(
            stored,
            measure,
            version,
            get_file_facts(connection, _file_ids(rows)),
            FoundAgain(),
            without_copies(rows),
            _findings(connection, version, stored.observation, measure, settings),
            agreements,
            _people(connection, version, agreements),
            _editions(connection, version, rows, stored.observation),
        )
    found = find_again(kept, measure, stored, parts)  # a child process: not inside a transaction
    return Number(**{**vars(number), "found": found})


def _measure(measure_id: str, settings: Settings) -> Measure:
    if measure_id not in settings.measures:
        raise NoSuchNumber(f"The measure {measure_id} is no longer defined here.")
    return settings.measures[measure_id]


def _file_ids(rows: Sequence[Stored]) -> set[int]:
    replaced = {row.replaced_by_id for row in rows if row.replaced_by_id is not None}
    return {row.file_id for row in rows} | replaced


def _findings(
    connection: Connection,
    version: Version,
    one: Observation,
    measure: Measure,
    settings: Settings,
) -> list[tuple[Finding, Explanation | None]]:
    """What the checks say of this measure and period, or of the sheet it comes from."""
    report = run_checks(connection, version.area_code, version, settings, settings.today())
    sheet = ("", measure.source.extract)
    return [
        (finding, report.explained.get(finding.key))
        for finding in (*report.musts, *report.shoulds)
        if finding.measure_id == one.measure_id or (finding.measure_id, finding.extract) == sheet
        if finding.period in ("", one.period)
    ]


def _agreements(connection: Connection, version: Version) -> list[Row[Any]]:
    query = select(agreement).where(agreement.c.release_version_id == version.id)
    return list(connection.execute(query.order_by(agreement.c.id)))


def _people(
    connection: Connection, version: Version, agreements: Sequence[Row[Any]]
) -> dict[int, str]:
    ids = {version.checked_by_id, version.agreed_by_id, version.published_by_id}
    wanted = [one for one in (*ids, *(row.person_id for row in agreements)) if one is not None]
    query = select(person.c.id, person.c.job_title).where(person.c.id.in_(wanted))
    return {number: f"{title} (person {number})" for number, title in connection.execute(query)}


def _editions(
    connection: Connection, version: Version, rows: Sequence[Stored], one: Observation
) -> list[tuple[Version, EditionName | None]]:
    ids = [row.version_id for row in rows if row.observation == one and not row.replaced_by_id]
    every = [get_version(connection, version.area_code, number) for number in ids]
    return [(found, _edition(connection, found)) for found in every if found.was_published]


def _edition(connection: Connection, version: Version) -> EditionName | None:
    """As it was on the day it was published."""
    if version.state == "withdrawn" or version.published_at is None:
        return None
    files = select(vintage.c.id).where(vintage.c.loaded_at <= version.published_at)
    words = select(commentary.c.id).where(commentary.c.written_at <= version.published_at)
    newest = [
        connection.scalar(query.order_by(query.selected_columns[0].desc()).limit(1)) or 0
        for query in (files, words)
    ]
    return EditionName(version.term_label, version.number, *newest)


def _publisher_number(
    connection: Connection, observation_id: int, settings: Settings
) -> PublisherNumber:
    query = select(*FIELDS, observation.c.vintage_id).where(
        observation.c.id == observation_id, observation.c.vintage_id.is_not(None)
    )
    row = connection.execute(query).first()
    if row is None:
        raise NoSuchNumber("There is no number of this area at this address.")
    source = connection.execute(select(vintage).where(vintage.c.id == row.vintage_id)).one()
    one = Observation(*row[: len(FIELDS)])
    return PublisherNumber(observation_id, one, _measure(one.measure_id, settings), source)
