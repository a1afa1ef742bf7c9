"""What the server offers, what it refuses, and what every answer carries."""

import gzip
import re
import threading
import time
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert, select, update

from dashboard import create_app
from dashboard.pages.kept import Answer, KeptAnswers, make_answer
from schemas.database import Database
from schemas.people_tables import person
from schemas.round_tables import public_notice
from schemas.tables import release, release_version
from tests.dashboard.page_text import opened, words
from tests.dashboard.published import copied

PAGE = "/dashboard/E06000005/"
MEASURE = "/dashboard/E06000005/measure/ehcp_20w_excl"
PATHS = ["/", "/healthz", "/robots.txt", PAGE, f"{PAGE}gaps", MEASURE, f"{MEASURE}/compare"]
FILES = [f"{MEASURE}.{kind}" for kind in ("csv", "xlsx", "svg", "png")]


@pytest.mark.parametrize("path", [*PATHS, *FILES])
def test_every_page_and_file_answers(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/dashboard/nothing",
        "/dashboard/E99999999/",
        "/dashboard/E06000005/gaps.csv",
        "/dashboard/E06000005/measure/nothing",
        "/dashboard/E06000005/measure/nothing.csv",
        "/dashboard/E06000005/measure/ehcp_20w_excl.csv.csv",
        "/dashboard/E06000005/measure/ehcp_20w_excl.exe",
        "/dashboard/E06000005/nothing/deeper",
        "/dashboard/E06000047/measure/special_places",  # Durham does not send this sheet
        f"{MEASURE}?edition=nothing",
        f"{MEASURE}?edition=2025-26-summer.7.1.1",
        "/assets/../../pyproject.toml",
        "/assets/000000000000/site.css",
        "/explore/x/_dash-layout",
        "/explore/nothing",
    ],
)
def test_an_unknown_address_is_not_found_in_plain_words(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.text
    assert 'href="/dashboard/E06000005/"' in answer.text


def test_short_addresses_lead_on(client: FlaskClient) -> None:
    assert client.get("/dashboard/").location == PAGE  # County Durham comes first but has nothing
    assert client.get("/dashboard/E06000005").location == PAGE


@pytest.mark.parametrize(
    "search",
    ["?" + "a=1&" * 500, "?show=%ff%fe", "?term=%00", "?hide=" + "x," * 900, "?by=<script>", "?&&"],
)
def test_any_query_is_answered(client: FlaskClient, search: str) -> None:
    for path in (PAGE, MEASURE, f"{MEASURE}/compare", f"{PAGE}gaps"):
        answer = client.get(path + search)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "by=<script>" not in answer.text


def explore_folder(client: FlaskClient) -> str:
    found = re.search(r"/explore/[0-9a-f]{12}/", client.get(MEASURE).text)
    assert found
    return found[0]


def test_every_answer_has_the_headers(client: FlaskClient) -> None:
    for path in ("/", PAGE, "/nothing", f"{MEASURE}.csv", explore_folder(client) + "_dash-layout"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self';" in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_html_says_its_language_and_its_own_title(client: FlaskClient) -> None:
    page = client.get(MEASURE).text
    assert '<html lang="en-GB">' in page
    assert "leaving out exceptions – Darlington – SEND dashboard</title>" in page
    assert "https://" not in page.split("<body>")[0]


def test_the_front_door_lists_areas_and_says_what_is_invented(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Invented sample data." in page
    assert '<a href="/dashboard/E06000005/">Darlington</a>' in page
    assert "County Durham SEND Partnership: none of its own figures yet" in page


def test_nothing_is_called_invented_where_nothing_is(database: Database) -> None:
    page = create_app(database).test_client().get("/").text
    assert "Invented" not in page


def test_drafts_are_not_shown(database: Database) -> None:
    page = create_app(database).test_client().get(PAGE).text
    assert "No figures of its own have been published for Darlington yet." in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_posts_from_other_sites_are_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post(PAGE, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "name", ["_dash-update-component", "_reload-hash", "_favicon.ico", "_mcp", "assets/x.css", ""]
)
def test_dash_offers_its_files_and_nothing_else(client: FlaskClient, name: str) -> None:
    folder = explore_folder(client)
    assert client.get(folder + name).status_code == 404
    assert client.post(folder + name, json={}).status_code == 404
    assert client.post(f"{folder}_dash-layout").status_code == 405


def test_the_page_tells_no_versions(client: FlaskClient) -> None:
    page = client.get(MEASURE).text
    for told in ("python_version", "dash_version", "plotly_version"):
        assert told not in page


def test_pages_are_sent_packed_and_answered_briefly_when_unchanged(client: FlaskClient) -> None:
    plain = client.get(MEASURE)
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        packed = client.get(MEASURE, headers={"Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding
        assert unpack(packed.data) == plain.data
        assert len(packed.data) < len(plain.data) / 3
    again = client.get(MEASURE, headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    assert plain.headers["Cache-Control"] == "no-cache"


def test_files_stand_under_an_address_of_their_content_and_are_kept_for_good(
    client: FlaskClient,
) -> None:
    page = client.get(MEASURE).text
    addresses = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)
    dash = re.findall(r'data-files="([^"]+)"', page)[0].split(" ")
    assert len(addresses) >= 3
    assert len(dash) >= 7
    for address in (*addresses, *dash, explore_folder(client) + "_dash-layout"):
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    style = next(one for one in addresses if one.endswith("site.css"))
    assert b":focus-visible" in brotli.decompress(
        client.get(style, headers={"Accept-Encoding": "br"}).data
    )


def test_two_servers_live_side_by_side(published: Database) -> None:
    for _ in range(2):
        client = create_app(published).test_client()
        assert client.get(explore_folder(client) + "_dash-layout").status_code == 200


def test_an_answer_is_made_once_however_many_ask_at_the_same_time() -> None:
    made: list[str] = []
    kept = KeptAnswers()

    def make() -> Answer:
        made.append("once")
        time.sleep(0.1)
        return make_answer(b"page", "text/html")

    people = [threading.Thread(target=kept.get, args=(("page",), make)) for _ in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert made == ["once"]


def test_an_answer_that_failed_is_asked_for_again() -> None:
    kept = KeptAnswers()

    def fail() -> Answer:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        kept.get(("page",), fail)
    assert kept.get(("page",), lambda: make_answer(b"page", "text/html")).body == b"page"


def test_what_is_withdrawn_leaves_the_page_at_once(published: Database, tmp_path: Path) -> None:
    database = copied(published, tmp_path)
    client = create_app(database).test_client()
    assert big_figure(client) == "83.1%"
    with database.writing() as connection:
        withdraw(connection, "2025-26 summer")
    assert big_figure(client) == "87.9%"
    database.close()


def withdraw(connection: Connection, term: str) -> None:
    """As a service does it: everyone is told why, in the same transaction."""
    of_term = release_version.c.release_id.in_(select(release.c.id).where(release.c.term == term))
    number = connection.scalar(select(release_version.c.id).where(of_term))
    named = {"sign_in_name": "approver", "job_title": "Approver", "organisation": ""}
    connection.execute(insert(person).values(named | {"id": 1, "kind": "local", "made_at": ""}))
    why = dict.fromkeys(("what", "cause", "effect"), "It was wrong.")
    why |= {"found_on": "2026-11-20", "written_at": "2026-11-20T09:00:00+00:00"}
    notice = {"release_version_id": number, "kind": "withdrawal", "person_id": 1}
    connection.execute(insert(public_notice).values(notice | why))
    connection.execute(update(release_version).where(of_term).values(state="withdrawn"))


def big_figure(client: FlaskClient) -> str:
    return words(opened(client, MEASURE).select_one(".big-figure"))
