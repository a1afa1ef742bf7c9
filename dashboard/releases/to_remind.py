"""What people have to be told about, each at its time: what waits for them and what comes out."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.access.person import Person
from dashboard.access.tasks import Task, may
from dashboard.releases.exceptions import unanswered
from dashboard.releases.planning import get_plan, plan_words
from dashboard.releases.to_do import ToDo, get_people, term_address
from dashboard.releases.uk_time import uk_day
from dashboard.releases.versions import Version, get_versions
from dashboard.releases.waiting import find_all
from dashboard.settings import Settings
from schemas.area_settings import AreaSettings

_AHEAD = dt.timedelta(days=7)  # that figures are asked for before they are due
_WEEK = 7  # days between two reminders of what is late


@dataclass(frozen=True)
class Reminder:
    """One thing that one person has to be told. `key` stays while it is the same thing to tell;
    `rest` is its address within the area."""

    key: str
    person: Person
    words: str
    rest: str


def find_due(connection: Connection, settings: Settings, area: AreaSettings) -> list[Reminder]:
    """What everybody has to be told today, whether or not they have been told before."""
    today = settings.today()
    people = get_people(connection, area.code)
    versions = get_versions(connection, area.code)
    found = find_all(connection, settings, area)
    found += _planned(connection, versions, people, today)
    found += _commentary(connection, settings, area, versions, people)
    return [
        Reminder(f"{one.key}{mark}", person, f"{_words(one)}{when}", one.rest)
        for one in found
        for mark, when in _times(one, today)
        for person in one.people
    ]


def _planned(
    connection: Connection, versions: Sequence[Version], people: Sequence[Person], today: dt.date
) -> Iterator[ToDo]:
    """What comes out by itself today or tomorrow, to those who can still call it off."""
    for version in versions:
        plan = get_plan(connection, version.id) if version.state == "agreed" else None
        if plan and (uk_day(plan.publish_at) - today).days <= 1:
            able = tuple(one for one in people if may(one, Task.plan, version.area_code))
            words = f"{version.words}, comes out as planned on {plan_words(plan)}"
            key = f"{version.subject} planned {plan.publish_at}"
            yield ToDo(key, Task.plan, words, f"{term_address(version.term)}/publish", able)


def _commentary(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    versions: Sequence[Version],
    people: Sequence[Person],
) -> Iterator[ToDo]:
    """What the newest published figures ask the owners about, to those who may write it: once for
    the version, and once for each word that was returned, to all but who returned it."""
    version = next((one for one in versions if one.was_published), None)
    if version is None:
        return
    able = tuple(one for one in people if may(one, Task.comment, area.code))
    rest = f"commentary?term={term_address(version.term)}"
    term = version.term.short_title
    asked = unanswered(connection, settings, area, version.term_label)
    if not all(one.returned for one in asked):
        words = f"Write the owner’s word on the measures that ask for one, {term}"
        yield ToDo(f"{version.subject} commentary", Task.comment, words, rest, able)
    for one in asked:
        if one.said:  # returned, or it would be answered
            others = tuple(each for each in able if each.id != one.said["returned_by_id"])
            words = f"Write the owner’s word on “{one.measure.short_title}” again, {term}"
            yield ToDo(f"commentary {one.said['id']} returned", Task.comment, words, rest, others)


def _words(one: ToDo) -> str:
    """Of a file without its name, in which anything may stand: that does not go by e-mail."""
    if one.rest.startswith("send-in/"):
        return "Decide about a file that you sent in, or mend it"
    return one.words


def _times(one: ToDo, today: dt.date) -> Iterator[tuple[str, str]]:
    """When it is time to tell it: what is added to its key, so that it is told at that time once,
    and to its words."""
    late = one.days_late(today)
    if late:
        yield f" late {(late - 1) // _WEEK}", f": {late} day{'' if late == 1 else 's'} late"
    elif one.due_on is None:
        yield "", ""
    elif one.task is not Task.send_in or today >= one.due_on - _AHEAD:
        on_the_day = today == one.due_on
        when = "today" if on_the_day else f"{one.due_on.day} {one.due_on:%B %Y}"
        yield " today" if on_the_day and one.task is Task.send_in else "", f", due {when}"
