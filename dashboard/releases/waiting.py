"""What waits for one person in an area: their part of each round, their files, notes to agree."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select

from dashboard.access.person import Person
from dashboard.access.tasks import Task, may
from dashboard.releases.definitions import is_overdue
from dashboard.releases.rounds import Round, get_rounds
from dashboard.releases.to_do import ToDo, get_people
from dashboard.releases.uk_time import uk_day
from dashboard.settings import Settings
from schemas.area_settings import AreaSettings
from schemas.round_tables import event_note, submission

_STALE = dt.timedelta(days=28)  # after its publication was due, a round is not asked for any more
_FILES = {"waiting": "Accept or turn back", "to_mend": "Mend and send again"}


class Waiting(NamedTuple):
    """One thing that waits for a person, and its address."""

    words: str
    url: str


def get_waiting(
    connection: Connection, settings: Settings, person: Person, area: AreaSettings
) -> list[Waiting]:
    """What this person can do now; late things say how late they are."""
    today = settings.today()
    return [
        Waiting(_words(one, today), f"/staff/{area.code}/{one.rest}")
        for one in find_all(connection, settings, area)
        if person.id in {able.id for able in one.people}
    ]


def find_all(connection: Connection, settings: Settings, area: AreaSettings) -> list[ToDo]:
    """Everything that waits for anybody in an area: the rounds first."""
    today = settings.today()
    people = get_people(connection, area.code)
    rounds = get_rounds(connection, settings, area)
    found = [one for round_ in rounds if not _is_stale(round_, today) for one in round_.to_do]
    found += _files(connection, area, people)
    found += _notes(connection, area, people)
    found += _definitions(settings, area, people)
    return found


def _is_stale(round_: Round, today: dt.date) -> bool:
    last = round_.steps[-1].due_on
    return round_.version is None and last is not None and today > last + _STALE


def _files(connection: Connection, area: AreaSettings, people: list[Person]) -> Iterator[ToDo]:
    """Files that somebody sent in and that are not decided."""
    query = (
        select(
            submission.c.id,
            submission.c.person_id,
            submission.c.organisation,
            submission.c.name,
            submission.c.state,
            submission.c.sent_at,
        )
        .where(submission.c.area_code == area.code, submission.c.state.in_(_FILES))
        .order_by(submission.c.id)
    )
    for row in connection.execute(query):
        able = tuple(one for one in people if one.id == row.person_id)
        words = f"{_FILES[row.state]} the file {row.name}, sent in {_day(uk_day(row.sent_at))}"
        key = f"file {row.id} {row.state}"
        yield ToDo(key, Task.send_in, words, f"send-in/{row.id}", able, row.organisation)


def _notes(connection: Connection, area: AreaSettings, people: list[Person]) -> Iterator[ToDo]:
    query = (
        select(event_note.c.id, event_note.c.person_id)
        .where(
            event_note.c.area_code == area.code,
            event_note.c.agreed_at.is_(None),
            event_note.c.ended_at.is_(None),
        )
        .order_by(event_note.c.id)
    )
    for number, writer in connection.execute(query):
        able = tuple(
            one for one in people if may(one, Task.agree_note, area.code) and one.id != writer
        )
        words = "Read a dated note that somebody wrote, and agree it or not"
        yield ToDo(f"note {number}", Task.agree_note, words, "notes", able)


def _definitions(settings: Settings, area: AreaSettings, people: list[Person]) -> Iterator[ToDo]:
    """One thing to do for all that were due on one day. The owners have no accounts here, so those
    who work with the figures are told."""
    overdue = [one for one in settings.measures_of(area) if is_overdue(one, settings.today())]
    standing = [one for one in people if may(one, Task.explain, area.code)]
    for day in sorted({one.next_review for one in overdue}):
        number = sum(one.next_review == day for one in overdue)
        what = "1 definition" if number == 1 else f"{number} definitions"
        words = f"Ask the owners to review {what}"
        key, rest = f"definitions {day.isoformat()}", "definitions?show=overdue"
        yield ToDo(key, Task.explain, words, rest, tuple(standing), due_on=day)


def _words(one: ToDo, today: dt.date) -> str:
    late = one.days_late(today)
    if late:
        return f"{one.words} ({late} day{'' if late == 1 else 's'} late)"
    return f"{one.words} (due {_day(one.due_on)})" if one.due_on else one.words


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
