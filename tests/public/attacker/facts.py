"""Facts: what the open table says of each figure, and what publishers say of the same area."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from schemas.measure import Measure, load_measures

OWN, THEIRS = "Local partnership", "Published statistics"
HIDDEN, NOT_APPLICABLE = "c", "z"


class Name(NamedTuple):
    """Which figure it is; the area is always the same."""

    measure_id: str
    period: str
    basis: str
    breakdown: str
    category: str


@dataclass(frozen=True)
class Fact:
    """One row of the open table. Counts are as printed: `rounded` ones may be 2 off."""

    name: Name
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    symbol: str = ""
    rounded: bool = False
    unreliable: bool = False

    @property
    def measure(self) -> Measure:
        return load_measures()[self.name.measure_id]

    @property
    def hidden(self) -> bool:
        return self.symbol == HIDDEN


Facts = Mapping[Name, Fact]
Merges = Mapping[tuple[str, str, str], tuple[str, ...]]


def read_rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def read_facts(rows: Iterable[Mapping[str, str]], area_code: str, source: str) -> Facts:
    """The facts of one area from one kind of source."""
    chosen = (
        one for one in rows if one["area_code"] == area_code and one["figures_from"] == source
    )
    return {fact.name: fact for fact in map(_fact, chosen)}


def see_both(first: Facts, second: Facts) -> Facts:
    """What two editions say together: a number that one of them shows is known."""
    seen = dict(first)
    for name, fact in second.items():
        before = seen.get(name)
        seen[name] = fact if before is None else _together(before, fact)
    return seen


def _together(before: Fact, now: Fact) -> Fact:
    """The newer number where both have one."""
    value = before.value if now.value is None else now.value
    return replace(
        now,
        numerator=before.numerator if now.numerator is None else now.numerator,
        denominator=before.denominator if now.denominator is None else now.denominator,
        value=value,
        symbol=now.symbol if value is None else "",
    )


def _fact(row: Mapping[str, str]) -> Fact:
    return Fact(
        name=Name(*(row[column] for column in Name._fields)),
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        value=_number(row["value"]),
        symbol=row["symbol"],
        rounded=row["rounded"] == "yes",
        unreliable=row["unreliable"] == "yes",
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def shown_numbers(facts: Iterable[Fact]) -> Iterator[float]:
    """Every number that these facts print."""
    for fact in facts:
        for number in (fact.numerator, fact.denominator, fact.value):
            if number is not None:
                yield number
