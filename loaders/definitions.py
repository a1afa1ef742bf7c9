"""The definitions a file is read by, together, with the hash that says which they were."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from schemas.extract import Extract
from schemas.measure import Measure


@dataclass(frozen=True)
class Definitions:
    """Measures and extracts, and the day that counts as today."""

    measures: Mapping[str, Measure]
    extracts: Mapping[str, Extract]
    today: dt.date = field(default_factory=dt.date.today)

    @classmethod
    def real(cls) -> "Definitions":
        """The definitions that travel with the program."""
        from schemas.extracts import load_extracts
        from schemas.measure import load_measures

        return cls(load_measures(), load_extracts())

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading of the contract: what a message may repeat without naming anyone."""
        return tuple(e.heading_of(c) for e in self.extracts.values() for c in e.columns)

    @cached_property
    def sha256(self) -> str:
        """Changes when any measure or any column of an extract does."""
        digest = hashlib.sha256()
        for _, measure in sorted(self.measures.items()):
            digest.update(measure.model_dump_json().encode())
        for _, extract in sorted(self.extracts.items()):
            rules = tuple((rule.id, rule.sentence) for rule in extract.rules)
            digest.update(repr((extract.filters, extract.indicators, rules)).encode())
        return digest.hexdigest()
