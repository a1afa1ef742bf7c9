"""Knowledge: everything that two editions and the publishers say of one area, as rows."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import load_measures
from schemas.term import Month, Term, parse_period
from tests.public.attacker.atoms import Atoms, Calendar, Unknown, terms_of
from tests.public.attacker.common_sense import suppose
from tests.public.attacker.facts import (
    OWN,
    THEIRS,
    Fact,
    Facts,
    Merges,
    Name,
    read_facts,
    read_rows,
    see_both,
)
from tests.public.attacker.reading import read_all, read_theirs
from tests.public.attacker.rows import Row

Files = Mapping[str, bytes]
_TOGETHER = re.compile(r"(.+) are shown together as “(.+)”")


@dataclass(frozen=True)
class Knowledge:
    """`facts` are the area's own, `theirs` publishers' of the same area."""

    facts: Facts
    theirs: Facts
    merges: Merges

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.facts)

    @cached_property
    def atoms(self) -> Atoms:
        return Atoms(self.calendar, self.merges)

    def rows(self, truth: Mapping[Unknown, float] | None = None) -> Iterator[Row]:
        """What is published, and of what an outsider may suppose all that is so; without a truth
        to tell, all of it."""
        yield from read_all(self.facts.values(), self.atoms)
        guesses = [*suppose(self.whens)]
        for fact in self.theirs.values():
            guesses += read_theirs(fact, self.atoms)
        yield from (row for row in guesses if truth is None or row.holds(truth))

    def whens(self, extract: str) -> Iterable[str]:
        """Every month and term that the counts of an extract are of, earlier terms too."""
        found: dict[str, None] = {}
        for name in self.facts:
            measure = load_measures()[name.measure_id]
            if measure.source.extract == extract:
                found |= dict.fromkeys(self.calendar.whens(measure, name, False))
        return sorted(found)


def learn(first: Files, second: Files, area_code: str, also: Facts) -> Knowledge:
    """From every row of both open tables; `also` are the publishers' own files."""
    own: dict[Name, Fact] = {}
    theirs = dict(also)
    merges: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for files in (first, second):
        rows = read_rows(files["data/all.csv"])
        own = dict(see_both(own, read_facts(rows, area_code, OWN)))
        theirs |= read_facts(rows, area_code, THEIRS)
        merges |= read_merges(json.loads(files["data/all.json"])["left_out"], rows)
    return Knowledge(own, theirs, merges)


def read_merges(left_out: Iterable[Mapping[str, str]], rows: Iterable[Mapping[str, str]]) -> Merges:
    """Which categories a merged one is made of, from the sentence that says so."""
    called = {
        (row["measure_id"], label): (filter_id, category)
        for row in rows
        for filter_id, category, label in _labels(row)
    }
    merges: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for one in left_out:
        found = _TOGETHER.match(one["words"])
        if found and (one["measure_id"], found[2]) in called:
            filter_id, category = called[one["measure_id"], found[2]]
            extract = load_measures()[one["measure_id"]].source.extract
            members = (c for c in load_extracts()[extract].filter(filter_id).categories)
            named = tuple(member.id for member in members if member.label in found[1])
            merges[one["measure_id"], filter_id, category] = named
    return merges


def _labels(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The categories of one row with their words."""
    if row["breakdown"] != ALL:
        parts = row["breakdown"].split("+"), row["category"].split("+")
        words = row["category_words"].split(", ")
        if len(words) == len(parts[0]):
            yield from zip(*parts, words, strict=True)


def covered_terms(facts: Iterable[Name]) -> set[str]:
    """The terms that these figures are about, those of years to date included."""
    found: set[str] = set()
    for name in facts:
        period = parse_period(name.period)
        if isinstance(period, Month):
            found.add(period.term.label)
        elif isinstance(period, Term):
            found |= {term.label for term in terms_of(name) or ()}
    return found
