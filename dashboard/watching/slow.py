"""The slowest answers of a server since yesterday, by endpoint, kept in its memory only."""

import datetime as dt
import threading
from collections.abc import Sequence
from typing import NamedTuple

SLOW = 0.5  # seconds
MOST = 20
_KEPT = dt.timedelta(days=1)


class Slow(NamedTuple):
    """The slowest answer of an endpoint, and how many were slow. `request_id` finds its line in
    the log."""

    endpoint: str
    method: str
    seconds: float
    at: dt.datetime
    request_id: str
    times: int = 1


class SlowRequests:
    """Any thread may add to it; it holds one answer for each endpoint and no address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._slowest: dict[str, Slow] = {}

    def add(self, answer: Slow) -> None:
        """Keeps an answer if it was slow, and the slowest of its endpoint in a day."""
        if answer.seconds < SLOW:
            return
        with self._lock:
            before = self._slowest.get(answer.endpoint)
            if before is None or answer.at - before.at > _KEPT:
                self._slowest[answer.endpoint] = answer
                return
            slower = max(before, answer, key=lambda one: one.seconds)
            self._slowest[answer.endpoint] = slower._replace(times=before.times + 1)

    def newest(self, now: dt.datetime) -> Sequence[Slow]:
        """The twenty slowest of the last day, the slowest first."""
        with self._lock:
            found = [one for one in self._slowest.values() if now - one.at <= _KEPT]
        return sorted(found, key=lambda one: one.seconds, reverse=True)[:MOST]
