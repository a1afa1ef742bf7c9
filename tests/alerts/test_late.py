"""What is late is told once: extracts to those who see what came, owners' words to everyone."""

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.access.person import Person
from dashboard.alerts.digest import Digest, keep_digest, late_occasion
from dashboard.alerts.kinds import About
from dashboard.alerts.late import PATIENCE
from dashboard.alerts.making import make_digests
from dashboard.alerts.sending import send_digests
from dashboard.alerts.told import Told, list_told
from dashboard.record import now_text
from dashboard.releases.exceptions import unanswered
from dashboard.releases.rounds import current_term
from dashboard.releases.uk_time import uk_day
from dashboard.settings import Settings
from schemas.area_settings import load_area_settings
from schemas.database import Database
from tests.alerts.ground import (
    SITE,
    add_reader,
    ask,
    mail_to,
    occasions,
    readers_of,
)
from tests.staff.people import DARLINGTON
from tests.staff.smtp_server import Post

WHOLE = Settings()
AREA = load_area_settings()[DARLINGTON]
TERM = current_term(uk_day(now_text()))  # its figures are due one day yet to come
DUE = AREA.rhythm.due_on(TERM, "data")
ON_TIME, FIRST_DAY = DUE, DUE + dt.timedelta(days=1)


def on(day: dt.date) -> Settings:
    return replace(WHOLE, today=lambda: day)


def look(database: Database, post: Post, day: dt.date) -> None:
    make_digests(database, on(day), AREA)
    send_digests(database, AREA, mail_to(post), SITE)


@pytest.fixture
def readers(database: Database) -> dict[str, Person]:
    """The assurer may see what came for a term, the viewer may not."""
    found = {"assurer": add_reader(database, "assurer", "assurer")}
    found |= {"viewer": add_reader(database, "viewer")}
    found |= {"one": add_reader(database, "one", "approver")}
    for name, what in (("assurer", ""), ("viewer", ""), ("one", "measure:special_places")):
        ask(database, found[name], what or "everything:", settings=WHOLE)
    return found


def late_ones(database: Database, who: Person) -> list[Told]:
    return [one for one in list_told(database, who, DARLINGTON) if one.digest.about is About.late]


def test_extracts_that_are_late_are_told_once_and_not_before(
    database: Database, post: Post, readers: dict[str, Person]
) -> None:
    look(database, post, ON_TIME)
    assert occasions(database) == []
    for days in (0, 1, 30):
        look(database, post, FIRST_DAY + dt.timedelta(days=days))
    assert occasions(database) == [late_occasion(TERM.label, list(AREA.extracts))]
    assert readers_of(post) == ["assurer", "one"]
    assert late_ones(database, readers["viewer"]) == []
    [told] = late_ones(database, readers["assurer"])
    assert len(told.entries) == len(AREA.extracts)
    [mine] = late_ones(database, readers["one"])
    [entry] = mine.entries
    assert entry.said[0][0] == "Not sent in by the day it was due"
    text = post.messages[0][1].get_content()
    assert f"the {TERM.title[0].lower()}{TERM.title[1:]} are late" in text
    assert "looked at" not in text


def test_an_extract_is_told_once_whoever_looks_with_whatever_else(database: Database) -> None:
    def kept(*extracts: str) -> int:
        occasion = late_occasion("2025-26 summer", list(extracts))
        made = Digest(occasion, About.late, "Late", now_text(), "/", ())
        with database.writing() as connection:
            return keep_digest(connection, DARLINGTON, made)

    assert kept("census", "wait")
    assert not kept("census")
    assert not kept("wait", "other")
    assert kept("other")


def test_what_was_late_before_anybody_asked_is_no_news(database: Database, post: Post) -> None:
    ask(database, add_reader(database, "assurer", "assurer"), settings=WHOLE)
    before = current_term(uk_day(now_text())).shifted(-2)
    look(database, post, AREA.rhythm.due_on(before, "data") + dt.timedelta(days=1))
    assert occasions(database) == []


def test_owners_who_do_not_write_in_four_weeks_are_told_of_once(
    round_: Database, post: Post
) -> None:
    viewer = add_reader(round_, "viewer")
    ask(round_, viewer, settings=WHOLE)
    today = uk_day(now_text())
    look(round_, post, today + PATIENCE)
    assert not [one for one in occasions(round_) if one.startswith("commentary")]
    for days in (1, 2, 60):
        look(round_, post, today + PATIENCE + dt.timedelta(days=days))
    assert occasions(round_).count("commentary:2025-26-spring") == 1
    with round_.reading() as connection:
        owed = unanswered(connection, WHOLE, AREA, "2025-26 spring")
    [told] = [
        one for one in list_told(round_, viewer, DARLINGTON) if one.digest.about is About.commentary
    ]
    assert owed
    assert {entry.title for entry in told.entries} == {one.measure.short_title for one in owed}
    assert told.entries[0].said[0][0] == "The owner’s word is overdue"
