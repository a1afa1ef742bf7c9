"""What staff do with what families said: read, set aside, answer; all of it on the record."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import Connection, insert, select, update

from dashboard import create_app
from dashboard.access.tasks import NotAllowed
from dashboard.families.fault import FamiliesFault
from dashboard.families.reading import (
    PAGE,
    REASONS,
    Count,
    count_feedback,
    list_feedback,
    mark_read,
    set_aside,
)
from dashboard.families.received import keep_feedback
from dashboard.families.topics import get_topics, is_topic, topic_words
from dashboard.families.you_said import end_pair, get_answered, list_pairs, write_pair
from dashboard.public.release import Answered
from dashboard.public.tell_us.told import Told
from dashboard.record import now_text
from schemas.database import Database
from schemas.public_tables import (
    feedback,
    public_body,
    public_bundle,
    public_file,
    you_said,
)
from schemas.round_tables import act
from schemas.tables import release, release_version
from tests.staff.people import DARLINGTON, DURHAM, demo_people, send, signed_in

HERE = f"/staff/{DARLINGTON}/families"
SAID, DID = "You said the phone line was hard to reach.", "We now have 2 more people on the phone."
TOPIC = "plans-on-time"
EDITION = "2025-26-summer-v1.0"


def said(database: Database, *easy: str, area: str = DARLINGTON, **facts: str) -> list[int]:
    """One comment for each answer, from senders of their own; returns their numbers."""
    usual = {"words": "The words were hard.", "topic": TOPIC, "edition": EDITION}
    with database.reading() as connection:
        known = len(connection.execute(select(feedback.c.id)).all())
    for place, one in enumerate(easy, start=known):
        told = Told(one, **(usual | facts))
        keep_feedback(database, "secret", area, told, f"192.0.2.{place}")
    with database.reading() as connection:
        return list(connection.scalars(select(feedback.c.id).order_by(feedback.c.id)))[-len(easy) :]


def state(database: Database, number: int) -> str:
    with database.reading() as connection:
        return str(connection.scalar(select(feedback.c.state).where(feedback.c.id == number)))


def acts(database: Database) -> list[Any]:
    """What was done about families, without signing in."""
    about = ("read", "set aside", "answered families", "ended an answer")
    with database.reading() as connection:
        query = select(act).where(act.c.what.in_(about)).order_by(act.c.id)
        return list(connection.execute(query).all())


def answered(database: Database, area: str = DARLINGTON) -> Sequence[Answered]:
    with database.reading() as connection:
        return get_answered(connection, area)


def publish(connection: Connection, made_at: str, *topics: str) -> None:
    """A publication with these pages, as far as staff see of it."""
    row = {"area_code": DARLINGTON, "term": "2025-26 summer"}
    number = connection.scalar(insert(release).values(row).returning(release.c.id))
    version = {"release_id": number, "number": 1, "state": "draft", "invented": 1}
    query = insert(release_version).values(version | {"created_at": made_at})
    version_id = connection.scalar(query.returning(release_version.c.id))
    bundle = {
        "area_code": DARLINGTON,
        "release_version_id": version_id,
        "name": EDITION,
        "made_at": made_at,
        "algorithm": "1",
        "content_sha256": "0" * 64,
        "figures": b"",
        "report": "{}",
    }
    number = connection.scalar(insert(public_bundle).values(bundle).returning(public_bundle.c.id))
    connection.execute(insert(public_body).values(sha256="0" * 64, body=b""))
    for path in ("easy-read/index.html", *(f"easy-read/{one}/index.html" for one in topics)):
        file = {"bundle_id": number, "path": path, "kind": "text/html", "sha256": "0" * 64}
        connection.execute(insert(public_file).values(file))


def test_what_families_said_is_listed_newest_first_and_by_topic(database: Database) -> None:
    who = demo_people(database)["assurer"]
    first, second = said(database, "yes", "no")
    [third] = said(database, "partly", topic="")
    every = list_feedback(database, who, DARLINGTON)
    assert [row["id"] for row in every] == [third, second, first]
    of_topic = list_feedback(database, who, DARLINGTON, topic=TOPIC)
    assert [row["id"] for row in of_topic] == [second, first]
    of_none = list_feedback(database, who, DARLINGTON, topic="")
    assert [row["id"] for row in of_none] == [third]
    older = list_feedback(database, who, DARLINGTON, before=second, size=5)
    assert [row["id"] for row in older] == [first]


def test_answers_are_counted_by_topic_and_edition(database: Database) -> None:
    who = demo_people(database)["assurer"]
    numbers = said(database, "yes", "yes", "no", "")
    said(database, "partly", edition="2025-26-autumn-v1.0")
    said(database, "partly", topic="appeals")
    mark_read(database, who, DARLINGTON, numbers[:1])
    assert count_feedback(database, who, DARLINGTON) == [
        Count("appeals", EDITION, 0, 1, 0, 1),
        Count(TOPIC, "2025-26-autumn-v1.0", 0, 1, 0, 1),
        Count(TOPIC, EDITION, 2, 0, 1, 3),
    ]
    set_aside(database, who, DARLINGTON, numbers[1], "twice")
    assert count_feedback(database, who, DARLINGTON)[-1] == Count(TOPIC, EDITION, 1, 0, 1, 2)


def test_what_is_set_aside_is_on_the_record_without_its_words(database: Database) -> None:
    who = demo_people(database)["assurer"]
    [number] = said(database, "no", words="You are all scoundrels.")
    set_aside(database, who, DARLINGTON, number, "abusive")
    assert state(database, number) == "set_aside"
    [row] = acts(database)
    assert (row.what, row.subject) == ("set aside", f"comment {number} of a family")
    assert (row.reason, row.person_id) == (REASONS["abusive"], who.id)
    assert (row.from_state, row.to_state) == ("new", "set_aside")
    assert "scoundrels" not in str(tuple(row))
    mark_read(database, who, DARLINGTON, [number])
    assert state(database, number) == "read", "who was mistaken takes it in again"


@pytest.mark.parametrize("before", ["answered", "set_aside"])
def test_what_was_answered_or_set_aside_is_not_set_aside_again(
    database: Database, before: str
) -> None:
    who = demo_people(database)["assurer"]
    [number] = said(database, "no")
    with database.writing() as connection:
        connection.execute(update(feedback).values(state=before))
    with pytest.raises(FamiliesFault, match="before"):
        set_aside(database, who, DARLINGTON, number, "twice")


def test_a_reason_of_ones_own_is_not_taken(database: Database) -> None:
    who = demo_people(database)["assurer"]
    [number] = said(database, "no")
    with pytest.raises(FamiliesFault, match="Choose why"):
        set_aside(database, who, DARLINGTON, number, "They wrote: you scoundrels")
    assert acts(database) == []


def test_reading_is_on_the_record_once(database: Database) -> None:
    who = demo_people(database)["publisher"]
    numbers = said(database, "yes", "no")
    assert mark_read(database, who, DARLINGTON, numbers) == 2
    assert mark_read(database, who, DARLINGTON, numbers) == 0
    [row] = acts(database)
    assert (row.what, json.loads(row.details)) == ("read", {"comments": numbers})
    with database.reading() as connection:
        assert set(connection.scalars(select(feedback.c.read_by_id))) == {who.id}


def test_a_comment_of_another_area_is_not_there(database: Database) -> None:
    who = demo_people(database, DARLINGTON, DURHAM)["assurer"]
    [ours] = said(database, "yes")
    [theirs] = said(database, "no", area=DURHAM)
    assert [row["id"] for row in list_feedback(database, who, DARLINGTON)] == [ours]
    for numbers in ([theirs], [ours, theirs], []):
        with pytest.raises(FamiliesFault, match="no such comment here"):
            mark_read(database, who, DARLINGTON, numbers)
    with pytest.raises(FamiliesFault, match="no such comment here"):
        set_aside(database, who, DARLINGTON, theirs, "twice")
    with pytest.raises(FamiliesFault, match="no such comment here"):
        write_pair(database, who, DARLINGTON, TOPIC, SAID, DID, [theirs])
    assert list_pairs(database, who, DARLINGTON) == []
    assert (state(database, ours), state(database, theirs)) == ("new", "new")


def test_a_pair_answers_comments_and_waits_for_the_next_publication(database: Database) -> None:
    who = demo_people(database)["council-analyst"]
    first, second = said(database, "no", "no")
    number = write_pair(database, who, DARLINGTON, TOPIC, f"  {SAID} ", DID, [first])
    assert (state(database, first), state(database, second)) == ("answered", "new")
    today = dt.date.fromisoformat(now_text()[:10])
    [pair] = answered(database)
    assert (pair.topic, pair.said, pair.did) == (TOPIC, SAID, DID)
    assert abs(pair.on - today) <= dt.timedelta(days=1)
    assert answered(database, DURHAM) == []
    [row] = acts(database)
    assert (row.what, row.subject) == ("answered families", f"answer {number} to families")
    assert json.loads(row.details) == {"answers": [first], "topic": TOPIC}
    assert "phone line" not in str(tuple(row))


def test_a_pair_that_ended_is_left_out_and_stays_in_the_table(database: Database) -> None:
    who = demo_people(database, DARLINGTON, DURHAM)["assurer"]
    number = write_pair(database, who, DARLINGTON, "", SAID, DID)
    with pytest.raises(FamiliesFault, match="no such answer here"):
        end_pair(database, who, DURHAM, number)
    end_pair(database, who, DARLINGTON, number)
    assert answered(database) == []
    assert [row["said"] for row in list_pairs(database, who, DARLINGTON)] == [SAID]
    with pytest.raises(FamiliesFault, match="ended already"):
        end_pair(database, who, DARLINGTON, number)
    assert [row.what for row in acts(database)] == ["answered families", "ended an answer"]


def test_pairs_come_by_topic_the_newest_first(database: Database) -> None:
    who = demo_people(database)["assurer"]
    for topic, did in (
        ("b", "We did 1."),
        ("a", "We did 2."),
        ("b", "We did 3."),
        ("", "We did 4."),
    ):
        write_pair(database, who, DARLINGTON, topic, SAID, did)
    assert [(one.topic, one.did[-2]) for one in answered(database)] == [
        ("", "4"),
        ("a", "2"),
        ("b", "3"),
        ("b", "1"),
    ]


@pytest.mark.parametrize(
    ("different", "field", "told"),
    [
        ({"said": " "}, "said", "“You said” is empty."),
        ({"did": ""}, "did", "“We did” is empty."),
        ({"did": "We did it"}, "did", "ends without a full stop"),
        ({"said": "x" * 300 + "."}, "said", "longer than 300 characters"),
        ({"said": "My son Jack waits."}, "said", "seems to hold names, which may not be kept"),
        ({"said": "You said Dr Quill left."}, "said", "names a person"),
        ({"did": "Call Amy on 07700 900123."}, "did", "seems to hold telephone numbers"),
        ({"did": "We improved the timeliness of plans."}, "did", "Instead of “timeliness” write"),
        ({"did": " ".join(["help"] * 16) + "."}, "did", "16 words"),
        ({"topic": "Plans on time"}, "topic", "Choose a topic."),
    ],
)
def test_what_is_wrong_with_a_pair_is_told_at_its_field(
    different: dict[str, str], field: str, told: str, database: Database
) -> None:
    who = demo_people(database)["assurer"]
    texts = {"topic": TOPIC, "said": SAID, "did": DID} | different
    [number] = said(database, "no")
    with pytest.raises(FamiliesFault) as error:
        write_pair(database, who, DARLINGTON, **texts, answers=[number])
    assert told in error.value.faults[field]
    assert "900123" not in str(error.value)
    assert (list_pairs(database, who, DARLINGTON), state(database, number)) == ([], "new")


@pytest.mark.parametrize("who", ["partner", "approver", "administrator"])
def test_who_may_not_answer_families_reads_and_does_nothing(who: str, database: Database) -> None:
    person = demo_people(database)[who]
    [number] = said(database, "no")
    for refused in (
        lambda: list_feedback(database, person, DARLINGTON),
        lambda: count_feedback(database, person, DARLINGTON),
        lambda: mark_read(database, person, DARLINGTON, [number]),
        lambda: set_aside(database, person, DARLINGTON, number, "twice"),
        lambda: write_pair(database, person, DARLINGTON, TOPIC, SAID, DID),
        lambda: end_pair(database, person, DARLINGTON, 1),
        lambda: list_pairs(database, person, DARLINGTON),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert state(database, number) == "new"


def test_topics_are_those_of_the_newest_publication_and_those_spoken_of(
    database: Database,
) -> None:
    who = demo_people(database)["assurer"]
    with database.writing() as connection:
        publish(connection, "2026-10-15T09:30:00+00:00", TOPIC, "hard-words", "appeals")
    said(database, "no", topic="old-topic")
    said(database, "no", topic="")
    write_pair(database, who, DARLINGTON, "growing-up", SAID, DID)
    with database.reading() as connection:
        found = get_topics(connection, DARLINGTON)
    assert found == ["appeals", "growing-up", "old-topic", TOPIC]
    assert all(is_topic(one) for one in found)
    assert [topic_words(one) for one in ("", TOPIC)] == ["All pages", "Plans on time"]


@pytest.fixture
def server(database: Database) -> Flask:
    return create_app(database)


def main(text: str) -> str:
    found = BeautifulSoup(text, "html.parser").main
    assert found is not None
    return " ".join(found.get_text(" ").split())


def test_the_whole_way_on_screen(server: Flask, database: Database) -> None:
    numbers = said(database, "no", "yes", "partly")
    said(database, "no", words="Scoundrels!")
    client = signed_in(server, database, demo_people(database)["assurer"])
    page = main(client.get(HERE).text)
    assert "Plans on time 2025-26-summer-v1.0 1 1 2 4" in page
    assert (
        send(client, f"{HERE}/{numbers[2] + 1}/set-aside", {"reason": "abusive"}).status_code == 303
    )
    assert send(client, f"{HERE}/read", {"comments": str(numbers[0])}).status_code == 303
    page = main(client.get(HERE).text)
    assert "1 comment marked as read." in page
    assert "Show what was set aside" in page
    form = client.get(f"{HERE}/answer?topic={TOPIC}")
    assert '<option value="plans-on-time" selected>' in form.text
    assert "Scoundrels" not in form.text, "what was set aside is not answered"
    fields = {"topic": TOPIC, "said": SAID, "did": DID, "comments": str(numbers[0])}
    assert send(client, f"{HERE}/answer", fields).status_code == 303
    page = main(client.get(HERE).text)
    assert "Waits for the next publication" in page
    assert SAID in page
    assert state(database, numbers[0]) == "answered"
    assert send(client, f"{HERE}/answers/1/end").status_code == 303
    assert "Answers that have ended (1)" in main(client.get(HERE).text)


def test_the_page_says_what_families_see_of_an_answer_now(
    server: Flask, database: Database
) -> None:
    who = demo_people(database)["assurer"]
    client = signed_in(server, database, who)
    number = write_pair(database, who, DARLINGTON, TOPIC, SAID, DID)
    with database.writing() as connection:
        connection.execute(update(you_said).values(written_at="2026-10-01T09:30:00+00:00"))
        publish(connection, "2026-10-15T09:30:00+00:00", TOPIC)
    assert "Plans on time On the pages" in main(client.get(HERE).text)
    end_pair(database, who, DARLINGTON, number)
    assert "On the pages until the next publication" in main(client.get(HERE).text)


def test_a_form_with_faults_comes_back_as_it_was_typed(server: Flask, database: Database) -> None:
    [number] = said(database, "no", words="Too much <b>text</b>.")
    client = signed_in(server, database, demo_people(database)["assurer"])
    fields = {"topic": TOPIC, "said": "No stop", "did": "", "comments": str(number)}
    answer = send(client, f"{HERE}/answer", fields)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert ">No stop</textarea>" in answer.text
    assert f'id="comment-{number}" checked' in answer.text
    assert "<b>text" not in answer.text
    wrong = send(client, f"{HERE}/{number}/set-aside", {})
    assert (wrong.status_code, "Choose why it is set aside." in wrong.text) == (422, True)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("read", {"comments": "999"}),
        ("read", {}),
        ("999/set-aside", {"reason": "twice"}),
        ("answers/999/end", {}),
        ("answer", {"topic": "no topic", "said": SAID, "did": DID}),
    ],
)
def test_what_is_not_there_is_told_and_nothing_breaks(
    server: Flask, database: Database, path: str, fields: dict[str, str]
) -> None:
    client = signed_in(server, database, demo_people(database)["assurer"])
    answer = send(client, f"{HERE}/{path}", fields)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


@pytest.mark.parametrize("number", ["x", "-1", "٣", "1" * 12])
def test_a_number_that_is_none_is_refused(server: Flask, database: Database, number: str) -> None:
    client = signed_in(server, database, demo_people(database)["assurer"])
    assert send(client, f"{HERE}/read", {"comments": number}).status_code == 400
    assert client.get(f"{HERE}?before={number}").status_code == 200
    assert client.get(f"{HERE}?topic=No%20topic").status_code == 404


def test_more_than_a_page_of_comments_is_led_on(server: Flask, database: Database) -> None:
    rows = [
        {"area_code": DARLINGTON, "topic": "", "edition": "", "easy": "yes", "words": f"W{n}."}
        | {"removed": 0, "sent_on": "2026-10-20", "state": "new"}
        for n in range(PAGE + 2)
    ]
    with database.writing() as connection:
        connection.execute(insert(feedback), rows)
    client = signed_in(server, database, demo_people(database)["assurer"])
    page = client.get(HERE)
    assert f"Mark all {PAGE} new ones on this page as read" in page.text
    soup = BeautifulSoup(page.text, "html.parser")
    [link] = [one for one in soup.find_all("a") if "said before" in one.text]
    assert "W1." in (before := client.get(str(link["href"])).text)
    assert "W2." not in before
