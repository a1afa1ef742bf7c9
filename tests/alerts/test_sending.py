"""Each message goes once, at most one a person and day, whatever fails or is killed meanwhile."""

import datetime as dt
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection as Pipe
from typing import Any

import pytest
from sqlalchemy import func, make_url, select

from dashboard.access.person import Person
from dashboard.alerts.due import keep_telling
from dashboard.alerts.making import make_digests
from dashboard.alerts.sending import send_digests
from dashboard.alerts.told import list_told
from dashboard.alerts.tries import BEGUN, FAILED, SENT, list_tries
from dashboard.hosting import Hosting
from dashboard.mail import MailProblem
from dashboard.record import find_breaks
from schemas.database import Database, open_database
from schemas.plan_tables import digest, digest_sent
from schemas.round_tables import act
from tests.alerts.ground import (
    AREA,
    SETTINGS,
    SITE,
    TOMORROW,
    add_reader,
    ask,
    correct,
    mail_to,
    publish_first,
    readers_of,
    tell,
)
from tests.staff.people import DARLINGTON
from tests.staff.smtp_server import Post


@pytest.fixture
def readers(database: Database) -> dict[str, Person]:
    found = {name: add_reader(database, name) for name in ("one", "two")}
    for who in found.values():
        ask(database, who)
    return found


@pytest.fixture
def published(database: Database, readers: dict[str, Person]) -> dict[str, Person]:
    people, _ = publish_first(database)
    return dict(people)


def said(database: Database) -> list[str]:
    """The acts about alerts, in order."""
    with database.reading() as connection:
        query = select(act.c.what).where(act.c.what.in_((BEGUN, SENT, FAILED)))
        assert not [*find_breaks(connection)]
        return list(connection.scalars(query.order_by(act.c.id)))


def test_a_refused_message_stops_no_other_and_goes_on_another_day(
    database: Database, published: dict[str, Person], post: Post
) -> None:
    post.refuse = ("one@example.gov.uk",)
    one, two = tell(database, post)
    assert "refused the address it was for (550)" in one.problem
    assert two.problem == ""
    assert readers_of(post) == ["two"]
    post.refuse = ()
    assert tell(database, post) == [], "not again the same day"
    [again] = tell(database, post, TOMORROW)
    assert (again.person.id, again.problem) == (one.person.id, "")
    assert tell(database, post, 2 * TOMORROW) == []
    assert readers_of(post) == ["two", "one"]
    assert said(database) == [BEGUN, FAILED, BEGUN, SENT, BEGUN, SENT]
    with database.reading() as connection:
        failed = connection.execute(select(act).where(act.c.what == FAILED)).one()
    assert failed.reason == one.problem
    assert "@" not in failed.reason + failed.details + failed.subject


def test_by_command_a_message_that_failed_is_tried_again_at_once(
    database: Database, published: dict[str, Person], post: Post
) -> None:
    post.refuse = ("one@example.gov.uk",)
    tell(database, post)
    post.refuse = ()
    tell(database, post, again=True)
    tell(database, post, again=True)
    assert readers_of(post) == ["two", "one"]


def test_nobody_gets_two_messages_on_one_day(
    database: Database, published: dict[str, Person], post: Post
) -> None:
    tell(database, post)
    correct(database, published, 5)
    assert tell(database, post) == []
    tell(database, post, TOMORROW)
    assert readers_of(post) == ["one", "two", "one", "two"]


def test_what_waited_together_goes_in_one_message(
    database: Database, published: dict[str, Person], post: Post
) -> None:
    correct(database, published, 5)
    tell(database, post)
    assert readers_of(post) == ["one", "two"]
    message = post.messages[0][1]
    assert message["Subject"] == (
        "SEND dashboard, Darlington: the figures of the autumn term 2025/26 were published, "
        "and more"
    )
    assert message["List-Unsubscribe"].endswith("/alerts>")
    assert "the figures of the autumn term 2025/26 were corrected" in message.get_content()


def test_what_is_two_weeks_old_is_on_screen_only(
    database: Database, published: dict[str, Person], readers: dict[str, Person], post: Post
) -> None:
    assert make_digests(database, SETTINGS, AREA)
    assert tell(database, post, dt.timedelta(days=15)) == []
    assert list_told(database, readers["one"], DARLINGTON)


def test_a_server_that_cannot_be_reached_is_said(
    database: Database, published: dict[str, Person], readers: dict[str, Person], post: Post
) -> None:
    make_digests(database, SETTINGS, AREA)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = replace(mail_to(post), port=unused.getsockname()[1])
        letters = send_digests(database, AREA, nobody, SITE)
    assert ["cannot be reached" in one.problem for one in letters] == [True, True]
    [tried] = list_tries(database, readers["one"], DARLINGTON).values()
    assert tried.what == FAILED


def test_two_servers_at_once_make_and_send_each_thing_once(
    database: Database,
    published: dict[str, Person],
    post: Post,
    open_again: Callable[[], Database],
) -> None:
    correct(database, published, 5)
    servers = [database, *(open_again() for _ in range(3))]
    ready, failed = threading.Barrier(len(servers)), []

    def look(one: Database) -> None:
        ready.wait()
        try:
            tell(one, post)
        except (MailProblem, AssertionError, OSError) as error:
            failed.append(error)

    threads = [threading.Thread(target=look, args=(one,)) for one in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert sorted(readers_of(post)) == ["one", "two"]
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(digest)) == 2
        assert connection.scalar(select(func.count()).select_from(digest_sent)) == 4


def test_a_running_server_does_it_by_itself(
    database: Database, published: dict[str, Person], post: Post
) -> None:
    hosting = Hosting(trusted_hosts=("send.example.gov.uk",), mail=mail_to(post))
    stop = keep_telling(database, SETTINGS, hosting, every=0.05)
    for _ in range(600):
        if stop.wait(0.05) or said(database).count(SENT) == 2:
            break
    stop.set()
    assert readers_of(post) == ["one", "two"]


class Deadly(list[Any]):
    """A list that kills a process when it is told something."""

    def __init__(self, when: Callable[[Any], bool]) -> None:
        super().__init__()
        self.when = when
        self.process = 0

    def append(self, said: Any) -> None:
        super().append(said)
        if self.process and self.when(said):
            os.kill(self.process, signal.SIGKILL)


def _send(url: str, port: int, said: Pipe) -> None:
    """One look in a process of its own, which waits until it is told to go."""
    database = open_database(make_url(url))
    said.send("ready")
    said.recv()
    post = Post(port=port)
    send_digests(database, AREA, mail_to(post), SITE)
    said.send("done")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 is for POSIX machines")
@pytest.mark.parametrize("taken", [False, True], ids=["before it was taken", "after"])
def test_a_message_that_was_begun_when_the_program_was_killed_is_never_sent_twice(
    database: Database, readers: dict[str, Person], post: Post, taken: bool
) -> None:
    """And not lost: it stands on the reader's page, which says so; the others get theirs."""
    publish_first(database)
    make_digests(database, SETTINGS, AREA)
    deadly = Deadly(lambda said: taken or said.casefold().startswith("rcpt"))
    if taken:
        post.messages = deadly
    else:
        post.heard = deadly
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dashboard.alerts.sending", "tests.staff.small"])
    ours, theirs = context.Pipe()
    url = database.write.url.render_as_string(hide_password=False)
    worker = context.Process(target=_send, args=(url, post.port, theirs))
    worker.start()
    theirs.close()
    assert ours.poll(120)
    ours.recv()
    deadly.process = worker.pid or 0
    ours.send("go")
    worker.join(60)
    assert worker.exitcode == -signal.SIGKILL
    deadly.process = 0
    assert readers_of(post) == ["one"] * taken
    for later in range(3):
        tell(database, post, later * TOMORROW, again=True)
    assert readers_of(post) == [*["one"] * taken, "two"]
    [told] = list_told(database, readers["one"], DARLINGTON)
    tried = list_tries(database, readers["one"], DARLINGTON)[told.kept.id]
    assert tried.what == BEGUN
    assert said(database) == [BEGUN, BEGUN, SENT]
