"""PublicRelease: everything that the files of a publication are made of, and nothing else."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.public.figures import PublicFigure
from schemas.area_settings import AreaSettings
from schemas.measure import Measure
from schemas.note import Note
from schemas.observation import Key
from schemas.term import Term


@dataclass(frozen=True)
class Said:
    """What an owner says to families of a measure this term: one or more linted sentences."""

    measure_id: str
    sentences: str


@dataclass(frozen=True)
class Answered:
    """“You said”, “We did”, of one topic; `topic` is "" for all of them."""

    topic: str
    said: str
    did: str
    on: dt.date


@dataclass(frozen=True)
class LeftOut:
    """Figures that are not shown at all, since hiding some could not protect them: a breakdown of
    a measure (or the whole measure), and the sentence that tells everyone."""

    measure_id: str
    breakdown: str
    words: str


@dataclass(frozen=True)
class Corrected:
    """A public notice of the term: what was wrong and since when, in the words that were agreed."""

    term: str
    label: str
    kind: str
    what: str
    cause: str
    effect: str
    found_on: dt.date
    written_on: dt.date


@dataclass(frozen=True)
class PublicRelease:
    """What everyone may see of an area as of one publication.

    `name` stands in permanent addresses (`2025-26-summer-v1.0`). `own` are the area's own figures
    of every term since the first public one, after disclosure control; `beside` those of England,
    the region, statistical neighbours and this area as publishers have them. Both in time order.
    `next_on` is the day new figures were announced for, None when nobody named one.
    """

    area: AreaSettings
    name: str
    term: Term
    label: str
    published_on: dt.date
    invented: bool
    measures: Mapping[str, Measure]
    own: tuple[PublicFigure, ...]
    beside: tuple[PublicFigure, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[Note, ...] = ()
    said: tuple[Said, ...] = ()
    answered: tuple[Answered, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    next_on: dt.date | None = None

    @cached_property
    def by_key(self) -> Mapping[Key, PublicFigure]:
        """The area's own figures by what they are about."""
        return {one.key: one for one in self.own}

    def get(
        self,
        measure_id: str,
        breakdown: str,
        category: str,
        term: Term | None = None,
        basis: str = "",
    ) -> PublicFigure | None:
        """The area's own figure of a term (the release's own unless told), on the measure's own
        basis unless told; None when there is none."""
        period = (term or self.term).label
        basis = basis or self.measures[measure_id].basis
        return self.by_key.get(Key(measure_id, self.area.code, period, basis, breakdown, category))
