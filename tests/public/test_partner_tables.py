"""The tables for partners: true published figures, opened by a token and by nothing else."""

import base64
import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.engine import URL

from dashboard.access.person import Person
from dashboard.access.tokens import end_token, list_tokens, make_token
from dashboard.assets import Assets
from dashboard.components.explore import CHART_PROGRAM, build_explorer
from dashboard.hosting import Hosting, demonstration
from dashboard.pages.site import Site
from dashboard.partner_tables import add_partner_tables
from dashboard.public.star.shapes import TABLES
from dashboard.releases.demo import publish_invented_drafts
from dashboard.settings import Settings
from dashboard.staff.routes import add_staff
from loaders.benchmarks import load_packaged
from loaders.load import load_file
from loaders.report import Sender
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.migrations import upgrade
from schemas.people_tables import role_held
from schemas.resources import resource_folder
from schemas.round_tables import act
from schemas.tables import observation, release, release_version
from tests.staff.people import DARLINGTON, DURHAM, demo_people, signed_in

HERE = f"/partner/tables/{DARLINGTON}/"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One invented term published, the next a draft, and publishers' figures."""
    folder = tmp_path_factory.mktemp("partners")
    database = open_database(URL.create("sqlite", database=str(folder / "partners.sqlite3")))
    upgrade(database)
    load_packaged(database, load_measures())
    first, second = sorted((resource_folder("data") / "sample").glob("*.xlsx"))[:2]
    _load(database, first.read_bytes(), first.name)
    assert publish_invented_drafts(database) == 1
    _load(database, second.read_bytes(), second.name)
    demo_people(database, DARLINGTON, DURHAM)
    yield database
    database.close()


def _load(database: Database, content: bytes, name: str) -> None:
    report = load_file(database, content, name, Sender(invented=True))
    assert report.loaded, report.message


@pytest.fixture(scope="module")
def who(database: Database) -> Person:
    return demo_people(database, DARLINGTON, DURHAM)["partner"]


@pytest.fixture(scope="module")
def server(database: Database) -> Flask:
    return _server(database, demonstration())


def _server(database: Database, hosting: Hosting) -> Flask:
    server = Flask(__name__, static_folder=None)
    assets = Assets(resource_folder("assets"))
    explorer = build_explorer(server, assets.address(CHART_PROGRAM))
    site = Site(database, Settings(), assets, explorer)
    add_staff(server, site, hosting)
    add_partner_tables(server, site, hosting)
    return server


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()


@pytest.fixture(scope="module")
def token(database: Database, who: Person) -> str:
    return make_token(database, who, DARLINGTON, "Report", 30)


def basic(name: str, token: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{token}".encode()).decode()}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def read(client: FlaskClient, token: str, name: str) -> list[dict[str, str]]:
    answer = client.get(f"{HERE}{name}.csv", headers=bearer(token))
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_list_names_every_table_with_its_columns(client: FlaskClient, token: str) -> None:
    answer = client.get(HERE, headers=bearer(token))
    assert [one["name"] for one in answer.json["tables"]] == [one.name for one in TABLES]
    for table in answer.json["tables"]:
        got = client.get(table["address"], headers=bearer(token))
        assert got.text.split("\r\n")[0].split(",") == [one["name"] for one in table["columns"]]


def test_a_sign_in_name_with_the_token_as_password_opens_them(
    client: FlaskClient, who: Person, token: str
) -> None:
    assert client.get(HERE, headers=basic(who.sign_in_name, token)).status_code == 200
    assert client.get(HERE, headers=basic("somebody.else", token)).status_code == 401


def test_the_figures_are_the_true_published_ones(
    client: FlaskClient, token: str, database: Database
) -> None:
    """Every current figure of the published version, number for number; none of the draft."""
    rows = [
        row for row in read(client, token, "fact_observation") if row["area_code"] == DARLINGTON
    ]
    own = {one["source_id"] for one in read(client, token, "dim_source") if one["kind"] == "own"}
    got = sorted(_told(row) for row in rows if row["source_id"] in own)
    query = (
        select(observation)
        .join(release_version, release_version.c.id == observation.c.release_version_id)
        .where(release_version.c.state == "published", observation.c.superseded_by_id.is_(None))
    )
    with database.reading() as connection:
        wanted = sorted(_stored(row._mapping) for row in connection.execute(query))
    assert got == wanted
    assert any(0 < float(row["numerator"] or 0) < 5 for row in rows), "small numbers are not hidden"


def _told(row: dict[str, str]) -> tuple[object, ...]:
    period = (
        row["period_id"].split(".")[0].replace("-autumn", " autumn").replace("-spring", " spring")
    )
    numbers = (float(row[name]) if row[name] else -1.0 for name in ("numerator", "value"))
    about = (row["measure_id"], period, row["basis"], row["breakdown"], row["category"])
    return (*about, row["symbol"], *numbers)


def _stored(row: object) -> tuple[object, ...]:
    names = ("measure_id", "period", "basis", "breakdown", "category")
    numbers = (-1.0 if row[name] is None else row[name] for name in ("numerator", "value"))
    return (*(row[name] for name in names), row["symbol"] or "", *numbers)


def test_a_draft_is_in_no_table(client: FlaskClient, token: str, database: Database) -> None:
    with database.reading() as connection:
        query = select(release.c.term).join(
            release_version, release_version.c.release_id == release.c.id
        )
        draft = connection.scalar(query.where(release_version.c.state == "draft"))
    assert draft
    sources = read(client, token, "dim_source")
    own = {one["source_id"] for one in sources if one["kind"] == "own"}
    assert own
    assert not [one for one in sources if one["version"].startswith(draft)]
    wanted = f"{draft.replace(' ', '-')}."
    rows = read(client, token, "fact_observation")
    assert not [one for one in rows if one["source_id"] in own and wanted in one["period_id"]]


def test_what_is_set_beside_them_is_there_too(client: FlaskClient, token: str) -> None:
    relations = {row["relation"] for row in read(client, token, "dim_area")}
    assert relations == {"own", "england", "region", "other"}


def test_every_key_of_the_figures_leads_somewhere(client: FlaskClient, token: str) -> None:
    rows = read(client, token, "fact_observation")
    for name, key in (
        ("dim_measure", "measure_id"),
        ("dim_area", "area_code"),
        ("dim_period", "period_id"),
        ("dim_breakdown", "breakdown_id"),
        ("dim_source", "source_id"),
        ("dim_edition", "edition"),
    ):
        assert {row[key] for row in rows} <= {row[key] for row in read(client, token, name)}, name


def test_they_say_that_they_are_not_for_sharing_and_are_kept_by_nobody(
    client: FlaskClient, token: str
) -> None:
    assert read(client, token, "dim_edition")[0]["sharing"] == "not for sharing"
    for path in (HERE, f"{HERE}fact_observation.csv", f"{HERE}nothing.csv"):
        answer = client.get(path, headers=bearer(token))
        assert answer.headers["X-Sharing"] == "not for sharing"
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_stranger_is_asked_for_a_token_and_nothing_is_counted(
    client: FlaskClient, database: Database
) -> None:
    before = _acts(database)
    for path in (HERE, f"{HERE}fact_observation.csv", "/partner/tables/E99/", f"{HERE}x.csv"):
        answer = client.get(path)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Basic realm=")
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert _acts(database) == before


def test_a_browser_that_is_signed_in_is_a_stranger_here(
    server: Flask, database: Database, who: Person
) -> None:
    assert signed_in(server, database, who).get(HERE).status_code == 401


def test_a_wrong_token_tells_nothing_of_what_there_is(client: FlaskClient) -> None:
    told = {client.get(path, headers=bearer("send_no")).text for path in (HERE, f"{HERE}no.csv")}
    assert len(told) == 1


@pytest.mark.parametrize(
    "said", ["Basic", "Basic !!!", "Bearer", "Digest x=1", "Basic " + "A" * 9000]
)
def test_what_is_no_token_is_a_stranger(client: FlaskClient, said: str) -> None:
    assert client.get(HERE, headers={"Authorization": said}).status_code in (400, 401)


def test_an_ended_token_opens_nothing(client: FlaskClient, database: Database, who: Person) -> None:
    token = make_token(database, who, DARLINGTON, "Old", 30)
    assert client.get(HERE, headers=bearer(token)).status_code == 200
    end_token(database, who, DARLINGTON, list_tokens(database, who, DARLINGTON)[0].id)
    assert client.get(HERE, headers=bearer(token)).status_code == 401


def test_a_token_of_one_area_opens_no_other(client: FlaskClient, token: str) -> None:
    answer = client.get(f"/partner/tables/{DURHAM}/", headers=bearer(token))
    assert answer.status_code == 401


def test_an_area_without_figures_says_so(
    client: FlaskClient, database: Database, who: Person
) -> None:
    token = make_token(database, who, DURHAM, "Report", 30)
    answer = client.get(f"/partner/tables/{DURHAM}/", headers=bearer(token))
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_who_has_lost_their_role_is_refused(client: FlaskClient, database: Database) -> None:
    who = demo_people(database, DARLINGTON, DURHAM)["approver"]
    token = make_token(database, who, DARLINGTON, "Report", 30)
    theirs = (role_held.c.person_id == who.id) & (role_held.c.area_code == DARLINGTON)
    with database.writing() as connection:
        ended = update(role_held).where(theirs).values(ended_at="2026-01-01T00:00:00+00:00")
        connection.execute(ended)
    answer = client.get(HERE, headers=bearer(token))
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


def test_nothing_but_reading_is_offered(client: FlaskClient, token: str) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        answer = client.open(HERE, method=method, headers=bearer(token))
        assert answer.status_code in (400, 405), method


def _acts(database: Database) -> int:
    with database.reading() as connection:
        return len(connection.execute(select(act.c.id)).all())
