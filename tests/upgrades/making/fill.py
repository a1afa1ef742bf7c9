"""Fills a new database with a release's own program: run inside that release's tree, not here.

Every figure, person and word is invented. The functions use only what their release already had,
its tests' small builders included, so a later release can be filled by adding one function.

    PYTHONPATH=TREE python fill.py 0.3 OUT.sqlite3
"""

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

AREA, COUNCIL = "E06000005", "Darlington Borough Council"
TERM = "2025-26 autumn"
PUBLISHED = Path(__file__).resolve().parent / "published"
_KINDS = ("Special school: maintained", "Special school: independent")


def figures(database: Any) -> None:
    """0.1: published figures, two terms, one of them sent a second time, and a later draft."""
    from dashboard.releases.demo import publish_invented_drafts
    from loaders.benchmarks.packaged import load_packaged
    from schemas.measure import load_measures

    load_packaged(database, load_measures(), PUBLISHED)
    _load(database, "Spring 2024/25", 380, "2025-05-12", invented=True)
    _load(database, "Spring 2024/25", 381, "2025-05-19", invented=True)
    _load(database, "Summer 2024/25", 390, "2025-09-12", invented=True)
    publish_invented_drafts(database)
    _load(database, "Summer 2024/25", 395, "2025-09-26", invented=True)


def comments(database: Any) -> None:
    """0.2: an owner's words, written once more."""
    from dashboard.commentary import add_commentary
    from schemas.commentary import Commentary

    for action in ("Two resourced bases open in January.", "Three resourced bases open in March."):
        words = "More children than places.", "Fewer left than came.", action
        by = dt.date(2026, 3, 31)
        add_commentary(
            database,
            Commentary(AREA, "special_places", "2024-25 spring", *words, "Head of SEND", by),
        )


def round_of_people(database: Any) -> None:
    """0.3: a term from the form to its correction, by five people, with everything beside it."""
    from dashboard.access.throttle import Throttle
    from tests.staff.people import demo_people
    from tests.staff.small import small_settings

    people = demo_people(database)
    Throttle(database, "invented").begin("somebody", "192.0.2.1")
    _publish(database, people, small_settings())
    # From 0.4 on for everyone: one edition, since its PDFs are most of the file.
    _correct(database, people, small_settings(*[True] * _for_everyone()))
    _write_notes(database, people)
    _send_in(database, people)


def families(database: Any) -> None:
    """0.4: what families said and were answered, and a token of a partner's program."""
    from dashboard.access.tokens import make_token
    from dashboard.families.received import Told, keep_feedback
    from dashboard.families.you_said import write_pair
    from tests.staff.people import demo_people

    people = demo_people(database)
    said = Told("no", "The waits page is hard.", "waits", "2025-26-autumn-v1.0")
    keep_feedback(database, "invented", AREA, said, "192.0.2.2")
    pair = ("waits", "The waits page is hard.", "We made it shorter.", [1])
    write_pair(database, people["council-analyst"], AREA, *pair)
    make_token(database, people["council-analyst"], AREA, "The council’s reports", 300)


def choices(database: Any) -> None:
    """0.5: somebody who wants to be told, before there is anything."""
    from dashboard.alerts.choices import choose
    from tests.staff.people import demo_people
    from tests.staff.small import small_settings

    analyst = demo_people(database)["council-analyst"]
    choose(database, analyst, AREA, small_settings(), "everything", "", False)


def plans(database: Any) -> None:
    """0.5: an improvement plan, edited, and what was told."""
    from dashboard.alerts.making import make_digests
    from dashboard.alerts.tries import begin_try, end_try
    from dashboard.plan.edit import Typed, edit_action
    from dashboard.plan.load import load_plan
    from dashboard.queries.plan import get_plan
    from tests.plan.workbooks import action, plan_file
    from tests.staff.people import demo_people
    from tests.staff.small import small_settings

    analyst, settings = demo_people(database)["council-analyst"], small_settings()
    rows = (action("1.1", Measures="special_places"),)
    paths = (("special_places", "Summer 2025/26", 8_000, "Board"),)
    load_plan(database, AREA, plan_file(*rows, paths=paths), "plan.xlsx")
    with database.reading() as connection:
        [held] = get_plan(connection, AREA).actions
    typed = Typed("1.1", "1", "Open two bases", "Head of SEND", status="on_track")
    edit_action(database, analyst, AREA, held.written.id, typed)
    [kept, *_] = make_digests(database, settings, settings.areas[AREA])
    with database.writing() as connection:
        begin_try(connection, AREA, analyst, [kept.id])
        end_try(connection, AREA, analyst, [kept.id], "")


FILLS: dict[str, tuple[Callable[[Any], None], ...]] = {
    "0.1": (figures,),
    "0.2": (figures, comments),
    "0.3": (figures, comments, round_of_people),
    "0.4": (figures, comments, round_of_people, families),
    "0.5": (figures, comments, choices, round_of_people, families, plans),
}


def _load(database: Any, period: str, places: int, as_at: str, *, invented: bool) -> None:
    from loaders.load import load_file
    from loaders.report import Sender

    content = _workbook(period, places, as_at)
    report = load_file(database, content, f"{period[:6]}.xlsx", Sender(invented=invented))
    assert report.loaded, [one.message for one in report.problems]


def _workbook(period: str, places: int, as_at: str) -> bytes:
    from tests import builders as b

    rows = [
        {"period": period, "school_type": kind, "places": places, "roll": places - 7}
        for kind in _KINDS
    ]
    sheets = {
        "special_places": b.rows("special_places", *rows),
        "ehc_timeliness": b.timeliness(period=period, issued=places - 320),
    }
    return b.workbook(b.sheets(**sheets), {"Data as at": as_at})


def _for_everyone() -> bool:
    """Whether the release publishes to everyone: from 0.4 on."""
    from tests.staff.small import small_settings

    return small_settings.__wrapped__.__code__.co_argcount > 0


def _publish(database: Any, people: Any, settings: Any) -> None:
    from dashboard.releases.early_readers import add_early_reader
    from dashboard.releases.planning import announce, call_off_plan, plan_publication
    from dashboard.releases.publishing import publish
    from tests.staff.signed import in_an_hour
    from tests.staff.small import load_small

    version = load_small(database, 0, people["council-analyst"])
    soon = dt.date.today() + dt.timedelta(days=20)
    announce(database, people["publisher"], AREA, "2025-26 spring", soon)
    version = _agree(database, people, version, settings)
    plan_publication(database, people["publisher"], AREA, version.id, in_an_hour())
    reader = (version.id, "Head of the press office", "To answer the press", 24)
    add_early_reader(database, people["publisher"], AREA, *reader)
    call_off_plan(database, people["publisher"], AREA, version.id)
    publish(database, people["publisher"], AREA, version.id, settings)


def _correct(database: Any, people: Any, settings: Any) -> None:
    from dashboard.releases.corrections import begin_correction
    from dashboard.releases.publishing import publish
    from tests.staff.signed import notice
    from tests.staff.small import load_small

    made = begin_correction(database, people["council-analyst"], AREA, TERM, notice())
    load_small(database, 1, people["council-analyst"])
    version = _agree(database, people, made, settings)
    publish(database, people["publisher"], AREA, version.id, settings)


def _agree(database: Any, people: Any, version: Any, settings: Any) -> Any:
    """What the checks ask is answered first."""
    from dashboard.releases.explanations import explain, see_checks
    from tests.staff.signed import to_agreed

    analyst = people["council-analyst"]
    checked = see_checks(database, analyst, AREA, TERM, settings)
    assert checked is not None
    for one in checked.report.shoulds:
        words = "The terms before are smaller, since both are invented."
        explain(database, analyst, AREA, version.id, one.key, words, settings=settings)
    return to_agreed(database, people, version, settings)


def _write_notes(database: Any, people: Any) -> None:
    from dashboard.access.invitations import invite
    from dashboard.access.sessions import begin_session
    from dashboard.notes import agree_note, write_note
    from dashboard.releases.headings import choose_headings
    from dashboard.releases.note_draft import Draft

    words = "A school opened a second site.", "School organisation"
    draft = Draft(dt.date(2025, 10, 6), *words, measures=("special_places",))
    note = write_note(database, people["council-analyst"], AREA, draft)
    agree_note(database, people["assurer"], AREA, note)
    begin_session(database, people["council-analyst"], "test")
    with database.writing() as connection:
        invite(connection, None, AREA, people["assurer"])
    chosen = {"% in 20wks": "within_20w", "Comments": ""}
    choose_headings(database, people["council-analyst"], AREA, COUNCIL, "ehc_timeliness", chosen)


def _send_in(database: Any, people: Any) -> None:
    """A file that is sent in and taken, and one that waits."""
    from dashboard.releases.changes import accept, see_changes
    from dashboard.releases.submissions import send_in

    analyst = people["council-analyst"]
    for places in (420, 430):
        content = _workbook("Spring 2025/26", places, "2026-05-11")
        sent = send_in(database, analyst, AREA, content, f"{places}.xlsx", {})
        assert sent.state == "waiting", sent.report.message
        if places == 420:
            shown = see_changes(database, analyst, AREA, sent.id).changes.sha256
            accept(database, analyst, AREA, sent.id, shown)


def main(number: str, path: str) -> None:
    from sqlalchemy.engine import URL

    from schemas.database import open_database
    from schemas.migrations import upgrade

    database = open_database(URL.create("sqlite", database=path))
    upgrade(database)
    for fill in FILLS[number]:
        fill(database)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
