"""The numbers of a release version, so that each can be found."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.releases.figures import FIELDS
from dashboard.releases.versions import NoSuchVersion, Version, get_versions
from schemas.database import Database
from schemas.observation import Observation
from schemas.tables import observation

PAGE = 100
Conditions = Sequence[ColumnElement[bool]]


@dataclass(frozen=True)
class Numbers:
    """The figures asked for, some of `found`; `measures` says how many each measure has, and
    `breakdowns` which there are of the measure asked for."""

    version: Version
    versions: Sequence[Version]
    measures: Sequence[tuple[str, int]]
    breakdowns: Sequence[str]
    own: Sequence[tuple[int, Observation]]
    published: Sequence[tuple[int, Observation]]
    found: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // PAGE))


@service(Task.see_drafts)
def list_numbers(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    term_label: str,
    number: int | None = None,
    measure_id: str = "",
    breakdown: str = "",
    page: int = 1,
) -> Numbers:
    """The current figures of one version of a term (default: the newest), by measure.

    Raises:
        NoSuchVersion: there is no such version of this term here.
    """
    with database.reading() as connection:
        versions = get_versions(connection, area_code, term_label)
        wanted = [one for one in versions if number in (None, one.number)]
        if not wanted:
            raise NoSuchVersion(f"There is no such version of {term_label} here.")
        here = _current(wanted[0])
        about = [observation.c.measure_id == measure_id]
        if breakdown:
            about.append(observation.c.breakdown == breakdown)
        found = _count(connection, [*here, *about])
        page = max(1, min(page, -(-found // PAGE)))
        return Numbers(
            wanted[0],
            versions,
            _measures(connection, here),
            _breakdowns(connection, [*here, about[0]]),
            _figures(connection, [*here, *about], page),
            _published(connection, area_code, measure_id, breakdown),
            found,
            page,
        )


def _current(version: Version) -> list[ColumnElement[bool]]:
    return [
        observation.c.release_version_id == version.id,
        observation.c.superseded_by_id.is_(None),
    ]


def _count(connection: Connection, wanted: Conditions) -> int:
    query = select(func.count()).select_from(observation).where(*wanted)
    return connection.scalar(query) or 0


def _measures(connection: Connection, wanted: Conditions) -> list[tuple[str, int]]:
    this = observation.c.measure_id
    query = select(this, func.count()).where(*wanted).group_by(this).order_by(this)
    return [(measure_id, size) for measure_id, size in connection.execute(query)]


def _breakdowns(connection: Connection, wanted: Conditions) -> list[str]:
    query = select(observation.c.breakdown).where(*wanted).distinct()
    return sorted(connection.scalars(query))


def _figures(
    connection: Connection, wanted: Conditions, page: int, size: int = PAGE
) -> list[tuple[int, Observation]]:
    order = ("period_end", "period", "basis", "breakdown", "category")
    query = select(observation.c.id, *FIELDS).where(*wanted)
    query = query.order_by(*(observation.c[name] for name in order), observation.c.id)
    rows = connection.execute(query.limit(size).offset((page - 1) * size))
    return [(row[0], Observation(*row[1:])) for row in rows]


def _published(
    connection: Connection, area_code: str, measure_id: str, breakdown: str
) -> list[tuple[int, Observation]]:
    """What publishers say of this area and measure: the whole, or the breakdown asked for."""
    wanted = [
        observation.c.vintage_id.is_not(None),
        observation.c.measure_id == measure_id,
        observation.c.area_code == area_code,
        observation.c.breakdown == (breakdown or "all"),
    ]
    return _figures(connection, wanted, 1) if measure_id else []
