"""What a source's headings mean: chosen by who sends them, remembered, on the record."""

import datetime as dt
import json
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.releases.headings import (
    HeadingRefused,
    choose_headings,
    forget_heading,
    get_choices,
    get_remembered,
)
from loaders.definitions import Definitions
from loaders.load import load_file
from loaders.matching import HeadingChoices
from loaders.problems import Outcome
from loaders.report import Sender
from schemas.database import Database
from schemas.round_tables import act, heading_choice
from tests import builders as b
from tests.staff.people import DARLINGTON, DURHAM, demo_people
from tests.staff.summer import COUNCIL, HEALTH

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
