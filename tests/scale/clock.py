"""Processor time that an answer costs: of this process and of the database behind it."""

import time
from pathlib import Path
from typing import Any

from sqlalchemy import event

from schemas.database import Database


class Clock:
    """Seconds that only grow; waiting for other programs on a busy machine is not in them. Begin it
    before the database is used: it has to see every connection."""

    def __init__(self, database: Database) -> None:
        self._backends: set[int] = set()
        if database.read.dialect.name == "postgresql":
            for engine in (database.read, database.write):
                event.listen(engine, "connect", self._connected)

    def seconds(self) -> float:
        return time.process_time() + sum(map(_of_process, self._backends))

    def _connected(self, connection: Any, _record: object) -> None:
        self._backends.add(connection.info.backend_pid)


def _of_process(pid: int) -> float:
    """By the kernel's own nanoseconds; 0 for one that has ended."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except FileNotFoundError:
        return 0.0
