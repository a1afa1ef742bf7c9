"""Which publication of an area is the newest, and what became of each: current, superseded,
withdrawn."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Select, exists, select

from dashboard.words.notices import notice_lead, notice_parts
from schemas.public_tables import public_bundle, public_source
from schemas.round_tables import announcement, public_notice
from schemas.tables import release, release_version

State = Literal["current", "superseded", "withdrawn"]


class PublicEdition(NamedTuple):
    """One publication. `made_at` is an ISO time; `withdrawn` when any release version that it
    shows figures of was withdrawn."""

    id: int
    name: str
    made_at: str
    withdrawn: bool

    @property
    def made(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.made_at)


@dataclass(frozen=True)
class Standing:
    """All publications of an area, the newest first. `next_on` is the day that was named for the
    next new figures, None when nobody named one or they came out."""

    editions: tuple[PublicEdition, ...]
    next_on: dt.date | None = None

    @cached_property
    def latest(self) -> PublicEdition | None:
        """The newest none of whose sources was withdrawn."""
        return next((one for one in self.editions if not one.withdrawn), None)

    @cached_property
    def by_name(self) -> Mapping[str, PublicEdition]:
        return {one.name: one for one in self.editions}

    def state_of(self, edition: PublicEdition) -> State:
        if edition.withdrawn:
            return "withdrawn"
        return "current" if edition == self.latest else "superseded"


class Why(NamedTuple):
    """Why something was withdrawn, as everyone is told: a sentence, then parts with headings."""

    lead: str
    parts: tuple[tuple[str, str], ...]


def get_standing(connection: Connection, area_code: str) -> Standing:
    """One short query by index, on tables that hold no figures."""
    withdrawn = exists(
        select(public_source.c.bundle_id)
        .join(release_version, release_version.c.id == public_source.c.release_version_id)
        .where(public_source.c.bundle_id == public_bundle.c.id)
        .where(release_version.c.state == "withdrawn")
    )
    announced = _announced(area_code).scalar_subquery()
    facts = (public_bundle.c.id, public_bundle.c.name, public_bundle.c.made_at, withdrawn)
    query = (
        select(*facts, announced)
        .where(public_bundle.c.area_code == area_code)
        .order_by(public_bundle.c.id.desc())
    )
    rows = connection.execute(query).all()
    editions = [PublicEdition(number, name, at, bool(gone)) for number, name, at, gone, _ in rows]
    day = rows[0][-1] if rows else None
    return Standing(tuple(editions), dt.date.fromisoformat(day) if day else None)


def _announced(area_code: str) -> Select[tuple[str]]:
    """The day of the earliest term that has not come out and for which one was named; of several
    the one that was named last."""
    came_out = (
        select(release.c.term)
        .join(release_version, release_version.c.release_id == release.c.id)
        .where(release.c.area_code == area_code)
        .where(release_version.c.published_at.is_not(None))
    )
    return (
        select(announcement.c.on_day)
        .where(announcement.c.area_code == area_code, announcement.c.term.not_in(came_out))
        .order_by(announcement.c.term, announcement.c.id.desc())
        .limit(1)
    )


def get_why_withdrawn(connection: Connection, bundle_id: int) -> list[Why]:
    """What everyone was told when something of a publication was withdrawn, each notice once."""
    query = (
        select(
            release.c.term,
            public_notice.c.written_at,
            public_notice.c.what,
            public_notice.c.found_on,
            public_notice.c.cause,
            public_notice.c.effect,
        )
        .join(release_version, release_version.c.id == public_notice.c.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .join(public_source, public_source.c.release_version_id == release_version.c.id)
        .where(public_source.c.bundle_id == bundle_id)
        .where(public_notice.c.kind == "withdrawal")
        .order_by(public_notice.c.id)
    )
    found: dict[Why, None] = {}
    for term, written_at, *parts in connection.execute(query):
        lead = notice_lead("withdrawal", term, written_at)
        found[Why(lead, tuple(notice_parts("withdrawal", *parts)))] = None
    return list(found)
