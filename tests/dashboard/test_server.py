"""What the server offers, what it refuses, and what every answer carries."""

import gzip
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard import create_app
from schemas.database import Database

PAGE = "/dashboard/E06000005/"
MEASURE = "/dashboard/E06000005/measure/ehcp_20w_excl"
CALLBACK = "/dashboard/_dash-update-component"


def asked(path: str = PAGE, search: str = "") -> dict[str, Any]:
    """What the browser posts when the address changes."""
    return {
        "output": "..page.children...facts.data..",
        "outputs": [
            {"id": "page", "property": "children"},
            {"id": "facts", "property": "data"},
        ],
        "inputs": [
            {"id": "address", "property": "pathname", "value": path},
            {"id": "address", "property": "search", "value": search},
        ],
        "changedPropIds": ["address.pathname"],
    }


@pytest.mark.parametrize("path", ["/", "/healthz", "/robots.txt", PAGE, MEASURE, f"{MEASURE}.csv"])
def test_every_page_answers(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/dashboard/nothing",
        "/dashboard/E99999999/",
        "/dashboard/E06000005/measure/nothing",
        "/dashboard/E06000005/measure/nothing.csv",
        "/dashboard/E06000005/measure/ehcp_20w_excl.csv.csv",
        "/dashboard/E06000005/nothing/deeper",
        "/dashboard/_reload-hash",
        "/dashboard/_mcp",
        "/dashboard/assets/../../pyproject.toml",
        "/dashboard/assets/nothing.css",
        "/dashboard/_dash-component-suites/os/path.py",
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


def test_every_answer_has_the_headers(client: FlaskClient) -> None:
    for path in ("/", PAGE, "/nothing", f"{MEASURE}.csv", "/dashboard/_dash-layout"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self' 'sha256-" in policy
        assert "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_html_says_its_language_and_its_own_title(client: FlaskClient) -> None:
    page = client.get(MEASURE).text
    assert '<html lang="en-GB">' in page
    assert "leaving out exceptions – Darlington – SEND dashboard</title>" in page
    assert "https://" not in page.replace("https:\\u002f", "").split("<body>")[0]


def test_the_front_door_lists_areas_and_says_what_is_invented(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Invented sample data." in page
    assert '<a href="/dashboard/E06000005/">Darlington</a>' in page
    assert "County Durham SEND Partnership: no figures published yet" in page


def test_nothing_is_called_invented_where_nothing_is(database: Database) -> None:
    page = create_app(database).test_client().get("/").text
    assert "Invented" not in page


def test_the_callback_answers_the_page_itself(client: FlaskClient) -> None:
    answer = client.post(CALLBACK, json=asked(), headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 200
    assert "Quality and timeliness of EHC plans" in answer.text


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
    assert client.post(CALLBACK, json=asked(), headers=headers).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "text",
        None,
        {"output": "nothing.children"},
        asked() | {"output": {"a": 1}},
        asked() | {"output": ["page.children"]},
        asked() | {"outputs": "page"},
        asked() | {"outputs": []},
        asked() | {"outputs": [None, 3]},
        asked() | {"inputs": []},
        asked() | {"inputs": [{"id": "address"}, None]},
        asked() | {"inputs": [{"id": {"a": 1}, "property": "pathname", "value": 1}]},
        asked() | {"changedPropIds": 5},
        asked() | {"changedPropIds": [{}]},
        asked() | {"state": [{"id": "x", "property": "y"}]},
        {"output": "announce.children"},
    ],
)
def test_a_callback_that_is_not_ours_is_400_and_never_500(client: FlaskClient, body: Any) -> None:
    assert client.post(CALLBACK, json=body).status_code == 400


def test_a_body_that_is_not_json_is_400(client: FlaskClient) -> None:
    assert client.post(CALLBACK, data=b"\xff{").status_code == 400
    assert client.get(CALLBACK).status_code == 405


@pytest.mark.parametrize("value", [3, None, [], {"a": 1}, "", "x" * 5000, "/dashboard/\x00/"])
def test_any_address_in_the_callback_is_answered(client: FlaskClient, value: Any) -> None:
    given = asked()
    given["inputs"][0]["value"] = value
    given["inputs"][1]["value"] = value
    assert client.post(CALLBACK, json=given).status_code in (200, 204)


def test_the_download_is_the_table(client: FlaskClient) -> None:
    answer = client.get(f"{MEASURE}.csv")
    assert answer.mimetype == "text/csv"
    assert "ehcp_20w_excl_E06000005.csv" in answer.headers["Content-Disposition"]
    first, newest, *_ = answer.data.decode("utf-8-sig").splitlines()
    assert first.startswith("Period,Darlington,Number counted,Out of,Status")
    assert newest.startswith("Summer term 2025/26,83.098592,59,71,")
    assert '"provisional, invented"' in newest


def test_text_is_sent_compressed_and_files_may_be_kept(client: FlaskClient) -> None:
    plain = client.get(MEASURE)
    packed = client.get(MEASURE, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    style = client.get("/dashboard/assets/base.css?m=1", headers={"Accept-Encoding": "gzip"})
    assert b":focus-visible" in gzip.decompress(style.data)
    assert "immutable" in style.headers["Cache-Control"]
    assert "no-cache" in plain.headers["Cache-Control"]


def test_nothing_extra_of_dash_is_switched_on(server: Flask, client: FlaskClient) -> None:
    rules = {rule.rule for rule in server.url_map.iter_rules()}
    assert not [rule for rule in rules if "mcp" in rule or "_dash-ws" in rule]
    config = client.get(PAGE).text
    assert '"suppress_callback_exceptions":true' in config
    assert '"enabled":true' not in config


def test_two_servers_live_side_by_side(published: Database) -> None:
    for _ in range(2):
        client = create_app(published).test_client()
        assert client.post(CALLBACK, json=asked()).status_code == 200


def test_drafts_are_not_shown(database: Database, client: FlaskClient) -> None:
    answer = create_app(database).test_client().post(CALLBACK, json=asked())
    assert "No figures have been published for Darlington yet." in answer.text
