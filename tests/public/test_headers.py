"""What everyone sees says how long it may be kept, what it may do and who may frame it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.hosting import Hosting
from dashboard.settings import Settings
from schemas.area_settings import load_area_settings
from schemas.database import Database
from tests.public import small_publications as small

NAME = "2025-26-summer-v1.0"
FAMILIES, DATA, API = "/easy-read/darlington/", "/data/darlington/", "/api/v1/areas/darlington/"
OLD_API = f"{API}versions/{NAME}/"
SHEET = "assets/0123456789ab/page.css"
LATEST = "public, max-age=60, stale-if-error=86400"
FOR_GOOD = "public, max-age=31536000, immutable"
OFFER = "https://livingwell.darlington.gov.uk"
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)
CLOSED = Hosting(
    secret_key="k7Qe-long-and-random-enough-for-a-test-0123", trusted_hosts=("localhost",)
)


def framed() -> Settings:
    area = load_area_settings()[small.DARLINGTON]
    assert area.public
    public = area.public.model_copy(update={"frame_origins": (OFFER,)})
    return Settings(areas={area.code: area.model_copy(update={"public": public})})


@pytest.fixture
def client(database: Database) -> FlaskClient:
    small.kept(database)
    return create_app(database, framed()).test_client()


KEPT = {
    FAMILIES: LATEST,
    f"{FAMILIES}card.svg": LATEST,
    f"{DATA}all.csv": LATEST,
    API: LATEST,
    "/api/v1/areas": LATEST,
    f"{API}versions": LATEST,
    "/api/v1/openapi.json": LATEST,
    "/easy-read/": LATEST,
    f"{FAMILIES}waits": LATEST,
    f"{FAMILIES}{SHEET}": FOR_GOOD,
    f"{FAMILIES}{NAME}/{SHEET}": FOR_GOOD,
    f"{FAMILIES}{NAME}/card.svg": FOR_GOOD,
    f"{FAMILIES}{NAME}/page.pdf": FOR_GOOD,
    f"{DATA}{NAME}/all.csv": FOR_GOOD,
    OLD_API: FOR_GOOD,
    f"{FAMILIES}{NAME}/": "no-cache",
    f"{DATA}{NAME}/": "no-cache",
    f"{FAMILIES}nothing": "no-cache",
    f"{API}nothing": "no-cache",
}


def test_how_long_an_answer_may_be_kept(client: FlaskClient) -> None:
    for path, kept in KEPT.items():
        assert client.get(path).headers["Cache-Control"] == kept, path


def test_what_was_withdrawn_may_not_be_kept(database: Database) -> None:
    small.withdraw(database, small.kept(database))
    client = create_app(database).test_client()
    for path in (f"{FAMILIES}{NAME}/", f"{DATA}{NAME}/all.csv", OLD_API, FAMILIES):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-cache")


KINDS = {
    FAMILIES: "text/html; charset=utf-8",
    f"{FAMILIES}{SHEET}": "text/css; charset=utf-8",
    f"{FAMILIES}card.svg": "image/svg+xml; charset=utf-8",
    f"{FAMILIES}page.pdf": "application/pdf",
    f"{DATA}all.csv": "text/csv; charset=utf-8",
    API: "application/json",
}


def test_the_kind_is_that_of_the_file(client: FlaskClient) -> None:
    for path, kind in KINDS.items():
        assert client.get(path).headers["Content-Type"] == kind


def test_only_the_local_offer_may_frame_only_the_family_pages(client: FlaskClient) -> None:
    for path in ("", "waits/", f"{NAME}/", "nothing", "tell-us/", "card.svg"):
        policy = client.get(f"{FAMILIES}{path}").headers["Content-Security-Policy"]
        assert policy == f"{STRICT}'self' {OFFER}", path
    for path in (DATA, f"{DATA}all.csv", API, "/api/v1/areas", f"{DATA}nothing", "/api/"):
        assert client.get(path).headers["Content-Security-Policy"] == f"{STRICT}'none'", path
    for path in ("/", "/dashboard/E06000005/", "/staff/sign-in", "/nothing", "/easy-reader"):
        assert "frame-ancestors 'none'" in client.get(path).headers["Content-Security-Policy"]


def test_an_area_without_frames_is_framed_by_its_own_site_only(database: Database) -> None:
    small.kept(database)
    answer = create_app(database).test_client().get(FAMILIES)
    assert answer.headers["Content-Security-Policy"] == f"{STRICT}'self'"


def test_a_pdf_can_be_shown_and_runs_nothing(client: FlaskClient) -> None:
    policy = client.get(f"{FAMILIES}page.pdf").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_other_sites_may_show_the_card_and_read_the_data_and_nothing_else(
    client: FlaskClient,
) -> None:
    def said(path: str) -> tuple[str | None, str | None]:
        headers = client.get(path).headers
        names = ("Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin")
        return headers.get(names[0]), headers.get(names[1])

    for path in (f"{FAMILIES}card.svg", f"{FAMILIES}{NAME}/card.svg"):
        assert said(path) == ("cross-origin", None)
    for path in (DATA, f"{DATA}all.csv", API, OLD_API, "/api/v1/areas", "/api/", f"{API}nothing"):
        assert said(path) == ("cross-origin", "*")
    for path in (
        FAMILIES,
        f"{FAMILIES}{SHEET}",
        f"{FAMILIES}waits/",
        f"{FAMILIES}nothing/card.svg",
    ):
        assert said(path)[1] is None
    for path in (FAMILIES, f"{FAMILIES}{SHEET}"):
        assert said(path)[0] == "same-origin"
    for path in ("/", "/dashboard/E06000005/", "/staff/sign-in"):
        assert said(path) == (None, None)


def test_no_answer_behind_a_public_door_sets_a_cookie(client: FlaskClient) -> None:
    for path in (FAMILIES, DATA, API, "/easy-read/", f"{FAMILIES}nothing", "/api/v1/areas"):
        answer = client.get(path)
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_stored_file_has_every_header_that_other_answers_have(database: Database) -> None:
    small.kept(database)
    client = create_app(database, hosting=CLOSED).test_client()
    of_flask = headers(client.get("/data/", base_url="https://localhost").headers)
    stored = headers(client.get(DATA, base_url="https://localhost").headers)
    assert of_flask.keys() - {"Location", "Date"} == stored.keys() - {"Vary"}
    for name in of_flask.keys() & stored.keys() - {"Content-Length", "ETag", "X-Request-Id"}:
        assert of_flask[name] == stored[name]
    assert stored["Strict-Transport-Security"].startswith("max-age=31536000")


def headers(given: Mapping[str, str]) -> dict[str, str]:
    return dict(given.items())


def test_files_are_for_everyone_on_a_closed_server_at_its_own_name_only(
    database: Database,
) -> None:
    small.kept(database)
    client = create_app(database, hosting=CLOSED).test_client()
    for path in (FAMILIES, DATA, API):
        assert client.get(path, base_url="https://localhost").status_code == 200
        for host in ("evil.example", "localhost.evil.example", ""):
            refused = client.get(path, base_url="https://localhost", headers={"Host": host})
            assert refused.status_code == 400
            assert b"SEND in Darlington" not in refused.data


def test_the_name_that_a_believed_proxy_says_is_the_name(database: Database) -> None:
    small.kept(database)
    hosting = replace(CLOSED, proxies=1, trusted_hosts=("send.gov.uk",))
    client = create_app(database, hosting=hosting).test_client()
    said = {"X-Forwarded-Host": "send.gov.uk", "X-Forwarded-Proto": "https"}
    assert client.get(FAMILIES, headers=said).status_code == 200
    assert client.get(FAMILIES).status_code == 400
