"""A real server is asked about every line of the matrix: every address, method and person."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Update, func, insert, select, update
from werkzeug.test import TestResponse

from dashboard import create_app
from dashboard.access.person import Person, get_person
from dashboard.access.service import SERVICES
from dashboard.access.sessions import begin_session
from dashboard.access.tasks import WHO_MAY, NotAllowed, Task
from dashboard.public.storing import keep_bundle
from dashboard.publication.before import NOTHING, pack_decided
from dashboard.record import now_text
from dashboard.releases.refused import StepRefused
from dashboard.releases.versions import get_latest_version
from dashboard.settings import Settings
from loaders.load import load_file
from loaders.report import Sender
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.people_tables import person, role_held
from schemas.roles import Role
from schemas.round_tables import act
from schemas.tables import metadata, release_version
from tests.dashboard.published import copied
from tests.public.families_server import area_with
from tests.public.small_publications import bundle
from tests.staff import matrix
from tests.staff.matrix import (
    ACTORS,
    CALLED_BY_SCREENS,
    CLOSED,
    DOCUMENT,
    ELSEWHERE,
    ENDED,
    HERE,
    METHODS,
    Actor,
    Answer,
    Entry,
    build_document,
    build_entries,
    called_by_screens,
    find_service,
    import_everything,
    unasked_writers,
)
from tests.staff.people import DARLINGTON, DURHAM
from tests.staff.places import EDITION, Places, fill, is_unfound, make_places
from tests.staff.small import small_settings
from tests.staff.summer import COUNCIL, summer_file

HOST = "https://localhost"
_UNTOUCHED = {"act", "session", "attempt"}  # what being refused and signing in do write to
_READ = ("GET", "HEAD", "OPTIONS")
# A service that needs no more than who asks and where gets an area in which it has nothing to do.
_MORE = {"dashboard.releases.everyone.renew": {"settings": small_settings()}}


@dataclass(frozen=True)
class Ground:
    """A closed server over a real round, and somebody for every line of the matrix."""

    server: Flask
    database: Database
    people: Mapping[Actor, Person]
    places: Places

    @property
    def entries(self) -> list[Entry]:
        return build_entries(self.server)[0]


@pytest.fixture(scope="module")
def prepared(
    eleven_terms: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Database, dict[Actor, Person], Places]]:
    """Eleven terms published, the last to everyone too, the council's summer sent in as a draft,
    and the people."""
    database = copied(eleven_terms, tmp_path_factory.mktemp("matrix"))
    with database.writing() as connection:
        spring = get_latest_version(connection, DARLINGTON, "2025-26 spring")
        assert spring is not None
        pages = replace(bundle(spring.id, EDITION), figures=pack_decided(NOTHING))
        keep_bundle(connection, pages)
    report = load_file(database, summer_file(COUNCIL), "summer.xlsx", Sender())
    assert report.loaded, report.message
    with database.writing() as connection:
        connection.execute(update(person).values(ended_at=now_text()))  # of the demonstration
        people = {actor: _person(connection, actor) for actor in ACTORS if actor.known}
        people[ENDED] = _person(connection, ENDED)
        connection.execute(_end(people[ENDED].id, now_text()))
    yield database, people, make_places(database, people[HERE[1]])
    database.close()


@pytest.fixture(scope="module")
def ground(prepared: tuple[Database, dict[Actor, Person], Places]) -> Ground:
    database, people, places = prepared
    return Ground(_server(database), database, people, places)


def _server(database: Database) -> Flask:
    """Closed; one term goes to everyone, so that making their pages does not take long."""
    area = area_with(since="2025-26 summer")
    return create_app(database, Settings(areas=load_area_settings() | {DARLINGTON: area}), CLOSED)


def _person(connection: Connection, actor: Actor) -> Person:
    name = actor.name.replace(" ", ".")
    row = {"sign_in_name": name, "job_title": actor.name, "organisation": "", "kind": "local"}
    row |= {"made_at": now_text(), "password_hash": "of nobody's password"}
    new = insert(person).values(row).returning(person.c.id)
    number = connection.scalar(new)
    area = DARLINGTON if actor.here or not actor.known else DURHAM
    role = actor.role or Role.administrator
    organisation = load_area_settings()[area].organisations[0] if role is Role.analyst else ""
    held = {"person_id": number, "role": role, "area_code": area, "organisation": organisation}
    connection.execute(insert(role_held).values(held | {"given_at": now_text()}))
    found = get_person(connection, int(number or 0))
    assert found is not None
    return found


class Browser:
    """One person's browser; it signs in afresh before each request, for a request may sign out."""

    def __init__(self, ground: Ground, actor: Actor) -> None:
        self.ground = ground
        self.actor = actor
        self.client: FlaskClient = ground.server.test_client()

    def ask(self, entry: Entry) -> TestResponse:
        data = None if entry.method in _READ else {"csrf_token": self._token()}
        self._sign_in()
        path = fill(entry.rule, self.ground.places)
        return self.client.open(
            path,
            method=entry.method,
            base_url=HOST,
            data=data,
            headers={"Referer": f"{HOST}/staff/"},
        )

    def _token(self) -> str:
        """As a page of now has it: an earlier request may have begun the forms anew."""
        page = self.client.get("/staff/sign-in", base_url=HOST)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        assert found, "the sign-in page holds no form"
        return found[1]

    def _sign_in(self) -> None:
        database, who = self.ground.database, self.ground.people.get(self.actor)
        if who is None:
            return
        if self.actor is ENDED:
            with database.writing() as connection:
                connection.execute(_end(who.id, None))
        token = begin_session(database, who, "test")
        if self.actor is ENDED:
            with database.writing() as connection:
                connection.execute(_end(who.id, now_text()))
        self.client.set_cookie("__Host-session", token, domain="localhost", secure=True)


def _end(person_id: int, at: str | None) -> Update:
    return update(person).where(person.c.id == person_id).values(ended_at=at)


def answer_of(answer: TestResponse) -> Answer:
    """What kind of answer it is. A form that was refused for its token is none of them."""
    assert answer.status_code < 500, answer.text[:2000]
    assert b"Please send that again" not in answer.data, "the token of the form was not taken"
    if answer.status_code in (301, 302, 303) and (answer.location or "").startswith(
        "/staff/sign-in?next="
    ):
        return Answer.to_sign_in
    if answer.status_code in (401, 403):
        return Answer.refused
    return Answer.given


def matches(entry: Entry, expected: Answer, answer: TestResponse) -> bool:
    if expected is Answer.not_there:
        return answer.status_code in (400, 403, 404, 405)
    if expected is Answer.with_token:
        return answer.status_code == 401
    if expected is Answer.given and entry.open_to == "anyone":
        return answer.status_code < 500
    return answer_of(answer) is expected


def test_every_address_is_a_door_or_known_to_be_outside(ground: Ground) -> None:
    _, unlisted = build_entries(ground.server)
    assert unlisted == [], "say in tests/staff/matrix.py who these addresses are for"


def test_a_new_address_that_nobody_listed_is_found(database: Database) -> None:
    server = create_app(database, hosting=CLOSED)
    server.add_url_rule("/staff/back-door", "back", lambda: "in")
    server.add_url_rule("/figures", "figures", lambda: "all of them")
    assert build_entries(server)[1] == ["/staff/back-door", "/figures"]
    answer = server.test_client().get("/staff/back-door", base_url=HOST)
    assert answer.status_code == 404, "and it stays shut"


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name.replace(" ", "-"))
def test_who_is_refused_is_refused_everywhere_and_changes_nothing(
    ground: Ground, actor: Actor
) -> None:
    browser = Browser(ground, actor)
    shut = (Answer.refused, Answer.to_sign_in, Answer.not_there, Answer.with_token)
    entries = [entry for entry in ground.entries if entry.expected(actor) in shut]
    assert entries
    browser.ask(entries[0])  # so that signing in has happened before the tables are looked at
    before, refusals = tables_of(ground.database), count_refusals(ground.database)
    wrong, told = [], 0
    for entry in entries:
        answer = browser.ask(entry)
        if not matches(entry, entry.expected(actor), answer):
            wrong.append((entry.method, entry.rule, answer.status_code))
        told += entry.expected(actor) is Answer.refused
    assert wrong == []
    assert tables_of(ground.database) == before
    assert count_refusals(ground.database) - refusals == told, "each refusal is on the record"


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.name.replace(" ", "-"))
def test_who_may_is_let_in(
    prepared: tuple[Database, dict[Actor, Person], Places], tmp_path: Path, actor: Actor
) -> None:
    database = copied(prepared[0], tmp_path)
    ground = Ground(_server(database), database, *prepared[1:])
    browser = Browser(ground, actor)
    entries = [entry for entry in ground.entries if entry.expected(actor) is Answer.given]
    assert entries
    wrong, got = [], {}
    for entry in sorted(entries, key=lambda one: METHODS.index(one.method)):
        answer = browser.ask(entry)
        if entry.method == "GET":
            got[entry.rule] = answer.status_code
        there = answer.status_code != 404 or entry.method not in _READ or is_unfound(entry.rule)
        # A HEAD that is taken for a form would be one that needs no token.
        as_get = entry.method != "HEAD" or answer.status_code == got[entry.rule]
        if not matches(entry, Answer.given, answer) or not there or not as_get:
            wrong.append((entry.method, entry.rule, answer.status_code))
    database.close()
    assert wrong == []


@pytest.mark.parametrize("actor", [ACTORS[0], *HERE], ids=lambda one: one.name.replace(" ", "-"))
def test_a_method_that_is_not_offered_does_nothing(ground: Ground, actor: Actor) -> None:
    browser = Browser(ground, actor)
    offered: dict[str, set[str]] = {}
    for entry in ground.entries:
        offered.setdefault(entry.rule, set()).add(entry.method)
    before = tables_of(ground.database)
    wrong = []
    for rule, methods in offered.items():
        for method in set(METHODS) - methods:
            answer = browser.ask(Entry(rule, method, "nobody"))
            if answer.status_code not in (302, 400, 403, 404, 405):
                wrong.append((method, rule, answer.status_code))
    assert wrong == []
    assert tables_of(ground.database) == before


@pytest.mark.parametrize("actor", [*HERE, *ELSEWHERE, ENDED], ids=lambda one: one.name)
def test_every_service_asks_before_anything_else(ground: Ground, actor: Actor) -> None:
    """Called with nothing but who asks and where: whoever may not is refused before the service
    looks at what else it was given; whoever may is told that something is missing."""
    import_everything()
    assert SERVICES
    wrong = []
    for name, task in SERVICES.items():
        before = count_refusals(ground.database)
        asked = _asked(name, ground, actor)
        may = actor.here and actor.role in WHO_MAY[task]
        refused = count_refusals(ground.database) - before
        if (asked, refused) != ((False, 0) if may else (True, 1)):
            wrong.append((name, "let in" if not asked else "refused"))
    assert wrong == []


def _asked(name: str, ground: Ground, actor: Actor) -> bool:
    """Whether the service refuses, asked with no word of what is wanted of it."""
    try:
        find_service(name)(ground.database, ground.people[actor], DARLINGTON, **_MORE.get(name, {}))
    except NotAllowed:
        return True
    except StepRefused:
        return False
    except TypeError as error:
        if "argument" not in str(error):
            raise
    return False


def test_a_refusal_says_what_was_asked_for(ground: Ground) -> None:
    import_everything()
    name, task = next((n, t) for n, t in SERVICES.items() if t is Task.see_record)
    assert _asked(name, ground, HERE[0])
    with ground.database.reading() as connection:
        row = connection.execute(select(act).order_by(act.c.id.desc()).limit(1)).one()
    assert (row.what, row.subject, row.area_code) == ("refused", task.value, DARLINGTON)
    assert row.person_id == ground.people[HERE[0]].id


def test_what_an_actor_says_of_themselves_is_not_believed(ground: Ground) -> None:
    """A viewer who claims every role is asked for what the tables say."""
    from dashboard.access.person import Held

    liar = replace(ground.people[HERE[0]], held=tuple(Held(role, DARLINGTON, "") for role in Role))
    people = {**ground.people, HERE[0]: liar}
    claimed = Ground(ground.server, ground.database, people, ground.places)
    for name, task in SERVICES.items():
        assert _asked(name, claimed, HERE[0]) is (Role.viewer not in WHO_MAY[task]), name


def test_whatever_writes_is_a_service_or_says_why_not() -> None:
    assert list(unasked_writers()) == [], "mark it @service, or say why not in matrix.py"


def test_screens_call_services_and_little_else_that_writes() -> None:
    assert called_by_screens() == dict(CALLED_BY_SCREENS)


def test_nothing_is_excused_that_is_not_there() -> None:
    import_everything()
    for name in matrix.NOT_SERVICES:
        assert callable(find_service(name)), name


def test_the_document_is_not_stale(ground: Ground) -> None:
    said = DOCUMENT.read_text(encoding="utf-8")
    assert said == build_document(ground.server), "run python -m tests.staff.matrix"


def test_every_task_is_for_somebody_and_is_asked_for(ground: Ground) -> None:
    import_everything()
    asked = {*SERVICES.values(), *(entry.open_to for entry in ground.entries)}
    assert set(Task) <= asked, "nothing asks for this right"


def tables_of(database: Database) -> dict[str, str]:
    """A hash of every table's rows, without those that any request may write to."""
    found = {}
    with database.reading() as connection:
        for table in metadata.sorted_tables:
            if table.name in _UNTOUCHED:
                continue
            columns = [c for c in table.c if (table.name, c.name) != ("person", "ended_at")]
            digest = hashlib.sha256()
            for row in connection.execute(select(*columns).order_by(*table.primary_key)):
                digest.update(json.dumps(tuple(row), default=bytes.hex).encode())
            found[table.name] = digest.hexdigest()
    return found


def count_refusals(database: Database) -> int:
    with database.reading() as connection:
        query = select(func.count()).select_from(act).where(act.c.what == "refused")
        return connection.scalar(query) or 0


def test_the_draft_of_the_ground_is_a_draft(ground: Ground) -> None:
    """Or what the matrix says of drafts would mean little."""
    with ground.database.reading() as connection:
        states = set(connection.scalars(select(release_version.c.state)))
    assert "draft" in states
