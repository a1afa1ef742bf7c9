"""Throttle: the more often signing in fails, the longer the next try waits; never for good."""

import datetime as dt
import hashlib
import hmac
import logging
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from dashboard.record import now_text
from schemas.database import Database
from schemas.people_tables import attempt

KEPT = dt.timedelta(days=1)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Patience:
    """How many failures are free, and the longest wait in seconds; between them it doubles."""

    free: int
    longest: int

    def wait(self, failures: int) -> int:
        """Seconds from the last failure until the next try."""
        past = failures - self.free
        return 0 if past < 0 else min(2 ** min(past + 1, 20), self.longest)


# A name that is guessed from everywhere is slowed down but stays usable; a whole council may
# stand behind one address, so addresses are given more room and then made to wait longer.
BY_NAME = Patience(free=5, longest=60)
BY_ADDRESS = Patience(free=25, longest=300)


class Wait(Exception):
    """Too many tries failed; `seconds` until the next is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Wait {seconds} seconds before you try again.")
        self.seconds = seconds


@dataclass(frozen=True)
class Throttle:
    """Counts in the database, so that every server knows; names and addresses are there only as
    hashes with the server's secret."""

    database: Database
    secret: str

    def begin(self, name: str, address: str) -> int:
        """Notes a try as failed before it is looked at, so that a hundred at once are a hundred.

        Returns:
            The number of the try, for `worked`.

        Raises:
            Wait: it is too early for another; it is not counted.
        """
        who, where = self.hashed(name), self.hashed(address)
        now = dt.datetime.now(dt.UTC)
        with self.database.writing() as connection:
            early = (now - KEPT).isoformat(timespec="seconds")
            connection.execute(delete(attempt).where(attempt.c.tried_at < early))
            seconds = _seconds_left(connection, who, where, now)
            if seconds <= 0:
                row = {"name_sha256": who, "address_sha256": where, "tried_at": now_text()}
                query = insert(attempt).values(row | {"worked": 0}).returning(attempt.c.id)
                return int(connection.execute(query).scalar_one())
        _log.warning("a try was not looked at: too many failed before it")
        raise Wait(seconds)

    def worked(self, connection: Connection, number: int) -> None:
        """The try was right: this name begins anew."""
        connection.execute(update(attempt).where(attempt.c.id == number).values(worked=1))

    def hashed(self, text: str) -> str:
        """Lets the same name be known again by who has the secret, and by nobody else."""
        return hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def _seconds_left(connection: Connection, who: str, where: str, now: dt.datetime) -> int:
    """An address from which this name came in that day waits for its own failures only, so that
    a stranger who guesses without end does not keep the person out."""
    named, there = attempt.c.name_sha256 == who, attempt.c.address_sha256 == where
    known = connection.scalar(select(attempt.c.id).where(named, there, attempt.c.worked == 1))
    tried = named & there if known is not None else named
    last_in = select(func.coalesce(func.max(attempt.c.id), 0)).where(tried, attempt.c.worked == 1)
    by_name = tried & (attempt.c.id > last_in.scalar_subquery())
    return max(_left(connection, by_name, BY_NAME, now), _left(connection, there, BY_ADDRESS, now))


def _left(
    connection: Connection, which: ColumnElement[bool], patience: Patience, now: dt.datetime
) -> int:
    count, last = connection.execute(
        select(func.count(), func.max(attempt.c.tried_at)).where(which, attempt.c.worked == 0)
    ).one()
    if not count:
        return 0
    return patience.wait(count) - int((now - dt.datetime.fromisoformat(last)).total_seconds())
