"""Sixty who send a byte now and then, and four who send workbooks that are bombs, again and again:
how long everyone else waits.

Run: `.venv/bin/python -m tests.faults.slow --minutes 3`. It prints a row of docs/faults.md.
"""

import itertools
import random
import socket
import threading
import time
from collections.abc import Callable

from tests import hostile
from tests.faults.demonstration import arguments, served
from tests.faults.ground import EASY_READ, SEND_IN, Reader
from tests.faults.load import Waits, Walker
from tests.faults.rows import row
from tests.production.test_server import slow_posts

DRIPS, BOMBERS, READERS = 60, 4, 20
BOMBS: tuple[Callable[[], bytes], ...] = (
    hostile.shared_string_bomb,
    hostile.far_cell,
    hostile.many_middling_parts,
    hostile.lying_about_size,
)
_DRIP = 1.0  # seconds between two bytes
_READING = (0.5, 1.5)  # seconds on a page


def besiege(port: int, tokens: list[str], seconds: float, readers: int = READERS) -> list[Waits]:
    """What readers of the public pages and those who sent bombs saw and waited.

    Args:
        tokens: of analysts, one for each bomber.
    """
    public, bombs = Waits(), Waits()
    until = time.monotonic() + seconds
    made = [bomb() for bomb in BOMBS]
    slow = [*slow_posts(port, DRIPS)]

    def drip() -> None:
        while time.monotonic() < until:
            for number, one in enumerate(slow):
                try:
                    one.sendall(b"a")
                except OSError:  # it was shown the door: another one comes
                    one.close()
                    slow[number] = _again(port) or one
            time.sleep(_DRIP)

    def bomb(number: int) -> None:
        analyst = Reader(port, tokens[number % len(tokens)])
        for turn in itertools.count():
            if time.monotonic() >= until:
                return
            content = made[(number + turn) % len(made)] + bytes([turn % 256])
            file = {"file": ("a.xlsx", content)}
            bombs.take(lambda file=file: (SEND_IN, analyst.send(SEND_IN, {}, file)))

    def read(number: int) -> None:
        chance = random.Random(number)
        walker = Walker(Reader(port), EASY_READ, chance)
        while time.monotonic() < until:
            public.take(walker.step)
            time.sleep(chance.uniform(*_READING))

    work = [threading.Thread(target=drip)]
    work += [threading.Thread(target=bomb, args=(number,)) for number in range(BOMBERS)]
    work += [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for one in work:
        one.start()
    for one in work:
        one.join()
    for sender in slow:
        sender.close()
    return [public, bombs]


def _again(port: int) -> socket.socket | None:
    try:
        return next(iter(slow_posts(port, 1)))
    except OSError:
        return None


def main() -> None:
    given = arguments(__doc__ or "", 3).parse_args()
    with served(given, 2 * BOMBERS) as there:
        public, bombs = besiege(there.port, there.tokens[1::2], given.minutes * 60)
    print(
        row(
            f"{DRIPS} slow senders and {BOMBERS} who send bombs, {given.minutes:g} minutes",
            f"{given.database}, {given.workers} workers, {READERS} readers of public pages",
            f"public pages: {public.words}. Bombs: {bombs.words}. {there.memory.words}",
        )
    )


if __name__ == "__main__":
    main()
