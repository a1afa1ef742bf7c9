"""Sending digests by e-mail: to those who asked, once, at most one message a person and day."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from dashboard.access.person import Person, get_person
from dashboard.access.tasks import Task, may
from dashboard.alerts.choices import Choice, get_choices
from dashboard.alerts.digest import Kept, get_kept
from dashboard.alerts.message import message
from dashboard.alerts.told import Told, tell
from dashboard.alerts.tries import (
    FAILED,
    Tries,
    begin_try,
    end_try,
    get_sent,
    get_tries,
    was_tried_on,
)
from dashboard.hosting import Mail
from dashboard.mail import MailProblem, is_address, send_mail
from dashboard.releases.uk_time import UK
from schemas.area_settings import AreaSettings
from schemas.database import Database

_NEWS = dt.timedelta(days=14)  # after which a digest that did not go is only on screen


@dataclass(frozen=True)
class Letter:
    """One message to one person; `problem` is "" when it was sent, or was not tried."""

    person: Person
    told: tuple[Told, ...]
    problem: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(one.kept.id for one in self.told)


def send_digests(
    database: Database,
    area: AreaSettings,
    mail: Mail,
    site: str,
    now: dt.datetime | None = None,
    again: bool = False,
) -> list[Letter]:
    """Sends what is new to each person who asked for it by e-mail. A message that fails is put on
    the record, stops no other, and is tried again on another day. Any number of servers may do
    this at once: a message is begun in one transaction, by whoever is first.

    Args:
        site: where the server is, such as `https://send.example.gov.uk`.
        now: the time of it.
        again: try what failed today once more.
    """
    at = now or dt.datetime.now(dt.UTC)
    with database.reading() as connection:
        kept = get_news(connection, area.code, at)
        wanted = find_letters(connection, area, kept, at, again) if kept else []
    found = []
    for one in wanted:
        with database.writing() as connection:
            letter = next(
                iter(find_letters(connection, area, kept, at, again, one.person.id)), None
            )
            if letter:
                begin_try(connection, area.code, letter.person, letter.numbers)
        if letter:
            found.append(_send(database, area, mail, site, letter))
    return found


def find_letters(
    connection: Connection,
    area: AreaSettings,
    kept: Sequence[Kept],
    now: dt.datetime,
    again: bool = False,
    person_id: int = 0,
) -> list[Letter]:
    """Who is to be told what by e-mail now: people with a role here, of what happened after they
    asked, and what was neither sent nor begun.

    Args:
        person_id: only this one.
    """
    tries, day = get_tries(connection, now), now.astimezone(UK).date()
    chosen: dict[int, list[Choice]] = {}
    for one in get_choices(connection, area.code, person_id):
        if one.by_mail:
            chosen.setdefault(one.person_id, []).append(one)
    found = []
    for number, choices in chosen.items():
        person = get_person(connection, number)
        if person is None or not may(person, Task.subscribe, area.code):
            continue
        if not is_address(person.sign_in_name) or was_tried_on(tries, number, day, not again):
            continue
        told = tuple(_new(connection, area, person, kept, choices, tries))
        if told:
            found.append(Letter(person, told))
    return found


def _new(
    connection: Connection,
    area: AreaSettings,
    person: Person,
    kept: Sequence[Kept],
    choices: Sequence[Choice],
    tries: Tries,
) -> Iterator[Told]:
    """What happened before a choice was made is not told for it; what was withdrawn since is only
    on screen."""
    sent = get_sent(connection, person.id)
    for one in reversed(kept):
        tried = tries.get((person.id, one.id))
        if one.id in sent or (tried and tried.what != FAILED):
            continue
        since = [each for each in choices if each.made_at <= one.digest.happened_at]
        for told in tell(connection, person, area.code, [one], since):
            if not told.withdrawn:
                yield told


def _send(database: Database, area: AreaSettings, mail: Mail, site: str, letter: Letter) -> Letter:
    subject, text = message(area, site, letter.told)
    try:
        send_mail(
            mail, letter.person.sign_in_name, subject, text, f"{site}/staff/{area.code}/alerts"
        )
    except MailProblem as problem:
        letter = replace(letter, problem=str(problem))
    with database.writing() as connection:
        end_try(connection, area.code, letter.person, letter.numbers, letter.problem)
    return letter


def get_news(connection: Connection, area_code: str, now: dt.datetime) -> list[Kept]:
    """The digests that are new enough to go by e-mail."""
    since = (now - _NEWS).astimezone(dt.UTC).isoformat(timespec="seconds")
    return get_kept(connection, area_code, since)
