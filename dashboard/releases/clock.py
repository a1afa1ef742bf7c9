"""What time it is for what must not come out early: the earliest that our clocks say.

Two servers may not agree, and a clock that is set may be set wrong. So a planned publication waits
for the clock of the server and for that of a PostgreSQL, and a clock that leapt ahead under a
running server is believed only when it has kept to its new time for ten minutes.
"""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable

from sqlalchemy import text

from schemas.database import Database

LEAP = 60.0  # seconds; a clock that is being corrected gently gains less between two looks
BELIEVED = 600.0  # seconds after a leap
_log = logging.getLogger(__name__)


def _since_start() -> float:
    """Seconds that nobody can set, and that go on while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Steady:
    """The clock of this process. One that goes back is believed at once.

    Args:
        wall: seconds since 1970, as the clock says.
        steady: seconds that nobody can set.
    """

    def __init__(
        self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = _since_start
    ) -> None:
        self._wall, self._steady = wall, steady
        self._between = wall() - steady()  # the same as long as nobody sets the clock
        self._leapt: float | None = None
        self._lock = threading.Lock()

    def now(self) -> float:
        """Seconds since 1970."""
        with self._lock:
            steady = self._steady()
            between = self._wall() - steady
            if between - self._between <= LEAP:
                self._between, self._leapt = between, None
            elif self._leapt is None:
                self._leapt = steady
                _log.warning("the clock leapt ahead: it is not believed for ten minutes")
            elif steady - self._leapt >= BELIEVED:
                self._between, self._leapt = between, None
            return steady + self._between


_OURS = Steady()


def embargo_time(database: Database, ours: Steady = _OURS) -> str:
    """The time now, as it is stored, for what is planned: no clock that we ask is behind it."""
    at = ours.now()
    if database.read.dialect.name == "postgresql":
        with database.reading() as connection:
            theirs = connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())"))
        at = min(at, float(theirs or 0))
    return dt.datetime.fromtimestamp(at, dt.UTC).isoformat(timespec="seconds")
