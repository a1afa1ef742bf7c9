"""`send-dashboard people`, as who runs the server uses it."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.access.invitations import accept
from dashboard.access.person import get_person
from dashboard.access.sessions import begin_session, find_person
from dashboard.cli import main
from dashboard.record import find_breaks
from schemas.database import open_database
from schemas.people_tables import person
from schemas.round_tables import act
from tests.access.people import PASSWORD
from tests.staff.people import DARLINGTON, DURHAM

ADD = ["people", "add", "Kestrel", "--title", "Performance analyst", "--organisation", "Council"]
ASSURER = ["--role", "assurer", "--area", DARLINGTON]
Told = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "SEND_VAR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def listed(capsys: Told) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["people", "list", "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def link(capsys: Told) -> str:
    last = capsys.readouterr().out.strip().splitlines()[-1]
    assert last.startswith("/staff/invitation/")
    return last.removeprefix("/staff/invitation/")


def test_somebody_is_added_and_chooses_a_password_by_the_link(capsys: Told) -> None:
    assert main([*ADD, *ASSURER]) == 0
    database = open_database()
    assert accept(database, link(capsys), PASSWORD).sign_in_name == "kestrel"
    database.close()
    [one] = listed(capsys)
    assert one["roles"] == [{"role": "assurer", "area_code": DARLINGTON, "organisation": ""}]


def test_the_record_calls_it_the_command_line(capsys: Told) -> None:
    assert main([*ADD, *ASSURER]) == 0
    database = open_database()
    with database.reading() as connection:
        rows = connection.execute(select(act.c.what, act.c.who, act.c.person_id)).all()
        assert connection.scalar(select(person.c.made_by_id)) is None
        assert not list(find_breaks(connection))
    database.close()
    assert [tuple(row) for row in rows] == [
        (what, "The command line", None) for what in ("added an account", "gave a role", "invited")
    ]


def test_roles_are_given_and_taken_and_the_account_ends(capsys: Told) -> None:
    assert main([*ADD, *ASSURER]) == 0
    analyst = ["--role", "analyst", "--area", DURHAM, "--of", "Durham County Council"]
    assert main(["people", "give", "KESTREL", *analyst]) == 0
    assert len(listed(capsys)[0]["roles"]) == 2  # type: ignore[arg-type]
    database = open_database()
    with database.reading() as connection:
        whom = get_person(connection, 1)
    assert whom is not None
    token = begin_session(database, whom, "test")
    assert main(["people", "take", "kestrel", *ASSURER]) == 0
    assert find_person(database, token) is None
    database.close()
    assert main(["people", "list"]) == 0
    said = capsys.readouterr().out
    assert "kestrel: Performance analyst (person 1), Council" in said
    assert f"analyst in {DURHAM} for Durham County Council" in said
    assert main(["people", "end", "kestrel"]) == 0
    assert listed(capsys) == []


def test_a_new_link_can_be_had(capsys: Told) -> None:
    assert main([*ADD, *ASSURER]) == 0
    first = link(capsys)
    assert main(["people", "invite", "kestrel"]) == 0
    assert link(capsys) != first


def test_who_signs_in_with_a_council_account_gets_no_link(capsys: Told) -> None:
    assert main([*ADD, *ASSURER, "--council"]) == 0
    assert "/staff/invitation/" not in capsys.readouterr().out
    assert main(["people", "invite", "kestrel"]) == 1
    assert "council account" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*ADD, "--role", "analyst", "--area", DARLINGTON], "Choose whose figures they send"),
        ([*ADD, *ASSURER, "--of", "NHS"], "Only analysts send figures"),
        ([*ADD, "--role", "owner", "--area", DARLINGTON], "owner"),
        ([*ADD, "--role", "viewer", "--area", "E99999999"], "No area E99999999"),
        (["people", "add", "demo-x", *ADD[3:], *ASSURER], "belong to the demonstration"),
        (["people", "give", "nobody", *ASSURER], "Nobody has an account named nobody"),
        (["people", "end", "nobody"], "Nobody has an account named nobody"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(
    arguments: list[str], said: str, capsys: Told
) -> None:
    assert main(arguments) != 0
    assert said in capsys.readouterr().err
    assert listed(capsys) == []


def test_one_wrong_name_of_several_ends_nobody(capsys: Told) -> None:
    assert main([*ADD, *ASSURER]) == 0
    assert main(["people", "end", "kestrel", "nobody"]) == 1
    assert len(listed(capsys)) == 1
