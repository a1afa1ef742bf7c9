"""Addresses that never lie: a link shows for ever what it showed on its day."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, literal, select, update

from dashboard import create_app
from dashboard.access.demo_people import add_demo_people
from dashboard.commentary import add_commentary
from dashboard.edition import EditionName, parse_edition
from dashboard.releases.demo import publish_invented_drafts
from dashboard.releases.versions import get_latest_version
from dashboard.releases.withdrawals import withdraw
from schemas.area_settings import load_area_settings
from schemas.commentary import Commentary
from schemas.database import Database
from schemas.tables import observation, release, release_version, vintage
from tests.dashboard.page_text import AREA, main, opened, words
from tests.dashboard.published import copied

TWENTY = f"{AREA}measure/ehcp_20w_excl"
SUMMER = "2025-26 summer"


@pytest.fixture
def database(published: Database, tmp_path: Path) -> Iterator[Database]:
    """On SQLite: the demonstration, copied so that it may be corrected."""
    database = copied(published, tmp_path)
    yield database
    database.close()


@pytest.fixture
def reader(database: Database) -> FlaskClient:
    return create_app(database).test_client()


def permanent(client: FlaskClient, path: str) -> str:
    """The link at the foot of a page that will always show exactly that page."""
    link = opened(client, path).select_one(".edition a")
    assert link is not None
    return str(link["href"])


def publish_correction(database: Database, term: str, value: float) -> None:
    """A second version of a term's release, with another share of plans in 20 weeks."""
    columns = [c for c in observation.columns if c.name not in ("id", "release_version_id")]
    with database.writing() as connection:
        first, release_id = connection.execute(
            select(release_version.c.id, release_version.c.release_id)
            .join(release)
            .where(release.c.term == term)
        ).one()
        draft = {"release_id": release_id, "number": 2, "state": "draft", "invented": 1}
        made = connection.execute(
            insert(release_version).values(draft | {"created_at": "2031-01-01T09:00:00+00:00"})
        )
        second = made.inserted_primary_key[0]
        names = ["release_version_id", *(c.name for c in columns)]
        old = select(literal(second), *columns).where(observation.c.release_version_id == first)
        connection.execute(insert(observation).from_select(names, old))
        connection.execute(
            update(observation)
            .where(
                observation.c.release_version_id == second,
                observation.c.measure_id == "ehcp_20w_excl",
                observation.c.breakdown == "all",
                observation.c.basis == "in_term",
            )
            .values(value=value)
        )
    assert publish_invented_drafts(database, "2031-01-01T09:30:00+00:00") == 1


def big_figure(client: FlaskClient, path: str) -> str:
    return words(opened(client, path).select_one(".big-figure"))


def test_a_permanent_link_shows_what_it_showed_after_a_correction(
    database: Database, reader: FlaskClient
) -> None:
    link = permanent(reader, TWENTY)
    assert big_figure(reader, link) == "83.1%"
    assert "This is not the newest edition" not in words(opened(reader, link))
    publish_correction(database, SUMMER, 55.5)
    assert big_figure(reader, TWENTY) == "55.5%"
    old = opened(reader, link)
    assert words(old.select_one(".big-figure")) == "83.1%"
    notice = old.select_one(".older")
    assert notice is not None
    assert "Summer term 2025/26, version 2 has come out" in words(notice)
    assert notice.a is not None
    assert big_figure(reader, str(notice.a["href"])) == "55.5%"
    assert "55.5" not in reader.get(link).text


def test_what_an_owner_said_later_is_not_in_an_older_edition(
    database: Database, reader: FlaskClient
) -> None:
    link = permanent(reader, TWENTY)
    later = Commentary(
        area_code="E06000005",
        measure_id="ehcp_20w_excl",
        term=SUMMER,
        what_happened="Something that was said later.",
        why="It was asked.",
        action="Nothing.",
        written_by_role="Head of SEND",
    )
    before = main(reader, link)
    add_commentary(database, later)
    assert "Something that was said later." in main(reader, TWENTY)
    notice = words(opened(reader, link).select_one(".older"))
    assert "owners’ words have changed" in notice
    assert main(reader, link) == f"{notice} {before}"


def test_the_overview_and_its_links_stay_in_the_edition(
    database: Database, reader: FlaskClient
) -> None:
    link = permanent(reader, AREA)
    publish_correction(database, SUMMER, 55.5)
    page = opened(reader, link)
    row = page.find("a", href=re.compile("/measure/ehcp_20w_excl"))
    assert row is not None
    assert big_figure(reader, str(row["href"])) == "83.1%"


def test_a_correction_of_an_earlier_term_is_an_edition_too(
    database: Database, reader: FlaskClient
) -> None:
    link = permanent(reader, TWENTY)
    publish_correction(database, "2024-25 spring", 11.1)
    assert "11.1%" in main(reader, TWENTY)
    assert "11.1%" not in main(reader, link)
    assert "Spring term 2024/25, version 2" in words(opened(reader, link).select_one(".older"))


def withdraw_term(database: Database, term: str) -> None:
    """As sign-off does it: each version with its notice."""
    people = add_demo_people(database, [load_area_settings()["E06000005"]])
    approver = next(one for one in people if one.sign_in_name == "demo-approver")
    with database.reading() as connection:
        newest = get_latest_version(connection, "E06000005", term)
    assert newest is not None
    words = ("A school could be recognised.", "It stood alone.", "Delete your copies.")
    withdraw(database, approver, "E06000005", newest.id, *words)


def test_a_link_made_while_a_term_is_withdrawn_shows_that_for_ever(
    database: Database, reader: FlaskClient
) -> None:
    """The newest page without the term, its lasting link, and the same after a correction."""
    publish_correction(database, SUMMER, 55.5)
    before = permanent(reader, TWENTY)
    withdraw_term(database, SUMMER)
    page = main(reader, TWENTY)
    assert "The figures of the Summer term 2025/26 were withdrawn on" in page
    assert "55.5%" not in page
    assert "83.1%" not in page, "the version before was wrong as well"
    link = permanent(reader, TWENTY)
    assert "2025-26-spring" in link
    assert page.endswith(main(reader, link)), "only the notice is not of that edition"
    assert reader.get(before).status_code == 410
    assert "A school could be recognised." in reader.get(before).text


def test_an_older_edition_no_longer_shows_a_term_that_was_withdrawn(
    database: Database, reader: FlaskClient
) -> None:
    link = permanent(reader, AREA)
    withdraw_term(database, "2025-26 spring")
    page = main(reader, link)
    assert "The figures of the Spring term 2025/26 were withdrawn on" in page
    assert "Summer term 2025/26" in page


def test_published_figures_that_came_later_are_not_in_an_older_edition(
    database: Database, reader: FlaskClient
) -> None:
    link = permanent(reader, TWENTY)
    with database.writing() as connection:
        kept = {c.name: c for c in vintage.columns if c.name not in ("id", "sha256")}
        newest = connection.scalar(
            select(observation.c.vintage_id).where(
                observation.c.measure_id == "ehcp_20w_excl",
                observation.c.period == "2025",
                observation.c.area_code == "E92000001",
            )
        )
        again = select(literal("another"), *kept.values()).where(vintage.c.id == newest)
        made = connection.execute(insert(vintage).from_select(["sha256", *kept], again))
        assert made.rowcount == 1
        newer = connection.scalar(select(vintage.c.id).where(vintage.c.sha256 == "another"))
        columns = [c for c in observation.columns if c.name not in ("id", "vintage_id", "value")]
        names = ["vintage_id", "value", *(c.name for c in columns)]
        revised = select(literal(newer), literal(31.7), *columns).where(
            observation.c.vintage_id == newest,
            observation.c.measure_id == "ehcp_20w_excl",
            observation.c.period == "2025",
            observation.c.area_code == "E92000001",
        )
        connection.execute(insert(observation).from_select(names, revised))
    assert "31.7%" in main(reader, TWENTY)
    assert "31.7%" not in main(reader, link)
    assert "46.1%" in main(reader, link)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-26-summer",
        "2025-26-winter.1.2.3",
        "2025-27-summer.1.2.3",
        "x",
        "2025-26-summer.1.2.3\n",
    ],
)
def test_an_edition_that_cannot_be_read_is_none(text: str) -> None:
    assert parse_edition(text) is None


def test_an_edition_is_written_as_it_is_read() -> None:
    name = EditionName("2025-26 summer", 1, 37, 6)
    assert str(name) == "2025-26-summer.1.37.6"
    assert parse_edition(str(name)) == name
