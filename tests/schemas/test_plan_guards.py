"""The rows of the improvement plan, and of what people asked to be told, end once and stay."""

import pytest
from sqlalchemy import Connection, Table, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from schemas.database import Database
from schemas.people_tables import person
from schemas.plan_tables import plan_action, plan_file, plan_path, subscription

NOW = "2026-11-22T09:00:00+00:00"


def add_action(connection: Connection, **changed: object) -> None:
    names = [c.name for c in plan_action.c if c.name not in ("id", "ended_at", "person_id")]
    row = dict.fromkeys(names, "x") | {"invented": 0, "plan_file_id": None, "status": "on_track"}
    connection.execute(insert(plan_action).values(row | changed))


def run(database: Database, statement: str) -> None:
    with database.writing() as connection:
        connection.execute(text(statement))


def test_an_action_ends_and_another_takes_its_place(database: Database) -> None:
    with database.writing() as connection:
        add_action(connection)
    run(database, f"UPDATE plan_action SET ended_at = '{NOW}'")
    with database.writing() as connection:
        add_action(connection, status="late")
    with database.reading() as connection:
        now = connection.scalars(
            text("SELECT status FROM plan_action WHERE ended_at IS NULL")
        ).all()
    assert list(now) == ["late"]


def test_two_rows_of_one_action_never_hold_at_once(database: Database) -> None:
    with database.writing() as connection:
        add_action(connection)
    with pytest.raises(IntegrityError), database.writing() as connection:
        add_action(connection)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE plan_action SET task = 'y', ended_at = 'z'", "can only end"),
        ("UPDATE plan_action SET status = 'done'", "can only end"),
        ("DELETE FROM plan_action", "never deleted"),
    ],
)
def test_an_action_is_never_written_over(database: Database, statement: str, said: str) -> None:
    with database.writing() as connection:
        add_action(connection)
    with pytest.raises(DBAPIError, match=said):
        run(database, statement)


def test_what_has_ended_does_not_begin_again(database: Database) -> None:
    with database.writing() as connection:
        add_action(connection, ended_at=NOW)
    with pytest.raises(DBAPIError, match="can only end, once"):
        run(database, "UPDATE plan_action SET ended_at = NULL")


def test_an_action_is_done_only_with_evidence(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as connection:
        add_action(connection, status="done", evidence=" ")


@pytest.mark.parametrize("table", [plan_path, subscription])
def test_paths_and_choices_stay_too(database: Database, table: Table) -> None:
    with database.writing() as connection:
        someone = {"id": 1, "sign_in_name": "p", "job_title": "Officer", "kind": "local"}
        connection.execute(insert(person).values(someone | {"organisation": "", "made_at": NOW}))
        numbers = {"value": 1.0, "invented": 0, "by_mail": 0, "person_id": 1}
        row: dict[str, object] = {c.name: numbers.get(c.name, "x") for c in table.c}
        row |= {"id": 1, "ended_at": None}
        row |= {"plan_file_id": None} if table is plan_path else {"scope": "theme"}
        connection.execute(insert(table).values(row))
    with pytest.raises(DBAPIError, match="never deleted"):
        run(database, f"DELETE FROM {table.name}")
    with pytest.raises(DBAPIError, match="can only end"):
        run(database, f"UPDATE {table.name} SET area_code = 'y'")


def test_a_workbook_of_the_plan_is_kept_as_it_came(database: Database) -> None:
    words = dict.fromkeys(("area_code", "name", "sha256", "loaded_at"), "x")
    with database.writing() as connection:
        connection.execute(insert(plan_file).values(words | {"content": b"x"}))
    with pytest.raises(DBAPIError, match="plan_file is never changed"):
        run(database, "UPDATE plan_file SET name = 'y'")
