"""`verify` finds out whoever changed what was kept, with the whole database in their hands."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text, update

from dashboard.cli import main
from dashboard.record import add_act
from dashboard.releases.demo import publish_invented_drafts
from dashboard.releases.verifying import Verdict, verify
from dashboard.releases.versions import hash_content
from loaders.load import load_file
from loaders.report import Sender
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.people_tables import person
from schemas.round_tables import act
from schemas.tables import extract_file, observation
from tests import builders as b
from tests.schemas.test_guards import NOW, agree, attest, step
from tests.staff.tamper import unguard

AREA, SUBJECT = "E06000005", "2025-26 autumn v1"
STEPS = {"checked": "draft", "agreed": "checked", "published": "agreed"}


def load(database: Database, invented: bool = False) -> None:
    content = b.workbook(b.sheets(ehc_timeliness=b.timeliness()))
    report = load_file(database, content, "timeliness.xlsx", Sender(invented=invented))
    assert report.loaded, report.message


def sign_off(connection: Connection, *told: str) -> None:
    """Four people take the release through; the steps told are on the record."""
    for number in range(1, 5):
        row = {"id": number, "sign_in_name": f"p{number}", "job_title": "Officer", "kind": "local"}
        connection.execute(insert(person).values(row | {"organisation": "", "made_at": NOW}))
    attest(connection)
    content = hash_content(connection, 1)
    step(connection, state="checked", content_sha256=content, checked_by_id=2)
    agree(connection, "group", content)
    agree(connection, "board", content)
    step(connection, state="agreed", agreed_by_id=3)
    step(connection, state="published", published_by_id=4, published_at=NOW, label="1.0")
    for state in told:
        add_act(
            connection,
            None,
            state,
            area_code=AREA,
            subject=SUBJECT,
            from_state=STEPS[state],
            to_state=state,
            content_sha256=content,
        )


@pytest.fixture
def kept(database: Database) -> Database:
    """A release that was signed off and published, and never touched since."""
    load(database)
    with database.writing() as connection:
        sign_off(connection, *STEPS)
    return database


def looked(database: Database, anchor: str = "") -> dict[str, Verdict]:
    with database.reading() as connection:
        return {one.about: one for one in verify(connection, anchor)}


def wrong(database: Database, anchor: str = "") -> dict[str, tuple[str, ...]]:
    found = looked(database, anchor)
    return {about: one.faults for about, one in found.items() if not one.holds}


def test_what_nobody_touched_holds(kept: Database) -> None:
    found = looked(kept)
    assert [*found] == ["record", "figures", "files", "sign-off", "guards"]
    assert all(one.holds for one in found.values()), found
    assert found["figures"].words == (
        "The figures of 1 release version are those that were checked."
    )


def test_a_changed_figure_is_found(kept: Database) -> None:
    with kept.writing() as connection:
        unguard(connection, "observation")
        connection.execute(update(observation).values(value=99.0).where(observation.c.id == 1))
    found = wrong(kept)
    assert found["figures"] == (f"{AREA} {SUBJECT} no longer has the figures that were checked.",)
    assert "guards" in found


def test_a_changed_file_is_found(kept: Database) -> None:
    with kept.writing() as connection:
        unguard(connection, "extract_file")
        connection.execute(update(extract_file).values(content=b"another"))
    assert wrong(kept)["files"] == ("File 1 is not the file that was sent.",)


def test_a_changed_act_is_found(kept: Database) -> None:
    with kept.writing() as connection:
        unguard(connection)
        connection.execute(update(act).where(act.c.id == 2).values(who="Somebody else"))
    assert wrong(kept)["record"] == ("Act 2 was changed after it was written.",)


@pytest.mark.parametrize("table", ["public_file", "digest", "plan_action"])
def test_a_guard_of_any_table_that_is_missing_is_found(kept: Database, table: str) -> None:
    with kept.writing() as connection:
        unguard(connection, table)
    assert f"The guard {table}_" in wrong(kept)["guards"][0]


def test_guards_put_back_otherwise_than_they_were_are_found(kept: Database) -> None:
    """The trigger has its name again, but refuses nothing."""
    with kept.writing() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER act_kept_update"))
            empty = "CREATE TRIGGER act_kept_update BEFORE UPDATE ON act BEGIN SELECT 1; END"
            connection.execute(text(empty))
        else:
            empty = "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
            made = f"CREATE OR REPLACE FUNCTION act_kept() RETURNS trigger {empty}"
            connection.execute(text(made))
    faults = wrong(kept)["guards"]
    assert faults
    assert all(fault.startswith("The guard act_kept") for fault in faults)


@pytest.mark.parametrize("left_out", [*STEPS])
def test_a_published_release_without_one_of_its_acts_is_found(
    database: Database, left_out: str
) -> None:
    load(database)
    with database.writing() as connection:
        sign_off(connection, *(state for state in STEPS if state != left_out))
    said = f"{AREA} {SUBJECT}: the record does not say it was {left_out}."
    assert wrong(database) == {"sign-off": (said,)}


def test_a_demonstration_needs_no_sign_off(database: Database) -> None:
    load(database, invented=True)
    assert publish_invented_drafts(database) == 1
    assert wrong(database) == {}


def test_a_record_cut_off_is_found_by_a_head_that_was_written_down(kept: Database) -> None:
    with kept.reading() as connection:
        heads = list(connection.scalars(select(act.c.sha256).order_by(act.c.id)))
    assert looked(kept)["record"].words.endswith(f"Head: {heads[-1]}")
    assert wrong(kept, heads[-1]) == {}
    assert wrong(kept, heads[0]) == {}
    with kept.writing() as connection:
        unguard(connection)
        connection.execute(act.delete().where(act.c.id == 3))
    found = wrong(kept, heads[-1])
    assert "record" not in found, "the rest still holds together"
    assert "anchor" in found
    assert "anchor" not in wrong(kept, heads[1])


def test_a_record_written_anew_is_found_by_its_head(kept: Database) -> None:
    with kept.reading() as connection:
        head = connection.scalar(select(act.c.sha256).order_by(act.c.id.desc()).limit(1)) or ""
    with kept.writing() as connection:
        unguard(connection)
        connection.execute(act.delete())
        add_act(connection, None, "published", area_code=AREA, subject=SUBJECT)
    assert {"anchor", "sign-off"} <= wrong(kept, head).keys()


def test_the_command_ends_with_0_or_1_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SEND_VAR", str(tmp_path))
    database = open_database()
    upgrade(database)
    load(database)
    with database.writing() as connection:
        sign_off(connection, *STEPS)
    assert main(["verify"]) == 0
    said = capsys.readouterr().out
    assert "Holds  The record holds together: 3 acts. Head: " in said
    head = said.split("Head: ")[1].split()[0]
    assert main(["verify", "--anchor", head]) == 0
    capsys.readouterr()
    with database.writing() as connection:
        unguard(connection)
        connection.execute(act.delete().where(act.c.id == 3))
    database.close()
    assert main(["verify", "--anchor", head, "--json"]) == 1
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    assert {one["about"] for one in told if not one["holds"]} == {"anchor", "sign-off", "guards"}
    assert main(["verify"]) == 1
    assert "WRONG" in capsys.readouterr().out
