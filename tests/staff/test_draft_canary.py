"""A draft full of sentinel numbers: none of them in any byte that outsiders can reach."""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.hosting import demonstration
from dashboard.releases.corrections import begin_correction
from dashboard.releases.versions import Version, get_latest_version
from schemas.database import Database
from schemas.tables import observation
from tests.staff.people import DARLINGTON, demo_people, signed_in
from tests.staff.signed import notice

AREA = f"/dashboard/{DARLINGTON}/"
SPRING = "2025-26 spring"
COUNT, VALUE = 79_197_919.0, 791_979.19  # however they are rounded, their first digits stay
SEEN = re.compile(rb"791,?979|79,?197,?919|158,?395,?838|canary")
FILES = (".csv", ".xlsx", ".svg", ".png")


@pytest.fixture
def people(round_: Database) -> dict[str, Person]:
    return demo_people(round_)


@pytest.fixture
def draft(round_: Database, people: dict[str, Person]) -> Version:
    """A correction of the newest term in which every figure is the sentinel."""
    told = notice(what="A canary sings in this draft.", effect="Nothing: canary.")
    made = begin_correction(round_, people["council-analyst"], DARLINGTON, SPRING, told)
    changed = update(observation).where(observation.c.release_version_id == made.id)
    with round_.writing() as connection:
        connection.execute(
            changed.where(observation.c.value.is_not(None)).values(
                numerator=COUNT, denominator=COUNT * 2, value=VALUE
            )
        )
    return made


@pytest.fixture
def server(round_: Database) -> Flask:
    return create_app(round_, hosting=demonstration())


def rest_of_pages(server: Flask, client: FlaskClient) -> Iterator[str]:
    """Every page and file of the area, and what their links lead to."""
    overview = client.get(AREA).text
    measures = sorted(set(re.findall(rf"{AREA}measure/([a-z0-9_]+)", overview)))
    assert len(measures) > 50
    yield from ("", "gaps", "?term=2025-26-spring", "gaps?by=target", "?show=attention")
    for place, name in enumerate(measures):
        yield f"measure/{name}"
        yield f"measure/{name}{FILES[place % len(FILES)]}"
        if place % 10 == 0:
            yield from (f"measure/{name}/compare", f"measure/{name}/compare.csv")


def all_bytes(answer: TestResponse) -> bytes:
    """The body, the headers, and what is packed in a workbook."""
    found = answer.data + repr([*answer.headers]).encode()
    if answer.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
            found += b"".join(map(packed.read, packed.namelist()))
    return found


def test_no_sentinel_reaches_anybody_outside(
    server: Flask, round_: Database, people: dict[str, Person], draft: Version
) -> None:
    anonymous = server.test_client()
    paths = [f"{AREA}{rest}" for rest in rest_of_pages(server, anonymous)]
    paths += [f"{AREA}?edition=2025-26-spring.2.0.0", f"{AREA}measure/none", "/", "/healthz"]
    paths += [f"/staff/{DARLINGTON}/preview/{draft.id}/", f"/staff/early/{draft.id}/"]
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
    for rest in ("", "gaps", "measure/ehcp_20w_excl", "measure/ehcp_20w_excl/compare"):
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
