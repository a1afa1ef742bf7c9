"""What a file would change is shown before it is done, and what was shown is what is done."""

import io
import json
from typing import Any

import pytest
from sqlalchemy import func, select

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.downloads.separated import csv_bytes
from dashboard.releases.agreements import get_agreements
from dashboard.releases.changes import accept, see_changes, turn_back
from dashboard.releases.comparing import ChangedMeanwhile, NotRight
from dashboard.releases.early_readers import (
    LinkEnded,
    add_early_reader,
    get_early_readers,
    read_early,
)
from dashboard.releases.planning import get_plan, plan_publication
from dashboard.releases.reasons import ReasonNotTaken
from dashboard.releases.sent_files import NoSuchSubmission
from dashboard.releases.submissions import send_in
from dashboard.staff.change_words import MOST_ROWS, change_rows, headlines, sections, touched
from schemas.database import Database
from schemas.measure import load_measures
from schemas.observation import Observation
from schemas.people_tables import role_held
from schemas.round_tables import act, attestation, submission
from schemas.tables import extract_file, observation, release_version
from tests.staff.people import DARLINGTON, demo_people, send, signed_in
from tests.staff.round_of_one import (
    AUTUMN,
    SPRING,
    on_time,
    publish_invented,
    sent_and_accepted,
    timeliness_file,
)
from tests.staff.signed import again, in_an_hour, to_agreed
from tests.staff.small import load_small, small_settings
from tests.staff.summer import COUNCIL, summer_file


@pytest.fixture
def people(database: Database) -> dict[str, Person]:
    return demo_people(database)


@pytest.fixture
def analyst(people: dict[str, Person]) -> Person:
    return people["council-analyst"]


def wait(database: Database, analyst: Person, content: bytes) -> tuple[int, str]:
    """A file that waits: its number, and the hash of what is shown."""
    sent = send_in(database, analyst, DARLINGTON, content, "b.xlsx", {})
    return sent.id, see_changes(database, analyst, DARLINGTON, sent.id).changes.sha256


def acts(database: Database, what: str) -> list[dict[str, object]]:
    with database.reading() as connection:
        rows = connection.execute(select(act).where(act.c.what == what).order_by(act.c.id))
        return [dict(row._mapping) for row in rows]


def test_accepting_stores_the_file_the_figures_and_who_answers_for_them(
    database: Database, analyst: Person
) -> None:
    content = timeliness_file({})
    stored = sent_and_accepted(database, analyst, content, "First of the year.")
    assert on_time(database) == [41]
    with database.reading() as connection:
        file = connection.execute(select(extract_file)).one()
        assert (file.id, bytes(file.content)) == (stored.file_id, content)
        assert (file.organisation, file.loaded_by) == (COUNCIL, analyst.words)
        assert connection.scalars(select(attestation.c.person_id)).all() == [analyst.id]
        sent = connection.execute(select(submission)).one()
    assert (sent.state, sent.content, sent.extract_file_id) == ("accepted", None, file.id)
    [told] = acts(database, "accepted")
    assert (told["reason"], told["subject"]) == ("First of the year.", f"file {file.id}")
    assert json.loads(str(told["details"]))["new"] == stored.report.new


def test_what_was_shown_is_what_is_done_or_it_is_shown_again(
    database: Database, analyst: Person
) -> None:
    number, shown = wait(database, analyst, timeliness_file({"within_20w_excl": 30}))
    sent_and_accepted(database, analyst, timeliness_file({}))
    with pytest.raises(ChangedMeanwhile):
        accept(database, analyst, DARLINGTON, number, shown)
    assert on_time(database) == [41]
    now = see_changes(database, analyst, DARLINGTON, number).changes.sha256
    accept(database, analyst, DARLINGTON, number, now)
    assert on_time(database) == [30]


def test_a_forged_hash_of_what_was_shown_stores_nothing(
    database: Database, analyst: Person
) -> None:
    number, _ = wait(database, analyst, timeliness_file({}))
    for forged in ("", "0" * 64):
        with pytest.raises(ChangedMeanwhile):
            accept(database, analyst, DARLINGTON, number, forged)
    assert on_time(database) == []


def test_restating_history_needs_a_reason(database: Database, analyst: Person) -> None:
    sent_and_accepted(database, analyst, timeliness_file({}, {"period": SPRING}))
    past = timeliness_file({"period": AUTUMN}, {"period": SPRING, "within_20w_excl": 40})
    number, shown = wait(database, analyst, past)
    with pytest.raises(ReasonNotTaken, match="figures of the past"):
        accept(database, analyst, DARLINGTON, number, shown, "  ")
    assert on_time(database, "2024-25 spring") == [41]
    accept(database, analyst, DARLINGTON, number, shown, "Two late plans were found.")
    assert on_time(database, "2024-25 spring") == [40]


def test_a_reason_that_names_a_child_is_not_kept(database: Database, analyst: Person) -> None:
    number, shown = wait(database, analyst, timeliness_file({}))
    with pytest.raises(ReasonNotTaken, match="kept for good"):
        accept(database, analyst, DARLINGTON, number, shown, "Case 943 476 5919 was wrong")
    assert not acts(database, "accepted")


def test_a_file_is_accepted_or_turned_back_once(database: Database, analyst: Person) -> None:
    number, shown = wait(database, analyst, timeliness_file({}))
    accept(database, analyst, DARLINGTON, number, shown)
    with pytest.raises(NoSuchSubmission):
        accept(database, analyst, DARLINGTON, number, shown)
    with pytest.raises(NoSuchSubmission):
        turn_back(database, analyst, DARLINGTON, number, "Not wanted.")
    assert len(acts(database, "accepted")) == 1


def test_a_file_that_is_turned_back_is_dropped_with_a_reason(
    database: Database, analyst: Person
) -> None:
    number, _ = wait(database, analyst, timeliness_file({}))
    with pytest.raises(ReasonNotTaken):
        turn_back(database, analyst, DARLINGTON, number, " ")
    turn_back(database, analyst, DARLINGTON, number, "An old export.")
    with database.reading() as connection:
        row = connection.execute(select(submission)).one()
        assert connection.scalar(select(func.count()).select_from(observation)) == 0
    assert (row.state, row.content, row.reason) == ("turned_back", None, "An old export.")
    assert acts(database, "turned back")


def test_some_sheets_are_stored_whole_and_the_others_not_at_all(
    database: Database, analyst: Person
) -> None:
    number, shown = wait(database, analyst, timeliness_file({}, reviews=30))
    with pytest.raises(NotRight, match="at least one sheet"):
        accept(database, analyst, DARLINGTON, number, shown, extracts=["nd_waits"])
    accept(database, analyst, DARLINGTON, number, shown, extracts=["ehc_timeliness"])
    with database.reading() as connection:
        measures = set(connection.scalars(select(observation.c.measure_id)))
        report = json.loads(connection.scalar(select(submission.c.report)) or "")
    assert {load_measures()[name].source.extract for name in measures} == {"ehc_timeliness"}
    assert [one["id"] for one in report["extracts"]] == ["ehc_timeliness"]
    assert json.loads(str(acts(database, "accepted")[0]["details"]))["extracts"] == [
        "ehc_timeliness"
    ]


def test_only_somebody_of_the_organisation_accepts(
    database: Database, people: dict[str, Person], analyst: Person
) -> None:
    number, shown = wait(database, analyst, timeliness_file({}))
    with pytest.raises(NoSuchSubmission):
        accept(database, people["health-analyst"], DARLINGTON, number, shown)
    for role in ("partner", "assurer", "approver", "publisher", "administrator"):
        with pytest.raises(NotAllowed):
            accept(database, people[role], DARLINGTON, number, shown)
    with database.writing() as connection:
        connection.execute(
            role_held.update()
            .where(role_held.c.person_id == analyst.id)
            .values(ended_at="2026-01-01")
        )
    with pytest.raises(NotAllowed):
        accept(database, analyst, DARLINGTON, number, shown)


def test_a_checked_release_is_a_draft_again_and_the_record_says_so(
    database: Database, people: dict[str, Person], analyst: Person
) -> None:
    sent_and_accepted(database, analyst, timeliness_file({}))
    with database.writing() as connection:
        signed = {"content_sha256": "a" * 64, "checked_by_id": people["assurer"].id}
        connection.execute(release_version.update().values(signed | {"state": "checked"}))
    number, shown = wait(database, analyst, timeliness_file({"within_20w_excl": 30}))
    found = see_changes(database, analyst, DARLINGTON, number)
    assert [version.state for version in found.signed] == ["checked"]
    stored = accept(database, analyst, DARLINGTON, number, shown)
    assert stored.opened is not None
    assert [one.was for one in stored.opened.returned] == ["checked"]
    [told] = acts(database, "returned")
    assert (told["subject"], told["from_state"]) == ("2025-26 autumn v1", "checked")
    with database.reading() as connection:
        version = connection.execute(select(release_version)).one()
    assert (version.state, version.content_sha256, version.checked_by_id) == ("draft", None, None)


def test_a_file_into_what_is_agreed_and_planned_ends_the_plan_and_its_early_readers(
    database: Database, people: dict[str, Person], analyst: Person
) -> None:
    version = to_agreed(database, people, load_small(database, 0, analyst), small_settings())
    publisher, reader = people["publisher"], "Director of Children’s Services, council"
    plan_publication(database, publisher, DARLINGTON, version.id, in_an_hour())
    args = (version.id, reader, "To answer the press", 24)
    link = add_early_reader(database, publisher, DARLINGTON, *args)
    assert read_early(database, link)[0] == version
    number, shown = wait(database, analyst, timeliness_file({}))
    accept(database, analyst, DARLINGTON, number, shown)
    draft = again(database, version)
    assert (draft.state, draft.content_sha256) == ("draft", None)
    assert (draft.checked_by_id, draft.agreed_by_id) == (None, None)
    with database.reading() as connection:
        assert get_agreements(connection, draft) == []
        assert get_plan(connection, version.id) is None
        [ended] = get_early_readers(connection, version.id)
    assert ended.ended_at
    with pytest.raises(LinkEnded):
        read_early(database, link)


def test_what_was_published_stays_and_a_new_version_begins(
    database: Database, analyst: Person
) -> None:
    sent_and_accepted(database, analyst, timeliness_file({}), invented=True)
    publish_invented(database)
    number, shown = wait(database, analyst, timeliness_file({"within_20w_excl": 30}))
    found = see_changes(database, analyst, DARLINGTON, number)
    assert [version.number for version in found.published] == [1]
    assert found.needs_reason
    accept(database, analyst, DARLINGTON, number, shown, "A late plan.")
    with database.reading() as connection:
        versions = connection.execute(
            select(release_version.c.number, release_version.c.state, release_version.c.label)
        ).all()
    assert sorted(tuple(one) for one in versions) == [(1, "published", "1.0"), (2, "draft", None)]
    [told] = acts(database, "new version")
    assert told["subject"] == "2025-26 autumn v2"


def figure(category: str, value: float | None, **changed: Any) -> Observation:
    one = Observation(
        "ehcp_20w_excl",
        DARLINGTON,
        "2025-26 autumn",
        "2025-09-01",
        "2025-12-31",
        "in_term",
        "phase" if category != "all" else "all",
        category,
        10,
        20,
        value,
        None if value is not None else "c",
        "final",
        1,
    )
    return one._replace(**changed)


def test_changes_are_told_in_words_with_the_biggest_first() -> None:
    from loaders.compare import Change, Changes

    changes = Changes(
        new=[figure("post16", 50.0)],
        changed=[
            Change(figure("all", 50.0), figure("all", 51.0)),
            Change(figure("primary", 50.0), figure("primary", 80.0)),
            Change(figure("secondary", 50.0), figure("secondary", None)),
            Change(figure("early_years", 50.0), figure("early_years", 50.0, numerator=20.0)),
        ],
        vanished=[figure("post19", 40.0)],
        restated=frozenset([figure("post19", 40.0).key]),
    )
    measures = load_measures()
    found = {section.name: section for section in sections(changes, measures)}
    assert {name: section.count for name, section in found.items()} == {
        "restated": 1,
        "changed": 4,
        "vanished": 0,
        "new": 1,
    }
    [group] = found["changed"].groups
    assert [line.change for line in group.lines] == [
        "no longer a figure",
        "up 30.0 percentage points",
        "up 1.0 percentage points",
        "same value, 10 of 20 becomes 20 of 20",
    ]
    assert [(one.id, line.new) for one, line in headlines(changes, measures)] == [
        ("ehcp_20w_excl", "51.0%")
    ]
    assert [(one.id, count) for one, count in touched(changes, measures)] == [("ehcp_20w_excl", 6)]
    assert csv_bytes(change_rows(changes, measures)).count(b"\r\n") == 7


def test_a_page_holds_at_most_fifty_rows_of_a_measure_and_period_and_the_file_all() -> None:
    from loaders.compare import Changes

    month = [f"20{y}-{m:02d}" for y in range(15, 25) for m in range(1, 13)]
    many = [figure(f"all{n}", 50.0, breakdown="all") for n in range(80)]
    changes = Changes(new=[*many, *(figure("all", 1.0, period=one) for one in month)])
    measures = load_measures()
    new = sections(changes, measures)[-1]
    assert max(len(group.lines) for group in new.groups) == MOST_ROWS
    assert sum(group.count for group in new.groups) == new.count == 200
    assert len(change_rows(changes, measures).rows) == 200


def test_the_screens_show_restated_history_and_ask_why(round_: Database) -> None:
    client = signed_in(create_app(round_), round_, demo_people(round_)["council-analyst"])
    path = f"/staff/{DARLINGTON}/send-in"
    sheet = timeliness_file({"period": "Autumn 2024/25"})
    address = send(client, path, {"file": (io.BytesIO(sheet), "past.xlsx")}).location
    page = client.get(address).text
    assert "Restated history" in page
    assert "stays as it is. Its changes would begin version 2" in page
    assert f'href="/dashboard/{DARLINGTON}/ehcp-20w-excl' in page or "/dashboard/" in page
    shown = page.partition('name="shown" value="')[2].partition('"')[0]
    fields = {"shown": shown, "part-ehc_timeliness": "1"}
    refused = send(client, f"{address}/accept", fields | {"reason": ""})
    assert refused.status_code == 422
    assert "Say why, for the record" in refused.text
    table = client.get(f"{address}/changes.csv")
    assert table.headers["Content-Disposition"].startswith("attachment")
    assert "history" in table.text
    done = send(client, f"{address}/accept", fields | {"reason": "A late count."})
    assert (done.status_code, done.location) == (303, address)
    assert "Accepted" in client.get(address).text
    again = send(client, f"{address}/accept", fields | {"reason": "A late count."})
    assert again.status_code == 303, "pressed twice"


def test_a_waiting_file_survives_a_restart(round_: Database) -> None:
    people = demo_people(round_)
    sent = send_in(
        round_, people["council-analyst"], DARLINGTON, summer_file(COUNCIL), "a.xlsx", {}
    )
    client = signed_in(create_app(round_), round_, people["council-analyst"])
    page = client.get(f"/staff/{DARLINGTON}/send-in/{sent.id}").text
    assert "What will change" in page
    assert "New: 768" in page
