"""`send-dashboard digest` does by hand what a server does, and says what it would do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dashboard.cli import main
from dashboard.releases.demo import publish_invented_drafts
from dashboard.settings import Settings
from loaders.load import load_file
from loaders.report import Sender
from schemas.database import Database, open_database
from schemas.plan_tables import digest
from schemas.round_tables import act
from tests.alerts.ground import add_reader, ask, readers_of
from tests.staff.people import DARLINGTON
from tests.staff.smtp_server import Post
from tests.staff.summer import SAMPLE


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A folder for the command: somebody who follows everything, and a term that came out."""
    monkeypatch.setenv("SEND_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["init"]) == 0
    database = open_database()
    ask(database, add_reader(database, "reader"), settings=Settings())
    first = min(SAMPLE.glob("*.xlsx"))
    assert load_file(database, first.read_bytes(), first.name, Sender(invented=True)).loaded
    assert publish_invented_drafts(database) == 1
    yield database
    database.close()


@pytest.fixture
def council(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of a council, without mail."""
    monkeypatch.delenv("SEND_DEMO")
    monkeypatch.setenv("SEND_SECRET_KEY", "k7Qe-long-and-random-enough-for-a-test-0123")
    monkeypatch.setenv("SEND_HOSTS", "send.example.gov.uk")


@pytest.fixture
def with_mail(council: None, post: Post, monkeypatch: pytest.MonkeyPatch) -> Post:
    monkeypatch.setenv("SEND_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("SEND_SMTP_PORT", str(post.port))
    monkeypatch.setenv("SEND_SMTP_FROM", "dashboard@example.gov.uk")
    return post


def kept(database: Database) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(digest)) or 0


def test_a_dry_run_says_who_would_be_told_and_changes_nothing(
    var: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with var.reading() as connection:
        before = connection.scalar(select(func.count()).select_from(act))
    assert main(["digest", "--dry-run", "--area", DARLINGTON]) == 0
    out = capsys.readouterr().out
    assert "The reader (person 1): would be told\n    The figures of the " in out
    assert "@" not in out
    assert kept(var) == 0
    with var.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(act)) == before


def test_it_sends_once_and_then_there_is_nothing_new(
    var: Database, with_mail: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["digest"]) == 0
    assert "The reader (person 1): told" in capsys.readouterr().out
    assert main(["digest"]) == 0
    out = capsys.readouterr().out
    assert "Darlington: nothing new to tell." in out
    assert readers_of(with_mail) == ["reader"]


def test_it_ends_with_one_when_a_message_failed_and_tries_again(
    var: Database, with_mail: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    with_mail.refuse = ("reader@example.gov.uk",)
    assert main(["digest", "--area", DARLINGTON]) == 1
    assert "not told. The mail server" in capsys.readouterr().out
    with_mail.refuse = ()
    assert main(["digest", "--area", DARLINGTON]) == 0
    assert readers_of(with_mail) == ["reader"]


def test_without_a_mail_server_it_is_for_screens_and_feeds(
    var: Database, council: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["digest"]) == 0
    assert "No mail server is set" in capsys.readouterr().out
    assert kept(var) == 1


def test_another_areas_people_are_not_told(
    var: Database, with_mail: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["digest", "--area", "E06000047"]) == 0
    assert kept(var) == 0
    assert readers_of(with_mail) == []
