"""A draft full of sentinel numbers: none of them in any byte that outsiders can reach."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, select, update
from werkzeug.test import TestResponse

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tokens import make_token
from dashboard.alerts.choices import choose
from dashboard.alerts.making import make_digests
from dashboard.hosting import demonstration
from dashboard.public.star.shapes import TABLES
from dashboard.releases.corrections import begin_correction
from dashboard.releases.everyone import renew_pages
from dashboard.releases.versions import Version, get_latest_version
from dashboard.settings import Settings
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.public_tables import public_file
from schemas.tables import observation
from tests.dashboard.published import copied
from tests.public.families_server import area_with
from tests.staff.people import DARLINGTON, demo_people, signed_in
from tests.staff.signed import notice

AREA = f"/dashboard/{DARLINGTON}/"
SPRING = "2025-26 spring"
COUNT, VALUE = 79_197_919.0, 791_979.19  # however they are rounded, their first digits stay
SEEN = re.compile(rb"791,?979|79,?197,?919|158,?395,?838|canary")
FILES = (".csv", ".xlsx", ".svg", ".png")
SETTINGS = Settings(areas=load_area_settings() | {DARLINGTON: area_with(since=SPRING)})
EDITION, PLACES = "2025-26-spring-v1.0", "special_places"


@pytest.fixture(scope="module")
def for_everyone(
    eleven_terms: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """The newest term is published to everyone too."""
    database = copied(eleven_terms, tmp_path_factory.mktemp("canary"))
    assert renew_pages(database, None, DARLINGTON, SETTINGS) == ""
    yield database
    database.close()


@pytest.fixture
def round_(for_everyone: Database, tmp_path: Path) -> Iterator[Database]:
    database = copied(for_everyone, tmp_path)
    yield database
    database.close()


@pytest.fixture
def people(round_: Database) -> dict[str, Person]:
    return demo_people(round_)


@pytest.fixture
def draft(round_: Database, people: dict[str, Person]) -> Version:
    """A correction of the newest term in which every figure is the sentinel."""
    made = begun(round_, people["council-analyst"])
    change(round_, made, numerator=COUNT, denominator=COUNT * 2, value=VALUE)
    return made


@pytest.fixture
def believed(round_: Database, people: dict[str, Person]) -> Version:
    """A correction in which the sentinel is a number of places: public pages can be made of it."""
    made = begun(round_, people["council-analyst"])
    change(round_, made, observation.c.measure_id == PLACES, numerator=COUNT, value=COUNT)
    return made


def begun(database: Database, analyst: Person) -> Version:
    told = notice(what="A canary sings in this draft.", effect="Nothing: canary.")
    return begin_correction(database, analyst, DARLINGTON, SPRING, told)


def change(
    database: Database, version: Version, *which: ColumnElement[bool], **values: float
) -> None:
    """Changes the known figures of a version."""
    known = observation.c.release_version_id == version.id, observation.c.value.is_not(None)
    with database.writing() as connection:
        connection.execute(update(observation).where(*known, *which).values(values))


@pytest.fixture
def server(round_: Database) -> Flask:
    return create_app(round_, SETTINGS, demonstration())


def rest_of_pages(server: Flask, client: FlaskClient) -> Iterator[str]:
    """Every page and file of the area, and what their links lead to."""
    overview = client.get(AREA).text
    measures = sorted(set(re.findall(rf"{AREA}measure/([a-z0-9_]+)", overview)))
    assert len(measures) > 50
    yield from ("", "gaps", "?term=2025-26-spring", "gaps?by=target", "?show=attention")
    yield from ("plan", "plan.csv", "plan.xlsx", "planner", "planner.csv", "packs")
    for asked in ("template=full", "template=profile", "template=exceptions&numbers=protected"):
        yield from (f"packs.pptx?{asked}", f"packs.docx?{asked}", f"packs?{asked}")
    for place, name in enumerate(measures):
        yield f"measure/{name}"
        yield f"measure/{name}{FILES[place % len(FILES)]}"
        if place % 10 == 0:
            yield from (f"measure/{name}/compare", f"measure/{name}/compare.csv")


def rest_of_everyone(database: Database) -> Iterator[str]:
    """Every public file at both its addresses, and what else stands behind the public doors."""
    with database.reading() as connection:
        paths = [*connection.scalars(select(public_file.c.path).order_by(public_file.c.path))]
    assert len(paths) > 400
    for path in paths:
        door, _, rest = path.removesuffix("index.html").partition("/")
        if door == "api":
            yield f"/api/v1/areas/darlington/{rest}"
            yield f"/api/v1/areas/darlington/versions/{EDITION}/{rest}"
        else:
            yield from (f"/{door}/darlington/{rest}", f"/{door}/darlington/{EDITION}/{rest}")
    for door in ("easy-read", "data"):
        yield from (f"/{door}", f"/{door}/", f"/{door}/darlington")
        yield f"/{door}/darlington/{EDITION.replace('v1', 'v2')}/"
    yield from (f"/easy-read/darlington/{rest}tell-us/" for rest in ("", f"{EDITION}/"))
    yield from ("/api/v1/areas/", "/api/v1/areas/darlington/versions/", "/api/v1/openapi.json")
    yield from ("/accessibility/darlington/", "/accessibility/darlington/statement.css")


def all_bytes(answer: TestResponse) -> bytes:
    """The body, the headers, and what is packed in a file, in a workbook inside it too."""
    return unpacked(answer.data) + repr([*answer.headers]).encode()


def unpacked(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return data + b"".join(unpacked(packed.read(name)) for name in packed.namelist())


def test_no_sentinel_reaches_anybody_outside(
    server: Flask, round_: Database, people: dict[str, Person], draft: Version
) -> None:
    anonymous = server.test_client()
    paths = [f"{AREA}{rest}" for rest in rest_of_pages(server, anonymous)]
    paths += [f"{AREA}?edition=2025-26-spring.2.0.0", f"{AREA}measure/none", "/", "/healthz"]
    paths += [f"/staff/{DARLINGTON}/preview/{draft.id}/", f"/staff/early/{draft.id}/"]
    paths += rest_of_everyone(round_)
    privacy = f"/staff/{DARLINGTON}/privacy/{draft.id}/"
    paths += [privacy, *(f"{privacy}pages/{rest}" for rest in ("data/all.csv", "easy-read/"))]
    for rule in server.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "_dash" not in rule.rule and rule.rule != "/":
            paths.append(fill(rule.rule, draft))
    partner = signed_in(server, round_, people["partner"])
    for client in (anonymous, partner):
        for path in paths:
            answer = client.get(path)
            assert answer.status_code < 500, path
            found = SEEN.search(all_bytes(answer))
            assert found is None, (path, found)
            if answer.status_code == 200 and ".png" not in path:
                again = client.get(path, headers={"If-None-Match": answer.headers.get("ETag", "x")})
                assert SEEN.search(all_bytes(again)) is None


def test_no_sentinel_is_in_the_tables_and_the_feed_for_partners(
    server: Flask, round_: Database, people: dict[str, Person], draft: Version
) -> None:
    who = people["assurer"]  # who may see the draft, but not in this way
    token = make_token(round_, who, DARLINGTON, "Power BI", 30)
    client, header = server.test_client(), {"Authorization": f"Bearer {token}"}
    there = f"/partner/tables/{DARLINGTON}/"
    for name in ("", *(table.file_name for table in TABLES)):
        answer = client.get(there + name, headers=header)
        assert answer.status_code == 200, name
        assert SEEN.search(all_bytes(answer)) is None, name
        assert client.get(there + name).status_code == 401, name
    choose(round_, who, DARLINGTON, SETTINGS, "everything", "", by_mail=False)
    make_digests(round_, SETTINGS, SETTINGS.areas[DARLINGTON])
    feed = client.get(f"/partner/feed/{DARLINGTON}.atom", headers=header)
    assert feed.status_code == 200
    assert "<entry>" in feed.text
    assert SEEN.search(feed.data) is None


def test_those_who_check_a_draft_see_its_public_pages_and_nobody_else_does(
    server: Flask, round_: Database, people: dict[str, Person], believed: Version
) -> None:
    base = f"/staff/{DARLINGTON}/privacy/{believed.id}/"
    paths = (base, f"{base}pages/data/all.csv", f"{base}pages/data/index.html")
    staff = signed_in(server, round_, people["assurer"])
    seen = [staff.get(path) for path in paths]
    assert [one.status_code for one in seen] == [200, 200, 200]
    assert SEEN.search(seen[1].data)
    assert {one.headers["Cache-Control"] for one in seen} == {"no-store"}
    assert "version 2, draft: not published. Not for sharing." in seen[2].text
    outside = [signed_in(server, round_, people[one]) for one in ("partner", "administrator")]
    for client in (server.test_client(), *outside):
        assert all(client.get(path).status_code in (302, 403) for path in paths)
    # What was made for them is not kept for others.
    now = server.test_client().get("/data/darlington/all.csv")
    assert (now.status_code, SEEN.search(now.data)) == (200, None)


def fill(rule: str, draft: Version) -> str:
    """An address of this kind with what there is in its places."""
    known = {"area": DARLINGTON, "term": "2025-26-spring", "version": str(draft.id)}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: known.get(found[1], str(draft.id)), rule)


def test_the_preview_shows_staff_what_nobody_else_sees(
    server: Flask, round_: Database, people: dict[str, Person], draft: Version
) -> None:
    base = f"/staff/{DARLINGTON}/preview/{draft.id}/"
    for name in ("council-analyst", "assurer", "approver", "publisher"):
        page = signed_in(server, round_, people[name]).get(f"{base}measure/ehcp_20w_excl")
        assert page.status_code == 200
        assert "791,979" in page.text
        assert "version 2, draft: not published. Not for sharing." in page.text
        assert page.headers["Cache-Control"] == "no-store"
    overview = signed_in(server, round_, people["assurer"]).get(base).text
    assert "A canary sings in this draft." in overview, "the notice is checked as it will be read"
    for client in (server.test_client(), signed_in(server, round_, people["partner"])):
        assert client.get(base).status_code in (302, 403)
    # What a preview was made of is not kept for others.
    assert SEEN.search(server.test_client().get(f"{AREA}measure/ehcp_20w_excl").data) is None


def test_a_preview_stays_a_preview_wherever_its_links_lead(
    server: Flask, round_: Database, people: dict[str, Person], draft: Version
) -> None:
    base = f"/staff/{DARLINGTON}/preview/{draft.id}/"
    client = signed_in(server, round_, people["assurer"])
    measure = "measure/ehcp_20w_excl"
    for rest in ("", "gaps", "plan", "planner", measure, f"{measure}/compare"):
        links = re.findall(r'href="([^"#]+)', client.get(base + rest).text)
        assert not [link for link in links if link.startswith("/dashboard/")], rest
        files = [link.replace("&amp;", "&") for link in links if ".csv" in link]
        for link in files:
            assert client.get(link).status_code == 200, link
    found = client.get(f"{base}measure/ehcp_20w_excl.csv?edition=2025-26-spring.2.0.0")
    assert found.status_code in (200, 404)


def test_nothing_of_a_version_is_left_to_preview_when_it_is_out(
    server: Flask, round_: Database, people: dict[str, Person]
) -> None:
    with round_.reading() as connection:
        out = get_latest_version(connection, DARLINGTON, SPRING)
    assert out is not None
    client = signed_in(server, round_, people["assurer"])
    answer = client.get(f"/staff/{DARLINGTON}/preview/{out.id}/")
    assert answer.location == f"/staff/{DARLINGTON}/2025-26-spring/publish"
    assert client.get(f"/staff/{DARLINGTON}/preview/99999/").status_code == 404
