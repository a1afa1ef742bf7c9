"""Files that are sent in by the form: what may come, from whom, and what is kept of it."""

import datetime as dt
import io
import json
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.releases.changes import accept
from dashboard.releases.sent_files import KEPT_DAYS, NoSuchSubmission, Submission
from dashboard.releases.submissions import get_submission, get_submissions, send_in
from schemas.database import Database
from schemas.round_tables import act, heading_choice, submission
from schemas.tables import extract_file, observation
from tests import builders as b
from tests.staff.people import DARLINGTON, demo_people, send, signed_in
from tests.staff.summer import COUNCIL, HEALTH, summer_file

PATH = f"/staff/{DARLINGTON}/send-in"
TIMELINESS = "20-week timeliness"


@pytest.fixture
def people(round_: Database) -> dict[str, Person]:
    return demo_people(round_)


@pytest.fixture
def server(round_: Database) -> Flask:
    return create_app(round_)


@pytest.fixture
def council(server: Flask, round_: Database, people: dict[str, Person]) -> FlaskClient:
    return signed_in(server, round_, people["council-analyst"])


@pytest.fixture
def health(server: Flask, round_: Database, people: dict[str, Person]) -> FlaskClient:
    return signed_in(server, round_, people["health-analyst"])


def put(client: FlaskClient, content: bytes, name: str = "a.xlsx", **fields: str) -> TestResponse:
    """Sends one file in by the form."""
    return send(client, PATH, {"file": (io.BytesIO(content), name), **fields})


def last(database: Database) -> Any:
    with database.reading() as connection:
        return connection.execute(select(submission).order_by(submission.c.id.desc())).first()


def counts(database: Database) -> tuple[int, int]:
    with database.reading() as connection:
        files = connection.scalar(select(func.count()).select_from(extract_file)) or 0
        return files, connection.scalar(select(func.count()).select_from(observation)) or 0


def wrong_cell(workbook: openpyxl.Workbook) -> None:
    workbook[TIMELINESS]["C4"] = "sixty"


def unknown_heading(workbook: openpyxl.Workbook) -> None:
    workbook[TIMELINESS]["E3"] = "No. in 20wks"


def test_a_right_file_waits_and_stores_no_figure(council: FlaskClient, round_: Database) -> None:
    before = counts(round_)
    answer = put(council, summer_file(COUNCIL), "summer.xlsx")
    assert (answer.status_code, answer.location) == (303, f"{PATH}/1")
    page = council.get(answer.location).text
    assert "Waiting for you to accept it" in page
    assert "20-week timeliness" in page
    assert counts(round_) == before
    assert last(round_).state == "waiting"


def test_every_problem_is_told_by_sheet_and_cell_with_a_marked_copy(
    council: FlaskClient, round_: Database
) -> None:
    answer = put(council, summer_file(COUNCIL, change=wrong_cell))
    page = council.get(answer.location).text
    assert "To be mended" in page
    assert ">C4<" in page
    assert "sixty" in page
    copy = council.get(f"{answer.location}/marked")
    assert copy.headers["Content-Disposition"].startswith("attachment")
    marked = openpyxl.load_workbook(io.BytesIO(copy.data))
    assert marked[TIMELINESS]["C4"].value == "sixty"
    assert last(round_).content is not None


def test_a_file_is_forgotten_when_nobody_mends_it_for_a_week(
    council: FlaskClient, round_: Database
) -> None:
    address = put(council, summer_file(COUNCIL, change=wrong_cell)).location
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=KEPT_DAYS, minutes=1)
    with round_.writing() as connection:
        connection.execute(update(submission).values(sent_at=long_ago.isoformat()))
    assert council.get(PATH).status_code == 200
    assert last(round_).content is None
    assert council.get(f"{address}/marked").status_code == 404
    assert "no longer kept here" in council.get(address).text


def test_the_mended_file_takes_the_place_of_the_wrong_one(
    council: FlaskClient, round_: Database
) -> None:
    put(council, summer_file(COUNCIL, change=wrong_cell), "summer.xlsx")
    put(council, summer_file(COUNCIL), "summer.xlsx")
    with round_.reading() as connection:
        found = connection.execute(select(submission).order_by(submission.c.id)).all()
    assert [one.state for one in found] == ["turned_back", "waiting"]
    assert found[0].content is None


def test_an_unknown_heading_is_given_a_meaning_and_the_file_checked_again(
    council: FlaskClient, round_: Database
) -> None:
    address = put(council, summer_file(COUNCIL, change=unknown_heading)).location
    page = council.get(address).text
    assert "No. in 20wks" in page
    assert send(council, f"{address}/headings", {"heading-0": "within_20w"}).status_code == 303
    assert last(round_).state == "waiting"
    with round_.reading() as connection:
        [chosen] = connection.execute(select(heading_choice)).all()
    assert (chosen.organisation, chosen.column_id) == (COUNCIL, "within_20w")
    again = put(council, summer_file(COUNCIL, "provisional", unknown_heading))
    assert "Waiting for you" in council.get(again.location).text, "it is remembered"


def test_another_organisations_sheet_refuses_the_file_whole(
    council: FlaskClient, round_: Database
) -> None:
    both = b.workbook(
        b.sheets(
            ehc_timeliness=b.timeliness(),
            therapy_waits=b.rows("therapy_waits", {"period": "Autumn 2025/26"}),
        )
    )
    page = council.get(put(council, both).location).text
    assert "Therapy waits” is sent by NHS North East and North Cumbria ICB" in page
    assert (last(round_).state, last(round_).content) == ("refused", None)


def test_nobody_sends_a_file_in_another_organisations_name(
    council: FlaskClient, health: FlaskClient, round_: Database
) -> None:
    page = council.get(put(council, summer_file(HEALTH)).location).text
    assert f"are from “{HEALTH}”" in page
    assert last(round_).state == "refused"
    answer = put(health, summer_file(HEALTH))
    assert last(round_).state == "waiting"
    assert council.get(answer.location).status_code == 404, "not even to look at"


def test_a_file_of_another_area_is_refused(council: FlaskClient, round_: Database) -> None:
    other = b.workbook(b.sheets(ehc_timeliness=b.timeliness()), {"Area code": "E06000047"})
    page = council.get(put(council, other).location).text
    assert "This file is for E06000047" in page
    assert last(round_).state == "refused"


def test_the_same_bytes_are_recognised(
    council: FlaskClient, round_: Database, people: dict[str, Person]
) -> None:
    content = summer_file(COUNCIL)
    first = put(council, content).location
    again = put(council, content, "another name.xlsx")
    assert again.location == first
    shown = council.get(first).text.partition('name="shown" value="')[2].partition('"')[0]
    accept(round_, people["council-analyst"], DARLINGTON, 1, shown)
    stored = counts(round_)
    assert put(council, content).location.endswith("/files")
    assert counts(round_) == stored
    assert last(round_).id == 1


def test_a_csv_file_needs_answers_and_is_taken_with_them(
    council: FlaskClient, round_: Database
) -> None:
    rows = b.timeliness()
    content = "\r\n".join(",".join(str(cell) for cell in row) for row in rows).encode()
    answer = put(council, content, f"{TIMELINESS}.csv")
    assert answer.status_code == 422
    assert "Choose the term that the CSV file is for" in answer.text
    assert answer.text.count("<title>Error:") == 1
    told = {"term": "2025-26 autumn", "as_at_on": "2026-01-12", "status": "final"}
    late = put(council, content, f"{TIMELINESS}.csv", **told | {"as_at_on": "2031-01-12"})
    assert "in the future" in council.get(late.location).text
    answer = put(council, content, f"{TIMELINESS}.csv", **told)
    assert "Waiting for you" in council.get(answer.location).text
    with round_.reading() as connection:
        states = connection.scalars(select(submission.c.state).order_by(submission.c.id)).all()
    assert states == ["turned_back", "waiting"], "the same bytes with better answers"


def test_a_workbook_without_a_cover_is_told_of_the_questions_of_the_form(
    council: FlaskClient,
) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = TIMELINESS
    for row in b.timeliness():
        book.active.append(row)
    page = council.get(put(council, b.saved(book)).location).text
    assert "Answer the questions “For a CSV file”" in page
    assert "--term" not in page


def test_several_files_are_taken_in_turn(council: FlaskClient, round_: Database) -> None:
    files = [(io.BytesIO(summer_file(COUNCIL)), "a.xlsx"), (io.BytesIO(b"%PDF-1"), "b.xlsx")]
    answer = send(council, PATH, {"file": files})
    assert answer.location == PATH
    page = council.get(PATH).text
    assert "a.xlsx" in page
    assert "PDF" in page
    with round_.reading() as connection:
        states = connection.scalars(select(submission.c.state).order_by(submission.c.id)).all()
    assert states == ["waiting", "refused"]


def test_no_file_is_a_fault_that_is_said(council: FlaskClient) -> None:
    answer = send(council, PATH, {})
    assert answer.status_code == 422
    assert 'href="#file">Choose a file' in answer.text


def test_the_script_of_the_page_is_answered_in_its_own_way(council: FlaskClient) -> None:
    page = council.get(PATH).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    fields = {"csrf_token": token, "file": (io.BytesIO(summer_file(COUNCIL)), "a.xlsx")}
    answer = council.post(PATH, data=fields, headers={"Accept": "application/json"})
    [told] = json.loads(answer.text)
    assert told["address"] == f"{PATH}/1"
    assert "a.xlsx" in told["words"]


@pytest.mark.parametrize("role", ["partner", "assurer", "approver", "publisher", "administrator"])
def test_only_analysts_send_in(round_: Database, people: dict[str, Person], role: str) -> None:
    with pytest.raises(NotAllowed):
        send_in(round_, people[role], DARLINGTON, summer_file(COUNCIL), "a.xlsx", {})
    assert last(round_) is None


def test_the_service_itself_keeps_organisations_apart(
    round_: Database, people: dict[str, Person]
) -> None:
    sent: Submission = send_in(
        round_, people["health-analyst"], DARLINGTON, summer_file(HEALTH), "a.xlsx", {}
    )
    with pytest.raises(NoSuchSubmission):
        get_submission(round_, people["council-analyst"], DARLINGTON, sent.id)
    assert get_submissions(round_, people["council-analyst"], DARLINGTON) == []


def test_sending_in_is_on_the_record_without_a_figure(
    council: FlaskClient, round_: Database
) -> None:
    put(council, summer_file(COUNCIL))
    with round_.reading() as connection:
        query = select(act).where(act.c.what == "sent in")
        [done] = connection.execute(query).all()
    assert done.to_state == "waiting"
    assert json.loads(done.details)["rows"][" ehc_plans".strip()] == 5


NAMED = [["Period", "Name", "Date of birth"], ["Autumn 2025/26", "Quillfeather", "2015-03-12"]]


def test_of_a_file_that_names_children_only_the_fact_is_kept(
    council: FlaskClient, round_: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def name_children(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.create_sheet("Quillfeather list")
        for row in NAMED:
            sheet.append(row)

    caplog.set_level("DEBUG")
    answer = put(council, summer_file(COUNCIL, change=name_children), "Quillfeather plan.xlsx")
    page = council.get(answer.location).text
    assert "personal data" in page
    row = last(round_)
    assert (row.outcome, row.state) == ("personal_data", "refused")
    assert (row.name, row.sha256, row.content, row.given) == ("", "", None, "{}")
    everything = "".join(round_.read.raw_connection().driver_connection.iterdump())  # type: ignore[union-attr]
    for text in (everything, caplog.text, page, council.get(PATH).text):
        assert "2015-03-12" not in text
    assert "Quillfeather plan" not in everything + caplog.text + page


def test_a_file_whose_name_is_personal_is_not_even_read(
    council: FlaskClient, round_: Database
) -> None:
    answer = put(council, summer_file(COUNCIL), "DL1 5QT 943 476 5919.xlsx")
    assert "The name of this file looks as if" in council.get(answer.location).text
    assert last(round_).name == ""
