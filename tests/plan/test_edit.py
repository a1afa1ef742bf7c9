"""Actions added, edited and ended on screen, by those who may, one after the other."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.edition import Edition, EditionName
from dashboard.plan.edit import Typed, add_action, edit_action, end_action
from dashboard.plan.fault import PlanFault
from dashboard.plan.load import load_plan
from dashboard.plan.rows import Writer, end_row, write_row
from dashboard.queries.plan import KeptAction, get_history, get_plan
from schemas.database import Database
from schemas.plan import PlanAction
from schemas.plan_tables import plan_action
from schemas.round_tables import act
from tests.plan.workbooks import action, plan_file
from tests.staff.people import DARLINGTON, DURHAM, demo_people

TYPED = Typed("1.1", "1", "Task 1.1", "Head of SEND", finish_words="April 2026")


def begun(database: Database) -> tuple[Person, Person]:
    """Two people who may edit, and a plan of one action."""
    people = demo_people(database)
    content = plan_file(action("1.1", Finish="April 2026"))
    assert load_plan(database, DARLINGTON, content, "plan.xlsx").changed
    return people["council-analyst"], people["assurer"]


def held(database: Database, number: str = "1.1") -> KeptAction:
    with database.reading() as connection:
        actions = get_plan(connection, DARLINGTON).actions
    return next(one for one in actions if one.action.number == number)


def test_an_edit_takes_the_place_of_the_row_and_says_which_role_wrote_it(
    database: Database,
) -> None:
    analyst, _ = begun(database)
    old = held(database)
    changed = replace(TYPED, status="at_risk", note="Two posts are empty.", finish_words="May 2026")
    edit_action(database, analyst, DARLINGTON, old.written.id, changed)
    new = held(database)
    assert (new.action.status, new.action.finish_on) == ("at_risk", "2026-05-31")
    assert new.written.role == analyst.job_title
    with database.reading() as connection:
        every = get_history(connection, DARLINGTON, "1.1")
        done = connection.execute(select(act).order_by(act.c.id.desc())).mappings().first()
    assert [one.action.status for one in every] == ["at_risk", "not_started"]
    assert done is not None
    assert (done["what"], done["subject"]) == ("changed an action", "action 1.1")
    assert "Two posts" not in str(dict(done))


def test_who_was_second_is_refused_and_shown_the_way(database: Database) -> None:
    analyst, assurer = begun(database)
    row = held(database).written.id
    now = edit_action(database, analyst, DARLINGTON, row, replace(TYPED, note="First."))
    with pytest.raises(PlanFault, match="Somebody changed this action") as refused:
        edit_action(database, assurer, DARLINGTON, row, replace(TYPED, note="Second."))
    assert refused.value.stale
    assert refused.value.now_id == now
    assert held(database).action.note == "First."
    with pytest.raises(PlanFault, match="Somebody changed"):
        end_action(database, assurer, DARLINGTON, row, "It is finished with.")


def test_what_says_nothing_new_changes_nothing(database: Database) -> None:
    analyst, _ = begun(database)
    row = held(database).written.id
    assert edit_action(database, analyst, DARLINGTON, row, TYPED) == row
    assert held(database).written.id == row


def test_an_action_that_is_done_needs_its_evidence(database: Database) -> None:
    analyst, _ = begun(database)
    row = held(database).written.id
    with pytest.raises(PlanFault) as refused:
        edit_action(database, analyst, DARLINGTON, row, replace(TYPED, status="done"))
    assert set(refused.value.faults) == {"evidence"}
    done = replace(TYPED, status="done", evidence="It is open.")
    edit_action(database, analyst, DARLINGTON, row, done)
    assert held(database).action.status == "done"


def test_everything_that_is_wrong_is_told_by_field(database: Database) -> None:
    analyst, _ = begun(database)
    wrong = Typed(
        "1.2",
        "9",
        "",
        "Jane Smith",
        start_words="May 2026",
        finish_words="April 2026",
        note="Ring 01325 555 123",
        status="purple",
        measures=("no_such_measure",),
    )
    with pytest.raises(PlanFault) as refused:
        add_action(database, analyst, DARLINGTON, wrong)
    assert set(refused.value.faults) == {
        "area",
        "task",
        "lead",
        "finish_words",
        "note",
        "status",
        "measures",
    }
    assert "01325" not in str(refused.value)


def test_a_new_action_needs_a_number_of_its_own(database: Database) -> None:
    analyst, _ = begun(database)
    with pytest.raises(PlanFault, match=r"an action 1\.1 already"):
        add_action(database, analyst, DARLINGTON, TYPED)
    add_action(database, analyst, DARLINGTON, replace(TYPED, number="1.2"))
    assert held(database, "1.2").action.task == "Task 1.1"


def test_an_action_that_ended_stays_in_its_history(database: Database) -> None:
    analyst, _ = begun(database)
    row = held(database).written.id
    for short in ("", "no", "Ask jo@example.com about it"):
        with pytest.raises(PlanFault):
            end_action(database, analyst, DARLINGTON, row, short)
    end_action(database, analyst, DARLINGTON, row, "The Board has dropped it.")
    with database.reading() as connection:
        assert get_plan(connection, DARLINGTON).actions == ()
        [old] = get_history(connection, DARLINGTON, "1.1")
        done = connection.scalars(select(act.c.reason).order_by(act.c.id.desc())).first()
    assert old.written.ended_at
    assert done == "The Board has dropped it."


def test_only_those_who_may_edit_the_plan_of_this_area_can(database: Database) -> None:
    begun(database)
    people = demo_people(database)
    row = held(database).written.id
    for name in ("partner", "publisher", "administrator"):
        with pytest.raises(NotAllowed):
            edit_action(database, people[name], DARLINGTON, row, replace(TYPED, note="x"))
    with pytest.raises(NotAllowed):
        edit_action(database, people["assurer"], DURHAM, row, replace(TYPED, note="x"))


def test_an_edition_has_the_rows_that_held_then(database: Database) -> None:
    first, later = "2026-05-04T09:00:00+00:00", "2026-06-04T09:00:00+00:00"
    with database.writing() as connection:
        said = [PlanAction("1.1", "1", "A task", "Head of SEND", note=note) for note in "ab"]
        row = write_row(connection, plan_action, DARLINGTON, said[0], Writer("Analyst", first))
        assert end_row(connection, plan_action, row, later)
        assert not end_row(connection, plan_action, row, later)
        write_row(connection, plan_action, DARLINGTON, said[1], Writer("Analyst", later))
    with database.reading() as connection:
        for at, notes in (
            ("2026-05-04T08:59:59+00:00", []),
            (first, ["a"]),
            ("2026-06-04T08:59:59+00:00", ["a"]),
            (later, ["b"]),
        ):
            edition = Edition(EditionName("2025-26 summer", 1, 1, 1), at)
            found = get_plan(connection, DARLINGTON, edition).actions
            assert [one.action.note for one in found] == notes
