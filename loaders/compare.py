"""What a file would change: new, changed, vanished, and what of it restates history."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection, Select, func, select

from loaders.derive import derive, sent_now, stale_keys
from loaders.prepare import Prepared
from schemas.observation import Key, Observation, term_of
from schemas.tables import observation as table
from schemas.tables import release, release_version

_COLUMNS = [table.c[name] for name in Observation._fields]
Current = Mapping[Key, tuple[int, Observation]]


class Change(NamedTuple):
    """One figure that takes another's place."""

    old: Observation
    new: Observation


@dataclass(frozen=True)
class Changes:
    """Set beside the newest version of each term. `same` is how many figures stay as they are;
    `restated` are the changed and vanished ones of a term that was ever published, or that is
    earlier than the newest term the file is about."""

    new: Sequence[Observation] = ()
    changed: Sequence[Change] = ()
    vanished: Sequence[Observation] = ()
    same: int = 0
    restated: frozenset[Key] = frozenset()

    @property
    def figures(self) -> int:
        """How many figures the file says, with those that follow from it."""
        return len(self.new) + len(self.changed) + self.same

    @property
    def nothing(self) -> bool:
        return not (self.new or self.changed or self.vanished)

    @cached_property
    def sha256(self) -> str:
        """The same for the same changes, whatever order they were found in."""
        lines = [json.dumps(["new", *one]) for one in self.new]
        lines += [json.dumps(["changed", *old, *new]) for old, new in self.changed]
        lines += [json.dumps(["vanished", *one]) for one in self.vanished]
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def compare(
    connection: Connection, prepared: Prepared, extracts: Collection[str] | None = None
) -> Changes:
    """What storing a right file would change, of these extracts or of all in it.

    Each measure belongs to one extract, so that the changes of some extracts are those of the
    whole file less the others'.
    """
    assert prepared.cover is not None
    assert prepared.definitions is not None
    measures = prepared.definitions.measures
    direct: Sequence[Observation] = prepared.observations
    if extracts is not None:
        direct = [one for one in direct if measures[one.measure_id].source.extract in extracts]
    if not direct:
        return Changes()
    area_code = prepared.cover.area_code
    touched = sorted({one.measure_id for one in direct})
    current = get_current(connection, area_code, touched, *_window(direct))
    stale = stale_keys(measures, current, direct)
    everything = [*direct, *derive(measures, sent_now(current, stale, direct))]
    past = _past(connection, area_code, direct)
    return _sorted_out(everything, current, stale, *past)


def get_current(
    connection: Connection, area_code: str, measure_ids: Sequence[str], since: str, until: str
) -> dict[Key, tuple[int, Observation]]:
    """The latest version's observations of these measures in a window of days, with their ids."""
    query = (
        select(table.c.id, *_COLUMNS)
        .where(table.c.release_version_id.in_(_latest_versions(area_code)))
        .where(table.c.measure_id.in_(measure_ids), table.c.area_code == area_code)
        .where(table.c.superseded_by_id.is_(None))
        .where(table.c.period_end >= since, table.c.period_start <= until)
    )
    rows = (tuple(row) for row in connection.execute(query))
    found = ((row[0], Observation(*row[1:])) for row in rows)
    return {one.key: (row_id, one) for row_id, one in found}


def _sorted_out(
    everything: Iterable[Observation],
    current: Current,
    stale: Iterable[Key],
    published: frozenset[str],
    newest: str,
) -> Changes:
    new: list[Observation] = []
    changed: list[Change] = []
    same = 0
    said: set[Key] = set()
    for one in everything:
        before = current.get(one.key) if current else None
        if before is None:
            new.append(one)
            continue
        said.add(one.key)
        if before[1] == one:
            same += 1
        else:
            changed.append(Change(before[1], one))
    vanished = [current[key][1] for key in stale if key not in said]
    restated = frozenset(
        one.key
        for one in (*vanished, *(change.old for change in changed))
        if (term := term_of(one.period).label) in published or term < newest
    )
    return Changes(new, changed, vanished, same, restated)


def _past(
    connection: Connection, area_code: str, direct: Iterable[Observation]
) -> tuple[frozenset[str], str]:
    """The terms that were ever published, and the newest term that the file is about."""
    query = (
        select(release.c.term)
        .join(release_version, release_version.c.release_id == release.c.id)
        .where(release.c.area_code == area_code, release_version.c.published_at.is_not(None))
    )
    newest = max(term_of(period).label for period in {one.period for one in direct})
    return frozenset(connection.scalars(query)), newest


def _latest_versions(area_code: str) -> Select[tuple[int]]:
    version = release_version.alias()
    newest = (
        select(func.max(version.c.number))
        .where(version.c.release_id == release.c.id)
        .scalar_subquery()
    )
    return (
        select(release_version.c.id)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == area_code, release_version.c.number == newest)
    )


def _window(direct: Sequence[Observation]) -> tuple[str, str]:
    """The days whose figures can follow from these: a year back and a year on."""
    year = dt.timedelta(days=370)
    first = dt.date.fromisoformat(min(one.period_start for one in direct)) - year
    last = dt.date.fromisoformat(max(one.period_end for one in direct)) + year
    return first.isoformat(), last.isoformat()
