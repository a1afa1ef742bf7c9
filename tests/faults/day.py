"""A day's traffic, replayed in a short time: whether the processes hold more and more in memory.

Run: `.venv/bin/python -m tests.faults.day --minutes 20`. It prints a row of docs/faults.md.

The day is that of a publication, for a council of about 110,000 people: 2,400 visits of six pages
by families, press and staff of schools, three in ten of them in the hour after 9:30; 60 partners
who look at 40 pages each in office hours; 12 workbooks sent in; and what watches the server,
every 15 seconds. It is an assumption: no council's own figures were to be had.
"""

import queue
import random
import threading
import time
from collections.abc import Callable, Iterator

from tests.faults.demonstration import arguments, served
from tests.faults.ground import EASY_READ, SEND_IN, Reader
from tests.faults.load import PARTNERS, Waits, Walker
from tests.faults.rows import row
from tests.staff.round_of_one import timeliness_file

DAY = 24.0  # hours
VISITS, PAGES = 2_400, 6
PEOPLE, LOOKS = 60, 40
FILES, PROBES = 12, 24 * 240
_PEAK, _AT_PEAK = 9.5, 0.3
_AT_ONCE = 48  # readers whose answers are under way at the same time
_VISITORS = 40  # connections by which the visits come, each a walker after another


def make_day(chance: random.Random) -> list[tuple[float, str, int]]:
    """The hour, kind and number of everything that is asked for, in order."""
    asked = [(hour, "family", n) for n in range(VISITS) for hour in _visit(chance)]
    asked += [
        (chance.triangular(7.5, 18, 10), "partner", n) for n in range(PEOPLE) for _ in range(LOOKS)
    ]
    asked += [(chance.uniform(9, 16), "file", n) for n in range(FILES)]
    asked += [(n * DAY / PROBES, "probe", n) for n in range(PROBES)]
    return sorted(asked)


def _visit(chance: random.Random) -> Iterator[float]:
    """Most come between seven in the morning and eleven at night."""
    peak = chance.random() < _AT_PEAK
    hour = _PEAK + chance.random() if peak else chance.triangular(6, 23.5, 16)
    for _ in range(PAGES):
        yield min(hour, DAY)
        hour += chance.uniform(0.002, 0.03)


def replay(port: int, tokens: list[str], seconds: float) -> tuple[Waits, float]:
    """What everyone saw, and how far behind its time the latest question was asked (seconds)."""
    chance, waits, behind = random.Random(20261122), Waits(), [0.0]
    work: queue.Queue[tuple[float, Callable[[], object]] | None] = queue.Queue()
    families = [Walker(Reader(port), EASY_READ, random.Random(n)) for n in range(_VISITORS)]
    partners = [
        Walker(Reader(port, token), PARTNERS, random.Random(n)) for n, token in enumerate(tokens)
    ]
    analyst, probe = Reader(port, tokens[1]), Reader(port)

    def do(kind: str, number: int) -> Callable[[], object]:
        if kind == "family":
            return lambda: waits.take(families[number % len(families)].step)
        if kind == "partner":
            return lambda: waits.take(partners[number % len(partners)].step)
        if kind == "file":
            file = {"file": ("a.xlsx", timeliness_file(note=f"File {number}"))}
            return lambda: waits.take(lambda: (SEND_IN, analyst.send(SEND_IN, {}, file)))
        return lambda: waits.take(lambda: ("/health/ready", probe.get("/health/ready")))

    def help_out() -> None:
        while (one := work.get()) is not None:
            behind[0] = max(behind[0], time.monotonic() - one[0])
            one[1]()

    helpers = [threading.Thread(target=help_out) for _ in range(_AT_ONCE)]
    for one in helpers:
        one.start()
    began = time.monotonic()
    for hour, kind, number in make_day(chance):
        at = began + hour / DAY * seconds
        time.sleep(max(0.0, at - time.monotonic()))
        work.put((at, do(kind, number)))
    for _ in helpers:
        work.put(None)
    for one in helpers:
        one.join()
    return waits, behind[0]


def main() -> None:
    given = arguments(__doc__ or "", 20).parse_args()
    with served(given, PEOPLE) as there:
        waits, behind = replay(there.port, there.tokens, given.minutes * 60)
    print(
        row(
            f"24 hours of traffic in {given.minutes:g} minutes",
            f"{given.database}, {given.workers} workers, the day of `tests/faults/day.py`",
            f"{waits.words}; at most {behind:.0f} s behind. {there.memory.words}",
        )
    )


if __name__ == "__main__":
    main()
