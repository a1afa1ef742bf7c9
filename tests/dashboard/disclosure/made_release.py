"""An invented release of the size of a real one, term after term, the same for the same seed."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from dashboard.analysis.disclosure.cell import Cell, Kind, Protection, Relation
from dashboard.analysis.disclosure.protect import protect
from tests.dashboard.disclosure.tables import ALL, Key, name_of, table

Counts = dict[Key, int]
_MONTHS = ("m1", "m2", "m3")


@dataclass(frozen=True)
class Shape:
    """A measure: its sides, how large its counts are, whether it has months."""

    name: str
    sides: tuple[int, ...]
    mean: float
    kind: Kind = "education"
    months: bool = False


EVENTS = (
    *(Shape(f"health{n}", (5, 3), 4 * 3**n, "health", months=True) for n in range(5)),
    *(Shape(f"needs{n}", (12, 5), 14 * 4**n) for n in range(3)),
    *(Shape(f"phases{n}", (5, 2, 2), 12 * 3**n) for n in range(3)),
)
STOCKS = (Shape("plans", (12, 4), 18), Shape("support", (12, 4), 60))
SHARES = tuple(Shape(f"share{n}", (9,), 8 * 2**n) for n in range(12))
LADDERS = tuple(Shape(f"ladder{n}", (10,), 60 * 2**n) for n in range(4))


def terms_of(seed: int, terms: int) -> Iterator[tuple[list[Cell], list[Relation]]]:
    """For each term its new cells and relations; the relations reach back into earlier terms."""
    draw = random.Random(seed)
    before: list[dict[str, Counts]] = []
    for term in range(terms):
        made = _Term(draw, term, before)
        before.append(made.counts)
        yield made.cells, made.relations


def decided(cells: list[Cell], found: Protection) -> list[Cell]:
    """The cells as the next publication has to take them."""
    return [
        replace(cell, decided="hidden" if cell.id in found.hidden else "shown")
        if cell.published
        else cell
        for cell in cells
    ]


def published(seed: int, terms: int) -> Iterator[tuple[list[Cell], list[Relation], Protection]]:
    """One publication after another: all it had to look at, and what it decided."""
    cells: list[Cell] = []
    relations: list[Relation] = []
    for new, ties in terms_of(seed, terms):
        cells, relations = cells + new, relations + ties
        found = protect(cells, relations)
        yield cells, relations, found
        cells = decided(cells, found)


class _Term:
    def __init__(self, draw: random.Random, term: int, before: list[dict[str, Counts]]) -> None:
        self._draw, self._term, self._before = draw, term, before
        self.cells: list[Cell] = []
        self.relations: list[Relation] = []
        self.counts: dict[str, Counts] = {}
        for shape in EVENTS:
            self._events(shape)
        for shape in STOCKS:
            self._stock(shape)
        for shape in SHARES:
            self._share(shape)
        for shape in LADDERS:
            self._ladder(shape)

    def _events(self, shape: Shape) -> None:
        """Months make the term, terms the year so far and the last three terms."""
        one = self._random(shape)
        if shape.months:
            months = [one, self._random(shape), self._random(shape)]
            one = {key: sum(month[key] for month in months) for key in one}
            for name, month in zip(_MONTHS, months, strict=True):
                self._add(shape, name, month)
        whole = self._add(shape, "term", one)
        if shape.months:
            for key in whole:
                parts = [(self._id(shape, name, key), 1) for name in _MONTHS]
                self._tie(*parts, (self._id(shape, "term", key), -1))
        self._runs(shape, one)

    def _runs(self, shape: Shape, one: Counts) -> None:
        for basis, back in (("ytd", self._term % 3), ("rolling3", 2)):
            first = self._term - back
            if first < 0:
                continue
            earlier = [
                self._before[term][f"{shape.name} term"] for term in range(first, self._term)
            ]
            total = {key: one[key] + sum(counts[key] for counts in earlier) for key in one}
            for key in self._add(shape, basis, total):
                terms = range(first, self._term + 1)
                parts = [(self._id(shape, "term", key, term), 1) for term in terms]
                self._tie(*parts, (self._id(shape, basis, key), -1))

    def _stock(self, shape: Shape) -> None:
        """Opening + new − ceased = closing, and opening is the closing of the term before."""
        last = self._before[-1][f"{shape.name} closing"] if self._before else self._random(shape)
        new = self._random(replace(shape, mean=shape.mean / 4))
        ceased = {key: min(last[key], draw) for key, draw in self._random(shape).items()}
        closing = {key: last[key] + new[key] - ceased[key] for key in last}
        steps = {"opening": last, "new": new, "ceased": ceased, "closing": closing}
        for name, counts in steps.items():
            keys = self._add(shape, name, counts)
        for key in keys:
            signs = zip(steps, (1, 1, -1, -1), strict=True)
            self._tie(*[(self._id(shape, name, key), sign) for name, sign in signs])
            if self._before:
                same = self._id(shape, "closing", key, self._term - 1)
                self._tie((same, 1), (self._id(shape, "opening", key), -1))

    def _share(self, shape: Shape) -> None:
        """A numerator, a denominator, and the rest, which is not published."""
        whole = self._random(shape)
        part = {key: self._draw.randint(0, count) for key, count in whole.items()}
        rest = {key: whole[key] - part[key] for key in whole}
        self._add(shape, "of", whole)
        self._add(shape, "part", part)
        for key in self._add(shape, "rest", rest, published=False):
            names = [(self._id(shape, name, key), 1) for name in ("part", "rest")]
            self._tie(*names, (self._id(shape, "of", key), -1))

    def _ladder(self, shape: Shape) -> None:
        """Severe are among persistent are among all."""
        counts = self._random(shape)
        keys = self._add(shape, "all", counts)
        for above, name, share in (("all", "persistent", 0.2), ("persistent", "severe", 0.1)):
            counts = {key: round(count * share) for key, count in counts.items()}
            self._add(shape, name, counts)
            for key in keys:
                pair = (self._id(shape, name, key), 1), (self._id(shape, above, key), -1)
                self.relations.append(Relation(pair, "<="))

    def _random(self, shape: Shape) -> Counts:
        names = [
            [f"{'abc'[side]}{n:02}" for n in range(size)] for side, size in enumerate(shape.sides)
        ]
        steady = random.Random(f"{shape.name}")
        weights = {key: steady.choice([0, 0.3, 0.7, 1, 2, 4]) for key in product(*names)}
        return {
            key: round(self._draw.gammavariate(4, shape.mean * weight / 4)) if weight else 0
            for key, weight in weights.items()
        }

    def _add(self, shape: Shape, basis: str, counts: Counts, published: bool = True) -> list[Key]:
        self.counts[f"{shape.name} {basis}"] = counts
        prefix = self._id(shape, basis, ())

        def make(name: str, value: int, grand: bool) -> Cell:
            return Cell(prefix + name, value, shape.kind, published=published, may_hide=not grand)

        cells, relations = table(counts, make)
        self.cells += cells
        self.relations += [
            Relation(tuple((prefix + name, factor) for name, factor in one.parts))
            for one in relations
        ]
        return _keys(counts)

    def _id(self, shape: Shape, basis: str, key: Key, term: int | None = None) -> str:
        return f"{self._term if term is None else term:02} {shape.name} {basis} {name_of(key)}"

    def _tie(self, *parts: tuple[str, int]) -> None:
        self.relations.append(Relation(parts))


def _keys(counts: Mapping[Key, int]) -> list[Key]:
    sides = [sorted({key[side] for key in counts}) for side in range(len(next(iter(counts))))]
    return list(product(*[[*parts, ALL] for parts in sides]))
