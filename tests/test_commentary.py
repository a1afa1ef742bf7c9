"""Commentary: who may say what, that nothing said is lost, and the command that keeps it."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Row, insert, inspect, select, update
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

import schemas.migrations
from dashboard.cli import main
from dashboard.commentary import CommentaryError, add_commentary, load_sample_commentary
from schemas.commentary import Commentary
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.round_tables import act
from schemas.tables import commentary, release

DARLINGTON = "E06000005"


def said(**different: Any) -> Commentary:
    usual: dict[str, Any] = {
        "area_code": DARLINGTON,
        "measure_id": "ehcp_20w_excl",
        "term": "2025-26 summer",
        "what_happened": "Fewer plans were on time.",
        "why": "More requests came in.",
        "action": "Two more posts.",
        "written_by_role": "Head of SEND",
        "by_on": dt.date(2026, 12, 31),
    }
    return Commentary(**usual | different)


def kept(database: Database) -> Sequence[Row[Any]]:
    with database.reading() as connection:
        return connection.execute(select(commentary).order_by(commentary.c.id)).all()


def test_commentary_is_kept_as_it_was_said(database: Database) -> None:
    number = add_commentary(database, said(term="Summer 2025/26", why="  More requests\ncame in. "))
    [row] = kept(database)
    assert (row.id, row.area_code, row.measure_id) == (number, DARLINGTON, "ehcp_20w_excl")
    assert (row.term, row.why, row.by_on) == (
        "2025-26 summer",
        "More requests came in.",
        "2026-12-31",
    )
    assert dt.datetime.fromisoformat(row.written_at).utcoffset() == dt.timedelta(0)
    assert row.replaced_by_id is None


def test_a_new_commentary_replaces_the_old_one_which_stays(database: Database) -> None:
    numbers = [add_commentary(database, said(action=f"Step {n}.")) for n in (1, 2, 3)]
    rows = kept(database)
    assert [row.action for row in rows] == ["Step 1.", "Step 2.", "Step 3."]
    assert [row.replaced_by_id for row in rows] == [*numbers[1:], None]


def test_commentary_on_another_term_measure_or_area_replaces_nothing(database: Database) -> None:
    add_commentary(database, said())
    add_commentary(database, said(term="2025-26 spring"))
    add_commentary(database, said(measure_id="ehcp_active"))
    add_commentary(database, said(area_code="E06000047"))
    assert [row.replaced_by_id for row in kept(database)] == [None] * 4


@pytest.mark.parametrize(
    ("different", "told"),
    [
        ({"area_code": "E99"}, "No area E99 is set up here."),
        ({"measure_id": "no_such"}, "There is no measure no_such."),
        ({"term": "next term"}, "“next term” is not a term."),
        ({"term": "October 2025"}, "“October 2025” is not a term."),
        ({"what_happened": " \n"}, "What happened is empty."),
        ({"why": "x" * 1_001}, "Why is longer than 1,000 characters."),
        ({"action": "Call\x00them."}, "The action holds marks that cannot be shown."),
        ({"by_on": dt.date(2026, 4, 30)}, "The action is due before the term begins."),
        ({"written_by_role": "Jane Quillfeather"}, "Sign with a role"),
        ({"written_by_role": "Head of SEND, Ms Quillfeather"}, "The role names a person."),
        ({"why": "Dr. Quillfeather left."}, "Why names a person."),
        ({"why": "Case 943 476 5919 took long."}, "Why seems to hold NHS numbers"),
        ({"action": "Write to a.quill@example.org."}, "The action seems to hold e-mail addresses"),
    ],
)
def test_what_cannot_be_kept_is_told_in_a_sentence(
    different: dict[str, Any], told: str, sqlite_url: URL
) -> None:
    database = open_database(sqlite_url)
    upgrade(database)
    with pytest.raises(CommentaryError) as error:
        add_commentary(database, said(**different))
    assert told in str(error.value)
    assert "943 476" not in str(error.value)
    assert kept(database) == []
    database.close()


def test_every_reason_is_told_at_once(sqlite_url: URL) -> None:
    database = open_database(sqlite_url)
    with pytest.raises(CommentaryError) as error:
        add_commentary(database, said(area_code="E99", why="", term="soon"))
    assert str(error.value).count(".") >= 3
    database.close()


@pytest.mark.parametrize(
    "role", ["Head of SEND", "Performance Team", "Designated Clinical Officer", "SENCO network"]
)
def test_a_role_is_not_taken_for_a_name(role: str, sqlite_url: URL) -> None:
    database = open_database(sqlite_url)
    upgrade(database)
    assert add_commentary(database, said(written_by_role=role))
    database.close()


def test_a_sentence_for_families_is_kept_when_it_is_easy_to_read(database: Database) -> None:
    easy = "About 6 out of 10 plans were ready on time."
    add_commentary(database, said(family_sentence=f" {easy} "))
    add_commentary(database, said(measure_id="ehcp_active"))
    assert [row.family_sentence for row in kept(database)] == [easy, None]
    with pytest.raises(CommentaryError, match="Instead of “cohort” write “group of children”"):
        add_commentary(database, said(family_sentence="The cohort waits."))


def test_what_the_program_keeps_is_on_the_record_without_the_words(database: Database) -> None:
    first, second = add_commentary(database, said()), add_commentary(database, said())
    with database.reading() as connection:
        rows = connection.execute(select(act).where(act.c.what == "wrote commentary")).all()
    assert [row.subject for row in rows] == ["ehcp_20w_excl 2025-26 summer"] * 2
    assert f'"commentary": {second}, "replaces": {first}' in rows[1].details
    assert "More requests" not in rows[1].details


@pytest.mark.parametrize("name", ["what_happened", "why", "action", "written_by_role"])
def test_the_database_itself_refuses_empty_words(name: str, database: Database) -> None:
    row = vars(said()) | {"by_on": None, "written_at": "2026-11-01T10:00:00+00:00"}
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(commentary).values(row | {name: "  "}))


def test_the_database_itself_keeps_one_current(database: Database) -> None:
    add_commentary(database, said())
    add_commentary(database, said())
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(update(commentary).values(replaced_by_id=None))


def test_the_sample_commentary_comes_once_and_never_over_another(database: Database) -> None:
    own = add_commentary(database, said())
    assert load_sample_commentary(database) == 5
    assert load_sample_commentary(database) == 0
    rows = kept(database)
    assert {row.term for row in rows} == {"2025-26 summer"}
    assert all("nvented" in row.what_happened for row in rows if row.id != own)
    assert [row.replaced_by_id for row in rows] == [None] * 6


def test_a_database_of_the_first_tables_keeps_its_figures(database_url: URL) -> None:
    database = open_database(database_url)
    config = Config()
    config.set_main_option("script_location", str(Path(schemas.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with database.writing() as connection:
        assert not inspect(connection).has_table("commentary")
        connection.execute(insert(release).values(area_code=DARLINGTON, term="2025-26 autumn"))
    upgrade(database)
    with database.reading() as connection:
        assert connection.scalars(select(release.c.term)).all() == ["2025-26 autumn"]
    assert kept(database) == []
    assert add_commentary(database, said())
    database.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SEND_VAR", str(tmp_path))
    return tmp_path


def run(**different: str) -> int:
    options = {
        "what": "Fewer plans were on time.",
        "why": "More requests came in.",
        "action": "Two more posts.",
        "by": "2026-12-31",
        "role": "Head of SEND",
    }
    given = [part for name, words in (options | different).items() for part in (f"--{name}", words)]
    return main(["commentary", "e06000005", "ehcp_20w_excl", "Summer 2025/26", *given])


def test_the_command_keeps_commentary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert "Kept as commentary 1." in capsys.readouterr().out
    database = open_database(URL.create("sqlite", database=str(folder / "send-dashboard.sqlite3")))
    [row] = kept(database)
    assert (row.area_code, row.by_on) == (DARLINGTON, "2026-12-31")
    database.close()


@pytest.mark.parametrize(
    ("option", "words", "told"),
    [
        ("role", "Jane Quillfeather", "Sign with a role"),
        ("by", "December", "December"),
        ("why", " ", "Why is empty."),
        ("family", "60% of plans were late.", "write “out of 10”"),
    ],
)
def test_the_command_says_why_it_keeps_nothing(
    option: str, words: str, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(**{option: words}) != 0
    assert told in capsys.readouterr().err
