"""Three copies behind nginx on one PostgreSQL are one server, and one may die in the middle."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from schemas.database import Database, open_database
from schemas.migrations import upgrade
from tests.access.codes import CODE, code_now, let_time_pass, secret_on
from tests.access.people import PASSWORD
from tests.conftest import _new_postgresql
from tests.many.copies import ALL, HOSTS, Browser, Deployment, serving
from tests.many.killing import publish_and_kill
from tests.many.pages import SLUGS
from tests.many.round import READER, Round, digests, new_round
from tests.production.ground import ROOT
from tests.schemas.later import contracted, expanded
from tests.staff.people import DARLINGTON, DURHAM
from tests.staff.smtp_server import Post
from tests.staff.smtp_server import serving as posting

HEALTH_KEY = "health-key-of-a-test-0123456789abcdef"
SECRETS: dict[str, str] = {}  # of the apps of people who have signed in, by their names


@pytest.fixture(scope="module")
def round_(postgresql: URL) -> Iterator[Round]:
    for url in _new_postgresql(postgresql, "template1"):
        database = open_database(url)
        upgrade(database)
        yield new_round(database)
        database.close()


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with posting(Post()) as post:
        yield post


@pytest.fixture(scope="module")
def deployment(
    round_: Round, post: Post, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx)")
    mail = {"SEND_SMTP_HOST": "127.0.0.1", "SEND_SMTP_PORT": str(post.port)}
    told = {**mail, "SEND_SMTP_FROM": "send@council.example", "SEND_HEALTH_KEY": HEALTH_KEY}
    folder = tmp_path_factory.mktemp("many")
    with serving(round_.database.write.url, folder, told) as deployment:
        yield deployment


def sign_in(database: Database, browser: Browser, port: int, name: str) -> None:
    """The password and the code of an app, which is set up when it is the first time."""
    form = token(browser, port)
    answer = browser.post(port, "/staff/sign-in", csrf_token=form, name=name, password=PASSWORD)
    assert answer.headers["Location"].startswith(CODE), answer.status_code
    page = browser.get(port, CODE).text
    if name not in SECRETS:
        SECRETS[name] = secret_on(page)
    let_time_pass(database)
    answer = browser.post(
        port, CODE, csrf_token=token(browser, port, CODE), code=code_now(SECRETS[name])
    )
    assert answer.status_code == 303, answer.status_code


def token(browser: Browser, port: int, path: str = "/staff/sign-in") -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(port, path).text)
    assert found, "the page holds no form"
    return found[1]


def ready(deployment: Deployment, number: int) -> tuple[int, str]:
    """What the copy says of its tables."""
    copy = deployment.copies[number]
    browser = Browser()
    answer = browser.get(copy.port, "/health/ready", Authorization=f"Bearer {HEALTH_KEY}")
    return answer.status_code, answer.json()["checks"]["migrations"]


def test_who_signs_in_at_one_copy_is_signed_in_and_out_at_all(
    deployment: Deployment, round_: Round
) -> None:
    one, two, three = (copy.port for copy in deployment.copies)
    browser = Browser()
    sign_in(round_.database, browser, deployment.port, "admin.darlington")
    asked = [browser.get(deployment.port, f"/staff/{DARLINGTON}/people") for _ in range(6)]
    assert [answer.status_code for answer in asked] == [200] * 6
    assert len({answer.headers["X-Copy"] for answer in asked}) == 3, "each copy answered"
    kept = dict(browser.cookies)
    form = token(browser, one, "/staff/")
    assert browser.post(two, "/staff/sign-out", csrf_token=form).status_code == 303
    browser.cookies = kept
    for port in (one, two, three):
        assert "/staff/sign-in" in browser.get(port, "/staff/").headers["Location"]


def test_each_area_has_its_host_at_every_copy(deployment: Deployment, round_: Round) -> None:
    for host, code in HOSTS.items():
        other = DURHAM if code == DARLINGTON else DARLINGTON
        browser = Browser(host)
        for copy in deployment.copies:
            areas = browser.get(copy.port, "/api/v1/areas/").json()["areas"]
            assert [one["code"] for one in areas] == [code]
            assert browser.get(copy.port, f"/data/{SLUGS[code]}/").status_code == 200
            assert browser.get(copy.port, f"/data/{SLUGS[other]}/").status_code == 404
    browser = Browser("send.darlington.example")
    sign_in(round_.database, browser, deployment.port, "admin.county-durham")
    assert browser.get(deployment.port, f"/staff/{DURHAM}/people").status_code == 404
    assert browser.get(deployment.port, f"/staff/{DARLINGTON}/people").status_code == 403
    areas = Browser(ALL).get(deployment.port, "/api/v1/areas/").json()["areas"]
    assert {one["code"] for one in areas} == set(SLUGS)


def test_what_is_due_comes_out_once_though_the_copy_that_is_at_it_is_killed(
    deployment: Deployment, round_: Round
) -> None:
    seen = publish_and_kill(deployment, round_, 0.3)
    assert seen.faults == ()
    assert not seen.was_out, "it was killed before it was done"
    left = [copy for copy in deployment.copies if copy.name != seen.killed]
    time.sleep(1.1)  # what became of an area's pages is asked once a second
    for copy in left:
        [newest, *_] = versions(copy.port)
        assert (newest["name"], newest["state"]) == ("2025-26-autumn-v1.0", "current")
        page = Browser().get(copy.port, "/data/darlington/2025-26-autumn-v1.0/")
        assert page.status_code == 200
    assert Browser().get(deployment.port, "/data/darlington/").status_code == 200
    killed = deployment.named(seen.killed)
    killed.start()
    killed.wait()
    assert versions(killed.port) == versions(left[0].port)


def versions(port: int) -> list[dict[str, str]]:
    found: list[dict[str, str]] = (
        Browser().get(port, "/api/v1/areas/darlington/versions/").json()["versions"]
    )
    return found


def test_what_there_is_to_tell_is_told_once(
    deployment: Deployment, round_: Round, post: Post
) -> None:
    until = time.monotonic() + 60
    while not post.messages and time.monotonic() < until:
        time.sleep(0.2)
    found = digests(round_.database)
    assert any("2025-26-autumn" in occasion for occasion in found), found
    assert len(found) == len(set(found))
    assert [to for to, _ in post.messages] == [READER]
    assert "https://send.darlington.example/" in str(post.messages[0][1])


def test_copies_go_on_while_tables_are_added_to_and_none_is_started_when_they_lack_something(
    deployment: Deployment, round_: Round, tmp_path: Path
) -> None:
    """The last: no copy is of use after it."""
    expanded(round_.database, tmp_path / "later")
    time.sleep(1.1)  # health is looked at once a second
    newly = deployment.copies[0]
    newly.kill()
    newly.start()
    newly.wait()
    for number, copy in enumerate(deployment.copies):
        assert ready(deployment, number) == (200, "ahead")
        browser = Browser()
        sign_in(round_.database, browser, copy.port, "admin.darlington")  # which writes
        assert browser.get(copy.port, f"/staff/{DARLINGTON}/people").status_code == 200
    contracted(round_.database, tmp_path / "later")
    time.sleep(1.1)
    assert ready(deployment, 0) == (503, "beyond")
    command = [sys.executable, "-m", "dashboard.cli", "serve", "--production", "--check"]
    told = dict(newly.told)
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True)
    assert done.returncode == 1
    assert "changed by a newer program (9002)" in done.stderr
