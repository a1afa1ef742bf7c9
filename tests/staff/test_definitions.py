"""The definitions of an area's measures are listed with who keeps them, the overdue ones first."""

import csv
import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert, update

from dashboard import create_app
from dashboard.releases.definitions import by_urgency, changed_definitions, get_used
from dashboard.releases.versions import get_latest_version, get_versions
from dashboard.settings import Settings
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.measure import Measure, load_measures
from schemas.tables import extract_file, observation, release, release_version
from tests.staff.people import DARLINGTON, DURHAM, demo_people, signed_in

TODAY = dt.date(2026, 11, 22)
LONG_AGO, YESTERDAY = dt.date(2025, 9, 1), TODAY - dt.timedelta(days=1)


def measures(**reviews: dt.date) -> dict[str, Measure]:
    """Every measure, some with another day of review."""
    known = dict(load_measures())
    for name, day in reviews.items():
        known[name] = known[name].model_copy(update={"next_review": day})
    return known


def client_of(
    database: Database, role: str = "partner", used: dict[str, Measure] | None = None
) -> FlaskClient:
    settings = Settings(measures=used or measures(), today=lambda: TODAY)
    server = create_app(database, settings)
    return signed_in(server, database, demo_people(database)[role])


def rows_of(page: str) -> list[str]:
    found = BeautifulSoup(page, "html.parser").select("tbody tr")
    return [row.get_text(" ", strip=True) for row in found]


def test_every_measure_of_the_area_is_listed_with_who_keeps_it(database: Database) -> None:
    rows = rows_of(client_of(database).get(f"/staff/{DARLINGTON}/definitions").text)
    area = load_area_settings()[DARLINGTON]
    used = Settings().measures_of(area)
    assert len(rows) == len(used)
    for measure, row in zip(used, rows, strict=True):
        assert measure.title in row
        assert measure.owner in row
        assert measure.checked_by in row
        assert "Overdue" not in row


def test_an_area_is_not_shown_what_it_does_not_send(database: Database) -> None:
    people = demo_people(database, DARLINGTON, DURHAM)
    client = signed_in(create_app(database), database, people["partner"])
    assert client.get(f"/staff/{DARLINGTON}/definitions/special_roll").status_code == 200
    assert client.get(f"/staff/{DURHAM}/definitions/special_roll").status_code == 404
    assert client.get(f"/staff/{DARLINGTON}/definitions/nothing").status_code == 404


def test_the_longest_overdue_stand_first_and_can_be_shown_alone(database: Database) -> None:
    used = measures(ehe_send=YESTERDAY, cme_send=LONG_AGO, ehcp_active=TODAY)
    client = client_of(database, used=used)
    page = client.get(f"/staff/{DARLINGTON}/definitions").text
    assert "2 are overdue for review." in page
    first, second, third, *_ = rows_of(page)
    assert used["cme_send"].title in first
    assert used["ehe_send"].title in second
    assert ["Overdue" in row for row in (first, second, third)] == [True, True, False]
    overdue = client.get(f"/staff/{DARLINGTON}/definitions?show=overdue").text
    assert len(rows_of(overdue)) == 2


def test_one_theme_can_be_shown_and_an_unknown_one_is_passed_over(database: Database) -> None:
    client = client_of(database)
    some = rows_of(client.get(f"/staff/{DARLINGTON}/definitions?theme=health_waits").text)
    every = rows_of(client.get(f"/staff/{DARLINGTON}/definitions?theme=nothing").text)
    assert 0 < len(some) < len(every)
    assert all("Waits for health services" in row for row in some)


def test_a_definition_is_told_whole_on_its_own_page(round_: Database) -> None:
    page = client_of(round_, used=measures(ehcp_20w_incl=YESTERDAY)).get(
        f"/staff/{DARLINGTON}/definitions/ehcp_20w_incl"
    )
    words = BeautifulSoup(page.text, "html.parser").get_text(" ", strip=True)
    measure = load_measures()["ehcp_20w_incl"]
    told = (measure.definition.numerator, measure.definition.denominator, measure.can_mislead)
    for said in (*told, measure.owner, "Overdue for review since 21 November 2026"):
        assert said in words
    assert "Divided by Plans issued" in words
    assert "Version 1: Spring 2025/26, Autumn 2025/26" in words
    assert f'href="/dashboard/{DARLINGTON}/measure/ehcp_20w_incl"' in page.text
    assert "Department for Education" in words


def test_the_file_of_definitions_has_a_row_for_each(database: Database) -> None:
    answer = client_of(database).get(f"/staff/{DARLINGTON}/definitions.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    area = load_area_settings()[DARLINGTON]
    assert [row["measure_id"] for row in rows] == [one.id for one in Settings().measures_of(area)]
    assert rows[0]["next_review"] == "2027-09-01"
    assert rows[0]["overdue"] == "no"
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["definitions", "definitions.csv", "definitions/ehe_send"])
def test_definitions_of_an_area_are_for_its_people(database: Database, path: str) -> None:
    assert client_of(database).get(f"/staff/{DURHAM}/{path}").status_code == 403


def test_a_review_is_overdue_from_the_day_after() -> None:
    used = measures(ehe_send=TODAY, cme_send=YESTERDAY)
    ordered = by_urgency([used["ehe_send"], used["cme_send"]], TODAY)
    assert [one.id for one in ordered] == ["cme_send", "ehe_send"]


def a_version(
    connection: Connection, term: str, definitions: dict[str, int], published: str | None
) -> None:
    """A version of a term with one figure of each measure, by this definition of it."""
    number = connection.scalar(
        insert(release).values(area_code=DARLINGTON, term=term).returning(release.c.id)
    )
    row = {"release_id": number, "number": 1, "state": "draft", "invented": 1, "created_at": "x"}
    version = connection.scalar(insert(release_version).values(row).returning(release_version.c.id))
    for measure, definition in definitions.items():
        figure = dict.fromkeys(
            ("period", "period_start", "period_end", "breakdown", "category"), "x"
        )
        figure |= {"measure_id": measure, "area_code": DARLINGTON, "basis": "in_term"}
        figure |= {"release_version_id": version, "extract_file_id": 1, "status": "final"}
        figure |= {"value": 5.0, "definition_version": definition}
        connection.execute(insert(observation).values(figure))
    if published:
        connection.execute(
            update(release_version)
            .where(release_version.c.id == version)
            .values(state="published", published_at=published, label="1.0")
        )


def a_file(connection: Connection) -> None:
    words = ("organisation", "prepared_by", "name", "sha256", "as_at_on", "coverage_note")
    row = dict.fromkeys((*words, "definitions_sha256", "loaded_at", "loaded_by"), "x")
    row |= {"id": 1, "area_code": DARLINGTON, "status": "final", "content": b"x"}
    connection.execute(insert(extract_file).values(row))


def test_what_changed_is_measured_by_what_was_published_last(database: Database) -> None:
    """An old term that is corrected meanwhile does not count as what readers saw last."""
    with database.writing() as connection:
        a_file(connection)
        first = {"ehe_send": 1, "cme_send": 1, "nd_waiting": 3, "gone": 1}
        a_version(connection, "2024-25 autumn", first, "2025-02-01T09:30:00+00:00")
        second = {"ehe_send": 2, "cme_send": 1}
        a_version(connection, "2024-25 spring", second, "2025-06-01T09:30:00+00:00")
        draft = {"ehe_send": 2, "cme_send": 2, "nd_waiting": 4, "ehcp_active": 1}
        a_version(connection, "2024-25 summer", draft, None)
        version = get_latest_version(connection, DARLINGTON, "2024-25 summer")
        assert version
        changed = changed_definitions(connection, version)
    found = {(one.measure_id, one.before, one.now) for one in changed}
    assert found == {("cme_send", 1, 2), ("nd_waiting", 3, 4)}
    assert [one.title for one in changed] == sorted(one.title for one in changed)


def test_the_first_version_of_an_area_has_changed_nothing(database: Database) -> None:
    with database.writing() as connection:
        a_file(connection)
        a_version(connection, "2024-25 summer", {"ehe_send": 7}, None)
        (version,) = get_versions(connection, DARLINGTON)
        assert changed_definitions(connection, version) == []


def test_where_a_definition_was_used_leaves_drafts_out(database: Database) -> None:
    with database.writing() as connection:
        a_file(connection)
        a_version(connection, "2024-25 autumn", {"ehe_send": 1}, "2025-02-01T09:30:00+00:00")
        a_version(connection, "2024-25 spring", {"ehe_send": 1}, "2025-06-01T09:30:00+00:00")
        a_version(connection, "2024-25 summer", {"ehe_send": 2}, None)
        used = get_used(connection, DARLINGTON, load_measures()["ehe_send"])
    assert used == [(1, ("Spring 2024/25", "Autumn 2024/25"))]
