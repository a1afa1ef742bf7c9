"""Which publication of an area is the newest, and what became of each: current, superseded,
withdrawn."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from sqlalchemy import Connection, exists, select

from dashboard.words.notices import notice_lead, notice_parts
from schemas.public_tables import public_bundle, public_source
from schemas.round_tables import public_notice
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
    """All publications of an area, the newest first."""

    editions: tuple[PublicEdition, ...]

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
    """One short query by index, on the tables of publications and versions only."""
    withdrawn = exists(
        select(public_source.c.bundle_id)
        .join(release_version, release_version.c.id == public_source.c.release_version_id)
        .where(public_source.c.bundle_id == public_bundle.c.id)
        .where(release_version.c.state == "withdrawn")
    )
    query = (
        select(public_bundle.c.id, public_bundle.c.name, public_bundle.c.made_at, withdrawn)
        .where(public_bundle.c.area_code == area_code)
        .order_by(public_bundle.c.id.desc())
    )
    rows = connection.execute(query)
    return Standing(
        tuple(PublicEdition(number, name, at, bool(gone)) for number, name, at, gone in rows)
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
