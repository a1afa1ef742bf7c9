"""The mark of a service: a function that does something for a person, and asks first if it may."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from dashboard.access.person import Person, get_person
from dashboard.access.tasks import NotAllowed, Task, may, refusal
from dashboard.record import add_act
from schemas.database import Database

P = ParamSpec("P")
R = TypeVar("R")
Service = Callable[Concatenate[Database, Person, str, P], R]

SERVICES: dict[str, Task] = {}


def service(task: Task) -> Callable[[Service[P, R]], Service[P, R]]:
    """Marks `function(database, actor, area_code, ...)`. The actor's roles are read from the
    tables at each call, whoever calls it and whatever the actor says of themselves; a refusal is
    put on the record.

    Raises:
        NotAllowed: the actor may not do this in this area.
    """

    def mark(function: Service[P, R]) -> Service[P, R]:
        SERVICES[f"{function.__module__}.{function.__qualname__}"] = task

        @wraps(function)
        def asked(
            database: Database, actor: Person, area_code: str, /, *args: P.args, **named: P.kwargs
        ) -> R:
            now = require(database, actor, task, area_code)
            return function(database, now, area_code, *args, **named)

        return asked

    return mark


def require(database: Database, actor: Person | None, task: Task, area_code: str) -> Person:
    """The actor as the tables know them now.

    Raises:
        NotAllowed: the actor may not do this in this area, or has no account any more.
    """
    now = None
    if actor is not None:
        with database.reading() as connection:
            now = get_person(connection, actor.id)
    if now is None or not may(now, task, area_code):
        with database.writing() as connection:
            add_act(connection, now, "refused", area_code=area_code, subject=task.value)
        raise NotAllowed(refusal(task))
    return now
