"""Tokens: shown once, kept as hashes, good for one person in one area until they end."""

import datetime as dt
import re
from typing import Any

import pytest
from sqlalchemy import func, select, update

from dashboard import create_app
from dashboard.access.local import Given
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.access.throttle import Throttle, Wait
from dashboard.access.tokens import (
    LONGEST,
    MOST,
    TokenProblem,
    TokenRefused,
    admit,
    end_token,
    list_tokens,
    make_token,
)
from schemas.database import Database
from schemas.people_tables import attempt, person, role_held
from schemas.public_tables import access_token
from schemas.round_tables import act
from tests.staff.people import DARLINGTON, DURHAM, demo_people, send, signed_in

SCREEN = f"/staff/{DARLINGTON}/tokens"
SECRET = "k7Qe-long-and-random-enough-for-a-test-0123"


@pytest.fixture
def who(database: Database) -> Person:
    return demo_people(database)["partner"]


def try_token(
    database: Database, token: str, name: str = "", area: str = DARLINGTON, demo: bool = True
) -> Person:
    return admit(Throttle(database, SECRET), Given(name, token, "192.0.2.7"), area, demo)


def guess(database: Database, name: str = "") -> type[Exception]:
    """What the tenth wrong token is answered."""
    for number in range(9):
        with pytest.raises((TokenRefused, Wait)):
            try_token(database, f"send_{number}", name)
    with pytest.raises((TokenRefused, Wait)) as told:
        try_token(database, "send_tenth", name)
    return told.type


def acts(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(act.c.what).order_by(act.c.id)))


def change(database: Database, **values: Any) -> None:
    with database.writing() as connection:
        connection.execute(update(access_token).values(**values))


def test_a_token_lets_its_holder_in(database: Database, who: Person) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    assert try_token(database, token) == who
    assert try_token(database, token, f" {who.sign_in_name.upper()} ") == who


def test_only_the_hash_of_a_token_is_kept(database: Database, who: Person) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    with database.reading() as connection:
        rows = [*connection.execute(select(access_token)), *connection.execute(select(act))]
    assert token not in repr(rows)
    assert token.removeprefix("send_") not in repr(rows)


def test_no_two_tokens_are_the_same_and_each_is_long(database: Database, who: Person) -> None:
    made = {make_token(database, who, DARLINGTON, "Report", 30) for _ in range(3)}
    assert len(made) == 3
    assert all(len(token) >= 43 for token in made)


def test_a_name_beside_the_token_has_to_be_its_holders(database: Database, who: Person) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    with pytest.raises(TokenRefused):
        try_token(database, token, "somebody.else")


def test_a_token_that_its_holder_ended_is_refused(database: Database, who: Person) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    end_token(database, who, DARLINGTON, list_tokens(database, who, DARLINGTON)[0].id)
    with pytest.raises(TokenRefused):
        try_token(database, token)
    assert [one.good for one in list_tokens(database, who, DARLINGTON)] == [False]


def test_a_token_ends_by_itself(database: Database, who: Person) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 1)
    change(database, ends_at="2020-01-01T00:00:00+00:00")
    with pytest.raises(TokenRefused):
        try_token(database, token)


def test_a_token_is_good_for_a_year_at_most(database: Database, who: Person) -> None:
    for days in (0, -1, LONGEST + 1, 10**9):
        with pytest.raises(TokenProblem, match="year"):
            make_token(database, who, DARLINGTON, "Report", days)
    make_token(database, who, DARLINGTON, "Report", LONGEST)
    ends_on = list_tokens(database, who, DARLINGTON)[0].ends_on
    assert ends_on == dt.datetime.now(dt.UTC).date() + dt.timedelta(days=LONGEST)


@pytest.mark.parametrize("label", ["", "  ", "x" * 61, "a\x00b"])
def test_a_token_says_what_it_is_for(database: Database, who: Person, label: str) -> None:
    with pytest.raises(TokenProblem) as told:
        make_token(database, who, DARLINGTON, label, 30)
    assert told.value.field == "label"


def test_nobody_holds_more_tokens_than_they_can_look_after(database: Database, who: Person) -> None:
    for _ in range(MOST):
        make_token(database, who, DARLINGTON, "Report", 30)
    with pytest.raises(TokenProblem, match="End one"):
        make_token(database, who, DARLINGTON, "Report", 30)
    end_token(database, who, DARLINGTON, list_tokens(database, who, DARLINGTON)[0].id)
    make_token(database, who, DARLINGTON, "Report", 30)


def test_a_token_opens_no_other_area(database: Database) -> None:
    who = demo_people(database, DARLINGTON, DURHAM)["partner"]
    token = make_token(database, who, DARLINGTON, "Report", 30)
    with pytest.raises(TokenRefused):
        try_token(database, token, area=DURHAM)


def test_a_token_opens_nothing_once_its_holder_has_no_role_here(
    database: Database, who: Person
) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    with database.writing() as connection:
        ended = update(role_held).where(role_held.c.person_id == who.id)
        connection.execute(ended.values(ended_at="2026-01-01T00:00:00+00:00"))
    with pytest.raises(NotAllowed):
        try_token(database, token)
    assert acts(database)[-1] == "refused"


def test_a_token_opens_nothing_once_the_account_has_ended(database: Database, who: Person) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    with database.writing() as connection:
        connection.execute(update(person).values(ended_at="2026-01-01T00:00:00+00:00"))
    with pytest.raises(TokenRefused):
        try_token(database, token)


def test_tokens_of_ready_made_accounts_are_worth_nothing_elsewhere(
    database: Database, who: Person
) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    with pytest.raises(TokenRefused):
        try_token(database, token, demo=False)


def test_somebody_elses_token_is_neither_seen_nor_ended(database: Database) -> None:
    people = demo_people(database)
    make_token(database, people["partner"], DARLINGTON, "Report", 30)
    number = list_tokens(database, people["partner"], DARLINGTON)[0].id
    assert list_tokens(database, people["assurer"], DARLINGTON) == []
    with pytest.raises(TokenProblem):
        end_token(database, people["assurer"], DARLINGTON, number)
    assert list_tokens(database, people["partner"], DARLINGTON)[0].good


def test_making_using_refusing_and_ending_are_on_the_record(
    database: Database, who: Person
) -> None:
    before = len(acts(database))
    token = make_token(database, who, DARLINGTON, "A secret project", 30)
    for _ in range(3):
        try_token(database, token)
    with pytest.raises(TokenRefused):
        try_token(database, "send_wrong", "a.name.or.a.password")
    end_token(database, who, DARLINGTON, list_tokens(database, who, DARLINGTON)[0].id)
    done = ["made a token", "read with a token", "token refused", "ended a token"]
    assert acts(database)[before:] == done, "and one reading a day is enough"
    with database.reading() as connection:
        told = repr(connection.execute(select(act)).all())
    assert "A secret project" not in told
    assert "a.name.or.a.password" not in told


def test_the_day_of_its_last_use_is_kept_and_no_more(database: Database, who: Person) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    assert list_tokens(database, who, DARLINGTON)[0].last_used_on is None
    try_token(database, token)
    with database.reading() as connection:
        last = connection.scalar(select(access_token.c.last_used_on))
    assert last == dt.datetime.now(dt.UTC).date().isoformat()


def test_guessing_is_made_to_wait_and_a_right_token_is_not(database: Database, who: Person) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    assert guess(database) is Wait
    assert try_token(database, token) == who


def test_tables_asked_for_at_once_are_not_taken_for_guesses(
    database: Database, who: Person
) -> None:
    token = make_token(database, who, DARLINGTON, "Report", 30)
    for _ in range(40):
        try_token(database, token, who.sign_in_name)
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(attempt)) == 0


def test_a_program_with_an_old_token_does_not_keep_its_holder_from_signing_in(
    database: Database, who: Person
) -> None:
    throttle = Throttle(database, SECRET)
    assert guess(database, who.sign_in_name) is Wait
    assert throttle.begin(who.sign_in_name, "192.0.2.7")


def test_the_screen_shows_a_new_token_once(database: Database, who: Person) -> None:
    client = signed_in(create_app(database), database, who)
    made = send(client, SCREEN, {"label": "Board report", "days": "90"})
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    found = re.findall(r"send_[\w-]{43}", made.text)
    assert len(found) == 1
    assert try_token(database, found[0]) == who
    again = client.get(SCREEN)
    assert found[0] not in again.text
    assert found[0] not in str(client.get_cookie("form"))
    assert "Board report" in again.text


def test_a_token_is_ended_on_the_screen(database: Database, who: Person) -> None:
    client = signed_in(create_app(database), database, who)
    token = make_token(database, who, DARLINGTON, "Report", 30)
    number = list_tokens(database, who, DARLINGTON)[0].id
    assert send(client, f"{SCREEN}/{number}/end").status_code == 303
    assert "Tokens that have ended" in client.get(SCREEN).text
    with pytest.raises(TokenRefused):
        try_token(database, token)
    assert send(client, f"{SCREEN}/{number}/end").status_code == 422


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"label": "", "days": "30"}, "Say what it is for"),
        ({"label": "Report", "days": "99999999999"}, "a year at most"),
        ({"label": "Report", "days": "x"}, "a year at most"),
        ({}, "Say what it is for"),
    ],
)
def test_the_screen_says_what_is_wrong(
    database: Database, who: Person, fields: dict[str, str], told: str
) -> None:
    answer = send(signed_in(create_app(database), database, who), SCREEN, fields)
    assert answer.status_code == 422
    assert told in answer.text
    assert list_tokens(database, who, DARLINGTON) == []
