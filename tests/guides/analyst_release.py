"""The analyst's guide from the check to the withdrawal, each step by the person it is for."""

import datetime as dt
from pathlib import Path

from playwright.sync_api import expect

from tests.guides.ground import AREA, TERM
from tests.guides.walk import Walk
from tests.guides.workbooks import correct

TODAY = dt.date.today().isoformat()
TOMORROW = (dt.date.today() + dt.timedelta(days=1)).isoformat()


def walk_release(walk: Walk, council: Path) -> None:
    """Checked, agreed, looked at as families will, published, corrected and withdrawn."""
    _check(walk)
    _agree(walk)
    _look_as_families(walk)
    _publish(walk)
    _correct(walk, council)
    _withdraw(walk)


def _check(walk: Walk) -> None:
    with walk.signed_in("assurer") as page, walk.task("How is it checked? For the assurer"):
        walk.own(AREA)
        walk.step(1)
        walk.follow(TERM)
        walk.follow("Sign-off")
        walk.step(2)
        walk.follow("Hidden from everyone")
        walk.press("Work it out")
        walk.picture("assurer-hidden", "h1", "#much >> xpath=following::p[1]")
        walk.step(3)
        walk.look_at("The pages for families, as they will be")
        walk.look_at("The open data pages, as they will be")
        walk.step(4)
        walk.follow("Sign-off")
        walk.press("I have checked version 1")
        expect(page.locator(".state").first).to_have_text("Checked")


def _agree(walk: Walk) -> None:
    with walk.signed_in("approver") as page, walk.task("How is it agreed? For the approver"):
        walk.own(AREA)
        walk.step(1)
        walk.follow(TERM)
        walk.follow("Sign-off")
        walk.step(2)
        walk.tick("SEND Local Area Partnership Group")
        _write_minute(walk)
        for name in ("Education", "Health", "Parent carer forum"):
            walk.tick(name)
        walk.picture("approver-agreement", "#agreement-form", "#minute_ref")
        walk.step(3)
        walk.press("Record this agreement")
        walk.step(4)
        walk.tick("Partnership Board")
        _write_minute(walk)
        walk.press("Record this agreement")
        walk.step(5)
        if page.get_by_role("button", name="It is agreed").count():
            page.get_by_role("button", name="It is agreed").click()
        expect(page.locator(".state").first).to_have_text("Agreed")


def _write_minute(walk: Walk) -> None:
    walk.write("Minute reference", "2026-11, item 4")
    walk.write("Date", TODAY)


def _look_as_families(walk: Walk) -> None:
    with walk.signed_in("publisher"), walk.task("How do I see what families will see?"):
        walk.own(AREA)
        walk.step(1)
        walk.follow(TERM)
        walk.follow("Sign-off")
        walk.follow("Hidden from everyone")
        walk.step(2)
        walk.follow("The pages for families, as they will be")
        walk.picture("families-durham", "h1", "main h3 >> nth=0 >> xpath=../..")


def _publish(walk: Walk) -> None:
    with walk.signed_in("publisher") as page, walk.task("How is it published? For the publisher"):
        walk.own(AREA)
        walk.step(1)
        walk.follow(TERM)
        walk.follow("Publish")
        walk.step(2)
        walk.look_at("Preview as it will be")
        walk.step(3)
        walk.write("Day", TOMORROW)
        walk.press("Announce this day")
        walk.step(4)
        page.locator("#day").fill(TOMORROW)
        walk.write("Time in Britain", "09:30")
        walk.press("Plan it")
        walk.see("button", "Call the plan off")
        walk.step(5)
        walk.write("Role and organisation", "Director of Children’s Services, the council")
        walk.write("Why they need it early", "To answer questions of the press")
        walk.write("Hours before publication", "24")
        walk.picture("publisher-publish", "#now-form", "form:has(#hours)")
        walk.press("Make the link")
        walk.step(6)
        walk.press("Publish version 1 now")
        expect(page.locator(".state").first).to_have_text("Published")


def _correct(walk: Walk, council: Path) -> None:
    with walk.signed_in("council-analyst"), walk.task("What if a published figure is wrong?"):
        walk.own(AREA)
        walk.own(TERM)
        walk.step(1)
        walk.follow("Publish")
        walk.step(2)
        walk.field("A planned revision: nothing was wrong")
        walk.tick("A correction: something was wrong")
        walk.step(3)
        what = "Two suspensions were left out of the figures."
        walk.write("What was wrong, or what is revised", what)
        walk.write("The day it was found", TODAY)
        walk.write("Why it happened", "A school sent them after the count was made.")
        walk.write("What it changes", "The rate of suspensions is a little higher.")
        walk.picture("analyst-correction", "#correct", "#what")
        walk.step(4)
        walk.press("Begin version 2")
        walk.step(5)
        walk.follow("Send in")
        right = correct(council, walk.folder / "summer_council_corrected.xlsx")
        walk.give("Choose one or several files", right)
        walk.send("Send in and check")
        walk.write("Why history changes", "A school reported two suspensions late.")
        walk.press("Accept and store")
        expect(walk.page.locator(".state").first).to_have_text("Accepted")


def _withdraw(walk: Walk) -> None:
    title = "What if figures have to go at once? For the approver"
    with walk.signed_in("approver") as page, walk.task(title):
        walk.own(AREA)
        walk.own(TERM)
        walk.step(1)
        walk.follow("Publish")
        walk.follow("Withdraw version 1")
        walk.step(2)
        walk.write("What was wrong", "Figures of a school stood in the wrong column.")
        walk.write("Why it happened", "Two lists were joined in the wrong order.")
        walk.write("What it means for those who used the figures", "Do not use them any more.")
        walk.step(3)
        walk.press("Withdraw version 1 now")
        answer = page.request.get(f"{walk.home}/easy-read/county-durham/")
        assert answer.status in (404, 410)
