"""Invented waits: queues of made-up referral days that children join and leave, month by month.

From the inspectors' words: under fives waited up to 23 months, those over five up to 42.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from statistics import mean, median

from sample_chance import Chance, Row

from schemas.term import Month, Season, Term

_BANDS = {
    "waiting_to_18w": (0, 126),
    "waiting_18_to_52w": (127, 364),
    "waiting_52_to_104w": (365, 728),
    "waiting_over_104w": (729, 99_999),
}
_QUIET = {8: 0.55, 12: 0.8, 4: 0.85}  # fewer referrals in August and around holidays


@dataclass
class Queue:
    """The referral days of those who wait."""

    chance: Chance
    referred_on: list[int]
    longest: int  # nobody waits for more days than this
    oldest_first: float  # the share of those seen who waited longest; the rest are any

    def month(self, month: Month, joins: float, leaves: float) -> tuple[int, list[int]]:
        """How many joined, and how many days those who left had waited."""
        joined = self.chance.whole(joins * _QUIET.get(month.month, 1.06), 0.25)
        first, last = month.window.start.toordinal(), month.window.end.toordinal()
        days = (first + int(self.chance.draw() * (last - first + 1)) for _ in range(joined))
        self.referred_on = sorted([*self.referred_on, *days])
        waits = []
        for _ in range(min(self.chance.whole(leaves, 0.2), len(self.referred_on))):
            waits.append(last - self.referred_on.pop(self._next()))
        while self.referred_on and last - self.referred_on[0] > self.longest:
            waits.append(last - self.referred_on.pop(0))
        return joined, waits

    def _next(self) -> int:
        if self.chance.draw() < self.oldest_first:
            return 0
        return int(self.chance.draw() * len(self.referred_on))


@dataclass
class Count:
    """One row of one month."""

    joined: int
    waiting: list[int]
    seen: list[int]
    quick: int = field(default=0)

    def bands(self) -> Row:
        bands = {
            name: sum(low <= days <= high for days in self.waiting)
            for name, (low, high) in _BANDS.items()
        }
        return {"referrals": self.joined, **bands}

    def longest(self) -> int | str:
        return max(self.waiting) if self.waiting else "z"


def _sum(counts: Iterable[Count]) -> Count:
    every = list(counts)
    return Count(
        sum(c.joined for c in every),
        [days for c in every for days in c.waiting],
        [days for c in every for days in c.seen],
        sum(c.quick for c in every),
    )


_ND = {  # waiting and longest wait in August 2022; referrals, then assessments, a month
    ("autism", "under5"): (118, 590, 7.4, 6.6),
    ("autism", "5plus"): (385, 1150, 12.8, 9.8),
    ("adhd", "under5"): (3, 300, 0.25, 0.3),
    ("adhd", "5plus"): (300, 1120, 11.6, 8.0),
    ("both", "under5"): (42, 560, 2.6, 2.3),
    ("both", "5plus"): (100, 1130, 4.2, 2.8),
}
_LONGEST = {"under5": 700, "5plus": 1278}
_MONTHS = tuple(m for n in range(12) for m in Term(2022, Season.autumn).shifted(n).months)


def nd_waits(number: int) -> list[Row]:
    """Each month by pathway and age, then all pathways by age and all together."""
    rows: list[Row] = []
    for index in range(number * 4, number * 4 + 4):
        counts = dict(_nd_counts()[index])
        ages = {
            age: _sum(c for (_, a), c in counts.items() if a == age) for age in ("under5", "5plus")
        }
        counts |= {("all", age): count for age, count in ages.items()}
        counts["all", "all"] = _sum(ages.values())
        rows += [_nd_row(_MONTHS[index], *key, count) for key, count in counts.items()]
    return rows


def _nd_row(month: Month, pathway: str, age: str, count: Count) -> Row:
    return {
        "period": month.title,
        "pathway": pathway,
        "age_band": age,
        **count.bands(),
        "median_days": round(median(count.waiting)) if count.waiting else "z",
        "longest_days": count.longest(),
        "completed": len(count.seen),
        "first_appointments": len(count.seen),
        "first_13w": count.quick,
    }


@cache
def _nd_counts() -> list[dict[tuple[str, str], Count]]:
    months: list[dict[tuple[str, str], Count]] = [{} for _ in _MONTHS]
    for place, (key, (size, depth, joins, leaves)) in enumerate(_ND.items()):
        chance = Chance(4, place)
        start = _MONTHS[0].window.start.toordinal()
        days = sorted(start - 1 - int(chance.draw() * depth) for _ in range(size))
        queue = Queue(chance, days, _LONGEST[key[1]], 0.8)
        for index, month in enumerate(_MONTHS):
            faster = 1.6 if index >= 36 else 1.0  # more assessments in the last year
            joined, seen = queue.month(month, joins, leaves * faster)
            quick = min(len(seen), chance.whole(len(seen) * (0.05 if index < 36 else 0.11)))
            last = month.window.end.toordinal()
            waiting = [last - day for day in queue.referred_on]
            months[index][key] = Count(joined, waiting, seen, quick)
    return months


_THERAPY = {  # referrals a month; average wait in days in 2022 and at the end of 2026
    ("salt", "under5"): (31.0, 128, 96),
    ("salt", "5plus"): (22.0, 132, 98),
    ("ot", "under5"): (8.0, 136, 104),
    ("ot", "5plus"): (14.0, 142, 106),
}


def therapy_waits(number: int) -> list[Row]:
    rows: list[Row] = []
    for index in range(number * 4, number * 4 + 4):
        counts = dict(_therapy_counts()[index])
        for service in ("salt", "ot"):
            counts[service, "all"] = _sum(c for (s, _), c in counts.items() if s == service)
        rows += [_therapy_row(_MONTHS[index], *key, count) for key, count in counts.items()]
    return rows


def _therapy_row(month: Month, service: str, age: str, count: Count) -> Row:
    return {
        "period": month.title,
        "service": service,
        "age_band": age,
        **count.bands(),
        "longest_days": count.longest(),
        "seen": len(count.seen),
        "mean_days": round(mean(count.seen), 1) if count.seen else "z",
    }


@cache
def _therapy_counts() -> list[dict[tuple[str, str], Count]]:
    months: list[dict[tuple[str, str], Count]] = [{} for _ in _MONTHS]
    for place, (key, (joins, early, late)) in enumerate(_THERAPY.items()):
        chance = Chance(5, place)
        start = _MONTHS[0].window.start.toordinal()
        size = round(joins * early / 30.4)
        waits = (min(560, -early * math.log(1 - chance.draw())) for _ in range(size))
        queue = Queue(chance, sorted(start - 1 - int(days) for days in waits), 600, 0.1)
        for index, month in enumerate(_MONTHS):
            wait = early + (late - early) * max(0, index - 16) / (len(_MONTHS) - 17)
            leaves = len(queue.referred_on) * 30.4 / wait
            joined, seen = queue.month(month, joins, leaves)
            last = month.window.end.toordinal()
            waiting = [last - day for day in queue.referred_on]
            months[index][key] = Count(joined, waiting, seen)
    return months
