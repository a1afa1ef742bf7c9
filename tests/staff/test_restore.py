"""Any earlier file's figures can be current again in one action, which is itself recorded."""

import json

import pytest
from sqlalchemy import select

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.releases.changes import accept, see_changes
from dashboard.releases.comparing import ChangedMeanwhile
from dashboard.releases.reasons import ReasonNotTaken
from dashboard.releases.restore import (
    NoSuchFile,
    NothingToRestore,
    get_file,
    get_files,
    restore,
    see_restore,
)
from dashboard.releases.submissions import send_in
from schemas.database import Database
from schemas.round_tables import act, attestation
from schemas.tables import extract_file, observation
from tests import builders as b
from tests.staff.people import DARLINGTON, demo_people, send, signed_in
from tests.staff.round_of_one import on_time, sent_and_accepted, timeliness_file


@pytest.fixture
def people(database: Database) -> dict[str, Person]:
    return demo_people(database)


@pytest.fixture
def analyst(people: dict[str, Person]) -> Person:
    return people["council-analyst"]


def two_files(database: Database, analyst: Person) -> tuple[int, int]:
    first = sent_and_accepted(database, analyst, timeliness_file({}))
    second = sent_and_accepted(
        database, analyst, timeliness_file({"within_20w_excl": 30}, {"phase": "Primary"})
    )
    assert first.file_id
    assert second.file_id
    return first.file_id, second.file_id


def shown(database: Database, person: Person, number: int) -> str:
    return see_restore(database, person, DARLINGTON, number).changes.sha256


def test_the_figures_of_an_earlier_file_are_current_again(
    database: Database, analyst: Person
) -> None:
    first, second = two_files(database, analyst)
    found = see_restore(database, analyst, DARLINGTON, first)
    assert found.changes.changed
    assert found.changes.vanished, "what only the second file said"
    sha256 = found.changes.sha256
    restore(database, analyst, DARLINGTON, first, sha256, "The second was a trial.")
    assert on_time(database) == [41]
    with database.reading() as connection:
        current = connection.execute(
            select(observation.c.extract_file_id, observation.c.superseded_by_id).where(
                observation.c.measure_id == "ehcp_20w_excl",
                observation.c.breakdown == "all",
                observation.c.basis == "in_term",
            )
        ).all()
        files = connection.scalars(select(extract_file.c.id)).all()
        done = connection.execute(select(act).where(act.c.what == "restored")).one()
    assert {tuple(one) for one in current} == {(first, second), (second, first), (first, None)}
    assert sorted(files) == [first, second], "no file is kept twice"
    assert (done.subject, done.reason) == (f"file {first}", "The second was a trial.")
    assert json.loads(done.details)["changed"] == len(found.changes.changed)


def test_restoring_can_itself_be_undone(database: Database, analyst: Person) -> None:
    first, second = two_files(database, analyst)
    for number, expected in ((first, 41), (second, 30), (first, 41)):
        sha256 = shown(database, analyst, number)
        restore(database, analyst, DARLINGTON, number, sha256, "To and fro.")
        assert on_time(database) == [expected]


def test_restoring_does_what_was_shown_and_says_why(database: Database, analyst: Person) -> None:
    first, second = two_files(database, analyst)
    sha256 = shown(database, analyst, first)
    with pytest.raises(ReasonNotTaken):
        restore(database, analyst, DARLINGTON, first, sha256, "")
    now = shown(database, analyst, second)
    with pytest.raises(NothingToRestore):
        restore(database, analyst, DARLINGTON, second, now, "No need.")
    sent_and_accepted(database, analyst, timeliness_file({"within_20w_excl": 20}))
    with pytest.raises(ChangedMeanwhile):
        restore(database, analyst, DARLINGTON, first, sha256, "Too late.")
    assert on_time(database) == [20]


def test_only_the_sheets_that_were_stored_are_restored(database: Database, analyst: Person) -> None:
    both = timeliness_file({}, reviews=30)
    sent = send_in(database, analyst, DARLINGTON, both, "a.xlsx", {})
    sha256 = see_changes(database, analyst, DARLINGTON, sent.id).changes.sha256
    part = accept(database, analyst, DARLINGTON, sent.id, sha256, extracts=["ehc_timeliness"])
    assert part.file_id
    sent_and_accepted(database, analyst, timeliness_file({"within_20w_excl": 30}))
    changes = see_restore(database, analyst, DARLINGTON, part.file_id).changes
    assert changes.changed
    assert not changes.new, "the reviews were never stored"


def test_a_csv_file_is_restored_with_what_the_form_said_of_it(
    database: Database, analyst: Person
) -> None:
    rows = b.timeliness()
    content = "\r\n".join(",".join(str(cell) for cell in row) for row in rows).encode()
    given = {"term": "2025-26 autumn", "as_at_on": "2026-01-12", "status": "final"}
    name = "20-week timeliness.csv"
    sent = send_in(database, analyst, DARLINGTON, content, name, given)
    sha256 = see_changes(database, analyst, DARLINGTON, sent.id).changes.sha256
    stored = accept(database, analyst, DARLINGTON, sent.id, sha256)
    sent_and_accepted(database, analyst, timeliness_file({"within_20w_excl": 30}))
    assert stored.file_id
    now = shown(database, analyst, stored.file_id)
    restore(database, analyst, DARLINGTON, stored.file_id, now, "The CSV was right.")
    assert on_time(database) == [41]


def test_nobody_restores_or_downloads_another_organisations_file(
    database: Database, people: dict[str, Person], analyst: Person
) -> None:
    first, _ = two_files(database, analyst)
    sha256 = shown(database, analyst, first)
    health = people["health-analyst"]
    with pytest.raises(NoSuchFile):
        restore(database, health, DARLINGTON, first, sha256, "Not mine.")
    with pytest.raises(NoSuchFile):
        get_file(database, health, DARLINGTON, first)
    for role in ("partner", "assurer", "approver", "publisher", "administrator"):
        with pytest.raises(NotAllowed):
            restore(database, people[role], DARLINGTON, first, sha256, "Not mine.")
        with pytest.raises(NotAllowed):
            get_file(database, people[role], DARLINGTON, first)
    assert on_time(database) == [30]


def test_every_accepted_file_is_listed_with_who_answers_for_it(
    database: Database, people: dict[str, Person], analyst: Person
) -> None:
    first, second = two_files(database, analyst)
    found = get_files(database, people["assurer"], DARLINGTON)
    assert [one.file.id for one in found] == [second, first]
    assert found[0].file.answered_by == (analyst.words,)
    assert found[0].figures
    assert not found[0].is_theirs
    with database.reading() as connection:
        assert len(connection.execute(select(attestation)).all()) == 2


def test_the_screens_list_download_and_restore(round_: Database) -> None:
    people = demo_people(round_)
    server = create_app(round_)
    client = signed_in(server, round_, people["council-analyst"])
    path = f"/staff/{DARLINGTON}/files"
    page = client.get(path).text
    assert "darlington_2022-23_autumn.xlsx" in page
    with round_.reading() as connection:
        row = connection.execute(
            select(extract_file).where(extract_file.c.name == "darlington_2025-26_spring.xlsx")
        ).one()
    sent = client.get(f"{path}/{row.id}/as-sent")
    assert sent.data == bytes(row.content)
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.mimetype == "application/octet-stream"
    assert client.get(f"{path}/999/as-sent").status_code == 404
    health = signed_in(server, round_, people["health-analyst"])
    assert health.get(f"{path}/{row.id}/as-sent").status_code == 404
    assurer = signed_in(server, round_, people["assurer"])
    assert assurer.get(f"{path}/{row.id}/as-sent").status_code == 403
    assert "as it was sent" not in assurer.get(path).text
    nothing = client.get(f"{path}/{row.id}/restore")
    assert "nothing to restore" in nothing.text
    other = timeliness_file({"period": "Spring 2025/26"})
    sent_and_accepted(round_, people["council-analyst"], other, "A trial.")
    page = client.get(f"{path}/{row.id}/restore").text
    assert "What will change" in page
    now = page.partition('name="shown" value="')[2].partition('"')[0]
    assert send(client, f"{path}/{row.id}/restore", {"shown": now}).status_code == 422
    assert client.get(f"{path}/{row.id}/changes.csv").status_code == 200
    done = send(client, f"{path}/{row.id}/restore", {"shown": now, "reason": "The trial is over."})
    assert done.location == path
    assert "is current again" in client.get(path).text
