"""The plan on the staff pages: loading with faults by cell, editing, and who comes second."""

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import create_app
from dashboard.plan.load import load_plan
from dashboard.queries.plan import KeptAction, get_plan
from loaders.plan_book import read_plan
from schemas.database import Database
from tests.dashboard.page_text import opened, words
from tests.plan.workbooks import action, plan_file
from tests.staff.people import DARLINGTON, demo_people, send, signed_in

PLAN = f"/staff/{DARLINGTON}/plan"


@pytest.fixture
def server(database: Database) -> Flask:
    rows = action("1.1", Finish="April 2026"), action("2.1", Measures="nd_over_104w")
    content = plan_file(*rows)
    assert load_plan(database, DARLINGTON, content, "plan.xlsx", invented=True).changed
    return create_app(database)


@pytest.fixture
def analyst(server: Flask, database: Database) -> FlaskClient:
    return signed_in(server, database, demo_people(database)["council-analyst"])


def held(database: Database, number: str) -> KeptAction:
    with database.reading() as connection:
        actions = get_plan(connection, DARLINGTON).actions
    return next(one for one in actions if one.action.number == number)


def typed(kept: KeptAction, **changed: Any) -> dict[str, Any]:
    """The fields of the form as it is opened, with some of them changed."""
    one = kept.action
    fields = {
        "area": one.area,
        "task": one.task,
        "lead": one.lead,
        "others": one.others,
        "start_words": one.start_words,
        "finish_words": one.finish_words,
        "evidence": one.evidence,
        "status": one.status,
        "note": one.note,
        "measures": list(one.measures),
    }
    return fields | changed


def upload(client: FlaskClient, content: bytes, name: str = "new.xlsx") -> TestResponse:
    return send(client, PLAN, {"file": (io.BytesIO(content), name)})


def test_a_workbook_is_loaded_and_what_changed_is_told(
    analyst: FlaskClient, database: Database
) -> None:
    answer = upload(analyst, plan_file(action("1.1", Finish="April 2026"), action("1.2")))
    assert answer.status_code == 303
    said = words(opened(analyst, PLAN).main)
    assert "The plan is loaded. Actions: 1 new, 0 changed, 1 ended." in said
    assert "1.2 Task 1.2" in said
    assert held(database, "1.2").written.role == "Council performance analyst"


def test_faults_are_listed_by_cell_and_nothing_changes(
    analyst: FlaskClient, database: Database
) -> None:
    before = held(database, "1.1")
    answer = upload(analyst, plan_file(action("1.1", Status="purple"), action("1.2", Area="9")))
    assert answer.status_code == 422
    assert "Actions, I2" in answer.text
    assert "Actions, B3" in answer.text
    assert "2 things to fix" in answer.text
    assert held(database, "1.1") == before
    nothing = send(analyst, PLAN, {})
    assert nothing.status_code == 422
    assert "Choose the workbook" in nothing.text


def test_the_plan_downloaded_and_loaded_again_changes_nothing(
    analyst: FlaskClient, database: Database
) -> None:
    upload(analyst, plan_file(action("1.1", Note="+ a plus", Start="Spring 2025")))
    before = held(database, "1.1")
    file = analyst.get(f"{PLAN}/workbook.xlsx")
    assert "attachment" in file.headers["Content-Disposition"]
    upload(analyst, file.data)
    assert "says already" in words(opened(analyst, PLAN).main)
    assert held(database, "1.1") == before


def test_the_template_can_be_downloaded(analyst: FlaskClient) -> None:
    found = read_plan(analyst.get(f"{PLAN}/template.xlsx").data, "template.xlsx")
    assert "no row under the headings" in str(found.report.problems)


def test_an_action_is_edited_and_its_history_shown(
    analyst: FlaskClient, database: Database
) -> None:
    old = held(database, "2.1")
    address = f"{PLAN}/{old.written.id}"
    page = opened(analyst, address)
    ticked = [str(one["value"]) for one in page.select("input[name=measures][checked]")]
    assert ticked == ["nd_over_104w"]
    answer = send(analyst, address, typed(old, status="at_risk", note="Two posts are empty."))
    assert answer.status_code == 303
    new = held(database, "2.1")
    assert (new.action.status, new.action.note) == ("at_risk", "Two posts are empty.")
    said = words(opened(analyst, f"{PLAN}/{new.written.id}/history").main)
    assert "Status Changed At risk" in said
    assert "Written by Council performance analyst." in said
    assert "It stood until" in said


def test_who_comes_second_keeps_what_they_typed_and_is_shown_the_way(
    analyst: FlaskClient, server: Flask, database: Database
) -> None:
    old = held(database, "2.1")
    address = f"{PLAN}/{old.written.id}"
    assurer = signed_in(server, database, demo_people(database)["assurer"])
    assert send(analyst, address, typed(old, note="First.")).status_code == 303
    late = send(assurer, address, typed(old, note="What the second typed."))
    assert late.status_code == 422
    assert "Somebody changed this action" in late.text
    assert "What the second typed." in late.text
    assert f"{PLAN}/{held(database, '2.1').written.id}" in late.text
    assert held(database, "2.1").action.note == "First."
    assert "It stood until" in words(opened(assurer, address).main)


def test_faults_of_a_form_stand_at_their_fields(analyst: FlaskClient, database: Database) -> None:
    old = held(database, "2.1")
    address = f"{PLAN}/{old.written.id}"
    answer = send(analyst, address, typed(old, status="done", lead="Jane Smith"))
    assert answer.status_code == 422
    assert re.search(r'id="evidence-wrong"', answer.text)
    assert re.search(r'id="lead-wrong"', answer.text)
    assert "<title>Error: " in answer.text


def test_an_action_is_added_and_taken_out(analyst: FlaskClient, database: Database) -> None:
    new = typed(held(database, "1.1"), number="1.10", task="A tenth thing")
    assert send(analyst, f"{PLAN}/add", new).status_code == 303
    row = held(database, "1.10").written.id
    assert send(analyst, f"{PLAN}/add", new).status_code == 422
    short = send(analyst, f"{PLAN}/{row}/end", {"reason": "no"})
    assert short.status_code == 422
    gone = send(analyst, f"{PLAN}/{row}/end", {"reason": "The Board has dropped it."})
    assert gone.status_code == 303
    assert "A tenth thing" not in str(opened(analyst, PLAN).find("table"))
    assert analyst.get(f"{PLAN}/999999").status_code == 404


def test_a_partner_may_not_change_the_plan(server: Flask, database: Database) -> None:
    partner = signed_in(server, database, demo_people(database)["partner"])
    assert partner.get(PLAN).status_code == 403
    row = held(database, "1.1").written.id
    assert send(partner, f"{PLAN}/{row}/end", {"reason": "I want it to."}).status_code == 403
