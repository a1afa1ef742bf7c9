"""At its own host an area is the only one there is: no page, no list and no link of another."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.sessions import begin_session
from dashboard.access.tokens import make_token
from dashboard.area_hosts import AreasHere, area_here
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.roles import ROLES
from tests.access.people import CLOSED, account, held_role
from tests.dashboard.published import copied
from tests.many.pages import SLUGS, give_pages
from tests.staff.people import DARLINGTON, DURHAM

OWN, OTHER, ALL = "send.darlington.example", "send.durham.example", "localhost"
HOSTING = replace(
    CLOSED, trusted_hosts=(ALL, OWN, OTHER), area_hosts={OWN: DARLINGTON, OTHER: DURHAM}
)
_PART = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_PLAIN = {"term": "2025-26-summer", "measure": "ehcp_20w_excl", "name": "fact_observation"}
# What is worked out or packed for this one request takes long, and leads nowhere.
_LONG = re.compile(r"/privacy/|/report/|\.(pptx|docx|pdf|xlsx|zip)$|^/staff/sign-out")
_LINK = re.compile(r"""(?:href|src|action)=["']([^"']*)|"(?:address|versions)": "([^"]*)""")


@pytest.fixture(scope="module")
def database(published: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Twelve terms of Darlington and one of Durham, each with pages for everyone."""
    database = copied(published, tmp_path_factory.mktemp("hosts"))
    give_pages(database, "2026-27")
    yield database
    database.close()


@pytest.fixture(scope="module")
def everything(database: Database) -> Person:
    """Somebody with every role in both areas."""
    held = [held_role(role, code) for role in ROLES for code in SLUGS]
    return account(database, "everything", *held)


@pytest.fixture(scope="module")
def server(database: Database) -> Flask:
    return create_app(database, hosting=HOSTING)


class Browser:
    """Somebody's browser at one of the hosts."""

    def __init__(self, server: Flask, database: Database, whom: Person | None, host: str) -> None:
        self.client, self.site = server.test_client(), f"https://{host}"
        if whom:
            token = begin_session(database, whom, "test")
            self.client.set_cookie("__Host-session", token, domain=host, secure=True)

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.open(address, "GET", headers)

    def open(self, address: str, method: str, headers: Mapping[str, str]) -> TestResponse:
        return self.client.open(address, base_url=self.site, method=method, headers=headers)


def rest_of(code: str) -> Mapping[str, str]:
    return {
        "/dashboard/<path:rest>": f"{code}/measure/ehcp_20w_excl",
        "/easy-read/<path:rest>": f"{SLUGS[code]}/",
        "/data/<path:rest>": f"{SLUGS[code]}/all.csv",
        "/api/<path:rest>": f"v1/areas/{SLUGS[code]}/measures/",
    }


def filled(rule: Rule, code: str) -> str:
    """The address of a rule in an area; "" where it is of no area."""
    own = {"area": code, "slug": SLUGS[code], "rest": rest_of(code).get(rule.rule, "x")}
    if not (set(rule.arguments) & {"area", "slug"} or rule.rule in rest_of(code)):
        return ""
    return _PART.sub(lambda found: (own | _PLAIN).get(found[1], "1"), rule.rule)


def addresses(server: Flask, code: str) -> list[tuple[str, str]]:
    """Every method and address of an area that the server knows."""
    rules = [(rule, filled(rule, code)) for rule in server.url_map.iter_rules()]
    return [
        (method, address) for rule, address in rules if address for method in rule.methods or ()
    ]


def test_every_address_of_another_area_is_404_at_an_area_s_host(
    server: Flask, database: Database, everything: Person
) -> None:
    client = Browser(server, database, everything, OWN)
    asked = addresses(server, DURHAM)
    assert len(asked) > 200
    token = make_token(database, everything, DURHAM, "A test", 30)
    for method, address in asked:
        for headers in ({}, {"Authorization": f"Bearer {token}"}):
            answer = client.open(address, method, headers)
            assert answer.status_code == 404, (method, address, answer.status_code)
    client = Browser(server, database, everything, ALL)
    found = {
        address: client.get(address).status_code
        for method, address in asked
        if method == "GET" and address.count("1") == 0
    }
    assert list(found.values()).count(200) > 15, "without a host of its own they are there"


def test_no_page_at_an_area_s_host_leads_to_another_area(
    server: Flask, database: Database, everything: Person
) -> None:
    client = Browser(server, database, everything, OWN)
    to_ask = {a for method, a in addresses(server, DARLINGTON) if method == "GET"}
    to_ask |= {one.rule for one in server.url_map.iter_rules() if not one.arguments}
    to_ask |= {f"/dashboard/{DARLINGTON}/", "/nothing", f"/dashboard/{DURHAM}/", "/data/nothing"}
    asked: set[str] = set()
    pages = 0
    while (left := to_ask - asked) and len(asked) < 250:
        address = min(left, key=lambda one: (len(one), one))
        asked.add(address)
        if _LONG.search(address):
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.mimetype in ("text/html", "application/json"):
            pages += 1
            to_ask |= {*further(address, answer.text)}
    assert pages > 70


def further(address: str, body: str) -> Iterator[str]:
    """Where a page leads, which is to no other area: addresses of pages not far down."""
    for one, other in _LINK.findall(body):
        link = unescape(one or other)
        path = link.partition("?")[0]
        assert DURHAM not in path, (address, link)
        assert SLUGS[DURHAM] not in path, (address, link)
        if path.startswith("/") and path.count("/") < 4 and "." not in path:
            yield path


def test_the_lists_for_everyone_name_the_area_of_the_host_only(
    server: Flask, database: Database
) -> None:
    for host, code, other in ((OWN, DARLINGTON, DURHAM), (OTHER, DURHAM, DARLINGTON)):
        client = Browser(server, database, None, host)
        found = client.get("/api/v1/areas/").get_json()
        assert [one["code"] for one in found["areas"]] == [code]
        assert client.get("/data/").headers["Location"] == f"{SLUGS[code]}/"
        assert client.get(f"/easy-read/{SLUGS[code]}/").status_code == 200
        assert client.get(f"/easy-read/{SLUGS[other]}/").status_code == 404
        front = client.get("/").text
        assert f"/data/{SLUGS[code]}/" in front
        assert load_area_settings()[other].name not in front
    client = Browser(server, database, None, ALL)
    assert {one["code"] for one in client.get("/api/v1/areas/").get_json()["areas"]} == set(SLUGS)
    assert "County Durham" in client.get("/").text


def test_a_page_is_kept_for_each_host_by_itself(
    server: Flask, database: Database, everything: Person
) -> None:
    overview = f"/dashboard/{DARLINGTON}/"
    other = f'href="/dashboard/{DURHAM}/"'
    everywhere, here = (Browser(server, database, everything, one) for one in (ALL, OWN))
    for _ in range(2):
        assert other in everywhere.get(overview).text
        assert other not in here.get(overview).text


def test_a_person_of_one_area_sees_nothing_at_the_host_of_another(
    server: Flask, database: Database
) -> None:
    whom = account(database, "durham.only", held_role("administrator", DURHAM))
    client = Browser(server, database, whom, OWN)
    assert "Durham" not in client.get("/staff/").text.split("Your account")[0]
    for address in (f"/dashboard/{DARLINGTON}/", f"/staff/{DARLINGTON}/people"):
        assert client.get(address).status_code == 403
    assert client.get("/dashboard/").headers["Location"] == f"/dashboard/{DARLINGTON}/"
    assert Browser(server, database, whom, OTHER).get(f"/dashboard/{DURHAM}/").status_code == 200


@pytest.mark.parametrize(
    "host", [OWN.upper(), f"{OWN}:443", f"{OWN}.", f"x.{OWN}", f"{OWN}, {ALL}"]
)
def test_a_host_written_otherwise_is_the_same_or_none(
    server: Flask, database: Database, everything: Person, host: str
) -> None:
    client = Browser(server, database, everything, OWN)
    answer = client.get(f"/easy-read/{SLUGS[DURHAM]}/", Host=host)
    assert answer.status_code in (400, 404)


def test_what_is_done_beside_requests_is_done_for_all() -> None:
    assert area_here() == ""
    assert set(AreasHere(load_area_settings())) == set(load_area_settings())
