"""The plan's page: plan and figures together, in every edition, and its files."""

import csv
import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard import create_app
from dashboard.plan.load import load_plan
from dashboard.queries.plan import get_plan, get_plan_second
from dashboard.settings import Settings
from schemas.database import Database
from tests.dashboard.page_text import AREA, DURHAM, links, main, opened, section, words
from tests.plan.workbooks import action, plan_file
from tests.staff.people import DARLINGTON

PLAN = f"{AREA}plan"
TODAY = dt.date(2026, 11, 22)


def reader(database: Database, today: dt.date = TODAY) -> FlaskClient:
    return create_app(database, replace(Settings(), today=lambda: today)).test_client()


@pytest.fixture(scope="module")
def client(demonstration: Database) -> FlaskClient:
    return reader(demonstration)


def article(client: FlaskClient, number: str, path: str = PLAN) -> str:
    heading = opened(client, path).find(id=f"action-{number.replace('.', '-')}")
    assert heading is not None
    return words(heading.find_parent("article"))


def test_the_four_areas_stand_with_every_action(client: FlaskClient) -> None:
    page = opened(client, PLAN)
    areas = [words(one.h2) for one in page.select(".plan-area")]
    assert areas == [
        "1. Governance and data",
        "2. Health waits",
        "3. Quality of EHC plans",
        "4. Learning disability",
    ]
    assert len(page.select(".plan-action")) == 23
    assert len(page.find_all("h1")) == 1
    assert "23 actions in 4 areas for improvement" in words(page.main)


def test_an_action_stands_beside_its_figures(client: FlaskClient) -> None:
    said = article(client, "2.1a")
    for part in (
        "Late, overdue",
        "Overdue: the finish was April 2026, 7 months ago, and it is not done.",
        "May 2025 to April 2026",
        "Head of children’s commissioning, NHS",
        "59.8% in Spring 2024/25, 66.2% in Summer 2025/26",
        "Not done yet; no change can be told from chance.",
        "up 6.4 percentage points on Spring term 2024/25 (95% interval −8.7 to 20.8)",
        "Target not met yet (80%).",
        "Off the path, could be chance.",
        "No test fits a count of children on one day",
    ):
        assert part in said, part
    assert "Done; the number has improved." in article(client, "3.2")
    assert "Target met (126 days)." in article(client, "2.3a")
    assert "There are no figures yet since the action began." in article(client, "2.3c")
    assert "No measure shows this." in article(client, "1.1a")


def test_what_is_overdue_and_what_has_moved_is_told_first(client: FlaskClient) -> None:
    page = opened(client, PLAN)
    overdue = section(page, "overdue")
    assert re.findall(r"\b\d\.\d\w?\b", overdue) == ["1.1c", "1.1d", "2.1a", "2.2a", "4.2"]
    moved = section(page, "moved")
    assert "20 weeks, without exceptions Improved 3.2: Done" in moved
    assert "does not show that the action made it" in moved
    assert "Of 20 tests" in moved


def test_invented_words_are_labelled(client: FlaskClient) -> None:
    assert "Invented for the demonstration." in main(client, PLAN)


def test_the_choice_of_actions_is_in_the_address(client: FlaskClient) -> None:
    for show, number in (("overdue", 5), ("done", 9), ("open", 13), ("nonsense", 23)):
        page = opened(client, f"{PLAN}?show={show}")
        assert len(page.select(".plan-action")) == number
        assert f"Showing {number} of 23 actions." in words(page.main)


def test_the_agreed_paths_are_listed_term_by_term(client: FlaskClient) -> None:
    said = section(opened(client, PLAN), "paths")
    assert "Autism or ADHD: over 2 years" in said
    assert "Summer 2026/27 0" in said


def test_the_timeline_says_the_same_as_a_table(client: FlaskClient) -> None:
    page = opened(client, PLAN)
    rows = [words(one) for one in page.select("#timeline ~ .data tbody tr")]
    assert len(rows) == 23
    assert "2.1a Capacity and demand" in rows[7]
    assert rows[7].endswith("May 2025 April 2026 Late, overdue")


def test_an_area_without_a_plan_says_so(client: FlaskClient) -> None:
    assert "There is no improvement plan here" in main(client, f"{DURHAM}plan")
    assert client.get(f"{DURHAM}plan.csv").status_code == 404


def test_a_link_to_an_edition_shows_the_plan_as_it_stood(planned: Database) -> None:
    client = reader(planned)
    page = opened(client, PLAN)
    link = next(str(one["href"]) for one in page.select(".as-at a"))
    before = article(client, "2.1a", link)
    with planned.reading() as connection:
        second = get_plan_second(connection, DARLINGTON)
    day = dt.datetime.fromtimestamp(second, dt.UTC)
    assert f".{second}" in link
    assert f"as it stood on {day.day} {day:%B %Y}" in main(client, link)
    end_everything(planned)
    assert "2.1a" not in main(client, PLAN)
    assert article(client, "2.1a", link) == before
    assert "This is not the newest edition" in main(client, link)


def end_everything(database: Database) -> None:
    """Another plan in the place of the old one."""
    load_plan(database, DARLINGTON, plan_file(action("1.1", Task="Another plan")), "other.xlsx")
    with database.reading() as connection:
        [only] = get_plan(connection, DARLINGTON).actions
    assert only.action.task == "Another plan"


def test_lateness_in_an_edition_is_of_its_own_day(planned: Database) -> None:
    link = next(str(one["href"]) for one in opened(reader(planned), PLAN).select(".as-at a"))
    long_after = reader(planned, dt.date(2031, 5, 4))
    assert main(reader(planned), link) == main(long_after, link)
    assert "Overdue" in article(long_after, "4.4")
    assert "Overdue" not in article(long_after, "4.4", link)


def test_a_kept_page_changes_with_the_plan(planned: Database) -> None:
    client = reader(planned)
    assert "Another plan" not in main(client, PLAN)
    end_everything(planned)
    assert "Another plan" in main(client, PLAN)


def test_the_files_hold_every_action_and_its_figures(client: FlaskClient) -> None:
    page = opened(client, PLAN)
    files = [one for one in links(page) if re.search(r"plan\.(csv|xlsx)", one)]
    assert len(files) == 2
    text = client.get(f"{PLAN}.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["action_number"] for row in rows} >= {"1.1a", "2.3a", "4.h"}
    [one] = [
        row
        for row in rows
        if (row["action_number"], row["measure_id"]) == ("2.1a", "ot_within_18w")
    ]
    assert one["overdue"] == "yes"
    assert one["term_of_start"] == "Spring term 2024/25"
    assert float(one["newest_figure"]) == pytest.approx(66.176, abs=0.001)
    assert one["moved"] == "No clear change"
    assert one["agreed_path"] == "Off the path, could be chance"
    book = load_workbook(io.BytesIO(client.get(f"{PLAN}.xlsx").data))
    assert book.sheetnames == ["Cover", "Notes", "Source", "Plan and figures", "Agreed paths"]
    assert book["Plan and figures"].max_row == len(rows) + 1
    assert book["Agreed paths"].max_row == 20


def test_the_plan_is_one_of_the_ways_of_every_page(client: FlaskClient) -> None:
    header = opened(client, AREA).find("nav", attrs={"aria-label": "Darlington"})
    assert header is not None
    assert "Improvement plan" in words(header)
