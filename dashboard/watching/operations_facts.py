"""What an administrator is shown of the server: versions, sizes, refused files, what comes next."""

import datetime as dt
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import now_text
from dashboard.releases.steps import STEPS
from dashboard.watching.health import OVERDUE
from loaders.problems import Outcome
from schemas.area_settings import AreaSettings
from schemas.database import Database
from schemas.migrations.fit import read_tables
from schemas.round_tables import plan, submission
from schemas.tables import metadata, release, release_version
from schemas.term import Month, parse_term

DAYS = 30  # of files that were sent in
_LIBRARIES = (
    "flask",
    "werkzeug",
    "dash",
    "plotly",
    "sqlalchemy",
    "alembic",
    "pandas",
    "openpyxl",
    "authlib",
    "cryptography",
    "psycopg",
    "granian",
    "waitress",
)
_COUNTED = 100_000  # rows: what holds more is estimated by PostgreSQL
_TERMS_AHEAD, _DATES = 3, 5


@dataclass(frozen=True)
class Scheduled:
    """A publication that is planned: of which term, when (UTC), and whether it should be out."""

    term: str
    at: str
    overdue: bool


@dataclass(frozen=True)
class Operations:
    """`size` in bytes; `rows` by table, the largest first; `files` of this area by outcome, each
    with how many were sent in these thirty days; `scheduled` of this area."""

    versions: Sequence[tuple[str, str]]
    size: int
    rows: Sequence[tuple[str, int]]
    files: Sequence[tuple[Outcome, int]]
    scheduled: Sequence[Scheduled]


@service(Task.see_operations)
def get_operations(database: Database, actor: Person, area_code: str, /) -> Operations:
    """How the server and its database are. No figure and no name is in it."""
    with database.reading() as connection:
        return Operations(
            versions=[*_programs(connection), *_libraries()],
            size=_size(connection),
            rows=_rows(connection),
            files=_files(connection, area_code),
            scheduled=_scheduled(connection, area_code),
        )


def next_dates(area: AreaSettings, today: dt.date) -> list[tuple[dt.date, str]]:
    """The next dates of the area's rounds: the day, and what is due, such as `Autumn 2026/27:
    figures sent in`."""
    first = Month(today.year, today.month).term.shifted(-_TERMS_AHEAD)
    terms = [first.shifted(more) for more in range(2 * _TERMS_AHEAD)]
    dates = [
        (area.rhythm.due_on(term, step), f"{term.title}: {title[0].lower()}{title[1:]}")
        for term in terms
        for step, title in STEPS.items()
    ]
    return sorted(one for one in dates if one[0] >= today)[:_DATES]


def _programs(connection: Connection) -> list[tuple[str, str]]:
    postgresql = connection.dialect.name == "postgresql"
    number = connection.scalar(text("SHOW server_version")) if postgresql else None
    return [
        ("SEND dashboard", _installed("send-dashboard")),
        ("Python", platform.python_version()),
        ("PostgreSQL" if postgresql else "SQLite", str(number or sqlite3.sqlite_version)),
        ("Tables", read_tables(connection).revision),
    ]


def _libraries() -> list[tuple[str, str]]:
    return [(name, _installed(name)) for name in _LIBRARIES]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _size(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        size = connection.scalar(text("SELECT pg_database_size(current_database())"))
        return int(size or 0)
    path = Path(str(connection.engine.url.database))
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.is_file())


def _rows(connection: Connection) -> list[tuple[str, int]]:
    known = _estimates(connection) if connection.dialect.name == "postgresql" else {}
    counts = {
        name: known[name]
        if known.get(name, 0) > _COUNTED
        else int(connection.scalar(select(func.count()).select_from(table)) or 0)
        for name, table in metadata.tables.items()
    }
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _estimates(connection: Connection) -> dict[str, int]:
    """PostgreSQL's own, so that ten million rows are not counted one by one."""
    query = "SELECT relname, reltuples::bigint FROM pg_class WHERE relkind = 'r'"
    return {name: int(rows) for name, rows in connection.execute(text(query))}


def _files(connection: Connection, area_code: str) -> list[tuple[Outcome, int]]:
    since = (dt.datetime.now(dt.UTC) - dt.timedelta(days=DAYS)).isoformat(timespec="seconds")
    query = (
        select(submission.c.outcome, func.count())
        .where(submission.c.area_code == area_code, submission.c.sent_at >= since)
        .group_by(submission.c.outcome)
    )
    counts = {outcome: int(count) for outcome, count in connection.execute(query)}
    return [(outcome, counts.get(outcome, 0)) for outcome in Outcome]


def _scheduled(connection: Connection, area_code: str) -> list[Scheduled]:
    query = (
        select(release.c.term, plan.c.publish_at)
        .join(release_version, release_version.c.id == plan.c.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .where(plan.c.ended_at.is_(None), release.c.area_code == area_code)
        .order_by(plan.c.publish_at)
    )
    before = dt.datetime.fromisoformat(now_text()) - OVERDUE
    late = before.isoformat(timespec="seconds")
    return [Scheduled(_term(term), at, at < late) for term, at in connection.execute(query)]


def _term(label: str) -> str:
    term = parse_term(label)
    return term.title if term else label
