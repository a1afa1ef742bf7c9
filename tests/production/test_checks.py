"""A production server changes no tables, and is not started over a database that is not fit."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from dashboard.access.demo_people import add_demo_people
from dashboard.cli import main
from dashboard.hosting import HostingProblem
from dashboard.production.checks import find_faults, get_revision, read_checked
from schemas.area_settings import load_area_settings
from schemas.database import Database, open_database
from tests.production.ground import GOOD, new_database
from tests.schemas.later import run


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Good settings, in a folder without a database."""
    monkeypatch.delenv("SEND_DEMO", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name, value in {**GOOD, "SEND_VAR": str(tmp_path / "var")}.items():
        monkeypatch.setenv(name, value)
    return tmp_path / "var"


def refusal() -> str:
    with pytest.raises(HostingProblem) as refused:
        read_checked(None)
    return str(refused.value)


def at_revision(database: Database, revision: str, oldest: str = "0006") -> None:
    change = text("UPDATE alembic_version SET version_num = :revision, oldest = :oldest")
    with database.writing() as connection:
        connection.execute(change, {"revision": revision, "oldest": oldest})


def test_a_database_that_is_not_there_is_not_made(var: Path) -> None:
    assert "send-dashboard init" in refusal()
    assert not var.exists()


def test_the_database_is_looked_at_when_settings_are_wrong_too(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEND_HOSTS")
    said = refusal()
    assert "SEND_HOSTS" in said
    assert "send-dashboard init" in said


def test_a_fit_database_is_served(var: Path) -> None:
    new_database(var).close()
    assert read_checked(None).hosts == ("send.council.example",)


def test_tables_of_an_earlier_program_are_refused_and_left_as_they_are(database: Database) -> None:
    at_revision(database, "0004")
    assert "send-dashboard migrate" in " ".join(find_faults(database))
    assert get_revision(database) == "0004"


def test_tables_that_a_newer_program_added_to_are_served(database: Database) -> None:
    at_revision(database, "9999")
    assert list(find_faults(database)) == []


def test_tables_that_a_newer_program_took_something_from_are_refused(database: Database) -> None:
    at_revision(database, "9999", oldest="9998")
    assert "newer program" in " ".join(find_faults(database))


def test_a_table_that_is_gone_is_damage(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("DROP TABLE session"))
    assert "no table session" in " ".join(find_faults(database))


def test_accounts_of_the_demonstration_are_refused(database: Database) -> None:
    add_demo_people(database, load_area_settings().values())
    assert "send-dashboard people end demo-" in " ".join(find_faults(database))


def test_a_fit_database_has_no_fault(database: Database) -> None:
    assert list(find_faults(database)) == []


def test_a_damaged_file_is_refused(var: Path) -> None:
    new_database(var).close()
    file = var / "send-dashboard.sqlite3"
    content = bytearray(file.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    file.write_bytes(content)
    assert "damaged" in refusal() or "malformed" in refusal()


def test_a_database_that_cannot_be_reached_is_a_sentence_without_its_password(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:Zm9vYmFy@127.0.0.1:1/none")
    said = refusal()
    assert "cannot be used" in said
    assert "Zm9vYmFy" not in said


def test_migrate_brings_tables_forward_once(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert "went from nothing to" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert "already" in capsys.readouterr().out
    assert main(["serve", "--production", "--check"]) == 0
    assert "Nothing keeps this server" in capsys.readouterr().out


def test_no_other_command_changes_tables_that_are_there(
    var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    var.mkdir()
    database = open_database(URL.create("sqlite", database=str(var / "send-dashboard.sqlite3")))
    run(database, "0005")
    for command in (["people", "list"], ["publish-due"], ["serve"]):
        assert main(command) == 2
        assert "Make a backup, then: send-dashboard migrate" in capsys.readouterr().err
    assert get_revision(database) == "0005"
    assert main(["migrate"]) == 0
    assert main(["publish-due"]) == 0
    database.close()


def test_the_command_says_every_fault_and_ends_with_1(
    var: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SEND_SECRET_KEY", "short")
    assert main(["serve", "--production"]) == 1
    said = capsys.readouterr().err
    assert "SEND_SECRET_KEY" in said
    assert "send-dashboard init" in said
    assert "Traceback" not in said
