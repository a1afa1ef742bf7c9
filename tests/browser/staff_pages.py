"""The pages of the staff side in a state where each has something to show, and who opens them."""

from dashboard.access.person import Person
from dashboard.access.tokens import make_token
from dashboard.alerts.choices import choose
from dashboard.alerts.making import make_digests
from dashboard.families.reading import set_aside
from dashboard.families.received import keep_feedback
from dashboard.families.you_said import write_pair
from dashboard.plan.sample import load_sample_plan
from dashboard.public.tell_us.told import Told
from dashboard.publication.previewed import preview_file
from dashboard.releases.changes import accept, see_changes
from dashboard.releases.corrections import begin_correction
from dashboard.releases.headings import choose_headings
from dashboard.releases.protection import work_out
from dashboard.releases.submissions import send_in
from dashboard.settings import Settings
from dashboard.staff.doors import Door
from dashboard.staff.routes import doors
from schemas.area_settings import load_area_settings
from schemas.database import Database
from tests.browser.office import STAFF, TERM
from tests.public.families_server import area_with
from tests.staff.people import DARLINGTON, demo_people
from tests.staff.signed import notice
from tests.staff.summer import COUNCIL, HEALTH, summer_file

# Who opens a page, by its address; `{term}` is under way, `{past}` published.
PAGES = {
    "sign-in": ("", "/staff/sign-in"),
    "home": ("council-analyst", "/staff/"),
    "terms": ("council-analyst", STAFF),
    "board": ("assurer", TERM),
    "board of a published term": ("assurer", f"{STAFF}2025-26-spring/"),
    "send in": ("council-analyst", f"{STAFF}send-in"),
    "to be mended": ("council-analyst", f"{STAFF}send-in/3"),
    "what will change": ("health-analyst", f"{STAFF}send-in/2"),
    "accepted": ("council-analyst", f"{STAFF}send-in/1"),
    "headings": ("council-analyst", f"{STAFF}headings"),
    "files": ("council-analyst", f"{STAFF}files"),
    "restore": ("council-analyst", f"{STAFF}files/12/restore"),
    "checks": ("council-analyst", f"{TERM}checks"),
    "sign-off": ("assurer", f"{TERM}sign-off"),
    "publish": ("publisher", f"{TERM}publish"),
    "withdraw": ("approver", f"{STAFF}2025-26-spring/publish/withdraw"),
    "correct": ("council-analyst", f"{STAFF}2025-26-spring/publish"),
    "preview": ("publisher", f"{STAFF}preview/12/"),
    "preview of a measure": ("publisher", f"{STAFF}preview/12/measure/ehcp_20w_excl"),
    "hidden from everyone": ("assurer", f"{STAFF}privacy/12/"),
    "hidden, not worked out": ("assurer", f"{STAFF}privacy/13/"),
    "preview for families": ("assurer", f"{STAFF}privacy/12/pages/easy-read/index.html"),
    "preview of the data": ("assurer", f"{STAFF}privacy/12/pages/data/index.html"),
    "numbers": ("assurer", f"{TERM}numbers"),
    "number": ("assurer", f"{STAFF}number/NEWEST"),
    "commentary": ("council-analyst", f"{STAFF}commentary"),
    "commentary on a measure": ("council-analyst", f"{STAFF}commentary/ehcp_20w_excl"),
    "exceptions": ("approver", f"{STAFF}exceptions/2025-26-spring"),
    "notes": ("assurer", f"{STAFF}notes"),
    "a new note": ("assurer", f"{STAFF}notes/new"),
    "families": ("council-analyst", f"{STAFF}families"),
    "answer families": ("council-analyst", f"{STAFF}families/answer"),
    "definitions": ("partner", f"{STAFF}definitions"),
    "a definition": ("partner", f"{STAFF}definitions/ehcp_20w_excl"),
    "record": ("administrator", f"{STAFF}record"),
    "people": ("administrator", f"{STAFF}people"),
    "a person": ("administrator", f"{STAFF}people/2"),
    "plan": ("assurer", f"{STAFF}plan"),
    "an action to add": ("assurer", f"{STAFF}plan/add"),
    "an action": ("assurer", f"{STAFF}plan/8"),
    "history of an action": ("assurer", f"{STAFF}plan/8/history"),
    "alerts": ("partner", f"{STAFF}alerts"),
    "tokens": ("partner", f"{STAFF}tokens"),
    "operations": ("administrator", f"{STAFF}operations"),
    "refused": ("partner", f"{STAFF}record"),
}
# Doors that show no page of their own in this state, and why.
ELSEWHERE = {
    "/staff/sign-in/council": "leads to the council's own sign-in",
    "/staff/sign-in/council/back": "comes from there",
    "/staff/invitation/<token>": "test_a_new_colleague_chooses_a_password_and_signs_in opens one",
    "/staff/sign-in/code": "the same test signs in, at first and once more",
    "/staff/password": "the same: people of the demonstration have no password to change",
    "/staff/operations": "leads to the area's own",
    "/staff/early/<token>/": "tests/staff/test_publishing.py reads by one",
    "/staff/early/<token>/<path:rest>": "the same",
}


# What everyone sees begins late, so that their pages are made quickly.
SETTINGS = Settings(areas=load_area_settings() | {DARLINGTON: area_with(since="2025-26 spring")})
TOPIC, EDITION = "plans-on-time", "2025-26-spring-v1.0"
SAID = (
    Told("no", "We waited for a long time and nobody told us why.", TOPIC, EDITION),
    Told("partly", "What is a tribunal? Ring me on 07700 900123.", "appeals", EDITION),
    Told("yes", "", "", EDITION),
    Told("no", "My bins were not emptied.", "", EDITION),
)

MEANT = {"No. in 20wks": "within_20w", "Comments": ""}  # headings of the council's own


def begin_round(database: Database) -> None:
    """One file accepted, one that waits for a decision, one that is to be mended; a correction of
    an older term begun; families have said something, and a partner holds a token."""
    people = demo_people(database)
    council, health = people["council-analyst"], people["health-analyst"]
    sent = send_in(database, council, DARLINGTON, summer_file(COUNCIL), "council.xlsx", {})
    shown = see_changes(database, council, DARLINGTON, sent.id).changes.sha256
    accept(database, council, DARLINGTON, sent.id, shown)
    send_in(database, health, DARLINGTON, summer_file(HEALTH), "health.xlsx", {})
    choose_headings(database, council, DARLINGTON, COUNCIL, "ehc_timeliness", MEANT)
    wrong = summer_file(COUNCIL, change=lambda book: book["EHC plans"].cell(4, 4, "<5"))
    send_in(database, council, DARLINGTON, wrong, "council_again.xlsx", {})
    hear_families(database, council)
    make_token(database, people["partner"], DARLINGTON, "Performance report", 90)
    load_sample_plan(database)
    choose(database, people["partner"], DARLINGTON, SETTINGS, "everything", "", False)
    make_digests(database, SETTINGS, SETTINGS.areas[DARLINGTON])
    work_out(database, people["assurer"], DARLINGTON, 12, SETTINGS)
    begin_correction(database, council, DARLINGTON, "2025-26 autumn", notice())
    # Making the public pages takes longer than a browser waits; they are kept for the next look.
    preview_file(database, DARLINGTON, 12, "data/index.html", "", SETTINGS)


def hear_families(database: Database, reader: Person) -> None:
    """Four comments: one is answered, one set aside."""
    for place, told in enumerate(SAID):
        keep_feedback(database, "secret", DARLINGTON, told, f"192.0.2.{place}")
    did = "We now write to each family when they have to wait."
    said = "You said nobody told you why you had to wait."
    write_pair(database, reader, DARLINGTON, topic=TOPIC, said=said, did=did, answers=[1])
    set_aside(database, reader, DARLINGTON, 4, "elsewhere")


def unseen() -> list[Door]:
    """Doors with a page that no line above opens."""
    seen = [path for _, path in PAGES.values()]
    return [
        door
        for door in doors()
        if "GET" in door.methods
        and door.rule not in ELSEWHERE
        and not door.rule.endswith((".csv", ".ics", ".xlsx", "/marked", "/as-sent"))
        and not any(_leads(door.rule, path) for path in seen)
    ]


def _leads(rule: str, path: str) -> bool:
    """Whether an address is one of a rule's: `<area>` and the like stand for one part of it."""
    wanted, given = rule.split("/"), path.split("/")
    if rule.endswith("<path:rest>"):
        return len(given) > len(wanted) - 1 and _alike(wanted[:-1], given)
    return len(wanted) == len(given) and _alike(wanted, given)


def _alike(wanted: list[str], given: list[str]) -> bool:
    return all(w.startswith("<") or w == g for w, g in zip(wanted, given, strict=False))
