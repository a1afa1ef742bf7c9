"""People who browse for a while: two thirds families and press, one third partners signed in.

Run: `.venv/bin/python -m tests.faults.browse --people 200 --minutes 10`. Each reads a page for ten
seconds on average, then follows one of its links. It prints a row of docs/faults.md.
"""

import random
import threading
import time

from tests.faults.demonstration import arguments, served
from tests.faults.ground import EASY_READ, Reader
from tests.faults.load import PARTNERS, Waits, Walker
from tests.faults.rows import row

READING = (5.0, 15.0)  # seconds on a page


def browse(port: int, tokens: list[str], families: int, seconds: float) -> tuple[Waits, Waits]:
    """What families and partners saw and how long they waited, a thread for each person."""
    public, signed = Waits(), Waits()
    until = time.monotonic() + seconds
    people = [(Reader(port), EASY_READ, public) for _ in range(families)]
    people += [(Reader(port, token), PARTNERS, signed) for token in tokens]

    def read(number: int) -> None:
        reader, first, waits = people[number]
        chance = random.Random(number)
        walker = Walker(reader, first, chance)
        time.sleep(chance.uniform(0, min(READING[1], seconds / 2)))
        while time.monotonic() < until:
            waits.take(walker.step)
            time.sleep(min(chance.uniform(*READING), max(0.0, until - time.monotonic())))

    everyone = [threading.Thread(target=read, args=(one,)) for one in range(len(people))]
    for one in everyone:
        one.start()
    for one in everyone:
        one.join()
    return public, signed


def main() -> None:
    asked = arguments(__doc__ or "", 10)
    asked.add_argument("--people", type=int, default=200)
    given = asked.parse_args()
    partners = given.people // 3
    with served(given, partners) as there:
        families = given.people - partners
        public, signed = browse(there.port, there.tokens, families, given.minutes * 60)
    print(
        row(
            f"{given.people} people browse for {given.minutes:g} minutes",
            f"{given.database}, {given.workers} workers, {READING[0]:g} to {READING[1]:g} s a page",
            f"families: {public.words}. Partners: {signed.words}. {there.memory.words}",
        )
    )


if __name__ == "__main__":
    main()
