"""Signing in with the council's own account: what is true lets in, and nothing else does."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.engine import URL
from werkzeug.test import TestResponse

from dashboard import create_app
from dashboard.access.accounts import end_account
from dashboard.access.person import get_person
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.people_tables import person, session
from schemas.round_tables import act
from tests.access import provider as forging
from tests.access.people import CLOSED, account, closed_client
from tests.access.provider import OBJECT_ID, TENANT, Claims, Provider, running_provider

BEGIN, BACK = "/staff/sign-in/council", "/staff/sign-in/council/back"
NAME = "kestrel@council.example"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(URL.create("sqlite", database=str(tmp_path / "council.sqlite3")))
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def client(database: Database, provider: Provider) -> FlaskClient:
    account(database, NAME, kind="entra")
    hosting = replace(CLOSED, open_id=provider.open_id)
    return closed_client(create_app(database, hosting=hosting))


def begin(client: FlaskClient, to: str = "/staff/password") -> str:
    answer = client.get(BEGIN, query_string={"next": to})
    assert answer.status_code == 302
    return answer.location


def sign_in(client: FlaskClient, provider: Provider) -> TestResponse:
    return client.get(BACK, query_string=dict(provider.allow(begin(client))))


def is_in(client: FlaskClient) -> bool:
    return client.get("/staff/").status_code == 200


def acts(database: Database) -> list[tuple[str, dict[str, str]]]:
    with database.reading() as connection:
        rows = connection.execute(select(act.c.what, act.c.details).order_by(act.c.id))
        return [(what, json.loads(details)) for what, details in rows]


def assert_refused(client: FlaskClient, database: Database, answer: TestResponse) -> None:
    assert answer.status_code == 401
    assert "nobody was signed in" in answer.text
    assert not is_in(client)
    with database.reading() as connection:
        assert connection.scalar(select(session.c.person_id)) is None
    what, details = acts(database)[-1]
    assert what == "sign-in refused"
    assert details["how"] == "council account"


def test_the_browser_is_sent_to_the_tenant_with_a_challenge_a_state_and_a_nonce(
    client: FlaskClient, provider: Provider
) -> None:
    location = urlsplit(begin(client))
    asked = parse_qs(location.query)
    assert f"{location.scheme}://{location.netloc}" == provider.address
    assert location.path == f"/{TENANT}/v2.0/authorize"
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    assert asked["redirect_uri"] == [f"https://localhost{BACK}"]
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))


def test_who_the_tenant_vouches_for_comes_in_and_is_led_on(
    client: FlaskClient, database: Database, provider: Provider
) -> None:
    answer = sign_in(client, provider)
    assert (answer.status_code, answer.location) == (303, "/staff/password")
    assert is_in(client)
    assert ("signed in", {"how": "council account"}) in acts(database)


def test_an_account_is_bound_once_and_then_known_by_its_object_id(
    client: FlaskClient, database: Database, provider: Provider
) -> None:
    sign_in(client, provider)
    with database.reading() as connection:
        ids = connection.execute(select(person.c.tenant_id, person.c.object_id)).one()
    assert tuple(ids) == (TENANT, OBJECT_ID)
    provider.change = lambda claims: claims | {"preferred_username": "married@council.example"}
    assert sign_in(client, provider).status_code == 303
    assert [what for what, _ in acts(database)].count("bound a council account") == 1


def test_another_colleague_who_gets_the_same_name_later_is_not_taken_for_the_first(
    client: FlaskClient, provider: Provider
) -> None:
    sign_in(client, provider)
    client.delete_cookie("__Host-session")
    provider.change = lambda claims: claims | {"oid": "somebody-newer"}
    answer = sign_in(client, provider)
    assert answer.status_code == 403
    assert "Ask an administrator of your area" in answer.text
    assert not is_in(client)


def test_a_local_account_is_never_bound(client: FlaskClient, database: Database) -> None:
    account(database, "heron@council.example")
    with running_provider() as other:
        hosting = replace(CLOSED, open_id=other.open_id)
        another = closed_client(create_app(database, hosting=hosting))
        other.change = lambda claims: claims | {"preferred_username": "heron@council.example"}
        assert sign_in(another, other).status_code == 403


def test_an_ended_account_does_not_come_back_through_the_tenant(
    client: FlaskClient, database: Database, provider: Provider
) -> None:
    sign_in(client, provider)
    client.delete_cookie("__Host-session")
    with database.writing() as connection:
        ended = connection.scalar(select(person.c.id))
        assert ended is not None
        whom = get_person(connection, ended)
        assert whom is not None
        end_account(connection, None, "", whom)
    assert sign_in(client, provider).status_code == 403


def change(**changed: object) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, **changed}


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


NOW = int(time.time())
FORGED: dict[str, Callable[[Claims], Claims]] = {
    "another issuer": change(iss="https://login.example/v2.0"),
    "another tenant's issuer": change(iss=f"https://login.example/{TENANT}/v2.0"),
    "no issuer": without("iss"),
    "another program's token": change(aud="another-program"),
    "another program's token that names us": change(aud="another-program", azp=forging.CLIENT),
    "no audience": without("aud"),
    "another tenant": change(tid="11111111-2222-3333-4444-555555555555"),
    "no tenant": without("tid"),
    "expired": change(exp=NOW - 600, iat=NOW - 1200, nbf=NOW - 1200),
    "never ends": without("exp"),
    "ends in words": change(exp="tomorrow"),
    "not yet": change(nbf=NOW + 3600),
    "no object id": without("oid"),
    "an empty object id": change(oid=""),
    "an object id that is none": change(oid=["a", "b"]),
    "no role": without("roles"),
    "another role": change(roles=["another-program"]),
    "a role that only looks like it": change(roles="send-dashboard-readers"),
    "another nonce": change(nonce="of-somebody-else"),
    "no nonce": without("nonce"),
    "another access token's hash": change(at_hash="bm90LXRoaXMtb25l"),
}


@pytest.mark.parametrize("lie", FORGED)
def test_a_token_that_says_something_else_signs_nobody_in(
    lie: str, client: FlaskClient, database: Database, provider: Provider
) -> None:
    provider.change = FORGED[lie]
    assert_refused(client, database, sign_in(client, provider))


SIGNED: dict[str, forging.Sign] = {
    "with another key of the same name": lambda claims: forging.signed(claims, forging.OTHER_KEY),
    "with nothing": forging.unsigned,
    "with the public key as a secret": forging.signed_with_the_public_key,
    "and then changed": forging.changed_after_signing,
    "not at all": lambda _: "not-a-token",
    "as an empty text": lambda _: "",
    "as three dots": lambda _: "...",
    "as a list": lambda _: f"{forging.part({'alg': 'RS256'})}.W10.AAAA",
}


@pytest.mark.parametrize("how", SIGNED)
def test_a_token_signed_otherwise_signs_nobody_in(
    how: str, client: FlaskClient, database: Database, provider: Provider
) -> None:
    provider.sign = SIGNED[how]
    assert_refused(client, database, sign_in(client, provider))


@pytest.mark.parametrize("state", ["", "x" * 30, "{}x", "\x00", "../" * 9, None])
def test_a_state_that_this_browser_did_not_get_is_refused(
    state: str | None, client: FlaskClient, database: Database, provider: Provider
) -> None:
    brought = dict(provider.allow(begin(client)))
    sent = {"code": brought["code"]}
    if state is not None:
        sent["state"] = state.format(brought["state"])
    assert_refused(client, database, client.get(BACK, query_string=sent))


def test_a_link_of_an_attacker_s_own_sign_in_does_not_work_in_another_browser(
    client: FlaskClient, database: Database, provider: Provider
) -> None:
    brought = dict(provider.allow(begin(client)))
    victim = closed_client(client.application)
    assert_refused(victim, database, victim.get(BACK, query_string=brought))


def test_coming_back_twice_with_the_same_answer_is_refused(
    client: FlaskClient, provider: Provider
) -> None:
    brought = dict(provider.allow(begin(client)))
    assert client.get(BACK, query_string=brought).status_code == 303
    client.delete_cookie("__Host-session")
    assert client.get(BACK, query_string=brought).status_code == 401
    assert not is_in(client)


def test_a_copied_cookie_and_answer_are_worth_nothing_once_used(
    client: FlaskClient, database: Database, provider: Provider
) -> None:
    brought = dict(provider.allow(begin(client)))
    copied = client.get_cookie("__Host-form")
    assert copied is not None
    thief = closed_client(client.application)
    thief.set_cookie("__Host-form", copied.value)
    assert client.get(BACK, query_string=brought).status_code == 303
    assert thief.get(BACK, query_string=brought).status_code == 401
    assert not is_in(thief)


def test_a_code_of_another_sign_in_fails_for_want_of_its_verifier(
    client: FlaskClient, database: Database, provider: Provider
) -> None:
    other = closed_client(client.application)
    stolen = provider.allow(begin(other))["code"]
    state = provider.allow(begin(client))["state"]
    answer = client.get(BACK, query_string={"code": stolen, "state": state})
    assert_refused(client, database, answer)


def test_what_the_tenant_refused_is_said_plainly_and_its_words_are_not_shown(
    client: FlaskClient, database: Database, provider: Provider
) -> None:
    said = {"error": "access_denied", "error_description": "<script>alert(1)</script>"}
    state = provider.allow(begin(client))["state"]
    answer = client.get(BACK, query_string=said | {"state": state})
    assert_refused(client, database, answer)
    assert "alert" not in answer.text
    assert "alert" not in json.dumps(acts(database))


BROKEN = [(500, b"oh"), (200, b"not json"), (404, b""), (200, b"[]"), (200, b"{}"), (200, b"null")]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("where", ["openid-configuration", "keys", "token"])
def test_a_provider_that_is_broken_is_a_plain_page(
    where: str, broken: tuple[int, bytes], client: FlaskClient, provider: Provider
) -> None:
    provider.answers[where] = broken
    first = client.get(BEGIN)
    if where == "openid-configuration":
        assert first.status_code == 503
        assert "cannot be reached" in first.text
        return
    answer = client.get(BACK, query_string=dict(provider.allow(first.location)))
    assert answer.status_code in (401, 503)
    assert not is_in(client)


def test_a_provider_that_is_down_is_asked_again_later_and_not_by_everyone(
    database: Database,
) -> None:
    with running_provider() as gone:
        hosting = replace(CLOSED, open_id=gone.open_id)
    client = closed_client(create_app(database, hosting=hosting))
    began = time.monotonic()
    for _ in range(20):
        answer = client.get(BEGIN)
        assert answer.status_code == 503
        assert "you can use it meanwhile" in answer.text
    assert time.monotonic() - began < 5


def test_false_answers_without_end_are_slowed_down(client: FlaskClient, database: Database) -> None:
    answers = [client.get(BACK, query_string={"code": "x", "state": "y"}) for _ in range(12)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 7
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert [what for what, _ in acts(database)].count("sign-in refused") == 5


def test_the_cookie_does_not_grow_however_often_somebody_begins(client: FlaskClient) -> None:
    for _ in range(12):
        begin(client)
    cookie = client.get_cookie("__Host-form")
    assert cookie is not None
    assert len(cookie.value) < 1_500


def test_without_a_tenant_there_is_no_such_door(database: Database) -> None:
    client = closed_client(create_app(database, hosting=CLOSED))
    assert client.get(BEGIN).status_code == 404
    assert client.get(BACK).status_code == 404
    assert "council account" not in client.get("/staff/sign-in").text


def test_a_name_of_the_demonstration_is_never_bound(
    client: FlaskClient, database: Database, provider: Provider
) -> None:
    with database.writing() as connection:
        connection.execute(update(person).values(sign_in_name="demo-publisher"))
    provider.change = change(preferred_username="Demo-Publisher")
    assert sign_in(client, provider).status_code == 403
