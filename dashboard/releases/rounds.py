"""The rounds of an area: each term as it stands, from its first files to its publication."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.access.person import Person
from dashboard.queries.notices import get_announced_day
from dashboard.releases.planning import get_plan
from dashboard.releases.received import Expected, get_received
from dashboard.releases.steps import Step, get_steps, has_dates
from dashboard.releases.to_do import Standing, ToDo, find_to_do, get_people
from dashboard.releases.versions import Version, get_versions
from dashboard.settings import Settings
from schemas.area_settings import AreaSettings
from schemas.term import Month, Term


@dataclass(frozen=True)
class Round:
    """A term as it stands. `received` is empty for a term that was published, in a list.
    `planned_at` is when its newest version is to be published, `announced_on` the day that everyone
    was told of; None and "" when there is none, and afterwards."""

    term: Term
    versions: tuple[Version, ...]
    received: tuple[Expected, ...]
    steps: tuple[Step, ...]
    to_do: tuple[ToDo, ...]
    planned_at: str | None
    announced_on: str
    today: dt.date

    @property
    def version(self) -> Version | None:
        return self.versions[0] if self.versions else None

    @property
    def published(self) -> Version | None:
        """The newest version that was published."""
        return next((one for one in self.versions if one.was_published), None)

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if step.is_next), None)

    @property
    def days_late(self) -> int:
        """How late the next step is by now."""
        return self.next_step.days_late if self.next_step else 0

    @property
    def arrived(self) -> int:
        return sum(one.received for one in self.received)

    @property
    def missing(self) -> int:
        return len(self.received) - self.arrived

    @property
    def overdue(self) -> int:
        return sum(not one.received and one.days_late > 0 for one in self.received)

    @property
    def came_late(self) -> int:
        return sum(one.received and one.days_late > 0 for one in self.received)

    @property
    def provisional(self) -> int:
        return sum(one.status == "provisional" for one in self.received)


def get_rounds(connection: Connection, settings: Settings, area: AreaSettings) -> list[Round]:
    """What is not published with all that came for it; the others briefly."""
    versions = get_versions(connection, area.code)
    people = get_people(connection, area.code)
    return [
        get_round(connection, settings, area, term, versions, people, brief=True)
        for term in terms_of(versions, settings.today())
    ]


def terms_of(versions: Sequence[Version], today: dt.date) -> list[Term]:
    """From the first term that has a release to the one we are in, newest first; the term before
    this one is always there, because its round is now."""
    now = current_term(today)
    known = {version.term for version in versions} | {now, now.shifted(-1)}
    term, last, found = min(known), max(known), []
    while term <= last:
        found.append(term)
        term = term.shifted(1)
    return found[::-1]


def current_term(today: dt.date) -> Term:
    return Month(today.year, today.month).term


def get_round(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    term: Term,
    versions: Sequence[Version],
    people: Sequence[Person],
    brief: bool = False,
) -> Round:
    """One term as it stands.

    Args:
        versions: those of the area; the ones of other terms are passed over.
        people: everybody with a role in the area.
        brief: leave out what came for a term whose newest version was published.
    """
    today = settings.today()
    own = tuple(one for one in versions if one.term_label == term.label)
    version = own[0] if own else None
    received: list[Expected] = []
    if not (brief and version and version.was_published):
        due_on = area.rhythm.due_on(term, "data") if has_dates(own) else None
        measures = settings.measures.values()
        received = get_received(connection, area, measures, own, due_on, today)
    steps = get_steps(connection, area, term, own, received, today)
    standing = Standing(area.code, term, version, received, steps, people)
    to_do = find_to_do(connection, standing, today)
    out = version is not None and version.was_published
    planned = get_plan(connection, version.id) if version and not out else None
    return Round(
        term,
        own,
        tuple(received),
        tuple(steps),
        tuple(to_do),
        planned.publish_at if planned else None,
        ""
        if version and version.was_published
        else get_announced_day(connection, area.code, term.label),
        today,
    )
