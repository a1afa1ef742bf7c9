"""Choices: what a person asked to be told of in an area, each their own and ended at any time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.alerts.digest import Thing
from dashboard.mail import is_address
from dashboard.record import add_act, now_text
from dashboard.settings import Settings
from dashboard.words.alerts import scope_words, subject_title
from schemas.database import Database
from schemas.plan_tables import subscription

NO_ADDRESS = (
    "Your sign-in name is not an e-mail address, so you are told on this page and in the feed."
)


class ChoiceProblem(Exception):
    """It cannot be done; the message says why, `field` what it is about."""

    def __init__(self, said: str, field: str) -> None:
        super().__init__(said)
        self.field = field


@dataclass(frozen=True)
class Choice:
    """`scope` is `everything`, `theme` or `measure`; `subject` the theme or the measure, "" for
    everything; `by_mail` whether it goes by e-mail as well as on screen and in the feed."""

    id: int
    person_id: int
    scope: str
    subject: str
    by_mail: bool
    made_at: str

    def holds(self, thing: Thing) -> bool:
        """Whether a thing is about what was chosen."""
        if self.scope == "everything":
            return True
        return self.subject in (thing.themes if self.scope == "theme" else thing.measures)

    def names(self, measure: str, theme: str) -> bool:
        """Whether it is about this measure or its theme."""
        if self.scope == "everything":
            return True
        return self.subject == (theme if self.scope == "theme" else measure)


@service(Task.subscribe)
def list_choices(database: Database, actor: Person, area_code: str, /) -> list[Choice]:
    """The actor's own that hold, the oldest first."""
    with database.reading() as connection:
        return get_choices(connection, area_code, actor.id)


@service(Task.subscribe)
def choose(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    settings: Settings,
    scope: str,
    subject: str,
    by_mail: bool,
) -> None:
    """From now on the actor is told of it. What they chose already changes its way.

    Raises:
        ChoiceProblem: it is nothing that can be told of, they are told of it in that way already,
            or they cannot be written to.
    """
    titles = _titles(settings, area_code)
    _refuse_unknown(settings, area_code, scope, subject, titles)
    if by_mail and not is_address(actor.sign_in_name):
        raise ChoiceProblem(NO_ADDRESS, "way")
    row = {"person_id": actor.id, "area_code": area_code, "scope": scope, "subject": subject}
    with database.writing() as connection:
        held = [one for one in get_choices(connection, area_code, actor.id) if _is(one, row)]
        if any(one.by_mail == by_mail for one in held):
            raise ChoiceProblem("You are told of this already.", "what")
        for one in held:
            _end(connection, actor, area_code, one.id)
        new = {**row, "by_mail": int(by_mail), "made_at": now_text()}
        connection.execute(insert(subscription).values(new))
        said = scope_words(scope, subject_title(scope, subject, titles))
        add_act(
            connection,
            actor,
            "asked to be told",
            area_code=area_code,
            subject=f"{said[0].lower()}{said[1:]}",
            details={"by_mail": by_mail},
        )


@service(Task.subscribe)
def end_choice(
    database: Database, actor: Person, area_code: str, /, settings: Settings, number: int
) -> None:
    """The actor is told of it no longer.

    Raises:
        ChoiceProblem: they hold no such choice here.
    """
    with database.writing() as connection:
        mine = get_choices(connection, area_code, actor.id)
        one = next((one for one in mine if one.id == number), None)
        if one is None:
            raise ChoiceProblem("You chose no such thing here, or ended it already.", "yours")
        _end(connection, actor, area_code, number)
        title = subject_title(one.scope, one.subject, _titles(settings, area_code))
        said = scope_words(one.scope, title)
        add_act(
            connection,
            actor,
            "asked no longer to be told",
            area_code=area_code,
            subject=f"{said[0].lower()}{said[1:]}",
        )


def get_choices(connection: Connection, area_code: str, person_id: int = 0) -> list[Choice]:
    """What holds now in an area, of one person or of everybody."""
    query = select(subscription).where(
        subscription.c.area_code == area_code, subscription.c.ended_at.is_(None)
    )
    if person_id:
        query = query.where(subscription.c.person_id == person_id)
    return [_choice(row) for row in connection.execute(query.order_by(subscription.c.id))]


def first_asked(connection: Connection, area_code: str) -> str:
    """Since when people want to be told of an area; "" when nobody does now."""
    if not get_choices(connection, area_code):
        return ""
    query = select(func.min(subscription.c.made_at)).where(subscription.c.area_code == area_code)
    return connection.scalar(query) or ""


def held_by(choices: Iterable[Choice], thing: Thing) -> bool:
    return any(one.holds(thing) for one in choices)


def _refuse_unknown(
    settings: Settings, area_code: str, scope: str, subject: str, titles: dict[str, str]
) -> None:
    area = settings.areas[area_code]
    themes: set[str] = {one.theme for one in settings.measures_of(area)}
    known: dict[str, set[str]] = {"everything": {""}, "theme": themes, "measure": {*titles}}
    if subject not in known.get(scope, set()):
        raise ChoiceProblem("Choose everything, a theme or a measure from the list.", "what")


def _titles(settings: Settings, area_code: str) -> dict[str, str]:
    area = settings.areas[area_code]
    return {one.id: one.short_title for one in settings.measures_of(area)}


def _is(one: Choice, row: dict[str, Any]) -> bool:
    return (one.scope, one.subject) == (row["scope"], row["subject"])


def _end(connection: Connection, actor: Person, area_code: str, number: int) -> None:
    this: ColumnElement[bool] = (
        (subscription.c.id == number)
        & (subscription.c.person_id == actor.id)
        & (subscription.c.area_code == area_code)
    )
    connection.execute(update(subscription).where(this).values(ended_at=now_text()))


def _choice(row: Row[Any]) -> Choice:
    return Choice(row.id, row.person_id, row.scope, row.subject, bool(row.by_mail), row.made_at)
