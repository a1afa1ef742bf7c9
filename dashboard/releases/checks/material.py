"""Material: everything the checks look at, read once from the database for a release version."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dashboard.releases.protected import Kept
from dashboard.releases.versions import Version
from schemas.area_settings import AreaSettings
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.note import Note
from schemas.observation import Key, Observation
from schemas.term import Term, parse_period


class Figure(NamedTuple):
    """One number or symbol and the file it came in."""

    one: Observation
    file_id: int


class SentFile(NamedTuple):
    """A file as its cover described it."""

    id: int
    organisation: str
    name: str
    as_at_on: str
    status: str
    coverage_note: str


class PublishedKind(NamedTuple):
    """What one publisher's file says of one measure on one basis; `blank_period` when a figure of
    it has none."""

    measure_id: str
    basis: str
    blank_period: bool
    file_kind: str
    publisher: str
    publication: str
    release: str
    as_at_on: str
    file_name: str


class PublishedFigure(NamedTuple):
    """A publisher's count of this area itself, the newest file's."""

    measure_id: str
    basis: str
    period: str
    value: float
    publication: str
    release: str


@dataclass(frozen=True)
class Material:
    """`figures` are the version's own. `last_term` are those of the term before, `headlines` the
    headlines of every earlier term, each from its newest version; `last_files` are the files of
    the term before. `hidden_before` are figures that an earlier version hid; `protection` what was
    worked out last about hiding figures from everyone."""

    area: AreaSettings
    measures: Mapping[str, Measure]
    version: Version
    today: dt.date
    figures: tuple[Figure, ...]
    last_term: tuple[Figure, ...]
    headlines: tuple[Figure, ...]
    files: Mapping[int, SentFile]
    last_files: Mapping[int, SentFile]
    kinds: tuple[PublishedKind, ...]
    own_published: tuple[PublishedFigure, ...]
    notes: tuple[Note, ...]
    hidden_before: frozenset[Key]
    definitions_agreed: bool
    protection: Kept | None

    @property
    def term(self) -> Term:
        return self.version.term

    @cached_property
    def now(self) -> Mapping[Key, Observation]:
        """The version's figures by what they are about."""
        return {figure.one.key: figure.one for figure in self.figures}

    @cached_property
    def before(self) -> Mapping[Key, Observation]:
        """Those of earlier terms that were read."""
        return {f.one.key: f.one for f in (*self.headlines, *self.last_term)}

    @cached_property
    def by_measure(self) -> Mapping[str, tuple[Observation, ...]]:
        """The version's figures of every measure the area has, in its order."""
        found: dict[str, list[Observation]] = {name: [] for name in self.measures}
        for figure in self.figures:
            if figure.one.measure_id in found:
                found[figure.one.measure_id].append(figure.one)
        return {name: tuple(ones) for name, ones in found.items()}

    def measured(self) -> Iterator[tuple[Measure, tuple[Observation, ...]]]:
        """Every measure that has figures, with them."""
        for name, ones in self.by_measure.items():
            if ones:
                yield self.measures[name], ones

    def get(
        self,
        measure_id: str,
        basis: str,
        breakdown: str = ALL,
        category: str = ALL,
        term: Term | None = None,
    ) -> Observation | None:
        """A figure of this term, or of an earlier one."""
        period = (term or self.term).label
        key = Key(measure_id, self.area.code, period, basis, breakdown, category)
        return self.now.get(key) or self.before.get(key)

    def headline(self, measure: Measure, term: Term | None = None) -> Observation | None:
        """The figure that stands for a measure in this term, or in an earlier one."""
        at = measure.headline
        return self.get(measure.id, measure.basis, at.breakdown, at.category, term)


def is_term(one: Observation) -> bool:
    return isinstance(parse_period(one.period), Term)
