"""People are told by e-mail what is due, each thing once, without figures; what fails is said."""

import datetime as dt
import json
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from dashboard.access.person import Person, get_person
from dashboard.cli import main
from dashboard.commentary import add_commentary
from dashboard.hosting import Mail
from dashboard.mail import MailProblem, is_address, send_mail
from dashboard.record import find_breaks
from dashboard.releases.commenting import return_commentary
from dashboard.releases.planning import plan_publication
from dashboard.releases.reminders import Told, by_person, find_reminders, send_reminders
from dashboard.releases.submissions import send_in
from dashboard.releases.to_remind import Reminder
from dashboard.releases.uk_time import uk_day
from dashboard.settings import Settings
from loaders.load import load_file
from loaders.report import Sender
from schemas.area_settings import load_area_settings
from schemas.commentary import Commentary
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.people_tables import person, role_held
from schemas.round_tables import act, attestation, event_note
from schemas.tables import extract_file
from schemas.term import Season, Term
from schemas.turn import try_turn
from tests.staff.people import DARLINGTON
from tests.staff.round_of_one import timeliness_file
from tests.staff.signed import in_an_hour, to_agreed
from tests.staff.small import load_small, small_settings
from tests.staff.smtp_server import Post, certificate, serving
from tests.staff.summer import COUNCIL, HEALTH, summer_file

AREA = load_area_settings()[DARLINGTON]
DUE = dt.date(2026, 9, 28)  # the data of Summer 2025/26
SUMMER = Term(2025, Season.summer)
SITE = "https://send.example.gov.uk"
ROLES = {
    "council": ("analyst", COUNCIL),
    "health": ("analyst", HEALTH),
    "assurer": ("assurer", ""),
    "approver": ("approver", ""),
    "publisher": ("publisher", ""),
    "partner": ("viewer", ""),
}


def add_people(database: Database, at: str = "example.gov.uk") -> dict[str, Person]:
    """One person for each role, who signs in with an e-mail address."""
    found = {}
    with database.writing() as connection:
        for name, (role, organisation) in ROLES.items():
            row = {"sign_in_name": f"{name}@{at}", "job_title": f"The {name}", "kind": "local"}
            number = connection.scalar(
                insert(person)
                .values(row | {"organisation": "", "made_at": "x"})
                .returning(person.c.id)
            )
            held = {"person_id": number, "role": role, "area_code": DARLINGTON, "given_at": "x"}
            connection.execute(insert(role_held).values(held | {"organisation": organisation}))
            assert number is not None
            made = get_person(connection, number)
            assert made is not None
            found[name] = made
    return found


def on(day: dt.date) -> Settings:
    return Settings(today=lambda: day)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def due(database: Database, day: dt.date, settings: Settings | None = None) -> dict[str, list[str]]:
    """What each person is to be told on a day, by job title."""
    with database.reading() as connection:
        found = find_reminders(connection, settings or on(day), AREA)
    told: dict[str, list[str]] = {}
    for one in found:
        told.setdefault(one.person.job_title.removeprefix("The "), []).append(one.words)
    return told


def load_whole(database: Database, sender: Person) -> None:
    for organisation in (COUNCIL, HEALTH):
        content = summer_file(organisation)
        assert load_file(database, content, "f.xlsx", Sender(invented=True)).loaded
    with database.writing() as connection:
        for number in connection.scalars(select(extract_file.c.id)).all():
            row = {"extract_file_id": number, "person_id": sender.id, "attested_at": "x"}
            connection.execute(insert(attestation).values(row))


@pytest.fixture
def post() -> Iterator[Post]:
    with serving(Post()) as one:
        yield one


def mail(post: Post, user: str = "", password: str = "") -> Mail:
    return Mail("127.0.0.1", post.port, "dashboard@example.gov.uk", user, password)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (DUE - days(8), None),
        (DUE - days(7), "for the summer term 2025/26, due 28 September 2026"),
        (DUE - days(1), "for the summer term 2025/26, due 28 September 2026"),
        (DUE, "for the summer term 2025/26, due today"),
        (DUE + days(1), "for the summer term 2025/26: 1 day late"),
        (DUE + days(9), "for the summer term 2025/26: 9 days late"),
    ],
)
def test_each_organisation_is_told_of_its_own_figures(
    database: Database, day: dt.date, said: str | None
) -> None:
    add_people(database)
    expected = {}
    if said:
        expected = {
            name: [f"Send in every sheet of {whose} {said}"]
            for name, whose in (("council", COUNCIL), ("health", HEALTH))
        }
    assert due(database, day) == expected


def test_a_round_that_never_began_is_let_be_in_the_end(database: Database) -> None:
    add_people(database)
    published_by = AREA.rhythm.due_on(SUMMER, "published")
    assert due(database, published_by + days(28))
    assert not due(database, published_by + days(29))


def test_who_can_check_is_told_once_the_figures_are_there(database: Database) -> None:
    people = add_people(database)
    load_whole(database, people["council"])
    told = due(database, DUE - days(4))
    assert told == {"assurer": ["Check the summer term 2025/26, version 1, due 12 October 2026"]}


def test_reviews_that_are_overdue_are_told_to_those_who_work_with_figures(
    database: Database,
) -> None:
    add_people(database)
    measures = dict(load_measures())
    for name in ("ehe_send", "cme_send"):
        measures[name] = measures[name].model_copy(update={"next_review": DUE - days(31)})
    settings = Settings(measures=measures, today=lambda: DUE - days(30))
    words = ["Ask the owners to review 2 definitions: 1 day late"]
    expected = dict.fromkeys(("council", "health", "assurer"), words)
    assert due(database, DUE, settings) == expected


def test_the_owners_word_is_asked_for_when_figures_were_published(round_: Database) -> None:
    add_people(round_)
    told = due(round_, dt.date(2026, 9, 1))
    asked = {name for name, ones in told.items() if any("owner’s word" in one for one in ones)}
    assert {"council", "health", "assurer", "approver"} <= asked
    assert "publisher" not in asked


def test_a_word_that_was_returned_is_asked_for_again_of_everybody_else(round_: Database) -> None:
    people = add_people(round_)
    said = ("It fell.", "A post is empty.", "Fill it.", "Head of SEND")
    one = Commentary(DARLINGTON, "ehcp_20w_excl", "2025-26 spring", *said)
    number = add_commentary(round_, one)
    reason = "Say by when the post is filled."
    return_commentary(round_, people["approver"], DARLINGTON, number, reason)
    told = due(round_, dt.date(2026, 9, 1))
    asked = {name for name, ones in told.items() if any("again, Spring" in one for one in ones)}
    assert asked & ROLES.keys() == {"council", "health", "assurer"}


@pytest.mark.parametrize(("before", "told"), [(2, False), (1, True), (0, True)])
def test_who_may_call_it_off_is_told_the_day_before_it_comes_out(
    database: Database, before: int, told: bool
) -> None:
    people = add_people(database)
    version = load_small(database, 0, people["council"])
    version = to_agreed(database, people, version, small_settings())
    at = in_an_hour() + days(5)
    plan_publication(database, people["publisher"], DARLINGTON, version.id, at)
    day = uk_day(at.isoformat())
    found = {
        name: [one for one in ones if one.startswith("Autumn term 2025/26, version 1, comes out")]
        for name, ones in due(database, day - days(before)).items()
    }
    assert [name for name, ones in found.items() if ones] == ["publisher"] * told


def test_the_name_of_a_file_goes_into_no_message(database: Database) -> None:
    people = add_people(database)
    content = timeliness_file({})
    assert send_in(database, people["council"], DARLINGTON, content, "Ann.xlsx", {}).name
    words = due(database, DUE - days(30))["council"]
    assert "Decide about a file that you sent in, or mend it" in words
    assert not any("Ann" in one for one in words)


def test_one_message_goes_to_each_person_with_where_to_go_and_no_figure(
    database: Database, post: Post
) -> None:
    add_people(database)
    told = send_reminders(database, on(DUE), AREA, mail(post), SITE)
    assert [one.problem for one in told] == ["", ""]
    assert [to for to, _ in post.messages] == ["council@example.gov.uk", "health@example.gov.uk"]
    message = post.messages[0][1]
    text = message.get_content()
    assert message.get_content_type() == "text/plain"
    assert message["From"] == "dashboard@example.gov.uk"
    assert message["Subject"] == "SEND dashboard, Darlington: one thing waits for you"
    assert f"{SITE}/staff/{DARLINGTON}/send-in" in text
    assert re.findall(r"\d+", text.replace(DARLINGTON, "")) == ["2025", "26"]


def test_nothing_is_told_twice_and_what_is_late_once_a_week(database: Database, post: Post) -> None:
    add_people(database)
    counts = []
    for day in (-7, -6, -1, 0, 0, 1, 2, 7, 8, 9, 15):
        told = send_reminders(database, on(DUE + days(day)), AREA, mail(post), SITE)
        counts.append(len(told))
    assert counts == [2, 0, 0, 2, 0, 2, 0, 0, 2, 0, 2]
    assert len(post.messages) == sum(counts)
    with database.reading() as connection:
        acts = connection.execute(select(act).where(act.c.what == "reminded")).all()
        assert not list(find_breaks(connection))
    assert len(acts) == sum(counts)
    assert "@" not in json.dumps([list(row._mapping.values()) for row in acts], default=str)


def test_a_refused_message_stops_no_other_and_is_tried_again(
    database: Database, post: Post
) -> None:
    add_people(database)
    post.refuse = ("council@example.gov.uk",)
    council, health = send_reminders(database, on(DUE), AREA, mail(post), SITE)
    assert (council.failed, health.failed) == (True, False)
    assert "refused the address it was for (550)" in council.problem
    assert [to for to, _ in post.messages] == ["health@example.gov.uk"]
    with database.reading() as connection:
        failed = connection.execute(select(act).where(act.c.what == "could not remind")).one()
    assert failed.reason == council.problem
    assert "@" not in failed.reason
    post.refuse = ()
    (again,) = send_reminders(database, on(DUE), AREA, mail(post), SITE)
    assert (again.person.id, again.problem) == (council.person.id, "")


def test_without_a_mail_server_every_failure_is_said(database: Database) -> None:
    add_people(database)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = Mail("127.0.0.1", unused.getsockname()[1], "dashboard@example.gov.uk")
        told = send_reminders(database, on(DUE), AREA, nobody, SITE)
    assert ["cannot be reached" in one.problem for one in told] == [True, True]


def test_whoever_signs_in_without_an_address_is_not_written_to(
    database: Database, post: Post
) -> None:
    people = add_people(database)
    with database.writing() as connection:
        this = person.c.id == people["council"].id
        connection.execute(update(person).where(this).values(sign_in_name="council"))
    council, health = send_reminders(database, on(DUE), AREA, mail(post), SITE)
    assert (council.failed, "not an e-mail address" in council.problem) == (False, True)
    assert health.problem == ""
    assert len(post.messages) == 1


def test_a_message_is_encrypted_where_the_server_offers_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with serving(Post(tls=context, password="a long pass phrase")) as post:
        send_mail(mail(post, "me", "a long pass phrase"), "you@example.gov.uk", "Hello", "You")
    assert post.encrypted
    assert len(post.messages) == 1


def test_a_server_nobody_vouches_for_gets_no_message(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    refused = pytest.raises(MailProblem, match="no certificate that is trusted")
    with serving(Post(tls=context)) as post, refused:
        send_mail(mail(post), "you@example.gov.uk", "Hello", "You")
    assert not post.messages


def test_a_wrong_password_is_said_without_repeating_it() -> None:
    refused = pytest.raises(MailProblem, match="SEND_SMTP_PASSWORD")
    with serving(Post(password="right")) as post, refused as problem:
        send_mail(mail(post, "me", "wrong-1"), "you@example.gov.uk", "Hello", "You")
    assert "wrong-1" not in str(problem.value)


def test_a_password_is_not_sent_in_the_open() -> None:
    refused = pytest.raises(MailProblem, match="offers no encryption")
    with serving(Post(password="right")) as post, refused:
        elsewhere = replace(mail(post, "me", "right"), host="0.0.0.0")  # not known to be here
        send_mail(elsewhere, "you@example.gov.uk", "Hello", "You")
    assert not any(said.startswith("AUTH") for said in post.heard)


def test_a_server_that_hangs_up_is_a_problem_and_no_crash() -> None:
    with serving(Post(hang_up=True)) as post, pytest.raises(MailProblem, match="broke off"):
        send_mail(mail(post), "you@example.gov.uk", "Hello", "You")


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("a.b@example.gov.uk", True),
        ("demo-assurer", False),
        ("a@b@example.gov.uk", False),
        ("@example.gov.uk", False),
        ("a@localhost", False),
        ("a@example.gov.uk\nBcc: all@example.gov.uk", False),
        ("a b@example.gov.uk", False),
    ],
)
def test_only_an_address_is_written_to(name: str, sound: bool) -> None:
    assert is_address(name) is sound


def test_things_for_one_person_are_gathered() -> None:
    one, other = (Person(number, f"p{number}@example.gov.uk", "P", "") for number in (1, 2))
    found = [
        Reminder("a", one, "A", ""),
        Reminder("b", other, "B", ""),
        Reminder("c", one, "C", ""),
    ]
    assert by_person(found) == [Told(one, (found[0], found[2])), Told(other, (found[1],))]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A folder for the command, with its people."""
    monkeypatch.setenv("SEND_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["init"]) == 0
    database = open_database()
    add_people(database)
    yield database
    database.close()


def test_the_command_says_who_would_be_told_and_sends_nothing(
    var: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["remind", "--dry-run", "--area", DARLINGTON]) == 0
    out = capsys.readouterr().out
    assert "@" not in out
    with var.reading() as connection:
        assert connection.execute(select(act).where(act.c.what == "reminded")).first() is None


def test_the_command_needs_a_mail_server(
    var: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["remind"]) == 1
    assert "A demonstration sends no e-mail" in capsys.readouterr().err
    monkeypatch.delenv("SEND_DEMO")
    assert main(["remind"]) == 1
    assert "SEND_SECRET_KEY is missing" in capsys.readouterr().err
    monkeypatch.setenv("SEND_SECRET_KEY", "k7Qe-long-and-random-enough-for-a-test-0123")
    monkeypatch.setenv("SEND_HOSTS", "send.example.gov.uk")
    assert main(["remind"]) == 1
    assert "No mail server is set" in capsys.readouterr().err


def test_the_command_ends_with_one_when_a_message_failed(
    var: Database, post: Post, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEND_DEMO")
    settings = {
        "SEND_SECRET_KEY": "k7Qe-long-and-random-enough-for-a-test-0123",
        "SEND_HOSTS": "send.example.gov.uk",
        "SEND_SMTP_HOST": "127.0.0.1",
        "SEND_SMTP_PORT": str(post.port),
        "SEND_SMTP_FROM": "dashboard@example.gov.uk",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with var.writing() as connection:
        writer = connection.scalar(select(person.c.id).where(person.c.job_title == "The council"))
        words = dict.fromkeys(("words", "source", "subjects", "written_at", "end_reason"), "x")
        row = {"area_code": DARLINGTON, "on_day": "2026-01-01", "breaks": 0, "person_id": writer}
        connection.execute(insert(event_note).values(row | words))
    post.refuse = ("assurer@example.gov.uk",)
    assert main(["remind", "--area", DARLINGTON]) == 1
    out = capsys.readouterr().out
    assert re.search(r"The assurer \(person \d+\): not told\. The mail server .* \(550\)", out)
    assert re.search(r"The approver \(person \d+\): told\n    Read a dated note", out)
    post.refuse = ()
    assert main(["remind", "--area", DARLINGTON]) == 0
    assert "The approver" not in capsys.readouterr().out
    assert "assurer@example.gov.uk" in [to for to, _ in post.messages]


def test_the_timetables_of_two_servers_at_the_same_minute_remind_once(
    database: Database, post: Post
) -> None:
    add_people(database)
    with try_turn(database, f"remind {DARLINGTON}"):  # as the other server holds it
        assert send_reminders(database, on(DUE), AREA, mail(post), SITE) == []
    assert post.messages == []
    told = send_reminders(database, on(DUE), AREA, mail(post), SITE)
    assert len(post.messages) == len(told) > 0
    assert send_reminders(database, on(DUE), AREA, mail(post), SITE) == []
