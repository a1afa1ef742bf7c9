"""Fifty people who browse at once: how long they wait, and whether anything fails."""

import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice

import requests

from tests.bench.servers import Server

CLIENTS = 50
_THINKING = 1.0  # seconds between two pages of one reader
Asking = Callable[[requests.Session, Server], requests.Response]


def crowd_at_once(server: Server, asked: Sequence[Asking], seconds: float) -> dict[str, float]:
    """Fifty readers, each with a connection of its own, who look at a page before the next."""
    waits: list[float] = []
    errors: list[str] = []
    until = time.monotonic() + seconds

    def read(reader: int) -> None:
        pages: Iterator[Asking] = islice(cycle(asked), reader, None)
        time.sleep(_THINKING * reader / CLIENTS)
        with requests.Session() as session:
            while time.monotonic() < until:
                start = time.perf_counter()
                try:
                    answer = next(pages)(session, server)
                    waits.append(time.perf_counter() - start)
                    if answer.status_code != 200:
                        errors.append(str(answer.status_code))
                except requests.RequestException as error:
                    errors.append(type(error).__name__)
                time.sleep(_THINKING)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(CLIENTS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return _summary(waits, errors, seconds)


def _summary(waits: Sequence[float], errors: Sequence[str], seconds: float) -> dict[str, float]:
    return {
        "median": statistics.median(waits) * 1000,
        "p95": statistics.quantiles(waits, n=20)[-1] * 1000,
        "errors": len(errors),
        "a_second": len(waits) / seconds,
    }
