"""A round in two areas up to its last step: figures that are agreed, to be published by plan."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select, text

from dashboard.access.person import Person
from dashboard.alerts.choices import choose
from dashboard.record import find_breaks
from dashboard.releases.corrections import begin_correction
from dashboard.releases.planning import plan_publication
from dashboard.releases.versions import Version, get_versions
from dashboard.settings import Settings
from schemas.database import Database
from schemas.plan_tables import digest
from schemas.public_tables import public_bundle
from schemas.round_tables import act, plan
from schemas.turn import key_of
from tests.access.people import PASSWORD, account, held_role
from tests.many.pages import SLUGS, give_pages
from tests.staff.people import DARLINGTON
from tests.staff.signed import notice, to_agreed
from tests.staff.small import TERM, load_small, small_settings

SETTINGS = small_settings(for_everyone=True)
READER = "reader@council.example"


@dataclass
class Round:
    """The database and the people who take its steps in Darlington."""

    database: Database
    people: dict[str, Person]
    files: int = 0

    def agree(self) -> Version:
        """The next version of the term, up to its agreement: new figures, or a correction."""
        versions = self.versions()
        analyst = self.people["council-analyst"]
        if versions and versions[0].was_published:
            begin_correction(self.database, analyst, DARLINGTON, TERM, notice())
        version = load_small(self.database, self.files, analyst)
        self.files += 1
        return to_agreed(self.database, self.people, version, SETTINGS)

    def plan(self, version: Version, seconds: float) -> float:
        """Plans its publication; the moment of it, in seconds since 1970."""
        at = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
        at = at.replace(microsecond=0)
        plan_publication(self.database, self.people["publisher"], DARLINGTON, version.id, at)
        return at.timestamp()

    def versions(self) -> list[Version]:
        with self.database.reading() as connection:
            return get_versions(connection, DARLINGTON, TERM)


@dataclass(frozen=True)
class Out:
    """What is out of one version: acts and editions that say so, plans that wait, and whether the
    record holds."""

    state: str
    acts: int
    editions: int
    waiting: int

    @property
    def is_whole(self) -> bool:
        """Nothing of it, or all of it, once."""
        out = self.state in ("published", "corrected")
        return (self.acts, self.editions, self.waiting) == ((1, 1, 0) if out else (0, 0, 1))


def what_is_out(database: Database, version: Version) -> Out:
    """Read in one view of the database."""
    with database.reading() as connection:
        count = select(func.count())
        named = act.c.what.in_(("published", "corrected")) & (act.c.subject == version.subject)
        of_it = public_bundle.c.release_version_id == version.id
        waits = (plan.c.release_version_id == version.id) & plan.c.ended_at.is_(None)
        state = next(
            one.state for one in get_versions(connection, DARLINGTON, TERM) if one.id == version.id
        )
        return Out(
            state,
            connection.scalar(count.select_from(act).where(named)) or 0,
            connection.scalar(count.select_from(public_bundle).where(of_it)) or 0,
            connection.scalar(count.select_from(plan).where(waits)) or 0,
        )


def new_round(database: Database) -> Round:
    """Both areas have pages for everyone and an administrator; a reader in Darlington is told of
    everything by e-mail."""
    give_pages(database, "2024-25")
    for code, slug in SLUGS.items():
        held = held_role("administrator", code)
        account(database, f"admin.{slug}", held, password=PASSWORD)
    people = {
        name: account(database, name, held_role(role))
        for name, role in (
            ("council-analyst", "analyst"),
            ("assurer", "assurer"),
            ("approver", "approver"),
            ("publisher", "publisher"),
        )
    }
    reader = account(database, READER, held_role("viewer"))
    choose(database, reader, DARLINGTON, Settings(), "everything", "", True)
    return Round(database, people)


def holder_of(database: Database, name: str) -> str:
    """Which copy has the turn of this name now; "" when none has."""
    key = key_of(name) & (2**64 - 1)
    query = text(
        "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
        "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
        "AND l.classid = :high AND l.objid = :low"
    )
    with database.reading() as connection:
        found = connection.scalar(query, {"high": key >> 32, "low": key & (2**32 - 1)})
    return str(found or "")


def plan_of(database: Database, version: Version) -> int:
    query = select(plan.c.id).where(
        plan.c.release_version_id == version.id, plan.c.ended_at.is_(None)
    )
    with database.reading() as connection:
        return int(connection.scalar(query) or 0)


def digests(database: Database) -> list[str]:
    with database.reading() as connection:
        assert [*find_breaks(connection)] == []
        return list(connection.scalars(select(digest.c.occasion).order_by(digest.c.id)))
