"""The analyst's guide on what stands beside a term's figures."""

import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

from tests.guides.ground import AREA
from tests.guides.walk import Walk
from tests.guides.workbooks import fill_in_plan
from tests.sen2.invented_return import as_xml, invent_children


def walk_what_stands_beside(walk: Walk) -> None:
    """Notes, owners' words, the SEN2 return, the improvement plan, alerts."""
    _write_note(walk)
    with walk.signed_in("council-analyst"):
        _write_commentary(walk)
        _derive(walk)
        _load_plan(walk)
        _choose_alerts(walk)


def _write_note(walk: Walk) -> None:
    with walk.task("How do I put a note on the charts?"):
        with walk.signed_in("council-analyst") as page:
            walk.own(AREA)
            walk.step(1)
            walk.follow("Notes")
            walk.follow("Write a note")
            walk.step(2)
            walk.write("The day it happened", "2026-05-04")
            walk.write("What happened", "Requests moved to another system.")
            walk.write("Where this is written", "Minutes of the Board, May 2026")
            walk.step(3)
            walk.field("Figures before this day may not be compared")
            page.get_by_label("Figures before this day may not be compared").check()
            walk.step(4)
            walk.unfold("How long plans take")
            walk.tick("All measures of “How long plans take”")
            walk.press("Send it to be agreed")
        with walk.signed_in("assurer"):
            walk.own(AREA)
            walk.step(5)
            walk.follow("Notes")
            walk.press("Agree this note")


def _write_commentary(walk: Walk) -> None:
    with walk.task("How do I write what an owner says?"):
        walk.own(AREA)
        walk.step(1)
        walk.follow("Commentary")
        walk.step(2)
        walk.unfold("EHC plans")
        walk.follow("New EHC plans")
        walk.step(3)
        walk.write("What happened", "More plans were begun than in any term before.")
        walk.write("Why", "More families asked for an assessment.")
        walk.write("What we are doing about it", "Two more case workers begin in January.")
        walk.write("By when", "2027-01-31")
        walk.write("Your role", "Head of SEND")
        walk.step(4)
        walk.write("A sentence for families", "More children got a plan this term.")
        walk.step(5)
        walk.press("Keep these words")
        assert "Head of SEND" in walk.page.locator("main").inner_text()


def _derive(walk: Walk) -> None:
    """The command as it stands in the guide, with a return of invented children."""
    with walk.task("Can the SEN2 return fill it in?"):
        walk.step(1)
        (walk.folder / "sen2-2026.xml").write_bytes(as_xml(invent_children(120), lea="840"))
        _run(walk.command("send-dashboard"), walk.folder)
        walk.step(2)
        assert (walk.folder / "autumn.xlsx").stat().st_size > 1000


def _run(command: list[str], folder: Path) -> None:
    program = [sys.executable, "-m", "dashboard.cli", *command[1:]]
    paths = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        program, cwd=folder, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _load_plan(walk: Walk) -> None:
    with walk.task("How do I load the improvement plan?"):
        walk.step(1)
        walk.follow("Improvement plan")
        blank = walk.download("An empty workbook")
        walk.step(2)
        plan = fill_in_plan(blank, walk.folder / "plan.xlsx")
        walk.step(3)
        walk.give("The workbook of the plan", plan)
        walk.press("Load the plan")
        walk.step(4)
        walk.page.locator("table a.row-link").first.click()
        walk.choose("Status", "At risk")
        walk.write("Note", "The supplier is two months late.")
        walk.press("Keep the changes")
        expect(walk.page.locator("main")).to_contain_text("At risk")


def _choose_alerts(walk: Walk) -> None:
    with walk.task("How am I told of things?"):
        walk.step(1)
        walk.follow("Alerts")
        walk.step(2)
        walk.choose("Tell me of", "Everything in County Durham")
        walk.press("Tell me of it")
        walk.page.get_by_role("button", name="Tell me no longer").wait_for()
