"""A workbook loaded: the whole plan or nothing, with its history."""

from sqlalchemy import func, select

from dashboard.plan.load import load_plan
from dashboard.plan.sample import load_sample_plan
from dashboard.queries.editions import get_stamp
from dashboard.queries.plan import get_history, get_plan
from loaders.plan_workbook import plan_workbook
from loaders.problems import Outcome
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.measure import load_measures
from schemas.plan_tables import plan_action, plan_file
from schemas.round_tables import act
from tests.plan.workbooks import action
from tests.plan.workbooks import plan_file as workbook
from tests.staff.people import DARLINGTON, DURHAM

# Every action of `../shared/plan.md`; the last letters of 2.w and 4.h are ours, for two without a
# number of their own.
EVERY = [
    *("1.1a", "1.1b", "1.1c", "1.1d", "1.2a", "1.2b", "1.3a"),
    *("2.1a", "2.2a", "2.2b", "2.2c", "2.3a", "2.3b", "2.3c", "2.w"),
    *("3.1", "3.2", "3.3", "3.4"),
    *("4.1", "4.2", "4.4", "4.h"),
]


def numbers(database: Database, area_code: str = DARLINGTON) -> list[str]:
    with database.reading() as connection:
        return [one.action.number for one in get_plan(connection, area_code).actions]


def stamp(database: Database) -> str:
    with database.reading() as connection:
        return get_stamp(connection, DARLINGTON)


def test_the_four_areas_and_every_action_are_loaded_with_their_measures(
    database: Database,
) -> None:
    assert load_sample_plan(database)
    with database.reading() as connection:
        plan = get_plan(connection, DARLINGTON)
    assert [one.title for one in plan.areas] == [
        "Governance and data",
        "Health waits",
        "Quality of EHC plans",
        "Learning disability",
    ]
    assert [one.action.number for one in plan.actions] == EVERY
    tied = {one.action.number: one.action.measures for one in plan.actions}
    assert tied["2.3a"] == ("salt_wait_mean_days", "salt_within_18w")
    assert all(tied[number] for number in ("1.3a", "2.1a", "2.2a", "2.3a", "3.4"))
    assert {name for ones in tied.values() for name in ones} <= set(load_measures())
    assert {one.measure_id for one in plan.points} == {
        "salt_wait_mean_days",
        "nd_over_104w",
        "ot_within_18w",
    }
    assert plan.invented
    assert numbers(database, DURHAM) == []


def test_the_sample_is_loaded_once(database: Database) -> None:
    assert load_sample_plan(database)
    assert not load_sample_plan(database)
    assert numbers(database) == EVERY


def test_the_same_file_again_changes_nothing(database: Database) -> None:
    content = workbook(action("1.1"), action("1.2"))
    assert load_plan(database, DARLINGTON, content, "plan.xlsx").changed
    before = stamp(database)
    again = load_plan(database, DARLINGTON, content, "plan.xlsx")
    assert again.report.already_loaded
    assert not again.changed
    assert stamp(database) == before


def test_a_new_file_ends_what_it_does_not_say_and_keeps_its_history(database: Database) -> None:
    load_plan(database, DARLINGTON, workbook(action("1.1"), action("1.2")), "a.xlsx")
    before = stamp(database)
    second = workbook(action("1.2", Status="on track"), action("1.3"))
    loaded = load_plan(database, DARLINGTON, second, "b.xlsx")
    assert loaded.changes["actions"] == (1, 1, 1)
    assert loaded.changes["areas for improvement"] == (0, 0, 0)
    assert numbers(database) == ["1.2", "1.3"]
    assert stamp(database) != before
    with database.reading() as connection:
        new, old = get_history(connection, DARLINGTON, "1.2")
        [gone] = get_history(connection, DARLINGTON, "1.1")
    assert (new.action.status, old.action.status) == ("on_track", "not_started")
    assert old.written.ended_at == new.written.at
    assert gone.written.ended_at


def test_an_earlier_file_can_be_gone_back_to(database: Database) -> None:
    first, second = workbook(action("1.1")), workbook(action("1.2"))
    for content in (first, second, first):
        assert load_plan(database, DARLINGTON, content, "plan.xlsx").changed
    assert numbers(database) == ["1.1"]


def test_a_file_with_one_fault_leaves_everything_as_it_was(database: Database) -> None:
    load_plan(database, DARLINGTON, workbook(action("1.1")), "a.xlsx")
    before = stamp(database)
    for wrong in (
        workbook(action("1.1", Note="new"), action("1.1")),
        workbook(action("1.2", Note="Ring 01325 555 123")),
    ):
        loaded = load_plan(database, DARLINGTON, wrong, "b.xlsx")
        assert loaded.report.outcome in (Outcome.cell_errors, Outcome.personal_data)
    assert stamp(database) == before
    with database.reading() as connection:
        assert connection.scalar(select(func.count(plan_file.c.id))) == 1


def test_the_file_is_kept_and_the_load_is_on_the_record_without_words_of_it(
    database: Database,
) -> None:
    content = workbook(action("1.1", Note="A word that is nowhere else"))
    load_plan(database, DARLINGTON, content, "plan.xlsx", invented=True)
    with database.reading() as connection:
        kept = connection.execute(select(plan_file)).mappings().one()
        done = connection.execute(select(act)).mappings().one()
        rows = connection.execute(select(plan_action)).mappings().all()
    assert kept["content"] == content
    assert done["what"] == "loaded the plan"
    assert done["content_sha256"] == kept["sha256"]
    assert "nowhere else" not in str(dict(done))
    assert {row["plan_file_id"] for row in rows} == {kept["id"]}
    assert {row["invented"] for row in rows} == {1}


def test_the_plan_written_as_a_workbook_and_loaded_again_changes_nothing(
    database: Database,
) -> None:
    load_sample_plan(database)
    with database.reading() as connection:
        book = get_plan(connection, DARLINGTON).book
    settings = load_area_settings()[DARLINGTON]
    content = plan_workbook(settings, [*load_measures().values()][:20], book)
    loaded = load_plan(database, DARLINGTON, content, "again.xlsx", invented=True)
    assert not loaded.changed
    assert "says already" in loaded.report.message
