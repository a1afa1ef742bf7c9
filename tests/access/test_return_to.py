"""Where a link may lead after signing in: to this server only."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.engine import URL

from dashboard import create_app
from dashboard.staff.return_to import own_path
from schemas.database import open_database
from schemas.migrations import upgrade
from tests.staff.people import demo_people, send

Leaving = Callable[[str], str]
PAYLOADS = [
    "//evil.example",
    "///evil.example",
    "https://evil.example/staff/",
    "https:evil.example",
    "http:/evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/%09/evil.example",
    "/staff/\r\nSet-Cookie: a=b",
    "/staff/%0d%0aSet-Cookie:a=b",
    "/staff/%2e%2e//evil.example",
    "/staff/../../evil.example",
    "/staff//evil.example",
    "/staff/@evil.example",
    "//staff/@evil.example",
    "@evil.example",
    "staff/",
    ".evil.example",
    "/.evil.example",
    "/%2f%2fevil.example",
    "%2f%2fevil.example",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/staff/<script>",
    "/staff/\x00",
    "/staffevil.example",
    "/\u017ftaff/",
    "/staff/a\uff0f\uff0fevil.example",
    " /staff/",
    "/staff/ ",
    "/staff/\u2028",
    "/healthz",
    "/staff/sign-in",
    "/staff/sign-in/council?next=/staff/",
    "/staff/" + "a" * 5_000,
    "",
]


@pytest.fixture(scope="module")
def leaving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Leaving]:
    """Signs in with a `next` and says where that leads."""
    file = tmp_path_factory.mktemp("leaving") / "leaving.sqlite3"
    database = open_database(URL.create("sqlite", database=str(file)))
    upgrade(database)
    demo_people(database)
    server = create_app(database)

    def lead(asked: str) -> str:
        fields = {"name": "demo-assurer", "next": asked}
        answer = send(server.test_client(), "/staff/sign-in/demo", fields)
        assert answer.status_code == 303
        return answer.location

    yield lead
    database.close()


@pytest.mark.parametrize("asked", PAYLOADS)
def test_anything_that_is_not_a_page_of_ours_leads_to_the_first_page(asked: str) -> None:
    assert own_path(asked) == "/staff/"


@pytest.mark.parametrize(
    "asked",
    [
        "/staff/",
        "/staff/E06000005/2025-26-summer/",
        "/staff/E06000005/people/3?shown=1",
        "/dashboard/E06000005/measure/ehcp_20w_excl?term=2025-26%20summer&by=need",
        "/dashboard/E06000005/measure/ehcp_20w_excl.csv",
    ],
)
def test_a_page_of_ours_is_where_one_goes(asked: str) -> None:
    assert own_path(asked) == asked


@pytest.mark.parametrize("asked", PAYLOADS)
def test_no_payload_leaves_the_server_through_the_form(asked: str, leaving: Leaving) -> None:
    assert leaving(asked) == "/staff/"
