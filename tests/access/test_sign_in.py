"""Signing in with a password: who it lets in, how guessing is slowed down, what is kept of it."""

import datetime as dt
import json
import threading

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from dashboard import create_app
from dashboard.access.accounts import end_account, take_role
from dashboard.access.local import Given, SignInRefused, sign_in
from dashboard.access.person import Person
from dashboard.access.sessions import begin_session, find_person
from dashboard.access.throttle import BY_ADDRESS, BY_NAME, Throttle, Wait
from schemas.database import Database
from schemas.people_tables import attempt, person, session
from schemas.round_tables import act
from tests.access.codes import App
from tests.access.people import CLOSED, PASSWORD, SECRET, account, closed_client, held_role
from tests.staff.people import DARLINGTON, demo_people, send

HERE, THERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def server(database: Database) -> Flask:
    return create_app(database, hosting=CLOSED)


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return closed_client(server)


def typed(client: FlaskClient, name: str, password: str = PASSWORD, **more: str) -> tuple[int, str]:
    answer = send(client, "/staff/sign-in", {"name": name, "password": password, **more})
    return answer.status_code, answer.text


def wrong(throttle: Throttle, name: str = "kestrel", address: str = HERE) -> None:
    with pytest.raises(SignInRefused):
        sign_in(throttle, Given(name, "a guess that is wrong", address), demo=False)


def right(throttle: Throttle, address: str = HERE) -> Person:
    return sign_in(throttle, Given("Kestrel ", PASSWORD, address), demo=False)


def acts(database: Database, what: str) -> list[tuple[str, dict[str, str]]]:
    query = select(act.c.subject, act.c.details).where(act.c.what == what).order_by(act.c.id)
    with database.reading() as connection:
        return [(subject, json.loads(text)) for subject, text in connection.execute(query)]


def later(database: Database, seconds: int) -> None:
    """As if so much time had gone by since every try."""
    with database.writing() as connection:
        for number, tried_at in connection.execute(select(attempt.c.id, attempt.c.tried_at)).all():
            then = dt.datetime.fromisoformat(tried_at) - dt.timedelta(seconds=seconds)
            connection.execute(
                update(attempt)
                .where(attempt.c.id == number)
                .values(tried_at=then.isoformat(timespec="seconds"))
            )


def test_the_right_password_and_code_let_in_and_lead_on(
    client: FlaskClient, app: App, kestrel: Person
) -> None:
    answer = app.sign_in(client, "KESTREL", next=f"/dashboard/{DARLINGTON}/")
    assert (answer.status_code, answer.location) == (303, f"/dashboard/{DARLINGTON}/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert client.get("/staff/").status_code == 200


def test_unknown_wrong_and_ended_are_told_the_same(
    client: FlaskClient, database: Database, kestrel: Person
) -> None:
    gone = account(database, "heron", password=PASSWORD)
    account(database, "waiting")
    account(database, "council", kind="entra")
    with database.writing() as connection:
        end_account(connection, None, DARLINGTON, gone)
    told = {
        typed(client, name, password)[1].replace(f'value="{name}"', "")
        for name, password in (
            ("nobody", PASSWORD),
            ("kestrel", "a guess that is wrong"),
            ("heron", PASSWORD),
            ("waiting", PASSWORD),
            ("council", PASSWORD),
        )
    }
    without_tokens = {page.split('name="csrf_token"')[0] + page[-2_000:][200:] for page in told}
    assert all("The sign-in name or the password is not right." in page for page in told)
    assert all("not right" in page and "ended" not in page for page in without_tokens)
    assert len({page.count("\n") for page in told}) == 1


def test_what_was_typed_as_a_password_does_not_come_back(
    client: FlaskClient, kestrel: Person
) -> None:
    status, page = typed(client, "kestrel", "my very secret guess")
    assert status == 422
    assert "my very secret guess" not in page
    assert 'value="kestrel"' in page
    assert "<title>Error: " in page


def test_empty_fields_are_asked_for_and_are_no_try(client: FlaskClient, database: Database) -> None:
    status, page = typed(client, "", "")
    assert status == 422
    assert "Enter your sign-in name." in page
    assert "Enter your password." in page
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(attempt)) == 0


def test_the_form_helps_a_password_manager_and_needs_no_script(client: FlaskClient) -> None:
    page = client.get("/staff/sign-in").text
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "<script" not in page


def test_each_way_it_fails_is_on_the_record_and_nothing_that_was_typed(
    throttle: Throttle, database: Database, kestrel: Person
) -> None:
    wrong(throttle, "my password in the wrong field")
    wrong(throttle)
    found = acts(database, "sign-in refused")
    assert [subject for subject, _ in found] == ["somebody unknown", f"person {kestrel.id}"]
    with database.reading() as connection:
        kept = str(connection.execute(select(act)).all())
        tried = str(connection.execute(select(attempt)).all())
    for text in (kept, tried):
        assert "wrong field" not in text
        assert "kestrel" not in text
        assert HERE not in text
        assert "a guess" not in text


def test_the_hash_of_a_name_is_worth_nothing_without_the_server_s_secret(
    database: Database,
) -> None:
    one, other = Throttle(database, SECRET), Throttle(database, SECRET + "x")
    assert one.hashed("kestrel") == one.hashed("kestrel")
    assert one.hashed("kestrel") != other.hashed("kestrel")


def test_waits_grow_and_end(throttle: Throttle, database: Database, kestrel: Person) -> None:
    for _ in range(BY_NAME.free):
        wrong(throttle)
    waits = []
    for _ in range(8):
        with pytest.raises(Wait) as told:
            right(throttle)
        waits.append(told.value.seconds)
        later(database, told.value.seconds)
        wrong(throttle)
    due = [2, 4, 8, 16, 32, 60, 60, 60]
    assert all(abs(seen - said) <= 1 for seen, said in zip(waits, due, strict=True))
    later(database, BY_NAME.longest)
    assert right(throttle).id == kestrel.id


def test_it_is_never_a_lock_out(throttle: Throttle, database: Database, kestrel: Person) -> None:
    for number in range(60):
        later(database, BY_NAME.longest)
        wrong(throttle, address=f"203.0.113.{number}")
    later(database, BY_NAME.longest)
    assert right(throttle).id == kestrel.id
    assert right(throttle).id == kestrel.id, "and it begins anew"


def test_a_stranger_who_guesses_does_not_slow_down_the_address_the_person_came_in_from(
    throttle: Throttle, kestrel: Person
) -> None:
    right(throttle, HERE)
    for _ in range(BY_NAME.free):
        wrong(throttle, address=THERE)
    with pytest.raises(Wait):
        wrong(throttle, address=THERE)
    assert right(throttle, HERE).id == kestrel.id


def test_one_address_that_tries_many_names_is_slowed_down(throttle: Throttle) -> None:
    for number in range(BY_ADDRESS.free):
        wrong(throttle, f"name-{number}")
    with pytest.raises(Wait):
        wrong(throttle, "one-more")
    wrong(throttle, "one-more", THERE)


def test_signing_in_to_one_s_own_account_does_not_buy_more_guesses_at_others(
    throttle: Throttle, kestrel: Person
) -> None:
    for number in range(BY_ADDRESS.free):
        wrong(throttle, f"name-{number}")
        if number % 5 == 0:
            right(throttle)
    with pytest.raises(Wait):
        wrong(throttle, "one-more")


def test_a_hundred_guesses_at_once_are_not_more_than_one_after_another(
    throttle: Throttle, database: Database, kestrel: Person
) -> None:
    outcomes: list[str] = []

    def guess() -> None:
        try:
            wrong(throttle)
            outcomes.append("looked at")
        except Wait:
            outcomes.append("wait")

    people = [threading.Thread(target=guess) for _ in range(24)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(outcomes) == 24
    assert outcomes.count("looked at") <= BY_NAME.free + 1  # one more if a second wait is over


def test_another_server_counts_the_same_tries(
    throttle: Throttle, database: Database, kestrel: Person
) -> None:
    one, other = (closed_client(create_app(database, hosting=CLOSED)) for _ in range(2))
    for client in (one, other, one, other, one):
        assert typed(client, "kestrel", "a guess that is wrong")[0] == 422
    assert typed(other, "kestrel")[0] == 429


def test_who_has_to_wait_is_told_how_long(
    client: FlaskClient, throttle: Throttle, kestrel: Person
) -> None:
    for _ in range(BY_NAME.free):
        typed(client, "kestrel", "a guess that is wrong")
    answer = send(client, "/staff/sign-in", {"name": "kestrel", "password": PASSWORD})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] in ("1", "2")
    assert f"Wait {answer.headers['Retry-After']} seconds" in answer.text


def test_tries_are_forgotten_after_a_day(throttle: Throttle, database: Database) -> None:
    wrong(throttle)
    later(database, 86_500)
    wrong(throttle, "somebody-else")
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(attempt)) == 1


def test_a_password_kept_with_older_settings_is_kept_anew_when_it_is_used(
    throttle: Throttle, database: Database, kestrel: Person
) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    with database.writing() as connection:
        connection.execute(update(person).values(password_hash=old))
    right(throttle)
    with database.reading() as connection:
        kept = connection.scalar(select(person.c.password_hash))
    assert kept is not None
    assert "m=19456,t=2,p=1" in kept
    assert right(throttle).id == kestrel.id


def test_a_session_that_the_browser_had_before_is_not_taken_over(
    client: FlaskClient, app: App, database: Database, kestrel: Person
) -> None:
    attacker = account(database, "attacker")
    planted = begin_session(database, attacker, "test")
    client.set_cookie("__Host-session", planted)
    app.sign_in(client, "kestrel")
    cookie = client.get_cookie("__Host-session")
    assert cookie is not None
    assert cookie.value != planted
    found = find_person(database, cookie.value)
    assert found is not None
    assert found.id == kestrel.id
    assert find_person(database, planted) is None


def test_a_form_that_was_open_before_signing_in_is_not_good_afterwards(
    client: FlaskClient, app: App, kestrel: Person
) -> None:
    before = client.get("/staff/sign-in").text.split('name="csrf_token" value="')[1].split('"')[0]
    app.sign_in(client, "kestrel")
    client.get("/staff/")
    assert client.post("/staff/sign-out", data={"csrf_token": before}).status_code == 400


def test_signing_out_everywhere_ends_every_browser(
    client: FlaskClient, app: App, database: Database, kestrel: Person
) -> None:
    other = closed_client(client.application)
    for one in (client, other):
        app.sign_in(one, "kestrel")
    assert send(other, "/staff/sign-out/everywhere").status_code == 303
    for one in (client, other):
        assert one.get("/staff/").status_code == 302
    assert len(acts(database, "signed out everywhere")) == 1


def test_a_session_ends_by_itself_when_idle_and_after_half_a_day(
    database: Database, kestrel: Person
) -> None:
    now = dt.datetime.now(dt.UTC)
    for column, age in ((session.c.seen_at, 31), (session.c.began_at, 12 * 60 + 1)):
        token = begin_session(database, kestrel, "test")
        assert find_person(database, token) is not None
        then = (now - dt.timedelta(minutes=age)).isoformat(timespec="seconds")
        with database.writing() as connection:
            connection.execute(update(session).values({column: then}))
        assert find_person(database, token) is None


def test_sessions_end_when_a_role_or_the_account_is_taken_away(
    database: Database, kestrel: Person
) -> None:
    token = begin_session(database, kestrel, "test")
    with database.writing() as connection:
        take_role(connection, None, kestrel.id, held_role())
    assert find_person(database, token) is None
    token = begin_session(database, kestrel, "test")
    with database.writing() as connection:
        end_account(connection, None, DARLINGTON, kestrel)
    assert find_person(database, token) is None


def test_only_the_hash_of_a_session_is_kept(database: Database, kestrel: Person) -> None:
    token = begin_session(database, kestrel, "test")
    with database.reading() as connection:
        kept = connection.execute(select(session)).all()
    assert token not in str(kept)
    assert len(token) >= 43  # 256 bits


def test_ready_made_accounts_let_nobody_in_where_it_is_no_demonstration(
    client: FlaskClient, database: Database, throttle: Throttle
) -> None:
    publisher = demo_people(database)["publisher"]
    hashed = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1).hash(PASSWORD)
    with database.writing() as connection:
        connection.execute(update(person).values(password_hash=hashed))
    assert typed(client, "demo-publisher")[0] == 422
    client.set_cookie("__Host-session", begin_session(database, publisher, "test"))
    assert client.get("/staff/").status_code == 302
    assert client.get(f"/dashboard/{DARLINGTON}/").status_code == 302
    page = send(client, "/staff/sign-in/demo", {"name": "demo-publisher"})
    assert page.status_code == 404
    assert "demo-publisher" not in client.get("/staff/sign-in").text


def test_the_demonstration_shows_a_button_for_each_ready_made_account(database: Database) -> None:
    people = demo_people(database)
    account(database, "kestrel", password=PASSWORD)
    client = create_app(database).test_client()
    page = client.get("/staff/sign-in").text
    for one in people.values():
        assert f'value="{one.sign_in_name}"' in page
        assert one.job_title in page
    assert "Checks figures that others sent." in page
    assert "kestrel" not in page
    answer = send(client, "/staff/sign-in/demo", {"name": "demo-assurer"})
    assert answer.status_code == 303
    assert "Second analyst, who checks" in client.get("/staff/").text
    assert send(client, "/staff/sign-in/demo", {"name": "kestrel"}).status_code == 404


def test_a_person_changes_their_own_password(
    client: FlaskClient, app: App, database: Database, kestrel: Person
) -> None:
    other = closed_client(client.application)
    for one in (client, other):
        app.sign_in(one, "kestrel")
    path, new = "/staff/password", "lantern under seven hedges"
    assert "Change your password" in client.get("/staff/").text
    wrong_old = send(client, path, {"old_password": "not it at all", "password": new})
    assert wrong_old.status_code == 422
    assert "That is not your password now." in wrong_old.text
    weak = send(client, path, {"old_password": PASSWORD, "password": "short"})
    assert weak.status_code == 422
    assert "15 characters" in weak.text
    done = send(client, path, {"old_password": PASSWORD, "password": new})
    assert done.status_code == 303
    assert "Your password is changed." in client.get("/staff/").text
    assert other.get("/staff/").status_code == 302
    assert typed(other, "kestrel", PASSWORD)[0] == 422
    app.sign_in(other, "kestrel", new)
    assert other.get("/staff/").status_code == 200


def test_who_has_no_password_has_none_to_change(client: FlaskClient, database: Database) -> None:
    council = account(database, "council", kind="entra")
    client.set_cookie("__Host-session", begin_session(database, council, "test"))
    assert "Change your password" not in client.get("/staff/").text
    assert client.get("/staff/password").status_code == 404
