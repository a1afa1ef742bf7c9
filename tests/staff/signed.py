"""The steps of sign-off as people take them, for tests that are about what comes after."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import insert

from dashboard.access.person import Person
from dashboard.record import now_text
from dashboard.releases.agreements import record_agreement
from dashboard.releases.meetings import PRESENT, Agreed
from dashboard.releases.notices import Notice
from dashboard.releases.publishing import publish
from dashboard.releases.sign_off import pass_checks
from dashboard.releases.uk_time import uk_day
from dashboard.releases.versions import Version, get_version
from dashboard.settings import Settings
from schemas.database import Database
from schemas.people_tables import role_held
from schemas.roles import Role
from tests.staff.people import DARLINGTON

People = Mapping[str, Person]


def today() -> str:
    return uk_day(now_text()).isoformat()


def agreed(forum: str, version: Version, definitions: bool = False, **changed: object) -> Agreed:
    present = tuple(PRESENT)
    if forum == "officers":
        present = ("Assistant Director, Education", "Head of Commissioning, NHS")
    values = {"forum": forum, "minute_ref": "2026-11, item 4", "met_on": today()}
    values |= {"present": present, "definitions_agreed": definitions}
    return Agreed(**(values | {"content_sha256": version.content_sha256 or ""} | changed))


def notice(kind: str = "correction", **changed: str) -> Notice:
    values = {"what": "One school’s places were counted twice.", "found_on": today()}
    values |= {"cause": "Two lists named it.", "effect": "The total is lower by 20 places."}
    return Notice(kind, **(values | changed))


def again(database: Database, version: Version) -> Version:
    with database.reading() as connection:
        return get_version(connection, version.area_code, version.id)


def to_checked(database: Database, people: People, version: Version, settings: Settings) -> Version:
    pass_checks(database, people["assurer"], DARLINGTON, version.id, settings)
    return again(database, version)


def to_agreed(database: Database, people: People, version: Version, settings: Settings) -> Version:
    version = to_checked(database, people, version, settings)
    for forum in ("group", "board"):
        one = agreed(forum, version)
        record_agreement(database, people["approver"], DARLINGTON, version.id, one)
    return again(database, version)


def to_published(
    database: Database, people: People, version: Version, settings: Settings
) -> Version:
    version = to_agreed(database, people, version, settings)
    return publish(database, people["publisher"], DARLINGTON, version.id, settings)


def give(database: Database, person: Person, role: Role) -> None:
    """One more role in Darlington: four eyes are about people, whatever their roles."""
    row = {"person_id": person.id, "role": role, "area_code": DARLINGTON, "organisation": ""}
    with database.writing() as connection:
        connection.execute(insert(role_held).values(row | {"given_at": now_text()}))


def in_an_hour() -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
