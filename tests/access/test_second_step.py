"""The second step: no password alone signs in, each code is good once, and guessing is slow."""

import dataclasses
import datetime as dt
import re
import threading

import pytest
from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import Table, func, select, update

from dashboard import create_app
from dashboard.access.accounts import end_account
from dashboard.access.invitations import accept, invite
from dashboard.access.local import Given, change_password
from dashboard.access.local import sign_in as right_password
from dashboard.access.person import Person
from dashboard.access.second_step import CodeRefused, StepOver, begin, find_begun, finish
from dashboard.access.sessions import begin_session, sign_out_everywhere
from dashboard.access.throttle import BY_NAME, Throttle, Wait
from schemas.database import Database
from schemas.people_tables import attempt, second_step, session, sign_in_begun
from tests.access.codes import CODE, App, code_now, let_time_pass
from tests.access.people import CLOSED, PASSWORD, SECRET, account, closed_client, held_role
from tests.access.test_sign_in import acts, later
from tests.staff.people import DARLINGTON, send

HERE = "192.0.2.1"
WIDE = "123456".translate({number: number + 0xFEE0 for number in range(48, 58)})


@pytest.fixture
def client(database: Database) -> FlaskClient:
    return closed_client(create_app(database, hosting=CLOSED))


@pytest.fixture
def secret(throttle: Throttle, kestrel: Person) -> str:
    """What the app of a person makes codes from who has set it up."""
    token = begin(throttle, kestrel)
    found = find_begun(throttle, token).new_secret
    finish(throttle, token, code_now(found), HERE)
    let_time_pass(throttle.database)
    return found


def count(database: Database, table: Table) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def wrong_code(secret: str) -> str:
    """Six digits that are no code of these minutes."""
    now = TOTP(secret)
    good = {now.at(dt.datetime.now(dt.UTC), counter_offset=step) for step in range(-3, 4)}
    return next(code for number in range(10) if (code := f"{number:06d}") not in good)


def test_a_right_password_alone_opens_nothing(
    client: FlaskClient, app: App, database: Database, kestrel: Person
) -> None:
    app.begin(client, "kestrel")
    for path in ("/staff/", f"/dashboard/{DARLINGTON}/", f"/staff/{DARLINGTON}/"):
        assert client.get(path).status_code == 302
    assert client.get_cookie("__Host-session") is None
    assert count(database, session) == 0
    assert acts(database, "signed in") == []


def test_the_first_time_shows_what_to_give_an_app_and_later_never_again(
    client: FlaskClient, app: App, database: Database, kestrel: Person
) -> None:
    page = app.begin(client, "kestrel")
    secret = app.secrets["kestrel"]
    assert f"otpauth://totp/SEND%20dashboard:kestrel?secret={secret}&amp;issuer=SEND" in page.text
    assert '<svg width="' in page.text
    assert app.begin(client, "kestrel").text.count(secret) == 0, "another try, another secret"
    other = closed_client(client.application)
    app.secrets.clear()
    app.sign_in(other, "kestrel")
    later_page = app.begin(closed_client(client.application), "kestrel").text
    assert "Enter a code" in later_page
    assert "<svg" not in later_page
    assert app.secrets["kestrel"] not in later_page


def test_loading_the_page_again_shows_the_same(
    client: FlaskClient, app: App, kestrel: Person
) -> None:
    app.begin(client, "kestrel")
    shown = " ".join(re.findall("....", app.secrets["kestrel"]))
    assert shown in client.get(CODE).text


def test_a_code_is_good_once(throttle: Throttle, kestrel: Person, secret: str) -> None:
    code = code_now(secret)
    assert finish(throttle, begin(throttle, kestrel), code, HERE).id == kestrel.id
    with pytest.raises(CodeRefused):
        finish(throttle, begin(throttle, kestrel), code, HERE)


def test_the_code_that_sets_an_app_up_does_not_sign_in_again(
    throttle: Throttle, kestrel: Person
) -> None:
    token = begin(throttle, kestrel)
    code = code_now(find_begun(throttle, token).new_secret)
    finish(throttle, token, code, HERE)
    with pytest.raises(CodeRefused):
        finish(throttle, begin(throttle, kestrel), code, HERE)


def test_one_code_sent_by_several_at_once_signs_one_in(
    throttle: Throttle, kestrel: Person, secret: str
) -> None:
    code, outcomes = code_now(secret), list[str]()
    tokens = [begin(throttle, kestrel) for _ in range(BY_NAME.free - 1)]

    def one(token: str) -> None:
        try:
            finish(throttle, token, code, HERE)
            outcomes.append("in")
        except CodeRefused:
            outcomes.append("refused")

    threads = [threading.Thread(target=one, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in"] + ["refused"] * (len(tokens) - 1)


@pytest.mark.parametrize(
    ("half_minutes", "taken"),
    [(-3, False), (-2, False), (-1, True), (0, True), (1, True), (3, False)],
)
def test_clocks_may_differ_by_half_a_minute(
    throttle: Throttle, kestrel: Person, secret: str, half_minutes: int, taken: bool
) -> None:
    token = begin(throttle, kestrel)
    code = TOTP(secret).at(dt.datetime.now(dt.UTC), counter_offset=half_minutes)
    if taken:
        assert finish(throttle, token, f" {code[:3]} {code[3:]} ", HERE).id == kestrel.id
    else:
        with pytest.raises(CodeRefused):
            finish(throttle, token, code, HERE)


@pytest.mark.parametrize(
    "typed",
    ["12345", "1234567", "abcdef", WIDE, "-12345", "1" * 5_000],
)
def test_what_is_no_code_is_refused_in_a_sentence(
    client: FlaskClient, app: App, kestrel: Person, typed: str
) -> None:
    app.begin(client, "kestrel")
    answer = send(client, CODE, {"code": typed})
    assert answer.status_code == 422
    assert "That code is not right, or was used before." in answer.text
    assert send(client, CODE, {"code": " "}).status_code == 422
    assert client.get("/staff/").status_code == 302


def test_guesses_wait_longer_and_longer_and_each_is_on_the_record(
    client: FlaskClient, app: App, database: Database, kestrel: Person
) -> None:
    app.sign_in(client, "kestrel")
    thief = closed_client(client.application)
    app.begin(thief, "kestrel")
    guess = wrong_code(app.secrets["kestrel"])
    for _ in range(BY_NAME.free):
        assert send(thief, CODE, {"code": guess}).status_code == 422
    answer = send(thief, CODE, {"code": guess})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] in ("1", "2")
    assert "Too many codes were wrong. Wait" in answer.text
    assert acts(database, "code refused") == [(f"person {kestrel.id}", {})] * BY_NAME.free


def test_a_right_code_too_waits_when_many_were_wrong(
    throttle: Throttle, database: Database, kestrel: Person, secret: str
) -> None:
    with database.writing() as connection:
        connection.execute(attempt.delete())
    token = begin(throttle, kestrel)
    for _ in range(BY_NAME.free):
        with pytest.raises(CodeRefused):
            finish(throttle, token, wrong_code(secret), HERE)
    with pytest.raises(Wait):
        finish(throttle, token, code_now(secret), HERE)
    later(database, 120)
    assert finish(throttle, token, code_now(secret), HERE).id == kestrel.id


def test_who_has_no_password_keeps_nobody_waiting_at_the_second_step(
    client: FlaskClient, app: App, kestrel: Person
) -> None:
    stranger = closed_client(client.application)
    for _ in range(BY_NAME.free + 1):
        typed = {"name": f"Second step of {kestrel.id}", "password": "a guess that is wrong"}
        send(stranger, "/staff/sign-in", typed)
    app.begin(client, "kestrel")
    assert send(client, CODE, {"code": code_now(app.secrets["kestrel"])}).status_code == 303


def test_it_is_over_ten_minutes_after_the_password_and_when_it_was_used(
    client: FlaskClient, app: App, throttle: Throttle, kestrel: Person, secret: str
) -> None:
    used = begin(throttle, kestrel)
    finish(throttle, used, code_now(secret), HERE)
    old = begin(throttle, kestrel)
    then = (dt.datetime.now(dt.UTC) - dt.timedelta(minutes=11)).isoformat(timespec="seconds")
    with throttle.database.writing() as connection:
        connection.execute(update(sign_in_begun).values(began_at=then))
    for token in (used, old, "", "made up"):
        with pytest.raises(StepOver):
            find_begun(throttle, token)
    app.secrets["kestrel"] = secret
    app.begin(client, "kestrel")
    with throttle.database.writing() as connection:
        connection.execute(update(sign_in_begun).values(began_at=then))
    answer = send(client, CODE, {"code": code_now(secret)})
    assert (answer.status_code, answer.location) == (303, "/staff/sign-in?next=/staff/")
    assert "more than ten minutes" in client.get(answer.location).text


def test_a_copy_whose_clock_is_a_little_ahead_is_believed_and_far_ahead_is_not(
    throttle: Throttle, kestrel: Person
) -> None:
    token = begin(throttle, kestrel)
    for minutes, good in ((1, True), (60, False)):
        then = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)
        with throttle.database.writing() as connection:
            at = then.isoformat(timespec="seconds")
            connection.execute(update(sign_in_begun).values(began_at=at))
        if good:
            assert find_begun(throttle, token).person.id == kestrel.id
        else:
            with pytest.raises(StepOver):
                find_begun(throttle, token)


def test_a_new_password_and_signing_out_everywhere_end_what_an_old_password_began(
    throttle: Throttle, kestrel: Person
) -> None:
    begun = begin(throttle, kestrel)
    change_password(throttle, kestrel, PASSWORD, "lantern under seven hedges", HERE)
    with pytest.raises(StepOver):
        find_begun(throttle, begun)
    begun = begin(throttle, kestrel)
    sign_out_everywhere(throttle.database, kestrel)
    with pytest.raises(StepOver):
        find_begun(throttle, begun)


def test_a_stranger_is_led_to_the_first_step(client: FlaskClient) -> None:
    answer = client.get(f"{CODE}?next=https://elsewhere.example/")
    assert (answer.status_code, answer.location) == (303, "/staff/sign-in?next=/staff/")
    assert "ten minutes" not in client.get(answer.location).text


def test_nothing_that_makes_codes_can_be_read_in_the_tables_or_used_for_another(
    throttle: Throttle, database: Database, kestrel: Person, secret: str
) -> None:
    heron = account(database, "heron", password=PASSWORD)
    token = begin(throttle, kestrel)
    with database.reading() as connection:
        kept = str(connection.execute(select(second_step)).all())
        kept += str(connection.execute(select(sign_in_begun)).all())
    assert secret not in kept
    assert token not in kept
    with database.writing() as connection:
        connection.execute(update(second_step).values(person_id=heron.id))
    with pytest.raises(Exception, match="can no longer read"):
        find_begun(throttle, begin(throttle, heron))


def test_after_the_server_s_secret_was_changed_a_new_link_is_the_way(
    database: Database, app: App, kestrel: Person, secret: str
) -> None:
    changed = dataclasses.replace(CLOSED, secret_key=SECRET[::-1])
    client = closed_client(create_app(database, hosting=changed))
    answer = send(client, "/staff/sign-in", {"name": "kestrel", "password": PASSWORD})
    refused = client.get(answer.location)
    assert refused.status_code == 403
    assert "can send you a new link" in refused.text
    with database.writing() as connection:
        token = invite(connection, None, DARLINGTON, kestrel)
    accept(database, token, PASSWORD)
    app.sign_in(client, "kestrel")
    assert client.get("/staff/").status_code == 200


def test_a_new_link_takes_the_app_away_too(
    client: FlaskClient, app: App, throttle: Throttle, kestrel: Person, secret: str
) -> None:
    begun = begin(throttle, kestrel)
    with throttle.database.writing() as connection:
        token = invite(connection, None, DARLINGTON, kestrel)
    with pytest.raises(StepOver):
        finish(throttle, begun, code_now(secret), HERE)
    accept(throttle.database, token, PASSWORD)
    page = app.begin(client, "kestrel").text
    assert "Set up your codes" in page
    assert app.secrets["kestrel"] != secret
    assert send(client, CODE, {"code": code_now(secret)}).status_code == 422


def test_an_ended_account_keeps_none(
    throttle: Throttle, database: Database, kestrel: Person, secret: str
) -> None:
    token = begin(throttle, kestrel)
    with database.writing() as connection:
        end_account(connection, None, DARLINGTON, kestrel)
    assert count(database, second_step) == 0
    with pytest.raises(StepOver):
        find_begun(throttle, token)


def test_setting_up_is_on_the_record_and_administrators_see_it(
    client: FlaskClient, app: App, database: Database, kestrel: Person
) -> None:
    chief = account(database, "chief", held_role("administrator"))
    theirs = closed_client(client.application)
    theirs.set_cookie("__Host-session", begin_session(database, chief, "test"))
    page = f"/staff/{DARLINGTON}/people/{kestrel.id}"
    assert "sets up codes when they next sign in" in theirs.get(page).text
    app.sign_in(client, "kestrel")
    assert "Signs in with a password and a code." in theirs.get(page).text
    assert acts(database, "set up codes") == [("", {})]
    assert acts(database, "signed in")[-1:] == [("", {"how": "password and code"})]
    app.sign_in(closed_client(client.application), "kestrel")
    assert len(acts(database, "set up codes")) == 1


def test_two_browsers_that_both_set_up_leave_the_app_of_the_first(
    client: FlaskClient, app: App, database: Database, kestrel: Person
) -> None:
    other, first, second = closed_client(client.application), app, App(database)
    first.begin(client, "kestrel")
    second.begin(other, "kestrel")
    assert send(client, CODE, {"code": code_now(first.secrets["kestrel"])}).status_code == 303
    late = send(other, CODE, {"code": code_now(second.secrets["kestrel"])})
    assert late.status_code == 422
    let_time_pass(database)
    assert send(other, CODE, {"code": code_now(first.secrets["kestrel"])}).status_code == 303


def test_what_somebody_typed_does_not_come_back(
    client: FlaskClient, app: App, kestrel: Person
) -> None:
    app.begin(client, "kestrel")
    answer = send(client, CODE, {"code": "987651"})
    assert "987651" not in answer.text
    assert 'autocomplete="one-time-code"' in answer.text


def test_the_password_of_somebody_who_is_signed_in_needs_no_code_to_change(
    throttle: Throttle, kestrel: Person, secret: str
) -> None:
    assert right_password(throttle, Given("kestrel", PASSWORD, HERE), demo=False).id == kestrel.id
