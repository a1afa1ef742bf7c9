"""A workbook of the plan loaded: what it says takes the place of what was there, or nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, RowMapping, Table, insert, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.plan.rows import BY_COMMAND, Writer, end_row, write_row
from dashboard.queries.plan import area_of, kept_action, point_of
from dashboard.record import add_act, now_text
from loaders.plan_book import PlanRead, read_plan
from loaders.report import Report
from schemas.database import Database
from schemas.plan import AgreedPoint, PlanAction, PlanArea, PlanBook
from schemas.plan_tables import plan_action, plan_area, plan_file, plan_path

Record = PlanArea | PlanAction | AgreedPoint


@dataclass(frozen=True)
class Loaded:
    """What became of a workbook: what was found in it, and how many rows are new, changed and
    ended, by `areas for improvement`, `actions` and `points of paths`."""

    report: Report
    changes: Mapping[str, tuple[int, int, int]]

    @property
    def changed(self) -> bool:
        return any(any(counts) for counts in self.changes.values())


@service(Task.edit_plan)
def send_plan(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    content: bytes,
    name: str,
    *,
    invented: bool = False,
) -> Loaded:
    """The same for a person on screen; see `load_plan`."""
    return _load(database, actor, area_code, content, name, invented)


def load_plan(
    database: Database, area_code: str, content: bytes, name: str, *, invented: bool = False
) -> Loaded:
    """Reads a workbook and, if nothing is wrong, makes it the plan of the area in one transaction.

    Rows that are the same stay, others end and new ones take their place; nothing is lost. The
    file that was loaded last, and one that says what is there already, change nothing.

    Args:
        invented: its rows are marked as invented wherever they are shown.
    """
    return _load(database, None, area_code, content, name, invented)


def _load(
    database: Database,
    actor: Person | None,
    area_code: str,
    content: bytes,
    name: str,
    invented: bool,
) -> Loaded:
    read = read_plan(content, name)
    if read.book is None:
        return Loaded(read.report, {})
    with database.writing() as connection:
        if _last_loaded(connection, area_code) == read.sha256:
            said = "This very file was loaded last. Nothing has changed."
            return Loaded(replace(read.report, message=said, already_loaded=True), {})
        return _replace(connection, actor, area_code, content, read, read.book, invented)


def _last_loaded(connection: Connection, area_code: str) -> str | None:
    """An earlier file may be loaded again, to go back to it; the last one may not, so that what
    was edited on screen since is not undone by chance."""
    newest = select(plan_file.c.sha256).where(plan_file.c.area_code == area_code)
    return connection.scalar(newest.order_by(plan_file.c.id.desc()).limit(1))


def _replace(
    connection: Connection,
    actor: Person | None,
    area_code: str,
    content: bytes,
    read: PlanRead,
    book: PlanBook,
    invented: bool,
) -> Loaded:
    at = now_text()
    found = {
        name: _Difference(connection, table, area_code, records, make, invented)
        for name, table, records, make in _kinds(book)
    }
    changes = {name: one.counts for name, one in found.items()}
    if not any(any(counts) for counts in changes.values()):
        said = "This file says what the plan says already. Nothing has changed."
        return Loaded(replace(read.report, message=said, already_loaded=True), changes)
    file_id = _keep(connection, actor, area_code, content, read, at)
    role, person_id = (actor.job_title, actor.id) if actor else (BY_COMMAND, None)
    for one in found.values():
        one.write(Writer(role, at, person_id, file_id, invented))
    add_act(
        connection,
        actor,
        "loaded the plan",
        area_code=area_code,
        subject=f"plan file {file_id}",
        content_sha256=read.sha256,
        details={name: {"new": n, "changed": c, "ended": e} for name, (n, c, e) in changes.items()},
    )
    return Loaded(replace(read.report, loaded=True), changes)


def _keep(
    connection: Connection,
    actor: Person | None,
    area_code: str,
    content: bytes,
    read: PlanRead,
    at: str,
) -> int:
    values = {
        "area_code": area_code,
        "name": read.report.name,
        "sha256": read.sha256,
        "content": content,
        "loaded_at": at,
        "person_id": actor.id if actor else None,
    }
    file_id = connection.scalar(insert(plan_file).values(values).returning(plan_file.c.id))
    assert file_id is not None
    return int(file_id)


def _kinds(
    book: PlanBook,
) -> Iterable[tuple[str, Table, Iterable[Record], Callable[[RowMapping], Record]]]:
    yield "areas for improvement", plan_area, book.areas, area_of
    yield "actions", plan_action, book.actions, lambda row: kept_action(row).action
    yield "points of paths", plan_path, book.points, point_of


class _Difference:
    """What a table has to end and to add so that it says what a file says."""

    def __init__(
        self,
        connection: Connection,
        table: Table,
        area_code: str,
        records: Iterable[Record],
        make: Callable[[RowMapping], Record],
        invented: bool,
    ) -> None:
        self._connection, self._table, self._area_code = connection, table, area_code
        held = select(table).where(table.c.area_code == area_code, table.c.ended_at.is_(None))
        rows = connection.execute(held).mappings().all()
        before = {_key(make(row)): (row["id"], make(row), bool(row["invented"])) for row in rows}
        after = {_key(record): record for record in records}
        same = {
            key
            for key, (_, record, was_invented) in before.items()
            if after.get(key) == record and was_invented == invented
        }
        self._ended = [number for key, (number, _, _) in before.items() if key not in same]
        self._added = [record for key, record in after.items() if key not in same]
        changed = sum(key in before for key in after if key not in same)
        new = len(self._added) - changed
        self.counts = new, changed, len(self._ended) - changed

    def write(self, writer: Writer) -> None:
        for number in self._ended:
            end_row(self._connection, self._table, number, writer.at)
        for record in self._added:
            write_row(self._connection, self._table, self._area_code, record, writer)


def _key(record: Record) -> str:
    """What a row is known by while it changes."""
    if isinstance(record, AgreedPoint):
        return f"{record.measure_id} {record.term}"
    return record.number
