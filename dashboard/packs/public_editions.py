"""Which publication to everyone an edition has, and the one before it."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from dashboard.edition import Edition
from dashboard.packs.editions import edition_of, get_published_versions
from dashboard.public.standing import get_standing
from schemas.public_tables import public_bundle


@dataclass(frozen=True)
class PublicOne:
    """One publication that stands, and the release version it was made of."""

    id: int
    name: str
    edition: Edition


def find_public(connection: Connection, area_code: str, edition: Edition) -> PublicOne | None:
    """The newest publication of the edition's release version that was not withdrawn."""
    every = _standing(connection, area_code)
    return next((one for one in every if _of(one) == (edition.term, edition.number)), None)


def get_public_before(
    connection: Connection, area_code: str, public: PublicOne
) -> PublicOne | None:
    """The newest publication before another one that is of another release version."""
    every = _standing(connection, area_code)
    older = (one for one in every if one.id < public.id and _of(one) != _of(public))
    return next(older, None)


def _of(one: PublicOne) -> tuple[str, int]:
    return one.edition.term, one.edition.number


def _standing(connection: Connection, area_code: str) -> list[PublicOne]:
    """The newest first."""
    published = {one.id: one for one in get_published_versions(connection, area_code)}
    query = select(public_bundle.c.id, public_bundle.c.release_version_id).where(
        public_bundle.c.area_code == area_code
    )
    versions = {row.id: row.release_version_id for row in connection.execute(query)}
    found = []
    for one in get_standing(connection, area_code).editions:
        version = published.get(versions[one.id])
        if version and not one.withdrawn:
            edition = edition_of(connection, version, version.published_at)
            found.append(PublicOne(one.id, one.name, edition))
    return found
