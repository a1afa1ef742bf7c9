"""Stored files are served as they are, at the newest address and at each edition's for good."""

import datetime as dt
import gzip
import re
import time
from collections.abc import Iterator
from urllib.parse import urljoin

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from dashboard import create_app
from dashboard.assets import Assets
from dashboard.hosting import demonstration
from dashboard.public.routes import add_public
from dashboard.public.served import Shelf
from dashboard.settings import Settings
from dashboard.words.easy_read.lint import find_errors
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.resources import resource_folder
from tests.public import small_publications as small

NAME, NEXT = "2025-26-summer-v1.0", "2026-27-autumn-v1.0"
FAMILIES, DATA = "/easy-read/darlington/", "/data/darlington/"
API = "/api/v1/areas/darlington/"
EDITIONS = {FAMILIES: f"{FAMILIES}{NAME}/", DATA: f"{DATA}{NAME}/", API: f"{API}versions/{NAME}/"}


class Clock:
    """Seconds that pass when a test says so."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def addresses(door: str, path: str) -> Iterator[tuple[str, bytes]]:
    """Both addresses of every file behind a door, with its bytes."""
    for file in small.small_files():
        if file.door == path:
            rest = re.sub(r"(^|(?<=/))index\.(html|json)$", "", file.path.removeprefix(f"{path}/"))
            yield f"{door}{rest}", file.body
            yield f"{EDITIONS[door]}{rest}", file.body


@pytest.fixture
def client(database: Database) -> FlaskClient:
    small.kept(database)
    return create_app(database).test_client()


def test_every_file_is_served_at_both_addresses(client: FlaskClient) -> None:
    doors = ((FAMILIES, "easy-read"), (DATA, "data"), (API, "api"))
    for address, body in (one for door, path in doors for one in addresses(door, path)):
        answer = client.get(address)
        assert (answer.status_code, answer.data) == (200, body), address
        head = client.head(address)
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["Content-Length"] == str(len(body))


def test_the_packed_forms_are_sent_to_those_who_can_read_them(client: FlaskClient) -> None:
    plain = client.get(f"{DATA}all.csv")
    for asked, encoding, unpack in (
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ):
        packed = client.get(f"{DATA}all.csv", headers={"Accept-Encoding": asked})
        assert packed.headers["Content-Encoding"] == encoding
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert unpack(packed.data) == plain.data
        assert packed.headers["ETag"] != plain.headers["ETag"], "other bytes have another tag"
    assert "Content-Encoding" not in plain.headers


def test_what_is_unchanged_is_answered_briefly(client: FlaskClient) -> None:
    for asked in ({}, {"Accept-Encoding": "br"}):
        first = client.get(FAMILIES, headers=asked)
        for tag in (first.headers["ETag"], f'"x", W/{first.headers["ETag"]}', "*"):
            again = client.get(FAMILIES, headers={"If-None-Match": tag, **asked})
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["ETag"] == first.headers["ETag"]
            assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert client.get(FAMILIES, headers={"If-None-Match": '"x"'}).status_code == 200


# Addresses and where they lead: the only area, a missing last stroke.
LEADS = [
    ("/easy-read", "easy-read/"),
    ("/data", "data/"),
    ("/easy-read/", "darlington/"),  # the only area
    ("/easy-read/darlington", "darlington/"),
    ("/easy-read/darlington/waits", "waits/"),
    (f"/data/darlington/{NAME}", f"{NAME}/"),
    (f"/easy-read/darlington/{NAME}/waits", "waits/"),
    ("/api/v1/areas/darlington", "darlington/"),
    ("/api/v1/areas/darlington/measures", "measures/"),
    (f"/api/v1/areas/darlington/versions/{NAME}", f"{NAME}/"),
]


def test_a_missing_last_stroke_leads_on(client: FlaskClient) -> None:
    for path, leads_to in LEADS:
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (302, leads_to)
        further = client.get(urljoin(path, leads_to))
        assert further.status_code == (302 if path in ("/easy-read", "/data") else 200)


UNKNOWN = [
    f"{FAMILIES}nothing/",
    f"{FAMILIES}nothing",
    f"{FAMILIES}2019-20-summer-v1.0/",
    f"{FAMILIES}../data/all.csv",
    f"{FAMILIES}%2e%2e/data/all.csv",
    f"{FAMILIES}waits//",
    f"{FAMILIES}versions/{NAME}/",
    f"{DATA}index.html/",
    "/easy-read/durham/",
    "/easy-read/county-durham/",
    "/easy-read/darlington/\u00e9",
    "/easy-read/a:b",
    "/data/darlington/x\ny",
]


def test_an_unknown_address_is_not_found_in_plain_words(client: FlaskClient) -> None:
    for path in UNKNOWN:
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "There is no page at this address" in answer.text
        assert 'href="/easy-read/"' in answer.text


def test_the_api_says_what_is_wrong_as_a_problem(client: FlaskClient) -> None:
    versions = "/api/v1/areas/county-durham/versions"
    for path in ("/api/", "/api/v1/areas/nowhere/", f"{API}nothing", versions):
        answer = client.get(path)
        assert answer.mimetype == "application/problem+json"
        assert answer.json is not None
        assert (answer.json["status"], answer.json["title"]) == (404, "Not Found")
    refused = client.post(f"{API}measures/")
    assert (refused.status_code, refused.mimetype) == (405, "application/problem+json")
    assert refused.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_the_api_lists_areas_versions_and_describes_itself(client: FlaskClient) -> None:
    for stroke in ("", "/"):
        assert client.get(f"/api/v1/areas{stroke}").json == {
            "areas": [
                {
                    "code": "E06000005",
                    "slug": "darlington",
                    "name": "Darlington",
                    "latest": NAME,
                    "address": API,
                    "versions": f"{API}versions",
                }
            ]
        }
        versions = client.get(f"{API}versions{stroke}").json
    assert versions is not None
    [only] = versions["versions"]
    assert only.pop("published_at").endswith("+00:00")
    assert only == {
        "name": NAME,
        "state": "current",
        "superseded_by": None,
        "address": f"{API}versions/{NAME}/",
    }
    assert client.get("/api/v1/openapi.json").data == b'{"openapi": "3.1.0"}'


def test_before_the_first_publication_the_doors_say_so(database: Database) -> None:
    client = create_app(database).test_client()
    for door in ("/easy-read/", "/data/"):
        assert "Nothing is here yet." in client.get(door).text
    assert client.get("/api/v1/areas").json == {"areas": []}
    for path in (FAMILIES, "/api/v1/openapi.json", f"{API}versions"):
        assert client.get(path).status_code == 404
    assert "/easy-read/" not in client.get("/").text


def test_the_front_page_and_the_doors_list_areas_with_publications(database: Database) -> None:
    small.kept(database)
    small.kept(database, area_code=small.DURHAM)
    client = create_app(database).test_client()
    front = client.get("/").text
    for slug in ("darlington", "county-durham"):
        assert f'<a href="{slug}/">' in client.get("/easy-read/").text
        assert f'<a href="{slug}/">' in client.get("/data/").text
        assert f'<a href="/easy-read/{slug}/">For families: easy read' in front
        assert f'<a href="/data/{slug}/">Open data' in front
    assert '<a href="/dashboard/E06000005/">The partners’ dashboard' in front


def test_robots_may_read_what_is_for_everyone(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert {"Allow: /easy-read/", "Allow: /data/", "Disallow: /dashboard/"} <= set(lines)


def two_editions(database: Database) -> tuple[int, int, FlaskClient]:
    first = small.kept(database, NAME, title="The first edition")
    second = small.kept(database, NEXT, title="The second edition")
    return first, second, create_app(database).test_client()


def text_of(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_an_earlier_edition_stays_and_its_pages_say_that_they_are_old(database: Database) -> None:
    _, _, client = two_editions(database)
    assert "The second edition" in client.get(FAMILIES).text
    old = client.get(f"{FAMILIES}{NAME}/waits/")
    assert "The first edition" in old.text
    assert "This page is old." in old.text
    assert '<a href="/easy-read/darlington/waits/">Read the newest page</a>' in old.text
    for asked, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = client.get(f"{FAMILIES}{NAME}/waits/", headers={"Accept-Encoding": asked})
        assert unpack(packed.data) == old.data
    assert "This page is old." not in client.get(f"{FAMILIES}{NEXT}/waits/").text
    files = {file.path: file.body for file in small.small_files("The first edition")}
    assert client.get(f"{DATA}{NAME}/all.csv").data == files[small.CSV], "only pages get a note"
    versions = client.get(f"{API}versions").json
    assert versions is not None
    assert [(one["name"], one["state"], one["superseded_by"]) for one in versions["versions"]] == [
        (NEXT, "current", None),
        (NAME, "superseded", NEXT),
    ]


def test_the_tag_of_a_page_changes_with_its_note(database: Database) -> None:
    small.kept(database, NAME)
    address = f"{FAMILIES}{NAME}/"
    before = create_app(database).test_client().get(address).headers["ETag"]
    small.kept(database, NEXT)
    client = create_app(database).test_client()
    answer = client.get(address, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_page_that_is_no_more_leads_to_the_newest_front_page(database: Database) -> None:
    version = small.published(database)
    gone = small.html("easy-read/appeals/index.html")
    with database.writing() as connection:
        files = [*small.small_files(), gone]
        small.keep_bundle(connection, small.bundle(version, NAME, files=files))
    small.kept(database, NEXT)
    page = create_app(database).test_client().get(f"{FAMILIES}{NAME}/appeals/").text
    assert '<a href="/easy-read/darlington/">Read the newest pages</a>' in page


def test_the_note_is_easy_to_read(database: Database) -> None:
    _, _, client = two_editions(database)
    page = client.get(f"{FAMILIES}{NAME}/").text
    found = re.search(r"<aside.*?</aside>", page, re.S)
    assert found
    said = re.sub(r"<[^>]+>", "", found[0])
    assert said == "This page is old. Read the newest page"
    assert not find_errors(f"{said}.")


def test_a_withdrawn_edition_is_gone_with_all_its_files_and_says_why(database: Database) -> None:
    _, second, client = two_editions(database)
    small.withdraw(database, second)
    client = create_app(database).test_client()
    assert "The first edition" in client.get(FAMILIES).text, "the newest that stands"
    assert "This page is old." not in client.get(f"{FAMILIES}{NAME}/").text
    for path in ("", "waits/", "waits", "assets/0123456789ab/page.css", "card.svg", "nothing"):
        gone = client.get(f"{FAMILIES}{NEXT}/{path}")
        assert gone.status_code == 410
        said = text_of(gone)
        assert "were withdrawn on 20 November 2026" in said
        assert "A column was read wrongly." in said
        assert "Please use no number of it." in said
        assert "The second edition" not in gone.text
        assert 'href="/easy-read/darlington/"' in gone.text
    gone = client.get(f"{API}versions/{NEXT}/measures/")
    assert (gone.status_code, gone.mimetype) == (410, "application/problem+json")
    assert client.get(f"{DATA}{NEXT}/all.csv").status_code == 410
    versions = client.get(f"{API}versions").json
    assert versions is not None
    assert [one["state"] for one in versions["versions"]] == ["withdrawn", "current"]


def test_what_rests_on_a_withdrawn_version_is_withdrawn_too(database: Database) -> None:
    earlier = small.published(database, "2024-25 spring")
    small.kept(database, NAME, sources=[earlier])
    small.withdraw(database, earlier)
    client = create_app(database).test_client()
    assert client.get(f"{FAMILIES}{NAME}/").status_code == 410
    newest = client.get(FAMILIES)
    assert newest.status_code == 410, "nothing stands, and the newest address says why"
    assert "Spring term 2024/25 were withdrawn" in text_of(newest)
    assert "Go to what is published now" not in newest.text


def test_withdrawn_figures_are_gone_within_a_second_of_asking_again(database: Database) -> None:
    version = small.kept(database)
    clock = Clock()
    shelf = Shelf(database, load_area_settings(), clock)
    assert shelf.find(FAMILIES)
    small.withdraw(database, version)
    clock.now += 0.99
    assert shelf.find(FAMILIES), "a standing is believed for a second"
    clock.now += 0.02
    assert shelf.find(FAMILIES) is None
    assert shelf.find(f"{DATA}{NAME}/all.csv") is None


def test_a_new_edition_is_seen_by_a_running_server(database: Database) -> None:
    small.kept(database, NAME)
    clock = Clock()
    shelf = Shelf(database, load_area_settings(), clock)
    first = shelf.find(FAMILIES)
    small.kept(database, NEXT, title="The second edition")
    clock.now += 1
    second = shelf.find(FAMILIES)
    assert first
    assert second
    assert b"The second edition" in shelf.body(second.stored.sha256).plain


class Day:
    """The day that a test says it is."""

    def __init__(self, day: str) -> None:
        self.day = dt.date.fromisoformat(day)

    def __call__(self) -> dt.date:
        return self.day


@pytest.fixture
def promised(database: Database) -> Database:
    """A newest edition, an earlier one, and a day that was named for the next figures."""
    small.kept(database, "2025-26-spring-v1.0")
    small.kept(database, NAME)
    small.announce(database, "2027-04-30", "2027-28 spring")
    small.announce(database, "2027-01-05")
    small.announce(database, "2027-01-12")
    return database


def note_at(shelf: Shelf, address: str) -> str:
    found = shelf.find(address)
    assert found, address
    note = re.findall(
        r"<aside.*?</aside>", shelf.body(found.stored.sha256, found.note).plain.decode()
    )
    return re.sub(r"<[^>]+>", " ", note[0]).strip() if note else ""


def test_the_newest_pages_for_families_say_that_the_next_are_late(promised: Database) -> None:
    clock, day = Clock(), Day("2027-01-12")
    shelf = Shelf(promised, load_area_settings(), clock, day)
    pages = [FAMILIES, f"{FAMILIES}waits/", f"{FAMILIES}{NAME}/", f"{FAMILIES}{NAME}/waits/"]
    assert {note_at(shelf, one) for one in pages} == {""}, "the day that was named last is today"
    day.day = dt.date(2027, 1, 13)
    assert note_at(shelf, FAMILIES) == "", "asked again after a second"
    clock.now += 1
    said = {" ".join(note_at(shelf, one).split()) for one in pages}
    late = "We said we would update this page on Tuesday 12 January 2027. This is late."
    assert said == {late}
    assert note_at(shelf, DATA) == "", "for families only"
    assert "old" in note_at(shelf, f"{FAMILIES}2025-26-spring-v1.0/")
    small.published(promised, "2026-27 autumn")
    clock.now += 1
    assert {note_at(shelf, one) for one in pages} == {""}, "it came out; another term is due later"


def test_a_page_that_says_it_is_late_has_another_tag(promised: Database) -> None:
    day = Day("2027-01-12")
    server = Flask(__name__)
    hosting = demonstration()
    add_public(
        server, promised, load_area_settings(), Assets(resource_folder("assets")), hosting, day
    )
    client = server.test_client()
    before = client.get(FAMILIES)
    time.sleep(1.05)  # for which a standing is believed
    day.day = dt.date(2027, 1, 13)
    known = {"If-None-Match": before.headers["ETag"]}
    after = client.get(FAMILIES, headers=known)
    assert (after.status_code, "This is late." in after.text) == (200, True)
    known = {"If-None-Match": after.headers["ETag"]}
    assert client.get(FAMILIES, headers=known).status_code == 304


def test_no_request_asks_for_a_figure_and_few_ask_anything(database: Database) -> None:
    small.kept(database, NAME)
    small.kept(database, NEXT)
    client = create_app(database).test_client()
    paths = [
        *(f"{door}{path}" for door in (FAMILIES, f"{FAMILIES}{NAME}/") for path in ("", "waits/")),
        *(f"{door}all.csv" for door in (DATA, f"{DATA}{NAME}/")),
        *(f"{API}{path}" for path in ("", "measures/", "versions", "nothing")),
        "/easy-read/",
        "/data/",
        "/api/v1/areas",
        "/api/v1/openapi.json",
    ]
    asked: list[str] = []
    event.listen(
        database.read, "before_cursor_execute", lambda *given: asked.append(given[2]), named=False
    )
    for path in paths:
        client.get(path)
    statements = [one for one in asked if one.startswith("SELECT")]
    assert statements
    assert not [one for one in asked if "observation" in one or "commentary" in one]
    begun = len(statements)
    for path in paths * 20:
        client.get(path)
    again = [one for one in asked if one.startswith("SELECT")][begun:]
    assert not [one for one in again if "public_file" in one or "public_body" in one]
    assert len(again) <= 12, "two areas, once a second"


def test_what_is_not_an_area_of_the_settings_is_not_served(database: Database) -> None:
    small.kept(database, area_code=small.DURHAM)
    only = {small.DARLINGTON: load_area_settings()[small.DARLINGTON]}
    client = create_app(database, Settings(areas=only)).test_client()
    assert client.get("/easy-read/county-durham/").status_code == 404


def test_the_pages_round_the_files_are_in_plain_words_and_have_a_title(client: FlaskClient) -> None:
    page = client.get("/data/darlington/nothing").text
    assert "<title>There is no page at this address – SEND dashboard</title>" in page
    assert '<html lang="en-GB">' in page
    assert "style=" not in page
    assert "<script" not in page
