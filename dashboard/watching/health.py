"""Health: `/health/live` says that the server answers, `/health/ready` that it can do its work."""

import datetime as dt
import hmac
import json
import os
import shutil
import threading
import time
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from dashboard.watching.logs import describe_fault, write_event
from schemas.database import Database, DatabaseProblem
from schemas.migrations.fit import Fit, read_tables
from schemas.round_tables import plan

PATIENCE = 2.0  # seconds for the database
OVERDUE = dt.timedelta(minutes=5)
OLD_BACKUP = dt.timedelta(hours=26)  # one is made each day
_FULL, _LOW = 200 * 1024**2, 2 * 1024**3  # bytes free
_AGAIN, _MOST_WAITING = 10.0, 5  # seconds; threads
KEPT = 1.0  # seconds: however many ask, the database is asked once
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")
_LOCAL = ("127.0.0.1", "::1")


class State(IntEnum):
    """`attention`: it works, and somebody should look. `stops`: it cannot do its work."""

    good = 0
    attention = 1
    stops = 2


class Finding(NamedTuple):
    """One check and what it found: a word, never a figure or a name."""

    check: str
    state: State
    word: str


class Health:
    """Looks when it is asked, at most once a second.

    Args:
        backups: the folder whose backups are watched, if one is.
    """

    def __init__(self, database: Database, backups: Path | None) -> None:
        self.database, self.backups = database, backups
        self._lock = threading.Lock()
        self._asking: list[threading.Thread] = []
        self._asked = 0.0
        self._found: tuple[Finding, ...] = ()
        self._looked = 0.0

    def look(self) -> Sequence[Finding]:
        """Every check in the same order: within two seconds and a little, whatever is wrong."""
        with self._lock:
            if not self._found or time.monotonic() - self._looked > KEPT:
                backup = _look_for_backup(self.backups)
                self._found = (*self._ask(), _look_at_disk(data_folder(self.database)), backup)
                self._looked = time.monotonic()
            return self._found

    def _ask(self) -> Sequence[Finding]:
        """What the database says. One that does not answer is asked again after a while, by a few
        at most, so that waiting threads do not pile up."""
        self._asking = [one for one in self._asking if one.is_alive()]
        waits = time.monotonic() - self._asked < _AGAIN or len(self._asking) >= _MOST_WAITING
        answers: list[Finding] = []
        if not (self._asking and waits):
            asking = threading.Thread(target=self._note, args=(answers,), daemon=True)
            self._asking.append(asking)
            self._asked = time.monotonic()
            asking.start()
            asking.join(PATIENCE)
        return tuple(answers) or (Finding("database", State.stops, "unreachable"),)

    def _note(self, answers: list[Finding]) -> None:
        try:
            found = _ask_database(self.database)
        except (SQLAlchemyError, DatabaseProblem, OSError) as error:
            write_event("health", {"fault": describe_fault(error)})
            found = [Finding("database", State.stops, "failed")]
        answers.extend(found)


def add_health(server: Flask, health: Health, key: str) -> None:
    """`/health/live` and `/healthz` without the database; `/health/ready` with every check, the
    details for this machine itself and for whoever sends `Authorization: Bearer KEY`."""

    def live() -> Response:
        return _unkept(Response("ok\n", mimetype="text/plain"))

    def ready() -> Response:
        found = health.look()
        worst = max(one.state for one in found)
        told: dict[str, object] = {"status": _STATUS[worst]}
        if _may_see(key):
            told["checks"] = {one.check: one.word for one in found}
        answer = _unkept(jsonify(told))
        answer.status_code = 503 if worst is State.stops else 200
        return answer

    server.add_url_rule("/healthz", "health", live)
    server.add_url_rule("/health/live", "live", live)
    server.add_url_rule("/health/ready", "ready", ready)


_STATUS = {State.good: "ready", State.attention: "attention", State.stops: "not ready"}


def data_folder(database: Database) -> Path:
    """Where the program keeps what it writes."""
    url = database.read.url
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).parent
    return Path(os.environ.get("SEND_VAR", "."))


def find_last_backup(folder: Path) -> dt.datetime | None:
    """When the newest backup was made that has a readable manifest (`*.manifest.json`)."""
    made = (_made_at(path) for path in folder.glob("*.manifest.json"))
    return max((at for at in made if at), default=None)


def _made_at(manifest: Path) -> dt.datetime | None:
    """None where a manifest is no manifest, or the file it names is not there whole: then it
    speaks for no backup."""
    try:
        told = json.loads(manifest.read_bytes())
        at = dt.datetime.fromisoformat(told["made_at"])
        if "file" in told and (manifest.parent / told["file"]).stat().st_size != told["size"]:
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _ask_database(database: Database) -> list[Finding]:
    url = database.read.url
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
        return [Finding("database", State.stops, "missing")]  # opening would make an empty one
    before = (dt.datetime.now(dt.UTC) - OVERDUE).isoformat(timespec="seconds")
    overdue = select(plan.c.id).where(plan.c.ended_at.is_(None), plan.c.publish_at < before)
    with database.reading() as connection:
        migrations = _look_at_migrations(read_tables(connection).fit)
        waits = connection.execute(overdue.limit(1)).first() is not None
    return [
        Finding("database", State.good, "good"),
        migrations,
        Finding("publication", State(waits), "overdue" if waits else "good"),
    ]


def _look_at_migrations(fit: Fit) -> Finding:
    """A database that is ahead has been brought forward by a newer copy of the program; this one
    goes on until it is replaced. One that is beyond lacks what this copy needs."""
    return Finding("migrations", _FITS.get(fit, State.stops), _FIT_WORDS[fit])


_FITS = {Fit.ours: State.good, Fit.ahead: State.attention}
_FIT_WORDS = {
    Fit.none: "missing",
    Fit.ours: "good",
    Fit.behind: "behind",
    Fit.ahead: "ahead",
    Fit.beyond: "beyond",
}


def _look_at_disk(folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return Finding("disk", State.stops, "missing")
    if free < _FULL:
        return Finding("disk", State.stops, "full")
    low = free < _LOW
    return Finding("disk", State(low), "low" if low else "good")


def _look_for_backup(folder: Path | None) -> Finding:
    if folder is None:
        return Finding("backup", State.good, "not watched")
    last = find_last_backup(folder)
    if last is None:
        return Finding("backup", State.attention, "none")
    old = dt.datetime.now(dt.UTC) - last > OLD_BACKUP
    return Finding("backup", State(old), "old" if old else "good")


def _may_see(key: str) -> bool:
    """Whoever asks from this machine, without a proxy between; or has the key."""
    given = request.headers.get("Authorization", "")
    if key and hmac.compare_digest(given.encode(), f"Bearer {key}".encode()):
        return True
    sent_on = any(name in request.headers for name in _FORWARDED)
    return request.remote_addr in _LOCAL and not sent_on


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
