"""What the long runs share: readers who follow links, how long they waited, and what the processes
of the server held in memory meanwhile."""

import random
import re
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from sqlalchemy.engine import URL

from tests.faults.cluster import postgresql
from tests.faults.ground import DARLINGTON, EASY_READ, Reader, Seen

PARTNERS = f"/dashboard/{DARLINGTON}/"
_LINK = re.compile(r'href="([^"#]+)')
_RARE = re.compile(r"\.(docx|pptx|pdf|zip|xlsx)(\?|$)")  # made or fetched seldom, but they are
_FRESH = 0.15  # how many go back to the first page instead of on
_EVERY = 2.0  # seconds between two looks at memory


class Walker:
    """Somebody who reads a page and follows one of its links, through one door."""

    def __init__(self, reader: Reader, first: str, chance: random.Random) -> None:
        self._reader, self._first, self._chance = reader, first, chance
        self._doors = ("/easy-read/", "/data/", "/api/") if first == EASY_READ else (first,)
        self._here = first
        self._links: list[str] = []

    def step(self) -> tuple[str, Seen]:
        """The next page's address and what was seen."""
        back = not self._links or self._chance.random() < _FRESH
        path = self._first if back else self._chance.choice(self._links)
        seen = self._reader.get(path, **{"Accept-Encoding": "gzip"})
        if "text/html" in seen.headers.get("Content-Type", ""):
            self._here, self._links = path, [*self._ours(path, seen.body)]
        return path, seen

    def _ours(self, here: str, page: str) -> Iterator[str]:
        for link in set(_LINK.findall(page)):
            path = urljoin(here, link.replace("&amp;", "&"))
            if path.startswith(self._doors) and (
                not _RARE.search(path) or self._chance.random() < 0.05
            ):
                yield path


@dataclass
class Waits:
    """Seconds that people waited, and what they saw."""

    seconds: list[float] = field(default_factory=list)
    seen: Counter[int] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")

    def take(self, step: Callable[[], tuple[str, Seen]]) -> Seen:
        began = time.perf_counter()
        path, seen = step()
        waited = time.perf_counter() - began
        self.seconds.append(waited)
        self.seen[seen.status] += 1
        self.slowest = max(self.slowest, (waited, path))
        return seen

    @property
    def words(self) -> str:
        if len(self.seconds) < 2:
            return "nothing was asked for"
        parts = statistics.quantiles(self.seconds, n=100)
        faults = sum(n for status, n in self.seen.items() if status == 0 or status >= 500)
        shown = ", ".join(
            f"{status or 'no answer'}: {n}" for status, n in sorted(self.seen.items())
        )
        return (
            f"{len(self.seconds):,} answers, {faults} faults ({shown}); "
            f"p50 {parts[49] * 1000:.0f} ms, p95 {parts[94] * 1000:.0f} ms, "
            f"p99 {parts[98] * 1000:.0f} ms, slowest {self.slowest[0]:.1f} s"
        )


class Memory:
    """What each process holds (MB) while something is going on."""

    def __init__(self, processes: dict[str, int]) -> None:
        self._processes = processes
        self.looks: dict[str, list[tuple[float, float]]] = {name: [] for name in processes}
        self._stop = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Memory":
        self._looking.start()
        return self

    def __exit__(self, *_ended: object) -> None:
        self._stop.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._stop.wait(_EVERY):
            for name, process in self._processes.items():
                if held := _held(process):
                    self.looks[name].append((time.monotonic(), held))

    @property
    def words(self) -> str:
        """At the start, at the end, the most, and the slope of the second half."""
        return "; ".join(_course(name, looks) for name, looks in self.looks.items() if looks)


def _course(name: str, looks: Sequence[tuple[float, float]]) -> str:
    half = looks[len(looks) // 2 :]
    most = max(held for _, held in looks)
    course = f"{name} {looks[0][1]:.0f} → {looks[-1][1]:.0f} MB (most {most:.0f}"
    if len(half) < 3:
        return f"{course})"
    slope = statistics.linear_regression(*zip(*half, strict=True)).slope * 60
    return f"{course}; {slope:+.2f} MB a minute in the second half)"


def _held(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def database_of(kind: str, folder: Path) -> Iterator[URL]:
    """An address for a database of this kind: `sqlite` or `postgresql`."""
    if kind == "sqlite":
        yield URL.create("sqlite", database=str(folder / "send-dashboard.sqlite3"))
        return
    with postgresql() as cluster:
        yield cluster.url
