"""Which editions a pack can be made of: the newest of each term, and the one before another."""

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from dashboard.edition import Edition, EditionName
from dashboard.queries.editions import get_newest_edition
from dashboard.queries.shown import EVER_PUBLISHED, WITHDRAWN
from schemas.tables import commentary, observation, release, release_version, vintage


class Published(NamedTuple):
    """One release version that came out; `published_at` is an ISO time."""

    id: int
    term: str
    number: int
    state: str
    published_at: str


def get_published_versions(connection: Connection, area_code: str) -> list[Published]:
    """Everything the area ever published, in the order in which it came out."""
    v = release_version.c
    query = (
        select(v.id, release.c.term, v.number, v.state, func.coalesce(v.published_at, ""))
        .join(release, release.c.id == v.release_id)
        .where(release.c.area_code == area_code, v.state.in_(EVER_PUBLISHED))
    )
    found = (Published._make(row) for row in connection.execute(query))
    return sorted(found, key=lambda one: (one.published_at, one.term, one.number))


def get_published_terms(connection: Connection, area_code: str) -> list[str]:
    """The terms of which something is out that was not withdrawn, the newest first."""
    newest = {one.term: one for one in get_published_versions(connection, area_code)}
    return sorted((x.term for x in newest.values() if x.state != WITHDRAWN), reverse=True)


def get_edition_of_term(connection: Connection, area_code: str, term: str) -> Edition | None:
    """The newest version of a term, as it stood just before the next publication: what was shown
    until then, owners' words and published files included. None when nothing of it is out."""
    newest = get_newest_edition(connection, area_code)
    if newest and newest.term == term:
        return newest
    every = get_published_versions(connection, area_code)
    mine = [one for one in every if one.term == term]
    if not mine or mine[-1].state == WITHDRAWN:
        return None
    after = every[every.index(mine[-1]) + 1 :]
    return edition_of(connection, mine[-1], after[0].published_at)


def get_edition_before(connection: Connection, area_code: str, edition: Edition) -> Edition | None:
    """What came out last before this edition's version, as it stood when it came out: so what
    publishers have brought out in between is new since then."""
    every = get_published_versions(connection, area_code)
    here = [(one.term, one.number) for one in every].index((edition.term, edition.number))
    newest = {one.term: one for one in every[:here]}
    earlier = [one for one in newest.values() if one.state != WITHDRAWN]
    if not earlier:
        return None
    last = max(earlier, key=lambda one: (one.published_at, one.term, one.number))
    return edition_of(connection, last, last.published_at, edition)


def get_definition_versions(connection: Connection, version_ids: list[int]) -> dict[str, int]:
    """By which version of its definition each measure's figures were counted, the newest."""
    query = (
        select(observation.c.measure_id, func.max(observation.c.definition_version))
        .where(observation.c.release_version_id.in_(version_ids))
        .where(observation.c.superseded_by_id.is_(None))
        .group_by(observation.c.measure_id)
    )
    return {name: int(version) for name, version in connection.execute(query)}


def edition_of(
    connection: Connection, one: Published, until: str, newer: Edition | None = None
) -> Edition:
    """A release version with the published files and comments that were there until then; where no
    file was (all were loaded later), with those of the newer edition."""
    vintages = select(func.coalesce(func.max(vintage.c.id), 0))
    comments = select(func.coalesce(func.max(commentary.c.id), 0))
    files = connection.scalar(vintages.where(vintage.c.loaded_at <= until)) or 0
    said = connection.scalar(comments.where(commentary.c.written_at <= until)) or 0
    if newer:
        files = min(files, newer.vintage_id) or newer.vintage_id
    name = EditionName(one.term, one.number, files, said)
    return Edition(name, one.published_at)
