"""What stands in an address for the matrix: real ids of a real round wherever there are any."""

import datetime as dt
import re
from collections.abc import Mapping

from openpyxl import Workbook
from sqlalchemy import select

from dashboard.access.person import Person
from dashboard.notes import write_note
from dashboard.plan.sample import load_sample_plan
from dashboard.releases.note_draft import Draft
from dashboard.releases.submissions import send_in
from schemas.database import Database
from schemas.plan_tables import plan_action
from schemas.tables import extract_file, observation, release_version
from tests.staff.people import DARLINGTON
from tests.staff.summer import summer_file

Places = Mapping[str, str]
RATE = "ehcp_20w_excl"
EDITION = "2025-26-spring-v1.0"  # that everyone sees
_OF_NOTES = ("agree", "end", "take-back")
_OF_PLAN = ("", "/end", "/history")
_OF_PEOPLE = ("", "/give", "/take", "/invite", "/end")
_PART = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")

# Addresses that are rightly 404 for those who may open them, with the reason.
_SUITES = "_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
_HELD = "whoever holds a real link; its own tests open one"
UNFOUND: Mapping[str, str] = {
    "/assets/<path:rest>": "our files carry a fingerprint; tests of the server ask for real ones",
    "/staff/invitation/<token>": _HELD,
    "/staff/early/<token>/": _HELD,
    "/staff/early/<token>/<path:rest>": _HELD,
    "/staff/sign-in/council": "no council's own sign-in is set up here",
    "/staff/sign-in/council/back": "no council's own sign-in is set up here",
    _SUITES: "Dash's files carry a fingerprint; tests of the server ask for real ones",
}


def is_unfound(rule: str) -> bool:
    return rule in UNFOUND or rule.endswith(_SUITES)


def make_places(database: Database, analyst: Person) -> Places:
    """By the name of the part of the address, and by `rule name` where a rule means its own."""
    provisional, wrong = summer_file(status="provisional"), summer_file(change=_spoil)
    waiting = send_in(database, analyst, DARLINGTON, provisional, "provisional.xlsx", {})
    to_mend = send_in(database, analyst, DARLINGTON, wrong, "wrong.xlsx", {})
    on = dt.date(2026, 5, 4)
    note = Draft(on, "Requests moved to another system.", "Team diary", (RATE,))
    note_id = write_note(database, analyst, DARLINGTON, note)
    load_sample_plan(database)
    with database.reading() as connection:
        action_id = connection.scalar(select(plan_action.c.id).order_by(plan_action.c.id))
        version = select(release_version.c.id).where(release_version.c.state == "draft")
        version_id = connection.scalar(version.order_by(release_version.c.id).limit(1))
        figure = select(observation.c.id).where(observation.c.release_version_id == version_id)
        figure_id = connection.scalar(figure.order_by(observation.c.id).limit(1))
        file_id = connection.scalar(select(extract_file.c.id).order_by(extract_file.c.id.desc()))
    staff = "/staff/<area>"
    return {
        "area": DARLINGTON,
        "term": "2025-26-summer",
        # Only what is published can be withdrawn.
        f"{staff}/<term>/publish/withdraw term": "2025-26-spring",
        # Not everybody who may read them may see a draft's.
        f"{staff}/exceptions/<term> term": "2025-26-spring",
        "measure": RATE,
        "version": str(version_id),
        "observation_id": str(figure_id),
        "number": str(waiting.id),
        f"{staff}/send-in/<int:number>/marked number": str(to_mend.id),
        f"{staff}/files/<int:number>/as-sent number": str(file_id),
        f"{staff}/files/<int:number>/restore number": str(file_id),
        f"{staff}/files/<int:number>/changes.csv number": str(file_id),
        **{f"{staff}/notes/<int:number>/{act} number": str(note_id) for act in _OF_NOTES},
        **{f"{staff}/plan/<int:number>{act} number": str(action_id) for act in _OF_PLAN},
        **{f"{staff}/people/<int:number>{act} number": str(analyst.id) for act in _OF_PEOPLE},
        f"{staff}/preview/<int:version>/<path:rest> rest": f"measure/{RATE}",
        "/staff/early/<token>/<path:rest> rest": "gaps",
        "token": "no-such-token",
        "/dashboard/<path:rest> rest": f"{DARLINGTON}/",
        "/assets/<path:rest> rest": "favicon.svg",
        f"{staff}/privacy/<int:version>/pages/<path:rest> rest": "data/index.html",
        "/partner/tables/<area>/<name>.csv name": "fact_observation",
        "/easy-read/<path:rest> rest": "darlington/",
        "/data/<path:rest> rest": "darlington/",
        "/api/<path:rest> rest": "v1/areas/darlington/",
        "slug": "darlington",
        "edition": EDITION,
        "/accessibility/<slug>/<name> name": "statement.css",
        "filename": "x",
        "path": "x",
        "package_name": "dash",
        "fingerprinted_path": "x",
    }


def _spoil(workbook: Workbook) -> None:
    """A word where a number belongs."""
    sheet = next(sheet for sheet in workbook.worksheets if sheet.title.startswith("20-week"))
    sheet.cell(sheet.max_row, sheet.max_column).value = "many"


def fill(rule: str, places: Places) -> str:
    """The rule as an address; a part that nobody named a value for is an error."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        said = places.get(f"{rule} {name}", places.get(name))
        assert said is not None, f"say in tests/staff/places.py what stands for {name} in {rule}"
        return said

    return _PART.sub(value, rule)
