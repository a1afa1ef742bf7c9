"""Every page of the staff side: whole, accessible, by keyboard, and without JavaScript."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from dashboard import create_app
from dashboard.releases.versions import get_latest_version
from schemas.database import Database
from schemas.tables import observation
from tests.access.codes import code_now, let_time_pass, secret_on
from tests.browser.faults import not_fitting, overlapping, violations
from tests.browser.office import STAFF, at_desk, press, send_in
from tests.browser.pictures import keep_picture
from tests.browser.serving import serving
from tests.browser.staff_pages import PAGES, SETTINGS, begin_round, unseen
from tests.browser.test_keyboard import STOPS, open_all, pressed
from tests.browser.visit import SIZES
from tests.staff.eleven import load_eleven
from tests.staff.people import DARLINGTON
from tests.staff.summer import COUNCIL, summer_file

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = load_eleven(tmp_path_factory.mktemp("staff"))
    begin_round(database)
    yield database
    database.close()


@pytest.fixture(scope="module")
def home(database: Database) -> Iterator[str]:
    with serving(create_app(database, SETTINGS)) as home:
        yield home


def path_of(name: str, database: Database) -> str:
    """Where a page of the list is; `NEWEST` is the newest figure an area sent."""
    with database.reading() as connection:
        newest = connection.scalar(
            select(func.max(observation.c.id)).where(observation.c.release_version_id.is_not(None))
        )
    return PAGES[name][1].replace("NEWEST", str(newest))


@contextmanager
def at(browser: Browser, home: str, who: str, size: str) -> Iterator[Page]:
    """A screen of this size, with this person signed in or ("") nobody."""
    width, height = SIZES[size]
    view = {"width": width, "height": height}
    if who:
        with at_desk(browser, home, who, viewport=view) as page:
            yield page
    else:
        page = browser.new_page(viewport=view)  # type: ignore[arg-type]
        yield page
        page.context.close()


WHO = sorted({who for who, _ in PAGES.values()})


def test_every_door_with_a_page_is_in_the_list() -> None:
    assert [door.rule for door in unseen()] == []


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("who", WHO)
def test_each_of_a_persons_pages_is_whole_and_accessible(
    browser: Browser, home: str, database: Database, who: str, size: str
) -> None:
    with at(browser, home, who, size) as page:
        faults: list[str] = []
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        wrong = {}
        for name in (name for name in PAGES if PAGES[name][0] == who):
            answer = page.goto(home + path_of(name, database))
            assert answer is not None
            assert answer.status == (403 if name == "refused" else 200), name
            found = keep_picture(page, f"staff {name}-{size}")
            found += not_fitting(page) + overlapping(page)
            open_all(page)
            wrong[name] = found + violations(page) + not_fitting(page) + overlapping(page)
        refused = [one for one in faults if "403" not in one]  # the browser tells of that itself
        assert ({name: what for name, what in wrong.items() if what}, refused) == ({}, [])


@pytest.mark.parametrize("who", WHO)
def test_each_of_a_persons_pages_is_used_by_keyboard(
    browser: Browser, home: str, database: Database, who: str
) -> None:
    with at(browser, home, who, "wide") as page:
        for name in (one for one in PAGES if PAGES[one][0] == who and "preview" not in one):
            page.goto(home + path_of(name, database))
            open_all(page)
            count: int = page.evaluate(f"(window.stops = {ALL_STOPS}).length")
            seen = stops(page, min(count, 40))
            assert [one["number"] for one in seen] == [*range(min(count, 40))], name
            hidden = [one["html"] for one in seen if not (one["outlined"] and one["seen"])]
            assert hidden == [], name


def stops(page: Page, count: int) -> list[dict[str, Any]]:
    """The first so many things the tab key leads to; a date has several places of its own."""
    seen = [pressed(page, "Tab")]
    for _ in range(count * 3):
        one = pressed(page, "Tab")
        if one["number"] != seen[-1]["number"]:
            seen.append(one)
        if len(seen) == count + 1:
            break
    return seen[:count]


# One of several buttons for one answer is reached; the arrows lead to the others.
ALL_STOPS = STOPS.replace("input,", "input, select, textarea,").replace(
    ".filter((one) =>",
    ".filter((one) => one.type !== 'radio' || one === one.form.querySelector("
    "`[name=${one.name}]:checked, [name=${one.name}]`)).filter((one) =>",
    1,
)


def test_a_file_is_sent_in_and_turned_back_without_javascript(
    browser: Browser, home: str, tmp_path: Path
) -> None:
    path = tmp_path / "council.xlsx"
    path.write_bytes(
        summer_file(COUNCIL, change=lambda book: book["EHC plans"].cell(4, 4, "seven"))
    )
    with at_desk(browser, home, "council-analyst", java_script_enabled=False) as page:
        send_in(page, home, path)
        expect(page.locator(".state").first).to_have_text("To be mended")
        page.locator("#why").fill("Sent to try the form out.")
        press(page, "Turn back and drop the file")
        expect(page.locator("main")).to_contain_text("Turned back")


def test_a_form_that_is_sent_empty_says_what_is_missing(browser: Browser, home: str) -> None:
    with at_desk(browser, home, "council-analyst") as page:
        page.goto(f"{home}{STAFF}send-in")
        page.locator("input[type=file]").evaluate("(one) => { one.required = false; }")
        press(page, "Send in and check")
        expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
        assert page.title().startswith("Error: ")
        assert violations(page) == []


def test_a_new_colleague_chooses_a_password_and_signs_in(
    browser: Browser, home: str, database: Database
) -> None:
    with at_desk(browser, home, "administrator") as page:
        page.goto(f"{home}{STAFF}people")
        page.locator("#sign_in_name").fill("new.officer@council.example")
        page.locator("#job_title").fill("Data officer")
        page.locator("#organisation").fill("Darlington Borough Council")
        page.locator("#role").select_option("assurer")
        press(page, "Add")
        link = page.get_by_text("/staff/invitation/").first.inner_text()
        path = link[link.index("/staff/invitation/") :].split()[0]
    page = browser.new_page()
    page.goto(home + path)
    assert violations(page) == []
    page.locator("#password").fill("a long walk along the river Tees")
    with page.expect_navigation():
        page.locator("main form button").click()
    type_password(page, home)
    expect(page.get_by_role("heading", name="Set up your codes")).to_be_visible()
    secret = secret_on(page.content())
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) + not_fitting(page) + overlapping(page) == []
    page.locator("#code").fill("12345")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert violations(page) + not_fitting(page) + overlapping(page) == []
    page.locator("#code").fill(code_now(secret))
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.locator("main")).to_contain_text("Assurer")
    page.goto(f"{home}/staff/password")
    expect(page.locator("#old_password")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Sign out", exact=True).click()
    type_password(page, home)
    expect(page.get_by_role("heading", name="Enter a code")).to_be_visible()
    assert violations(page) + not_fitting(page) + overlapping(page) == []
    let_time_pass(database)
    page.locator("#code").fill(code_now(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("main")).to_contain_text("Assurer")
    page.context.close()


def type_password(page: Page, home: str) -> None:
    page.goto(f"{home}/staff/sign-in")
    page.locator("#name").fill("new.officer@council.example")
    page.locator("#password").fill("a long walk along the river Tees")
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_the_round_in_the_list_is_the_one_that_was_begun(database: Database) -> None:
    with database.reading() as connection:
        version = get_latest_version(connection, DARLINGTON, "2025-26 summer")
    assert version is not None
    assert (version.id, version.state) == (12, "draft")
