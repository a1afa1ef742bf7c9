"""“Was this easy to understand?”: sent by anybody, kept without who they are, never lost unsaid."""

import datetime as dt
import logging
import re

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from dashboard.families.received import (
    BY_AREA,
    BY_SENDER,
    forget_senders,
    home_of,
    keep_feedback,
)
from dashboard.families.taken_out import MARK, find_personal, take_out
from dashboard.hosting import Hosting
from dashboard.public.tell_us.form import LONGEST, read_form
from dashboard.public.tell_us.told import Told, TooMany
from dashboard.words.easy_read.catalogue import load_catalogue
from schemas.database import Database
from schemas.public_tables import feedback, feedback_sent
from tests.public.families_server import area_with, families_server
from tests.staff.people import DARLINGTON, DURHAM

HERE = "/easy-read/darlington/tell-us/"
FORM = {"easy": "partly", "words": "Too many words.", "topic": "plans-on-time"}
SECRET = "a secret of this test"
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def server(database: Database) -> Flask:
    return families_server(database, area_with(comment_phone="01325 555 000"))


@pytest.fixture
def client(server: Flask) -> FlaskClient:
    return server.test_client()


def kept(database: Database) -> list[dict[str, object]]:
    with database.reading() as connection:
        rows = connection.execute(select(feedback).order_by(feedback.c.id)).mappings()
        return [dict(row) for row in rows]


def told(words: str = "Good.", topic: str = "") -> Told:
    return Told("yes", words, topic, "2025-26-summer-v1.0")


def test_what_is_sent_is_kept_and_leads_to_thanks(client: FlaskClient, database: Database) -> None:
    answer = client.post(HERE, data=FORM | {"edition": "2025-26-summer-v1.0"})
    assert (answer.status_code, answer.location) == (303, "thanks/?topic=plans-on-time")
    [row] = kept(database)
    assert (row["easy"], row["words"], row["topic"]) == ("partly", "Too many words.", FORM["topic"])
    assert (row["edition"], row["state"], row["removed"]) == ("2025-26-summer-v1.0", "new", 0)
    assert row["area_code"] == DARLINGTON
    thanks = client.get(f"{HERE}{answer.location}")
    page = BeautifulSoup(thanks.text, "html.parser")
    [back] = [one["href"] for one in page.select(".links a") if "Go back" in one.text]
    assert back == "../../plans-on-time/"
    assert "We took out" not in thanks.text


def test_a_page_of_an_edition_sends_to_its_own_address_and_leads_back_there(
    client: FlaskClient, database: Database
) -> None:
    place = "/easy-read/darlington/2025-26-summer-v1.0/tell-us/"
    answer = client.post(place, data=FORM)
    assert client.get(f"{place}{answer.location}").status_code == 200
    assert kept(database)[0]["edition"] == "2025-26-summer-v1.0"


def test_nobody_gets_a_cookie_or_has_to_have_one(client: FlaskClient) -> None:
    for answer in (client.get(HERE), client.post(HERE, data=FORM), client.get(f"{HERE}thanks/")):
        assert "Set-Cookie" not in answer.headers


def test_the_form_stands_alone_with_phone_and_post_or_an_honest_gap(client: FlaskClient) -> None:
    page = client.get(f"{HERE}?topic=plans-on-time&edition=2025-26-summer-v1.0&words=hello").text
    assert 'name="topic" value="plans-on-time"' in page
    assert 'name="edition" value="2025-26-summer-v1.0"' in page
    assert "hello" not in page, "words are typed here, never in a link"
    assert "Please do not write names." in page
    assert "Please do not write anything about your child." in page
    assert 'href="tel:01325555000"' in page
    assert "We do not have an address for letters yet." in page
    assert 'href="/accessibility/darlington/"' in page


@pytest.mark.parametrize("slug", ["nowhere", "E06000005", "..", "Darlington"])
def test_an_area_that_is_not_there_has_no_form(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/easy-read/{slug}/tell-us/").status_code == 404
    assert client.post(f"/easy-read/{slug}/tell-us/", data=FORM).status_code == 404


def test_an_area_that_publishes_to_partners_only_has_no_form(database: Database) -> None:
    partners_only = area_with().model_copy(update={"public": None})
    client = families_server(database, partners_only).test_client()
    assert client.get(HERE).status_code == 404


def test_another_site_cannot_send_for_somebody(client: FlaskClient, database: Database) -> None:
    for headers in (
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
    ):
        assert client.post(HERE, data=FORM, headers=headers).status_code == 403
    assert kept(database) == []
    framed = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert client.post(HERE, data=FORM, headers=framed).status_code == 303


def test_only_the_listed_sites_may_show_it_in_a_frame(database: Database) -> None:
    area = area_with(frame_origins=("https://offer.example",))
    client = families_server(database, area).test_client()
    for answer in (client.get(HERE), client.post(HERE, data={}), client.get(f"{HERE}thanks/")):
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self' https://offer.example" in policy
        assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Please choose an answer or write some words."),
        ({"easy": "perhaps", "words": " \r\n "}, "Please choose an answer or write some words."),
        ({"easy": "no", "words": "x" * (LONGEST + 1)}, "Please write fewer words."),
    ],
)
def test_a_form_with_a_fault_says_so_and_keeps_nothing(
    client: FlaskClient, database: Database, typed: dict[str, str], said: str
) -> None:
    answer = client.post(HERE, data=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "<title>Error:" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert typed.get("words", "").strip() in answer.text
    assert kept(database) == []


def test_a_form_far_too_large_is_refused_in_easy_words(
    client: FlaskClient, database: Database
) -> None:
    answer = client.post(HERE, data={"easy": "no", "words": "x" * 100_000})
    assert answer.status_code == 413
    assert "Your message is too long" in answer.text
    assert kept(database) == []


def test_lines_are_counted_as_browsers_count_them() -> None:
    lines = "\r\n".join("x" * 9 for _ in range(100))
    assert len(lines) > LONGEST
    assert read_form({"words": lines}).fault == ""


@pytest.mark.parametrize("topic", ["<b>", "../x", "Plans", "x" * 41, "a b"])
def test_a_topic_that_cannot_be_one_is_left_out(topic: str) -> None:
    assert read_form({"easy": "yes", "topic": topic}).told.topic == ""
    assert read_form({"easy": "yes", "topic": "new-topic"}).told.topic == "new-topic"


@pytest.mark.parametrize("edition", ["<b>", "A", "x" * 61, "a/b"])
def test_an_edition_that_cannot_be_one_is_left_out(edition: str) -> None:
    assert read_form({"easy": "yes"}, edition).told.edition == ""


def test_marks_that_no_database_keeps_are_left_out(client: FlaskClient, database: Database) -> None:
    assert client.post(HERE, data={"words": "One\x00 two\x07\u202e three"}).status_code == 303
    assert kept(database)[0]["words"] == "One two three"


def test_what_somebody_typed_is_shown_as_text(client: FlaskClient) -> None:
    page = client.post(HERE, data={"words": "<script>alert(1)</script>" * 60}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


WIDE = {digit: digit + 0xFEE0 for digit in range(ord("0"), ord("9") + 1)}
# What may say who somebody is → what of it may be kept.
PERSONAL = {
    "My son Jack waits.": f"My son {MARK} waits.",
    "my son jack waits": f"my son {MARK} waits",
    "MY SON OLIVER WAITS": f"MY SON {MARK} WAITS",
    "She is called lacey-mae.": f"She is called {MARK}.",
    "His name is Quillon.": f"His name is {MARK}.",
    "Her daughter, Zoë, waits.": f"Her daughter, {MARK}, waits.",
    "Speak to Élodie Martin about it.": f"Speak to {MARK} about it.",
    "Dr Patel said no.": f"{MARK} said no.",
    "Oliver’s plan is late.": f"{MARK}’s plan is late.",
    "Write to mum@example.com please.": f"Write to {MARK} please.",
    "Write to mum (at) example.com please.": f"Write to {MARK} please.",
    "Look at www.example.com/jack please.": f"Look at {MARK} please.",
    "Call 07700 900123 now.": f"Call {MARK} now.",
    "Call (01325) 555 0101 now.": f"Call {MARK} now.",
    "Call +44 7700 900 123 now.": f"Call {MARK} now.",
    "NHS 943 476 5919 is it.": f"NHS {MARK} is it.",
    "NHS 943 476 5918 is nearly it.": f"NHS {MARK} is nearly it.",
    "The number is H801200001001.": f"The number is {MARK}.",
    "We live in DL1 5ND now.": f"We live in {MARK} now.",
    "we live in dl1 5nd now": f"we live in {MARK} now",
    "We live at 12 High Street.": f"We live at {MARK}.",
    "we live at 12 old mill road": f"we live at {MARK}",
    "He was born 12/03/2014.": f"He was {MARK}.",
    "He was born on the 12th of March.": f"He was {MARK}.",
    "Born in 2014.": f"{MARK}.",
    "The letter came on 3rd of March 2026.": f"The letter came on {MARK}.",
    "It is AB 12 34 56 C.": f"It is {MARK}.",
    "He goes to Mowden.": f"He goes to {MARK}.",
    "Call 07700 900123 at night.".translate(WIDE): f"Call {MARK} at night.",
}
NOT_PERSONAL = [
    "My son has waited 12 months for a place. He is 7.",
    "I read 2024-2025 and 2023, 2024. That is 3 years.",
    "The council called yesterday. It called us back.",
    "About 6 out of 10 plans in Darlington were late. Thank you!",
    "In 20 weeks we need an answer from SENDIASS and the NHS.",
    "The words are good.\nThe pictures are too small.",
    "We do not understand the word tribunal. What is it?",
    "I’m not happy. He’s fine. I've waited since September.",
    "My child’s EHCP is late. The Parent Carer Forum helped.",
]


@pytest.mark.parametrize(("typed", "left"), PERSONAL.items())
def test_what_looks_like_personal_data_is_taken_out(typed: str, left: str) -> None:
    assert take_out(typed) == (left, left.count(MARK))


@pytest.mark.parametrize("typed", NOT_PERSONAL)
def test_ordinary_sentences_stay_as_they_are(typed: str) -> None:
    assert take_out(typed) == (typed, 0)


def test_staff_may_name_services_and_days_but_no_children() -> None:
    assert list(find_personal("You said Darlington SENDIASS is hard to reach in March 2026.")) == []
    assert list(find_personal("My son Jack waits.")) == ["names"]
    assert list(find_personal("He was born 12/03/2014.")) == [
        "names with dates of birth",
        "dates of birth",
    ]


@pytest.mark.parametrize(
    "piece", ["a ", "1 ", "1a ", "A a ", "(at)", "@a.", "12 Aa ", "called ", "0-"]
)
def test_no_text_takes_long_to_look_through(piece: str) -> None:
    """A second look at each place would take minutes for some of these."""
    begun = dt.datetime.now(dt.UTC)
    take_out((piece * LONGEST)[:LONGEST])
    assert (dt.datetime.now(dt.UTC) - begun).total_seconds() < 2


def test_what_was_taken_out_is_nowhere(
    client: FlaskClient, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "Quillfeather"
    answer = client.post(HERE, data={"words": f"My son {secret} waits. Call 07700 900123."})
    assert answer.location == "thanks/?topic=&removed=1"
    assert "We took out words" in client.get(f"{HERE}{answer.location}").text
    [row] = kept(database)
    assert row["words"] == f"My son {MARK} waits. Call {MARK}."
    assert row["removed"] == 2
    everything = everything_in(database) + caplog.text
    assert secret not in everything
    assert "900123" not in everything


def everything_in(database: Database) -> str:
    with database.reading() as connection:
        tables = (feedback, feedback_sent)
        return "".join(str(connection.execute(select(table)).all()) for table in tables)


def test_the_senders_address_is_nowhere_and_only_the_day_is_kept(
    client: FlaskClient, database: Database
) -> None:
    client.post(HERE, data=FORM, environ_base={"REMOTE_ADDR": "203.0.113.77"})
    assert "203.0.113.77" not in everything_in(database)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(kept(database)[0]["sent_on"]))


def test_a_sender_has_a_share_and_is_told_kindly_when_it_is_used_up(
    client: FlaskClient, database: Database
) -> None:
    for _ in range(BY_SENDER):
        assert client.post(HERE, data=FORM).status_code == 303
    answer = client.post(HERE, data=FORM)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "3600"
    assert "We did not keep your words." in answer.text
    assert "You can also phone us or write to us." in answer.text
    assert ">Too many words.</textarea>" in answer.text, "what was typed is not lost"
    assert len(kept(database)) == BY_SENDER
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.post(HERE, data=FORM, environ_base=elsewhere).status_code == 303


def test_after_an_hour_somebody_may_send_again_and_is_forgotten(database: Database) -> None:
    for _ in range(BY_SENDER):
        keep_feedback(database, SECRET, DARLINGTON, told(), "192.0.2.1", NOON)
    soon = NOON + dt.timedelta(minutes=59)
    with pytest.raises(TooMany):
        keep_feedback(database, SECRET, DARLINGTON, told(), "192.0.2.1", soon)
    later = NOON + dt.timedelta(hours=1)
    keep_feedback(database, SECRET, DARLINGTON, told(), "192.0.2.1", later)
    assert senders(database) == 2, "the sender and the area, of the last hour only"
    forget_senders(database, later + dt.timedelta(hours=1))
    assert senders(database) == 0
    assert len(kept(database)) == BY_SENDER + 1


def senders(database: Database) -> int:
    with database.reading() as connection:
        return len(connection.execute(select(feedback_sent)).all())


def test_an_area_has_a_ceiling_whoever_sends(database: Database) -> None:
    for number in range(BY_AREA):
        keep_feedback(database, SECRET, DARLINGTON, told(), f"192.0.2.{number}", NOON)
    with pytest.raises(TooMany):
        keep_feedback(database, SECRET, DARLINGTON, told(), "198.51.100.1", NOON)
    keep_feedback(database, SECRET, DURHAM, told(), "198.51.100.1", NOON)
    assert len(kept(database)) == BY_AREA + 1


def test_a_refusal_uses_up_nothing(database: Database) -> None:
    for _ in range(BY_SENDER + 3):
        try:
            keep_feedback(database, SECRET, DARLINGTON, told(), "192.0.2.1", NOON)
        except TooMany:
            continue
    assert senders(database) == 2 * BY_SENDER


def test_a_home_is_one_sender_by_whatever_address_of_it() -> None:
    assert home_of("2001:db8:1:2:3:4:5:6") == home_of("2001:db8:1:2:ffff::1")
    assert home_of("2001:db8:1:2::1") != home_of("2001:db8:1:3::1")
    assert home_of("::ffff:192.0.2.1") == home_of("192.0.2.1") == "192.0.2.1"
    assert home_of("no address") == "no address"


def test_two_days_and_two_servers_know_a_sender_by_different_hashes(database: Database) -> None:
    hashes: set[str] = set()
    for secret, at in ((SECRET, NOON), (SECRET, NOON + dt.timedelta(days=1)), ("another", NOON)):
        keep_feedback(database, secret, DARLINGTON, told(), "192.0.2.1", at)
        with database.reading() as connection:
            hashes.update(connection.scalars(select(feedback_sent.c.sender_sha256)))
    assert len(hashes) == 6, "of the sender and of the area, three times"


def test_the_day_is_that_of_the_clock_in_britain(database: Database) -> None:
    late = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    keep_feedback(database, SECRET, DARLINGTON, told(), "192.0.2.1", late)
    assert kept(database)[0]["sent_on"] == "2026-07-02"


def test_a_closed_server_takes_what_families_say_without_signing_in(database: Database) -> None:
    closed = Hosting(secret_key="k7Qe-long-and-random-enough-for-a-test-0123")
    client = families_server(database, hosting=closed).test_client()
    assert client.get(HERE).status_code == 200
    answer = client.post(HERE, data=FORM, base_url="https://localhost")
    assert answer.status_code == 303


def test_the_form_asks_as_the_form_on_every_page_does(client: FlaskClient) -> None:
    labels = load_catalogue().words
    page = client.get(HERE).text
    for name in ("easy_question", "yes", "partly", "no", "tell_us", "send", "by_phone"):
        assert f">{labels[name]}<" in page, name
