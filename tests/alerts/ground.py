"""People with addresses who ask to be told, and a small release for them to be told of."""

import datetime as dt
import re
from collections.abc import Mapping

from sqlalchemy import insert, select

from dashboard.access.person import Person, get_person
from dashboard.alerts.choices import choose
from dashboard.alerts.making import make_digests
from dashboard.alerts.sending import Letter, send_digests
from dashboard.hosting import Mail
from dashboard.record import now_text
from dashboard.releases.corrections import begin_correction
from dashboard.releases.publishing import publish
from dashboard.releases.versions import Version
from dashboard.settings import Settings
from schemas.database import Database
from schemas.people_tables import person, role_held
from schemas.plan_tables import digest
from tests.staff.people import DARLINGTON, demo_people
from tests.staff.signed import notice, to_agreed, to_published
from tests.staff.small import TERM, load_small, small_settings
from tests.staff.smtp_server import Post

SETTINGS = small_settings()
AREA = SETTINGS.areas[DARLINGTON]
SITE = "https://send.example.gov.uk"
PLACES = "special_places"
TOMORROW = dt.timedelta(days=1)


def add_reader(
    database: Database, name: str, role: str = "viewer", area: str = DARLINGTON
) -> Person:
    """Somebody who signs in with an e-mail address."""
    row = {"sign_in_name": f"{name}@example.gov.uk", "job_title": f"The {name}", "kind": "local"}
    with database.writing() as connection:
        new = insert(person).values(row | {"organisation": "", "made_at": now_text()})
        number = connection.scalar(new.returning(person.c.id)) or 0
        held = {"person_id": number, "role": role, "area_code": area, "organisation": ""}
        connection.execute(insert(role_held).values(held | {"given_at": now_text()}))
        found = get_person(connection, number)
    assert found is not None
    return found


def ask(
    database: Database,
    who: Person,
    what: str = "everything:",
    by_mail: bool = True,
    settings: Settings = SETTINGS,
) -> None:
    scope, _, subject = what.partition(":")
    choose(database, who, DARLINGTON, settings, scope, subject, by_mail)


def publish_first(database: Database) -> tuple[Mapping[str, Person], Version]:
    """The ready-made people, and the first figures out."""
    people = demo_people(database)
    version = load_small(database, 0, people["council-analyst"])
    return people, to_published(database, people, version, SETTINGS)


def correct(database: Database, people: Mapping[str, Person], number: int, **told: str) -> Version:
    """The figures of another file take the place of those that are out."""
    made = begin_correction(database, people["council-analyst"], DARLINGTON, TERM, notice(**told))
    load_small(database, number, people["council-analyst"])
    version = to_agreed(database, people, made, SETTINGS)
    return publish(database, people["publisher"], DARLINGTON, version.id, SETTINGS)


def mail_to(post: Post) -> Mail:
    return Mail("127.0.0.1", post.port, "dashboard@example.gov.uk")


def tell(
    database: Database, post: Post, later: dt.timedelta = dt.timedelta(0), again: bool = False
) -> list[Letter]:
    """What a server does at each look."""
    make_digests(database, SETTINGS, AREA)
    now = dt.datetime.now(dt.UTC) + later
    return send_digests(database, AREA, mail_to(post), SITE, now, again)


def readers_of(post: Post) -> list[str]:
    """Who got a message, in their order, without what stands behind the @."""
    return [to.partition("@")[0] for to, _ in post.messages]


def occasions(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(digest.c.occasion).order_by(digest.c.id)))


def numbers_in(text: str) -> list[str]:
    """Every number of a message but for those of addresses and of the terms' years."""
    text = re.sub(r"https://\S+", "", text)
    return re.findall(r"\d[\d,.]*", re.sub(r"20\d\d/\d\d", "", text))
