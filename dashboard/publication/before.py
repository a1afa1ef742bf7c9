"""What earlier publications to everyone decided, kept with each: the next one respects it."""

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from dashboard.analysis.disclosure.coarsen import Step
from dashboard.analysis.disclosure.decide import Before
from dashboard.public.figures import PublicFigure
from dashboard.public.release import LeftOut
from dashboard.public.standing import get_standing
from schemas.public_tables import public_bundle


@dataclass(frozen=True)
class TermDecided:
    """One term as it was decided for one release version: what everyone sees of it, what is left
    out and why, and its cells (id → [true count, fate]), which nobody but us ever sees."""

    version_id: int
    figures: tuple[PublicFigure, ...]
    left_out: tuple[LeftOut, ...]
    cells: Mapping[str, Sequence[Any]]
    coarsened: tuple[Step, ...]


@dataclass(frozen=True)
class Decided:
    """All terms of a publication by label, and the ids of everything that was ever hidden."""

    algorithm: str
    terms: Mapping[str, TermDecided]
    ever_hidden: frozenset[str]

    def before(self, terms: Iterable[str]) -> Before:
        """What those terms mean for the one that is decided next."""
        chosen = [self.terms[label] for label in sorted(terms)]
        cells = {name: cell for one in chosen for name, cell in one.cells.items()}
        steps = dict.fromkeys(step for one in self.terms.values() for step in one.coarsened)
        return Before(cells, self.ever_hidden, tuple(steps))


NOTHING = Decided("", {}, frozenset())


def read_decided(connection: Connection, area_code: str) -> Decided:
    """What stands: of the newest publication that was not withdrawn; hidden is what any publication
    hid, withdrawn ones too."""
    newest = _of(connection, area_code, None)
    standing = get_standing(connection, area_code).latest
    found = _of(connection, area_code, standing.id) if standing else NOTHING
    return Decided(found.algorithm, found.terms, newest.ever_hidden)


def pack_decided(decided: Decided) -> bytes:
    """As it is kept; the same for the same decision."""
    whole = {
        "algorithm": decided.algorithm,
        "ever_hidden": sorted(decided.ever_hidden),
        "terms": {label: _term_out(one) for label, one in sorted(decided.terms.items())},
    }
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return gzip.compress(text.encode(), 6, mtime=0)


def unpack_decided(packed: bytes) -> Decided:
    whole = json.loads(gzip.decompress(packed))
    terms = {label: _term_in(one) for label, one in whole["terms"].items()}
    return Decided(whole["algorithm"], terms, frozenset(whole["ever_hidden"]))


def _of(connection: Connection, area_code: str, bundle_id: int | None) -> Decided:
    """Of one publication; without an id of the newest, whatever became of it."""
    query = select(public_bundle.c.figures).where(public_bundle.c.area_code == area_code)
    if bundle_id is not None:
        query = query.where(public_bundle.c.id == bundle_id)
    packed = connection.scalar(query.order_by(public_bundle.c.id.desc()).limit(1))
    return unpack_decided(packed) if packed else NOTHING


def _term_out(one: TermDecided) -> dict[str, Any]:
    return {
        "version_id": one.version_id,
        "figures": [list(figure) for figure in one.figures],
        "left_out": [[o.measure_id, o.breakdown, o.words] for o in one.left_out],
        "cells": {name: list(cell) for name, cell in one.cells.items()},
        "coarsened": [list(step) for step in one.coarsened],
    }


def _term_in(one: Mapping[str, Any]) -> TermDecided:
    return TermDecided(
        one["version_id"],
        tuple(PublicFigure(*figure) for figure in one["figures"]),
        tuple(LeftOut(*left_out) for left_out in one["left_out"]),
        one["cells"],
        tuple(_step_in(step) for step in one["coarsened"]),
    )


def _step_in(kept: Sequence[Any]) -> Step:
    measure_id, breakdown, how, filter_id, members, why = kept
    return Step(measure_id, breakdown, how, filter_id, tuple(members), why)
