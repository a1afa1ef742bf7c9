"""The improvement plan as the tables hold it: now, as an edition had it, and how it came about."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, or_, select

from dashboard.edition import Edition
from schemas.plan import AgreedPoint, PlanAction, PlanArea, PlanBook
from schemas.plan_tables import plan_action, plan_area, plan_path

TABLES: tuple[Table, ...] = (plan_area, plan_action, plan_path)
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Written:
    """When a row was written and by whom, a role; `ended_at` is "" while it holds."""

    id: int
    role: str
    at: str
    ended_at: str
    invented: bool


@dataclass(frozen=True)
class KeptAction:
    """An action and the row it is."""

    action: PlanAction
    written: Written


@dataclass(frozen=True)
class Plan:
    """A plan with its rows in the order of their numbers."""

    areas: tuple[PlanArea, ...] = ()
    actions: tuple[KeptAction, ...] = ()
    points: tuple[AgreedPoint, ...] = ()
    invented: bool = False

    @property
    def book(self) -> PlanBook:
        return PlanBook(self.areas, tuple(one.action for one in self.actions), self.points)

    def of_area(self, number: str) -> tuple[KeptAction, ...]:
        return tuple(one for one in self.actions if one.action.area == number)


def get_plan(connection: Connection, area_code: str, edition: Edition | None = None) -> Plan:
    """The rows that hold now; with an edition, those that held when it was shown: written by then
    and not ended by then."""
    areas, actions, points = (_rows(connection, table, area_code, edition) for table in TABLES)
    return Plan(
        tuple(sorted(map(area_of, areas), key=lambda one: number_key(one.number))),
        tuple(sorted(map(kept_action, actions), key=lambda one: number_key(one.action.number))),
        tuple(sorted(map(point_of, points), key=lambda one: (one.measure_id, one.term))),
        any(row["invented"] for rows in (areas, actions, points) for row in rows),
    )


def get_plan_second(connection: Connection, area_code: str) -> int:
    """When the newest row of the plan was written or ended, in seconds since 1970; 0 where there
    never was a plan."""
    times = [
        time
        for table in TABLES
        for time in connection.execute(
            select(func.max(table.c.written_at), func.max(table.c.ended_at)).where(
                table.c.area_code == area_code
            )
        ).one()
        if time
    ]
    return int(dt.datetime.fromisoformat(max(times)).timestamp()) if times else 0


def plan_counts(area_code: ColumnElement[str]) -> Iterator[ColumnElement[int]]:
    """What changes with every change of a plan: the newest row and the number of ended ones."""
    for table in TABLES:
        for what in (func.max(table.c.id), func.count(table.c.ended_at)):
            yield select(what).where(table.c.area_code == area_code).scalar_subquery()


def get_action(connection: Connection, area_code: str, row_id: int) -> KeptAction | None:
    """One row of an action, whether it holds or has ended; None when the area has none such."""
    query = select(plan_action).where(
        plan_action.c.id == row_id, plan_action.c.area_code == area_code
    )
    row = connection.execute(query).mappings().first()
    return kept_action(row) if row else None


def get_history(connection: Connection, area_code: str, number: str) -> tuple[KeptAction, ...]:
    """Every row an action ever had, newest first."""
    query = (
        select(plan_action)
        .where(plan_action.c.area_code == area_code, plan_action.c.number == number)
        .order_by(plan_action.c.id.desc())
    )
    return tuple(map(kept_action, connection.execute(query).mappings()))


def number_key(number: str) -> tuple[tuple[int, str], ...]:
    """So that 2.10 comes after 2.9: the digits of a number count as numbers."""
    parts = (part for part in _DIGITS.split(number) if part)
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def area_of(row: RowMapping) -> PlanArea:
    return PlanArea(row["number"], row["title"], row["impact"])


def kept_action(row: RowMapping) -> KeptAction:
    action = PlanAction(
        row["number"],
        row["plan_area_number"],
        row["task"],
        row["lead"],
        row["others"],
        row["start_words"],
        row["start_on"],
        row["finish_words"],
        row["finish_on"],
        row["evidence"],
        row["status"],
        row["note"],
        tuple(json.loads(row["measures"])),
    )
    return KeptAction(action, _written(row))


def point_of(row: RowMapping) -> AgreedPoint:
    return AgreedPoint(row["measure_id"], row["term"], float(row["value"]), row["agreed"])


def _written(row: RowMapping) -> Written:
    ended_at = row["ended_at"] or ""
    return Written(
        row["id"], row["written_by_role"], row["written_at"], ended_at, bool(row["invented"])
    )


def _rows(
    connection: Connection, table: Table, area_code: str, edition: Edition | None
) -> Sequence[RowMapping]:
    wanted = [table.c.area_code == area_code]
    ended = table.c.ended_at
    if edition is None:
        wanted.append(ended.is_(None))
    else:
        at = edition.notes_at
        wanted += [table.c.written_at <= at, or_(ended.is_(None), ended > at)]
    return connection.execute(select(table).where(*wanted).order_by(table.c.id)).mappings().all()
