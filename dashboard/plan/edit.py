"""One action changed on screen: added, edited, ended; refused when somebody was there before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.commentary import personal_data, spaced
from dashboard.plan.fault import PlanFault
from dashboard.plan.rows import Writer, end_row, write_row
from dashboard.queries.plan import KeptAction, Plan, get_action, get_history, get_plan
from dashboard.record import add_act, now_text
from loaders.plan_dates import read_when
from schemas.database import Database
from schemas.plan import TEXTS, PlanAction, find_action_faults
from schemas.plan_tables import plan_action

_LONGEST, _SHORTEST = 200, 10  # characters of a reason


@dataclass(frozen=True)
class Typed:
    """An action as somebody types it; the days are found in the words."""

    number: str
    area: str
    task: str
    lead: str
    others: str = ""
    start_words: str = ""
    finish_words: str = ""
    evidence: str = ""
    status: str = "not_started"
    note: str = ""
    measures: tuple[str, ...] = ()


@service(Task.edit_plan)
def read_whole_plan(database: Database, actor: Person, area_code: str, /) -> Plan:
    """The plan as it stands, to be edited."""
    with database.reading() as connection:
        return get_plan(connection, area_code)


@service(Task.edit_plan)
def find_action(
    database: Database, actor: Person, area_code: str, /, row_id: int
) -> tuple[KeptAction, tuple[KeptAction, ...]] | None:
    """One row of an action and every row the action ever had, newest first; None when there is
    no such row here."""
    with database.reading() as connection:
        found = get_action(connection, area_code, row_id)
        if found is None:
            return None
        return found, get_history(connection, area_code, found.action.number)


@service(Task.edit_plan)
def add_action(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    typed: Typed,
    *,
    invented: bool = False,
) -> int:
    """Keeps a new action; the number of its row.

    Raises:
        PlanFault: its number is taken, or something in it will not do.
    """
    with database.writing() as connection:
        plan = get_plan(connection, area_code)
        action = _checked(typed, plan)
        if any(one.action.number == action.number for one in plan.actions):
            raise PlanFault({"number": f"There is an action {action.number} already."})
        number = _write(connection, actor, area_code, action, invented, now_text())
        _record(connection, actor, "added an action", area_code, action.number)
    return number


@service(Task.edit_plan)
def edit_action(
    database: Database, actor: Person, area_code: str, /, row_id: int, typed: Typed
) -> int:
    """Puts what was typed in the place of the row that was read; the number of the new row. The
    action keeps its own number. What says nothing new changes nothing.

    Raises:
        PlanFault: the row no longer holds, or something in it will not do.
    """
    with database.writing() as connection:
        held = _held(connection, area_code, row_id)
        typed = replace(typed, number=held.action.number)
        action = _checked(typed, get_plan(connection, area_code))
        if action == held.action:
            return row_id
        at = now_text()
        end_row(connection, plan_action, row_id, at)
        number = _write(connection, actor, area_code, action, held.written.invented, at)
        changed = [name for name, said in vars(action).items() if said != vars(held.action)[name]]
        details = {"changed": changed}
        _record(connection, actor, "changed an action", area_code, action.number, details=details)
    return number


@service(Task.edit_plan)
def end_action(
    database: Database, actor: Person, area_code: str, /, row_id: int, reason: str
) -> None:
    """Takes an action out of the plan; it stays in the history and in older editions.

    Raises:
        PlanFault: the row no longer holds, or the reason will not do.
    """
    reason = spaced(reason)
    faults = [f"The reason {said}" for said in personal_data(reason)]
    if not _SHORTEST <= len(reason) <= _LONGEST:
        faults.append(f"Say why in {_SHORTEST} to {_LONGEST} characters.")
    if faults:
        raise PlanFault({"reason": " ".join(faults)})
    with database.writing() as connection:
        held = _held(connection, area_code, row_id)
        end_row(connection, plan_action, row_id, now_text())
        number = held.action.number
        _record(connection, actor, "ended an action", area_code, number, reason)


def _held(connection: Connection, area_code: str, row_id: int) -> KeptAction:
    """The row, which still holds."""
    found = get_action(connection, area_code, row_id)
    if found is None:
        raise PlanFault({"action": "There is no such action here."})
    if not found.written.ended_at:
        return found
    now = connection.scalar(
        select(plan_action.c.id).where(
            plan_action.c.area_code == area_code,
            plan_action.c.number == found.action.number,
            plan_action.c.ended_at.is_(None),
        )
    )
    if now is None:
        raise PlanFault({"action": "This action has ended meanwhile."}, stale=True)
    said = "Somebody changed this action after you opened it. Nothing of yours was kept."
    raise PlanFault({"action": said}, stale=True, now_id=int(now))


def _checked(typed: Typed, plan: Plan) -> PlanAction:
    """The action with its days; raises PlanFault with every fault."""
    texts = {name: spaced(getattr(typed, name)) for name in (*TEXTS, "number", "area")}
    start, finish = read_when(texts["start_words"]), read_when(texts["finish_words"])
    action = PlanAction(
        **texts,
        start_on=start.first,
        finish_on=finish.last,
        status=typed.status,
        measures=tuple(dict.fromkeys(typed.measures)),
    )
    faults: dict[str, str] = {}
    for name, said in [*find_action_faults(action), *_personal(action)]:
        faults[name] = f"{faults[name]} {said}" if name in faults else said
    if action.area not in [one.number for one in plan.areas]:
        faults["area"] = "Choose an area for improvement."
    if faults:
        raise PlanFault(faults)
    return action


def _personal(action: PlanAction) -> list[tuple[str, str]]:
    return [
        (name, f"{label} {said}")
        for name, label in TEXTS.items()
        for said in personal_data(getattr(action, name))
    ]


def _write(
    connection: Connection,
    actor: Person,
    area_code: str,
    action: PlanAction,
    invented: bool,
    at: str,
) -> int:
    writer = Writer(actor.job_title, at, actor.id, None, invented)
    return write_row(connection, plan_action, area_code, action, writer)


def _record(
    connection: Connection,
    actor: Person,
    what: str,
    area_code: str,
    number: str,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> None:
    add_act(
        connection,
        actor,
        what,
        area_code=area_code,
        subject=f"action {number}",
        reason=reason,
        details=details,
    )
