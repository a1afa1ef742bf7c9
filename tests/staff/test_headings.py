"""What a source's headings mean: chosen by who sends them, remembered, on the record."""

import datetime as dt
import io
import json
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.releases.headings import (
    HeadingRefused,
    choose_headings,
    forget_heading,
    get_choices,
    get_remembered,
)
from dashboard.releases.uk_time import time_words
from loaders.definitions import Definitions
from loaders.load import load_file
from loaders.matching import HeadingChoices
from loaders.problems import Outcome
from loaders.report import Sender
from schemas.database import Database
from schemas.round_tables import act, heading_choice
from tests import builders as b
from tests.staff.people import DARLINGTON, DURHAM, demo_people, send, signed_in
from tests.staff.summer import COUNCIL, HEALTH, Change, summer_file

SHEET = "ehc_timeliness"


@pytest.fixture
def people(database: Database) -> dict[str, Person]:
    return demo_people(database)


def choices(database: Database, organisation: str = COUNCIL) -> HeadingChoices:
    with database.reading() as connection:
        return get_choices(connection, DARLINGTON, [organisation])


def acts(database: Database) -> list[Any]:
    with database.reading() as connection:
        rows = connection.execute(select(act).order_by(act.c.id)).all()
    return [row for row in rows if "heading" in row.what]


def test_a_choice_is_remembered_for_its_source_and_its_sheet_only(
    database: Database, people: dict[str, Person]
) -> None:
    said = {"% in 20wks": "within_20w", "Comments": ""}
    choose_headings(database, people["council-analyst"], DARLINGTON, COUNCIL, SHEET, said)
    assert choices(database) == {SHEET: {"in20wks": "within_20w", "comments": ""}}
    assert choices(database, HEALTH) == {}
    with database.reading() as connection:
        assert get_choices(connection, DURHAM, [COUNCIL]) == {}
    [first, second] = get_remembered(database, people["council-analyst"], DARLINGTON)
    assert (first.heading, first.column_words) == ("% in 20wks", "Issued within 20 weeks")
    assert (second.heading, second.column_words) == ("Comments", "left out")
    assert first.chosen_by == people["council-analyst"].words
    assert get_remembered(database, people["health-analyst"], DARLINGTON) == []


def test_the_next_file_of_the_source_is_read_with_it(
    database: Database, people: dict[str, Person]
) -> None:
    rows = b.timeliness()
    rows[0][4] = "% in 20wks"
    content = b.workbook(b.sheets(ehc_timeliness=rows))
    real = Definitions.real()
    definitions = Definitions(real.measures, real.extracts, dt.date(2026, 2, 1))
    before = load_file(database, content, "a.xlsx", Sender(), lambda: definitions)
    assert before.outcome is Outcome.cell_errors
    [unknown] = before.unknown_headings
    said = {unknown.heading: unknown.proposals[0].column_id}
    analyst = people["council-analyst"]
    choose_headings(database, analyst, DARLINGTON, COUNCIL, unknown.extract, said)
    sender = Sender(choices=choices(database))
    after = load_file(database, content, "a.xlsx", sender, lambda: definitions)
    assert after.loaded
    assert "as chosen before for this source" in after.cautions[0].message


def test_a_heading_longer_than_a_message_shows_is_remembered_whole(
    database: Database, people: dict[str, Person]
) -> None:
    long = "Number of final plans that our team issued within twenty weeks of the first request"
    rows = b.timeliness()
    rows[0][4] = long
    content = b.workbook(b.sheets(ehc_timeliness=rows))
    report = load_file(database, content, "a.xlsx", Sender())
    assert [one.heading for one in report.unknown_headings] == [long]
    analyst = people["council-analyst"]
    choose_headings(database, analyst, DARLINGTON, COUNCIL, SHEET, {long: "within_20w"})
    report = load_file(database, content, "a.xlsx", Sender(choices=choices(database)))
    assert report.loaded


def test_a_new_choice_takes_the_place_of_the_old_and_the_record_has_both(
    database: Database, people: dict[str, Person]
) -> None:
    analyst = people["council-analyst"]
    for heading, column in (
        ("% in 20wks", "within_20w"),
        ("% in 20wks", "within_20w"),
        ("% IN 20WKS", "within_20w_excl"),
    ):
        choose_headings(database, analyst, DARLINGTON, COUNCIL, SHEET, {heading: column})
    assert choices(database) == {SHEET: {"in20wks": "within_20w_excl"}}
    with database.reading() as connection:
        ended = connection.scalars(select(heading_choice.c.ended_at)).all()
    assert [bool(one) for one in ended] == [True, False]
    first, second = acts(database)
    assert (first.what, first.who, first.area_code) == (
        "chose a heading",
        analyst.words,
        DARLINGTON,
    )
    assert first.subject == "“% in 20wks” on “20-week timeliness”"
    assert (first.from_state, first.to_state) == ("", "Issued within 20 weeks")
    assert (second.from_state, second.to_state) == (
        "Issued within 20 weeks",
        "Issued within 20 weeks excluding exceptions",
    )
    assert json.loads(second.details) == {
        "organisation": COUNCIL,
        "extract": SHEET,
        "heading": "% IN 20WKS",
        "old": "within_20w",
        "new": "within_20w_excl",
    }


def test_a_choice_can_be_forgotten(database: Database, people: dict[str, Person]) -> None:
    analyst = people["council-analyst"]
    choose_headings(database, analyst, DARLINGTON, COUNCIL, SHEET, {"In 20": "within_20w"})
    forget_heading(database, analyst, DARLINGTON, COUNCIL, SHEET, "in_20")
    assert choices(database) == {}
    told = acts(database)[-1]
    assert (told.what, told.from_state, told.to_state) == (
        "forgot a heading",
        "Issued within 20 weeks",
        "",
    )
    with pytest.raises(HeadingRefused, match="Nothing is remembered"):
        forget_heading(database, analyst, DARLINGTON, COUNCIL, SHEET, "In 20")
    choose_headings(database, analyst, DARLINGTON, COUNCIL, SHEET, {"In 20": "median_weeks"})
    assert choices(database) == {SHEET: {"in20": "median_weeks"}}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"In 20": "nowhere"}, "has no column"),
        ({"Plans issued": "issued_excl"}, "is a heading of the template"),
        ({"plans_ISSUED": ""}, "is a heading of the template"),
        ({"A": "issued", "B": "issued"}, "Two headings cannot both be “Plans issued”"),
        ({"In 20": "issued", "in-20": "within_20w"}, "here twice"),
        ({"%": "issued"}, "is not a heading"),
        ({"x" * 201: ""}, "is not a heading"),
        ({"Date of birth": ""}, "personal data"),
        ({"943 476 5919": ""}, "personal data"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(
    database: Database, people: dict[str, Person], said: dict[str, str], why: str
) -> None:
    with pytest.raises(HeadingRefused, match=why):
        choose_headings(database, people["council-analyst"], DARLINGTON, COUNCIL, SHEET, said)
    assert choices(database) == {}
    assert acts(database) == []


@pytest.mark.parametrize(
    ("who", "area", "organisation", "extract"),
    [
        ("health-analyst", DARLINGTON, COUNCIL, SHEET),
        ("council-analyst", DARLINGTON, HEALTH, "nd_waits"),
        ("council-analyst", DARLINGTON, COUNCIL, "nd_waits"),
        ("council-analyst", DARLINGTON, COUNCIL, "no_such_extract"),
        ("council-analyst", DURHAM, COUNCIL, SHEET),
        ("assurer", DARLINGTON, COUNCIL, SHEET),
        ("partner", DARLINGTON, COUNCIL, SHEET),
        ("administrator", DARLINGTON, COUNCIL, SHEET),
    ],
)
def test_only_who_sends_the_sheet_says_what_its_headings_mean(
    database: Database,
    people: dict[str, Person],
    who: str,
    area: str,
    organisation: str,
    extract: str,
) -> None:
    said = {"In 20": ""}
    with pytest.raises(NotAllowed):
        choose_headings(database, people[who], area, organisation, extract, said)
    with pytest.raises(NotAllowed):
        forget_heading(database, people[who], area, organisation, extract, "In 20")
    with database.reading() as connection:
        assert connection.execute(select(heading_choice)).all() == []


PATH = f"/staff/{DARLINGTON}/headings"
OWN = "No. in 20wks"


@pytest.fixture
def server(database: Database) -> Flask:
    return create_app(database)


@pytest.fixture
def council(server: Flask, database: Database, people: dict[str, Person]) -> FlaskClient:
    return signed_in(server, database, people["council-analyst"])


@pytest.fixture
def health(server: Flask, database: Database, people: dict[str, Person]) -> FlaskClient:
    return signed_in(server, database, people["health-analyst"])


def words_of(page: str) -> str:
    return BeautifulSoup(page, "html.parser").get_text(" ", strip=True)


def put(client: FlaskClient, change: Change | None) -> str:
    """Sends the council's file in; the address of its page."""
    file = (io.BytesIO(summer_file(COUNCIL, change=change)), "summer.xlsx")
    address = send(client, f"/staff/{DARLINGTON}/send-in", {"file": file}).location
    assert address
    return address


def headed(**headings: str) -> Change:
    """Writes these headings into the row of headings: by the letter of the column."""

    def change(workbook: openpyxl.Workbook) -> None:
        for column, heading in headings.items():
            workbook["20-week timeliness"][f"{column}3"] = heading

    return change


def forgetting(heading: str = OWN, **more: str) -> dict[str, str]:
    return {"organisation": COUNCIL, "extract": SHEET, "heading": heading, **more}


def options_of(page: str) -> list[list[str]]:
    """What each question about a heading offers."""
    form = BeautifulSoup(page, "html.parser").select_one('form[action$="/headings"]')
    assert form, "nothing is asked about headings"
    return [[o.get_text() for o in one.select("option")] for one in form.select("select")]


def test_the_screen_says_what_each_heading_is_read_as_when_and_by_whom(
    database: Database, people: dict[str, Person], council: FlaskClient
) -> None:
    assert "Nothing is remembered yet" in council.get(PATH).text
    said = {OWN: "within_20w", "Comments": ""}
    choose_headings(database, people["council-analyst"], DARLINGTON, COUNCIL, SHEET, said)
    page = BeautifulSoup(council.get(PATH).text, "html.parser")
    heads = [one.get_text(strip=True) for one in page.select("main h2, main caption")]
    assert heads == [COUNCIL, "On the sheet “20-week timeliness”"]
    rows = [row.get_text(" ", strip=True) for row in page.select("tbody tr")]
    [first] = get_remembered(database, people["council-analyst"], DARLINGTON)[:1]
    by = f"{time_words(first.chosen_at)}, by {people['council-analyst'].words}"
    assert rows == [
        f"{OWN} Issued within 20 weeks {by} Forget “{OWN}”",
        f"Comments Nothing: the column is left out {by} Forget “Comments”",
    ]


def test_another_organisations_analyst_neither_sees_nor_forgets_it(
    database: Database, people: dict[str, Person], health: FlaskClient
) -> None:
    analyst = people["council-analyst"]
    choose_headings(database, analyst, DARLINGTON, COUNCIL, SHEET, {OWN: "within_20w"})
    assert OWN not in health.get(PATH).text
    assert send(health, f"{PATH}/forget", forgetting()).status_code == 403
    assert len(get_remembered(database, analyst, DARLINGTON)) == 1
    with database.reading() as connection:
        told = connection.execute(select(act).order_by(act.c.id.desc()).limit(1)).one()
    assert (told.what, told.who) == ("refused", people["health-analyst"].words)


@pytest.mark.parametrize("who", ["partner", "assurer", "approver", "publisher", "administrator"])
def test_who_sends_nothing_in_has_no_headings(
    database: Database, people: dict[str, Person], server: Flask, who: str
) -> None:
    client = signed_in(server, database, people[who])
    assert client.get(PATH).status_code == 403
    assert send(client, f"{PATH}/forget", forgetting()).status_code == 403


def test_a_heading_is_forgotten_on_the_screen(
    database: Database, people: dict[str, Person], council: FlaskClient
) -> None:
    analyst = people["council-analyst"]
    choose_headings(database, analyst, DARLINGTON, COUNCIL, SHEET, {OWN: "within_20w"})
    answer = send(council, f"{PATH}/forget", forgetting())
    assert (answer.status_code, answer.location) == (303, PATH)
    assert f"What “{OWN}” means is forgotten" in council.get(PATH).text
    assert get_remembered(database, analyst, DARLINGTON) == []
    assert acts(database)[-1].what == "forgot a heading"
    again = send(council, f"{PATH}/forget", forgetting())
    assert again.status_code == 422
    assert f"Nothing is remembered of the heading “{OWN}”." in again.text
    nothing = send(council, f"{PATH}/forget")
    assert nothing.status_code == 422
    assert "Choose the heading to forget." in nothing.text


def test_the_page_of_a_file_leads_to_what_was_chosen_and_forgetting_checks_it_again(
    database: Database, people: dict[str, Person], council: FlaskClient
) -> None:
    analyst = people["council-analyst"]
    choose_headings(database, analyst, DARLINGTON, COUNCIL, SHEET, {OWN: "within_20w"})
    address = put(council, headed(E=OWN))
    number = address.rpartition("/")[2]
    page = council.get(address).text
    assert "as chosen before for this source. See or forget what was chosen" in words_of(page)
    there = f"{PATH}?file={number}"
    assert f'href="{there}"' in page
    assert f'name="file" value="{number}"' in council.get(there).text
    answer = send(council, f"{PATH}/forget", forgetting(file=number))
    assert answer.location == address
    page = council.get(address).text
    assert "is forgotten, and the file was checked again" in page
    assert "To be mended" in page
    assert f"“{OWN}”" in words_of(page)
    assert [one[1] for one in options_of(page)] == ["Issued within 20 weeks"], "it asks again"


def test_a_choice_that_is_in_the_way_can_be_forgotten_from_its_problem(
    database: Database, people: dict[str, Person], council: FlaskClient
) -> None:
    analyst = people["council-analyst"]
    choose_headings(database, analyst, DARLINGTON, COUNCIL, SHEET, {OWN: "within_20w"})
    address = put(council, headed(K=OWN))
    page = BeautifulSoup(council.get(address).text, "html.parser")
    [why] = [one for one in page.select("td.why") if "forget the choice" in one.get_text()]
    link = why.select_one("a")
    assert link
    assert council.get(str(link["href"])).status_code == 200
    number = address.rpartition("/")[2]
    assert send(council, f"{PATH}/forget", forgetting(file=number)).location == address
    assert "Waiting for you to accept it" in council.get(address).text


@pytest.mark.parametrize("file", ["0", "-1", "999", "9" * 30, "9" * 5000, "x", ""])
def test_a_file_that_is_not_there_keeps_no_heading_from_being_forgotten(
    database: Database, people: dict[str, Person], council: FlaskClient, file: str
) -> None:
    analyst = people["council-analyst"]
    choose_headings(database, analyst, DARLINGTON, COUNCIL, SHEET, {OWN: "within_20w"})
    assert council.get(PATH, query_string={"file": file}).status_code == 200
    assert send(council, f"{PATH}/forget", forgetting(file=file)).location == PATH
    assert get_remembered(database, analyst, DARLINGTON) == []


def test_a_heading_like_none_of_ours_is_offered_the_columns_that_are_missing(
    council: FlaskClient,
) -> None:
    page = council.get(put(council, headed(E="Quokka", F="Wombat"))).text
    missing = ["Issued within 20 weeks", "Issued within 20 weeks excluding exceptions"]
    expected = ["Not decided yet", *missing, "Leave this column out"]
    assert options_of(page) == [expected, expected]


def test_a_heading_beside_a_whole_sheet_can_only_be_left_out(council: FlaskClient) -> None:
    address = put(council, headed(K="Quokka"))
    assert options_of(council.get(address).text) == [["Not decided yet", "Leave this column out"]]
    fields = {"heading-0": "within_20w"}
    send(council, f"{address}/headings", fields)
    assert "Choose what at least one heading means." in council.get(address).text


def test_the_page_to_send_in_leads_to_the_remembered_headings(council: FlaskClient) -> None:
    assert f'href="{PATH}"' in council.get(f"/staff/{DARLINGTON}/send-in").text
