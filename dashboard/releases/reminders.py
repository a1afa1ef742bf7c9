"""Reminders by e-mail: who is told of what is due, each thing once, and without any figure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from dashboard.access.person import Person
from dashboard.hosting import Mail
from dashboard.mail import MailProblem, is_address, send_mail
from dashboard.record import add_act
from dashboard.releases.to_remind import Reminder, find_due
from dashboard.settings import Settings
from schemas.area_settings import AreaSettings
from schemas.database import Database
from schemas.round_tables import act
from schemas.turn import try_turn


@dataclass(frozen=True)
class Told:
    """What became of one person's message; `problem` is "" when it was sent. It has `failed` when
    it may work another time; without an address it cannot."""

    person: Person
    reminders: tuple[Reminder, ...]
    problem: str = ""
    failed: bool = False


def find_reminders(
    connection: Connection, settings: Settings, area: AreaSettings
) -> list[Reminder]:
    """What people have to be told today and have not been told."""
    known = _told_before(connection, area.code)
    return [
        one for one in find_due(connection, settings, area) if (one.person.id, one.key) not in known
    ]


def send_reminders(
    database: Database, settings: Settings, area: AreaSettings, mail: Mail, site: str
) -> list[Told]:
    """One message to each person with something to be told. A message that fails is put on the
    record, does not stop the others, and is tried again the next time. Nothing while another
    server is at it: the timetables of several servers come at the same minute.

    Args:
        site: where the server is, such as `https://send.example.gov.uk`.
    """
    with try_turn(database, f"remind {area.code}") as ours:
        if not ours:
            return []
        with database.reading() as connection:
            found = find_reminders(connection, settings, area)
        return [_tell(database, area, mail, site, one) for one in by_person(found)]


def by_person(found: Iterable[Reminder]) -> list[Told]:
    """One for each person, with a problem where there is no address to write to."""
    gathered: dict[int, list[Reminder]] = {}
    for one in found:
        gathered.setdefault(one.person.id, []).append(one)
    return [
        Told(ones[0].person, tuple(ones), _why_not(ones[0].person)) for ones in gathered.values()
    ]


def _why_not(person: Person) -> str:
    if is_address(person.sign_in_name):
        return ""
    return "Their sign-in name is not an e-mail address, so nobody wrote to them."


def _tell(database: Database, area: AreaSettings, mail: Mail, site: str, told: Told) -> Told:
    if told.problem:
        return told
    try:
        subject, text = message(area, site, told.reminders)
        send_mail(mail, told.person.sign_in_name, subject, text)
    except MailProblem as problem:
        told = replace(told, problem=str(problem), failed=True)
    with database.writing() as connection:
        _record(connection, area, told)
    return told


def _record(connection: Connection, area: AreaSettings, told: Told) -> None:
    who, code = told.person.words, area.code
    details = {"person": told.person.id, "keys": [one.key for one in told.reminders]}
    if told.failed:
        add_act(
            connection,
            None,
            "could not remind",
            area_code=code,
            subject=who,
            reason=told.problem,
            details=details,
        )
    else:
        add_act(connection, None, "reminded", area_code=code, subject=who, details=details)


def message(area: AreaSettings, site: str, reminders: Iterable[Reminder]) -> tuple[str, str]:
    """The subject and the text: what to do and where, and no figure."""
    ones = list(reminders)
    things = "one thing waits for you" if len(ones) == 1 else f"{len(ones)} things wait for you"
    lines = [f"{area.partnership}: {things} on the SEND dashboard.", ""]
    for one in ones:
        lines += [f"* {one.words}.", f"  {site}/staff/{area.code}/{one.rest}", ""]
    lines += [
        "You get this message because of your role there. Each thing is told once; what is late is",
        "told again each week. Nobody reads answers to this address.",
    ]
    return f"SEND dashboard, {area.name}: {things}", "\n".join(lines) + "\n"


def _told_before(connection: Connection, area_code: str) -> frozenset[tuple[int, str]]:
    query = select(act.c.details).where(act.c.area_code == area_code, act.c.what == "reminded")
    every = (json.loads(details) for details in connection.scalars(query))
    return frozenset((told["person"], key) for told in every for key in told["keys"])
