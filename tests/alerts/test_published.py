"""A publication and a correction are told to exactly those who chose what is new in them."""

import datetime as dt

import pytest
from sqlalchemy import insert, select

from dashboard.access.person import Person
from dashboard.alerts.kinds import About, Kind
from dashboard.alerts.making import make_digests
from dashboard.alerts.told import list_told
from dashboard.releases.withdrawals import withdraw
from schemas.database import Database
from schemas.people_tables import person, role_held
from schemas.plan_tables import digest_sent, subscription
from tests.alerts.ground import (
    AREA,
    PLACES,
    SETTINGS,
    TOMORROW,
    add_reader,
    ask,
    correct,
    numbers_in,
    occasions,
    publish_first,
    readers_of,
    tell,
)
from tests.staff.people import DARLINGTON, demo_people
from tests.staff.signed import to_published
from tests.staff.small import load_small
from tests.staff.smtp_server import Post


@pytest.fixture
def readers(database: Database) -> dict[str, Person]:
    """Each chose something else; one nothing at all."""
    demo_people(database)
    choices = {
        "all": "everything:",
        "theme": "theme:where_learning",
        "measure": f"measure:{PLACES}",
        "roll": "measure:special_roll",
        "none": "",
    }
    found = {name: add_reader(database, name) for name in choices}
    for name, what in choices.items():
        if what:
            ask(database, found[name], what)
    return found


def test_a_publication_with_nothing_new_goes_to_those_who_follow_everything(
    database: Database, post: Post, readers: dict[str, Person]
) -> None:
    publish_first(database)
    tell(database, post)
    assert readers_of(post) == ["all"]
    assert occasions(database) == ["published:2025-26-autumn.1"]
    tell(database, post, TOMORROW)
    assert readers_of(post) == ["all"], "and once"


def test_nothing_is_made_where_nobody_asked(database: Database, post: Post) -> None:
    publish_first(database)
    tell(database, post)
    assert occasions(database) == []


def test_a_correction_tells_what_was_restated_to_those_it_is_about(
    database: Database, post: Post, readers: dict[str, Person]
) -> None:
    people, first = publish_first(database)
    tell(database, post)
    correct(database, dict(people), 5)
    post.messages.clear()
    tell(database, post, TOMORROW)
    assert readers_of(post) == ["all", "theme", "measure"], "the roll was not corrected"
    [told, _] = list_told(database, readers["all"], DARLINGTON)
    assert told.digest.about is About.corrected
    [(phrase, words)] = told.entries[0].said
    assert phrase == "Published figures were corrected"
    assert "The headline was 7,914 and is 7,924 now." in words
    kinds = {(thing.kind, name) for thing in told.digest.things for name in thing.measures}
    assert (Kind.restated, PLACES) in kinds
    assert first.number == 1


def test_the_e_mail_holds_no_figure_and_leads_to_the_page(
    database: Database, post: Post, readers: dict[str, Person]
) -> None:
    people, _ = publish_first(database)
    tell(database, post)
    correct(database, dict(people), 5)
    tell(database, post, TOMORROW)
    texts = [message.get_content() for _, message in post.messages]
    assert "Published figures were corrected." in texts[-1]
    looked = f"{len(SETTINGS.measures)} measures were looked at, 1 of them in what you chose"
    assert looked in texts[-1]
    for text in texts:
        assert f"/staff/{DARLINGTON}/alerts" in text
        assert "That page ends it" in text
        counted = "".join(line for line in text.splitlines() if "looked at" in line)
        assert numbers_in(text) == numbers_in(counted)
        assert "7,9" not in text
        assert "counted twice" not in text, "what people wrote stays on screen"


def test_what_was_planned_all_along_is_called_revised(database: Database, post: Post) -> None:
    reader = add_reader(database, "reader")
    ask(database, reader)
    people = demo_people(database)
    version = load_small(database, 0, people["council-analyst"], "provisional")
    to_published(database, people, version, SETTINGS)
    correct(database, people, 5, kind="revision")
    tell(database, post)
    [newest, oldest] = list_told(database, reader, DARLINGTON)
    assert newest.title == "The figures of the autumn term 2025/26 were revised"
    assert newest.entries[0].said[0][0] == "Published figures were revised, as was planned"
    assert "were revised on" in oldest.corrected


def test_what_came_out_before_somebody_asked_is_on_screen_only(
    database: Database, post: Post
) -> None:
    publish_first(database)
    late = add_reader(database, "late")
    row = {"person_id": late.id, "area_code": DARLINGTON, "scope": "everything", "subject": ""}
    asked_at = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).isoformat(timespec="seconds")
    with database.writing() as connection:
        connection.execute(insert(subscription).values(row | {"by_mail": 1, "made_at": asked_at}))
    tell(database, post)
    assert readers_of(post) == []
    [told] = list_told(database, late, DARLINGTON)
    assert told.title == "The figures of the autumn term 2025/26 were published"


def test_whoever_lost_their_role_or_account_gets_nothing(
    database: Database, post: Post, readers: dict[str, Person]
) -> None:
    other = add_reader(database, "other")
    ask(database, other)
    publish_first(database)
    make_digests(database, SETTINGS, AREA)
    with database.writing() as connection:
        mine = role_held.c.person_id == readers["all"].id
        connection.execute(role_held.update().where(mine).values(ended_at="x"))
        this = person.c.id == other.id
        connection.execute(person.update().where(this).values(ended_at="x"))
    tell(database, post)
    assert readers_of(post) == []


def test_a_withdrawn_publication_says_so_and_shows_nothing_else(
    database: Database, post: Post, readers: dict[str, Person]
) -> None:
    people, _ = publish_first(database)
    version = correct(database, dict(people), 5)
    tell(database, post)
    before = list_told(database, readers["all"], DARLINGTON)
    assert before[0].entries
    assert not before[0].withdrawn
    assert "were corrected on" in before[1].corrected
    words = ("Schools were counted twice.", "Two lists.", "Do not use it.")
    withdraw(database, people["approver"], DARLINGTON, version.id, *words)
    for one in list_told(database, readers["all"], DARLINGTON):
        assert one.title.startswith("Withdrawn: the figures of the autumn term 2025/26")
        assert "were withdrawn on" in one.withdrawn
        assert one.entries == ()
        assert one.looked == ""
    assert before[0].changed_at <= list_told(database, readers["all"], DARLINGTON)[0].changed_at


def test_what_is_withdrawn_before_it_was_sent_is_not_sent(
    database: Database, post: Post, readers: dict[str, Person]
) -> None:
    people, version = publish_first(database)
    make_digests(database, SETTINGS, AREA)
    words = ("Schools were counted twice.", "Two lists.", "Do not use it.")
    withdraw(database, people["approver"], DARLINGTON, version.id, *words)
    tell(database, post)
    assert readers_of(post) == []


def test_the_page_counts_what_was_looked_at(
    database: Database, post: Post, readers: dict[str, Person]
) -> None:
    people, _ = publish_first(database)
    correct(database, dict(people), 5)
    tell(database, post)
    of_all = list_told(database, readers["all"], DARLINGTON)[0].looked
    of_one = list_told(database, readers["measure"], DARLINGTON)[0].looked
    number = len(SETTINGS.measures)
    assert of_all.startswith(f"{number} measures were looked at, all of them in what you chose,")
    assert of_one.startswith(f"{number} measures were looked at, 1 of them in what you chose,")
    assert "with 0 tests of change" in of_one


def test_what_is_sent_is_kept_for_each_person(
    database: Database, post: Post, readers: dict[str, Person]
) -> None:
    publish_first(database)
    tell(database, post)
    with database.reading() as connection:
        rows = connection.execute(select(digest_sent)).all()
    assert [row.person_id for row in rows] == [readers["all"].id]
