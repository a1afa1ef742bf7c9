"""Plan, publish, correct, withdraw: whole, once, told to everyone, and gone when it has to be."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.cli import main
from dashboard.hosting import demonstration
from dashboard.record import find_breaks, now_text
from dashboard.releases.corrections import begin_correction, write_notice
from dashboard.releases.due import publish_due
from dashboard.releases.early_readers import (
    LinkEnded,
    add_early_reader,
    end_early_reader,
    get_early_readers,
    read_early,
)
from dashboard.releases.notices import default_notice
from dashboard.releases.planning import announce, call_off_plan, get_plan, plan_publication
from dashboard.releases.publishing import publish
from dashboard.releases.refused import StepRefused
from dashboard.releases.sign_off import pass_checks, send_back
from dashboard.releases.versions import Version, get_latest_version, get_published_before
from dashboard.releases.withdrawals import withdraw
from schemas.database import Database
from schemas.people_tables import role_held
from schemas.round_tables import act, plan
from schemas.tables import observation, release_version
from tests.staff.people import DARLINGTON, demo_people, send, signed_in
from tests.staff.signed import again, in_an_hour, notice, to_agreed, to_checked, to_published
from tests.staff.small import PLACES, TERM, load_small, small_settings
from tests.staff.tamper import unguard

SETTINGS = small_settings()
AREA = f"/dashboard/{DARLINGTON}/"
PLACES_PAGE = f"{AREA}measure/special_places"
PUBLISH = f"/staff/{DARLINGTON}/2025-26-autumn/publish"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def people(database: Database) -> dict[str, Person]:
    return demo_people(database)


@pytest.fixture
def draft(database: Database, people: dict[str, Person]) -> Version:
    return load_small(database, 0, people["council-analyst"])


@pytest.fixture
def server(database: Database) -> Flask:
    return create_app(database, SETTINGS, demonstration())


def places(number: int) -> str:
    """The headline of the file number so-and-so, as a page says it."""
    return f"{2 * (PLACES + number):,}"


def text_of(server: Flask, path: str) -> str:
    return server.test_client().get(path).text


def correct(database: Database, people: dict[str, Person], number: int) -> Version:
    """A correction with the figures of another file, agreed by everybody it takes."""
    made = begin_correction(database, people["council-analyst"], DARLINGTON, TERM, notice())
    load_small(database, number, people["council-analyst"])
    return to_agreed(database, people, made, SETTINGS)


def test_an_agreed_version_comes_out_under_its_label(
    database: Database, people: dict[str, Person], draft: Version, server: Flask
) -> None:
    assert places(0) not in text_of(server, PLACES_PAGE)
    done = to_published(database, people, draft, SETTINGS)
    assert (done.state, done.label) == ("published", "1.0")
    assert done.published_by_id == people["publisher"].id
    assert places(0) in text_of(server, PLACES_PAGE)
    with database.reading() as connection:
        assert [*find_breaks(connection)] == []


def test_nothing_comes_out_twice_or_before_it_is_agreed(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    publisher = people["publisher"]
    steps: list[Callable[[], Version]] = [
        lambda: draft,
        lambda: to_checked(database, people, draft, SETTINGS),
    ]
    for prepare in steps:
        prepare()
        with pytest.raises(StepRefused, match="This is done when it is agreed"):
            publish(database, publisher, DARLINGTON, draft.id, SETTINGS)
    send_back(database, people["assurer"], DARLINGTON, draft.id, "To begin again.")
    to_published(database, people, draft, SETTINGS)
    with pytest.raises(StepRefused, match="is published"):
        publish(database, publisher, DARLINGTON, draft.id, SETTINGS)


def test_figures_that_were_changed_behind_the_guards_are_a_draft_again(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    version = to_agreed(database, people, draft, SETTINGS)
    plan_publication(database, people["publisher"], DARLINGTON, version.id, in_an_hour())
    with database.writing() as connection:
        unguard(connection, "observation")
        connection.execute(update(observation).values(value=7_919))
    with pytest.raises(StepRefused, match="not those that were agreed"):
        publish(database, people["publisher"], DARLINGTON, version.id, SETTINGS)
    with database.reading() as connection:
        assert get_plan(connection, version.id) is None
        last = connection.execute(select(act).order_by(act.c.id.desc())).first()
    assert again(database, version).state == "draft"
    assert last is not None
    assert (last.what, last.to_state, last.person_id) == ("sent back", "draft", None)


def test_a_plan_is_carried_out_once_at_its_time_by_whoever_made_it(
    database: Database,
    people: dict[str, Person],
    draft: Version,
    open_again: Callable[[], Database],
) -> None:
    """Four servers look at the same moment."""
    version = to_agreed(database, people, draft, SETTINGS)
    publisher = people["publisher"]
    with pytest.raises(StepRefused, match="yet to come"):
        plan_publication(database, publisher, DARLINGTON, version.id, in_an_hour() - 2 * HOUR)
    plan_publication(database, publisher, DARLINGTON, version.id, in_an_hour())
    assert publish_due(database, settings=SETTINGS) == []
    servers = [open_again() for _ in range(4)]
    ready, found = threading.Barrier(4), []

    def look(one: Database) -> None:
        ready.wait()
        found.extend(publish_due(one, in_an_hour() + HOUR, SETTINGS))

    threads = [threading.Thread(target=look, args=(one,)) for one in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.why for one in found] == [""]
    done = again(database, version)
    assert (done.state, done.published_by_id) == ("published", publisher.id)
    with database.reading() as connection:
        whats = connection.scalars(select(act.c.what)).all()
    assert whats.count("published") == 1
    assert publish_due(database, in_an_hour() + HOUR, SETTINGS) == []


def test_a_plan_of_somebody_who_may_no_longer_publish_is_called_off(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    version = to_agreed(database, people, draft, SETTINGS)
    publisher = people["publisher"]
    plan_publication(database, publisher, DARLINGTON, version.id, in_an_hour())
    with database.writing() as connection:
        connection.execute(
            update(role_held)
            .where(role_held.c.person_id == publisher.id)
            .values(ended_at=now_text())
        )
    (due,) = publish_due(database, in_an_hour() + HOUR, SETTINGS)
    assert "may not publish any more" in due.why
    assert again(database, version).state == "agreed"
    with database.reading() as connection:
        assert get_plan(connection, version.id) is None


def test_a_plan_of_what_is_a_draft_again_is_called_off(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    version = to_agreed(database, people, draft, SETTINGS)
    plan_publication(database, people["publisher"], DARLINGTON, version.id, in_an_hour())
    unsigned = {"content_sha256": None, "checked_by_id": None, "agreed_by_id": None}
    with database.writing() as connection:  # by some other way than sending it back
        this = update(release_version).where(release_version.c.id == version.id)
        connection.execute(this.values(state="draft", **unsigned))
        assert get_plan(connection, version.id) is not None
    (due,) = publish_due(database, in_an_hour() + HOUR, SETTINGS)
    assert due.why == "It is draft, not agreed."
    assert publish_due(database, in_an_hour() + HOUR, SETTINGS) == []


def test_a_later_plan_takes_the_place_of_an_earlier_one(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    version = to_agreed(database, people, draft, SETTINGS)
    publisher = people["publisher"]
    plan_publication(database, publisher, DARLINGTON, version.id, in_an_hour())
    plan_publication(database, publisher, DARLINGTON, version.id, in_an_hour() + 5 * HOUR)
    assert publish_due(database, in_an_hour() + HOUR, SETTINGS) == []
    call_off_plan(database, publisher, DARLINGTON, version.id)
    with pytest.raises(StepRefused, match="No publication of"):
        call_off_plan(database, publisher, DARLINGTON, version.id)


def test_everyone_is_told_the_day_and_that_it_is_past(
    database: Database, people: dict[str, Person], draft: Version, server: Flask
) -> None:
    assert "Next update" not in text_of(server, AREA)
    day = dt.date.today() + dt.timedelta(days=28)
    announce(database, people["publisher"], DARLINGTON, TERM, day)
    # The pages' own today is TODAY of the settings, long before the announced day.
    words = f"come out on {day.day} {day:%B %Y}."
    assert f"Next update: the figures of the Autumn term 2025/26 {words}" in text_of(server, AREA)
    later = type(SETTINGS)(
        SETTINGS.areas, SETTINGS.measures, (), lambda: day + dt.timedelta(days=1)
    )
    late = create_app(database, later, demonstration())
    assert "Update due: the figures of the Autumn term 2025/26" in text_of(late, AREA)
    to_published(database, people, draft, SETTINGS)
    assert "Update due" not in text_of(late, AREA)
    with pytest.raises(StepRefused, match="out already"):
        announce(database, people["publisher"], DARLINGTON, TERM, day)


@pytest.mark.parametrize(("number", "label"), [(None, "1.1"), (5, "2.0")])
def test_a_correction_that_changes_a_headline_has_another_first_number(
    database: Database,
    people: dict[str, Person],
    draft: Version,
    server: Flask,
    number: int | None,
    label: str,
) -> None:
    to_published(database, people, draft, SETTINGS)
    made = begin_correction(database, people["council-analyst"], DARLINGTON, TERM, notice())
    assert (made.number, made.state) == (2, "draft")
    told = "One school’s places were counted twice."
    assert told not in text_of(server, AREA), "the notice is a draft, as the figures are"
    if number is not None:
        load_small(database, number, people["council-analyst"])
    version = to_agreed(database, people, made, SETTINGS)
    done = publish(database, people["publisher"], DARLINGTON, version.id, SETTINGS)
    assert (done.state, done.label) == ("corrected", label)
    assert again(database, draft).state == "superseded"
    page = text_of(server, AREA)
    assert told in page
    assert "were corrected on" in page


def test_what_is_published_again_without_a_notice_is_stopped_at_the_check(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    to_published(database, people, draft, SETTINGS)
    version = load_small(database, 3, people["council-analyst"])
    assert version.number == 2
    with pytest.raises(StepRefused, match="The notice that tells everyone"):
        pass_checks(database, people["assurer"], DARLINGTON, version.id, SETTINGS)
    with pytest.raises(StepRefused, match="is draft already"):
        begin_correction(database, people["council-analyst"], DARLINGTON, TERM, notice())
    analyst = people["council-analyst"]
    write_notice(database, analyst, DARLINGTON, version.id, notice("revision"))
    assert to_published(database, people, version, SETTINGS).label == "2.0"


@pytest.mark.parametrize(("first", "kind"), [("provisional", "revision"), ("final", "correction")])
def test_final_figures_for_provisional_ones_are_offered_as_a_revision(
    database: Database, people: dict[str, Person], first: str, kind: str
) -> None:
    analyst = people["council-analyst"]
    version = load_small(database, 0, analyst, first)
    to_published(database, people, version, SETTINGS)
    newer = load_small(database, 1, analyst)
    with database.reading() as connection:
        before = get_published_before(connection, newer)
        offered = default_notice(connection, newer, before)
    assert offered.kind == kind
    assert ("provisional" in offered.cause) is (kind == "revision")


def test_a_notice_that_everyone_will_read_names_nobody(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    to_published(database, people, draft, SETTINGS)
    bad = notice("correction", what="", cause="Mr Smith typed it.", found_on="2999-01-01")
    with pytest.raises(StepRefused) as refused:
        begin_correction(database, people["council-analyst"], DARLINGTON, TERM, bad)
    assert set(refused.value.faults) == {"what", "cause", "found_on"}


def test_an_old_link_says_what_was_corrected_and_leads_to_the_newer(
    database: Database, people: dict[str, Person], draft: Version, server: Flask
) -> None:
    to_published(database, people, draft, SETTINGS)
    link = f"{PLACES_PAGE}?edition=2025-26-autumn.1.0.0"
    assert places(0) in text_of(server, link)
    corrected = correct(database, people, 5)
    publish(database, people["publisher"], DARLINGTON, corrected.id, SETTINGS)
    old = text_of(server, link)
    assert places(0) in old
    assert places(5) not in old
    assert "What was wrong: One school’s places were counted twice." in old
    assert "Show the newest figures" in old
    assert "counted twice" not in text_of(server, PLACES_PAGE)
    assert places(5) in text_of(server, PLACES_PAGE)


def test_what_is_withdrawn_is_gone_at_once_and_every_link_says_why(
    database: Database, people: dict[str, Person], draft: Version, server: Flask
) -> None:
    to_published(database, people, draft, SETTINGS)
    corrected = correct(database, people, 5)
    publish(database, people["publisher"], DARLINGTON, corrected.id, SETTINGS)
    words = ("A school could be recognised.", "It stood alone.", "Please delete your copies.")
    with pytest.raises(NotAllowed):
        withdraw(database, people["publisher"], DARLINGTON, corrected.id, *words)
    gone = withdraw(database, people["approver"], DARLINGTON, corrected.id, *words)
    assert [one.number for one in gone] == [2, 1]
    client = server.test_client()
    for number in (1, 2):
        for kind in ("", ".csv", ".xlsx"):
            answer = client.get(f"{PLACES_PAGE}{kind}?edition=2025-26-autumn.{number}.0.0")
            assert answer.status_code == 410
            assert "A school could be recognised." in answer.text
    for path in (AREA, PLACES_PAGE):
        page = text_of(server, path)
        assert "were withdrawn on" in page
        assert places(5) not in page
        assert places(0) not in page
    back = correct(database, people, 6)
    done = publish(database, people["publisher"], DARLINGTON, back.id, SETTINGS)
    assert (done.state, done.label) == ("corrected", "3.0")
    assert "were withdrawn on" not in text_of(server, PLACES_PAGE)
    assert client.get(f"{PLACES_PAGE}?edition=2025-26-autumn.2.0.0").status_code == 410


def test_an_early_reader_reads_in_their_hours_and_no_longer(
    database: Database, people: dict[str, Person], draft: Version, server: Flask
) -> None:
    version = to_agreed(database, people, draft, SETTINGS)
    publisher, role = people["publisher"], "Director of Children’s Services, council"
    why = "To answer the press"
    with pytest.raises(StepRefused, match="Plan the publication first"):
        add_early_reader(database, publisher, DARLINGTON, version.id, role, why, 24)
    plan_publication(database, publisher, DARLINGTON, version.id, in_an_hour() + 10 * HOUR)
    for reader, hours, field in (("Jane Smith", 24, "reader"), (role, 25, "hours")):
        with pytest.raises(StepRefused) as refused:
            add_early_reader(database, publisher, DARLINGTON, version.id, reader, why, hours)
        assert set(refused.value.faults) == {field}
    open_now = add_early_reader(database, publisher, DARLINGTON, version.id, role, why, 24)
    too_soon = add_early_reader(database, publisher, DARLINGTON, version.id, role, why, 2)
    client = server.test_client()
    page = client.get(f"/staff/early/{open_now}/measure/special_places")
    assert page.status_code == 200
    assert places(0) in page.text
    assert "not published. Not for sharing." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    for token in (too_soon, "x", open_now + "x"):
        assert client.get(f"/staff/early/{token}/").status_code == 404
    with database.reading() as connection:
        first, second = get_early_readers(connection, version.id)
    assert first.first_read_at
    assert not second.first_read_at
    end_early_reader(database, publisher, DARLINGTON, version.id, second.id)
    publish(database, publisher, DARLINGTON, version.id, SETTINGS)
    assert client.get(f"/staff/early/{open_now}/").status_code == 404
    with pytest.raises(LinkEnded):
        read_early(database, open_now)


def test_at_most_ten_read_early(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    version = to_agreed(database, people, draft, SETTINGS)
    publisher = people["publisher"]
    plan_publication(database, publisher, DARLINGTON, version.id, in_an_hour())
    args = (version.id, "Head of SEND, council", "To answer the press", 24)
    for _ in range(10):
        add_early_reader(database, publisher, DARLINGTON, *args)
    with pytest.raises(StepRefused, match="10 may read it early already"):
        add_early_reader(database, publisher, DARLINGTON, *args)


def test_the_whole_way_by_the_forms_of_the_pages(
    database: Database, people: dict[str, Person], draft: Version, server: Flask
) -> None:
    clients = {name: signed_in(server, database, one) for name, one in people.items()}
    sign_off = f"/staff/{DARLINGTON}/2025-26-autumn/sign-off"
    version = {"version": str(draft.id)}
    page = clients["assurer"].get(sign_off).text
    assert "Nothing is in the way." in page
    assert send(clients["assurer"], f"{sign_off}/check", version).status_code == 303
    content = again(database, draft).content_sha256 or ""
    meeting = version | {"content_sha256": content, "minute_ref": "4", "met_on": "2020-01-01"}
    wrong = send(clients["approver"], f"{sign_off}/agreement", meeting | {"forum": "group"})
    assert wrong.status_code == 422
    assert wrong.text.count("There is a problem") == 1
    assert 'value="2020-01-01"' in wrong.text
    meeting["met_on"] = again(database, draft).created_at[:10]
    present = {"present": ["education", "health", "parent_carer_forum"]}
    for forum in ("group", "board"):
        fields = meeting | present | {"forum": forum}
        assert send(clients["approver"], f"{sign_off}/agreement", fields).status_code == 303
    soon = in_an_hour()
    plan = version | {"day": f"{soon:%Y-%m-%d}", "time": "nine"}
    assert send(clients["publisher"], f"{PUBLISH}/plan", plan).status_code == 422
    preview = clients["publisher"].get(f"/staff/{DARLINGTON}/preview/{draft.id}/")
    assert "Preview of Autumn term 2025/26, version 1, agreed: not published." in preview.text
    assert f'href="{AREA}' not in preview.text, "its links stay inside the preview"
    assert send(clients["publisher"], f"{PUBLISH}/now", version).status_code == 303
    assert again(database, draft).state == "published"
    told = {"kind": "correction", "what": "", "found_on": "x", "cause": "", "effect": "All."}
    wrong = send(clients["council-analyst"], f"{PUBLISH}/correct", told)
    assert wrong.status_code == 422
    assert "All." in wrong.text
    told |= {"what": "A list.", "found_on": meeting["met_on"], "cause": "A slip."}
    assert send(clients["council-analyst"], f"{PUBLISH}/correct", told).status_code == 303
    with database.reading() as connection:
        newest = get_latest_version(connection, DARLINGTON, TERM)
    assert newest is not None
    assert (newest.number, newest.state) == (2, "draft")
    gone = {"version": str(draft.id), "what": "A.", "cause": "B.", "effect": "C."}
    assert clients["approver"].get(f"{PUBLISH}/withdraw").status_code == 200
    assert send(clients["approver"], f"{PUBLISH}/withdraw", gone).status_code == 303
    assert again(database, draft).state == "withdrawn"
    assert clients["assurer"].get(PUBLISH).status_code == 200


def test_the_command_publishes_what_is_due(
    database: Database,
    people: dict[str, Person],
    draft: Version,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = database.write.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["publish-due"]) == 0
    assert capsys.readouterr().out == "Nothing is due.\n"
    version = to_agreed(database, people, draft, SETTINGS)
    plan_publication(database, people["publisher"], DARLINGTON, version.id, in_an_hour())
    with database.writing() as connection:
        connection.execute(update(plan).values(publish_at=now_text()))  # an hour passes
    assert main(["publish-due"]) == 0
    said = "Autumn term 2025/26, version 1: published.\n"
    assert capsys.readouterr().out == f"{DARLINGTON}, {said}"
    assert again(database, version).state == "published"
