"""The analyst's guide, walked: a term of County Durham from blank workbook to withdrawal."""

from pathlib import Path

from playwright.sync_api import expect

from tests.guides.analyst_beside import walk_what_stands_beside
from tests.guides.analyst_release import walk_release
from tests.guides.ground import AREA, TERM
from tests.guides.walk import Walk
from tests.guides.workbooks import (
    Before,
    fill_in,
    lose_needs,
    mend,
    spoil,
    write_own_heading,
)

COUNCIL, HEALTH = "Durham County Council", "NHS North East and North Cumbria ICB"


def walk_analysts_guide(walk: Walk) -> None:
    """Every task of the guide in its order, each by the person it is for."""
    with walk.somebody():
        _sign_in(walk)
        filled = _get_and_fill_in(walk)
        lose_needs(filled)
        before = spoil(filled)
        write_own_heading(filled)
        council = _send_in(walk, filled, before)
        _health_sends_in(walk)
        _explain(walk)
    walk_release(walk, council)
    walk_what_stands_beside(walk)
    with walk.task("What if something is refused?"):
        pass


def _sign_in(walk: Walk) -> None:
    with walk.task("How do I sign in?"):
        walk.step(1)
        walk.follow("Staff")
        walk.step(2)
        walk.field("Sign-in name")
        walk.field("Password")
        walk.see("button", "Sign in")
        walk.press("Sign in as Council performance analyst")
        walk.step(3)
        walk.see("heading", "What waits for you")
        walk.picture("analyst-home", "h1", "section.card >> nth=0")
        walk.follow(AREA)


def _get_and_fill_in(walk: Walk) -> Path:
    with walk.task("Where do I get the blank workbook?"):
        walk.step(1)
        walk.follow("Terms")
        walk.picture("analyst-terms", "section.card >> nth=1")
        walk.step(2)
        blank = walk.download(f"Only the sheets of {COUNCIL}", of=TERM)
    with walk.task("How do I fill it in?"):
        for number in range(1, 5):
            walk.step(number)
        filled = walk.folder / "summer_council.xlsx"
        fill_in(blank, "durham_council_2025-26_summer.xlsx", COUNCIL, filled)
    return filled


def _send_in(walk: Walk, filled: Path, before: Before) -> Path:
    with walk.task("How do I send it in?"):
        walk.step(1)
        walk.follow("Send in")
        walk.step(2)
        walk.give("Choose one or several files", filled)
        walk.step(3)
        walk.send("Send in and check")
    with walk.task("What if it asks what a heading means?"):
        walk.step(1)
        walk.choose("“No. in 20wks”", "Issued within 20 weeks")
        walk.picture("analyst-heading", "#headings", "form:has(#heading-0)")
        walk.step(2)
        walk.press("Keep and check again")
        walk.step(3)
        walk.follow("See or forget what was chosen")
        walk.see("button", "Forget")
        walk.page.go_back()
    with walk.task("What if the file has faults?"):
        walk.step(1)
        expect(walk.page.locator(".problem-table tbody tr")).to_have_count(3)
        walk.picture("analyst-faults", "h1", ".problem-table")
        walk.step(2)
        marked = walk.download("Your workbook with the places marked")
        walk.step(3)
        mended = mend(marked, before, walk.folder / "summer_council_mended.xlsx")
        walk.step(4)
        walk.follow("Send in the mended file")
        walk.give("Choose one or several files", mended)
        walk.send("Send in and check")
    with walk.task("What will change, and how do I accept it?"):
        walk.step(1)
        walk.see("link", "Download every change")
        walk.picture("analyst-changes", "#changes", "#changes-new >> xpath=..")
        walk.step(2)
        walk.field("Why it is not wanted")
        walk.see("button", "Turn back and drop the file")
        walk.step(3)
        walk.write("A note for the record", "The first term we send.")
        walk.step(4)
        walk.press("Accept and store")
        expect(walk.page.locator(".state").first).to_have_text("Accepted")
    return mended


def _health_sends_in(walk: Walk) -> None:
    """By the same steps, in a browser of their own."""
    with walk.meanwhile("health-analyst") as page:
        page.goto(f"{walk.home}/staff/E06000047/2025-26-summer/")
        with page.expect_download() as waiting:
            page.get_by_role("link", name=f"Only the sheets of {HEALTH}").click()
        blank = walk.folder / "blank_health.xlsx"
        waiting.value.save_as(blank)
        path = walk.folder / "summer_health.xlsx"
        fill_in(blank, "durham_health_2025-26_summer.xlsx", HEALTH, path)
        page.goto(f"{walk.home}/staff/E06000047/send-in")
        page.get_by_label("Choose one or several files").set_input_files(path)
        page.get_by_role("button", name="Send in and check").click()
        page.get_by_role("button", name="Accept and store").click()
        expect(page.locator(".state").first).to_have_text("Accepted")


def _explain(walk: Walk) -> None:
    with walk.task("How do I explain what the checks ask?"):
        walk.step(1)
        walk.follow("Terms")
        walk.follow(TERM)
        walk.follow("Checks")
        walk.step(2)
        walk.page.get_by_text("What has to be hidden from everyone").first.wait_for()
        walk.step(3)
        walk.picture("analyst-checks", "#must", "#explanations")
        walk.write_each("Your explanation", "The needs of the new plans are entered in October.")
        walk.step(4)
        walk.tick("Show it beside the chart")
        walk.step(5)
        walk.press("Keep what is written")
        expect(walk.page.locator("#should")).to_have_text("Should look at (0)")
