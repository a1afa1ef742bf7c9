"""What is published for an area: its newest edition, an earlier one, and a stamp of it all."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from dashboard.edition import Edition, EditionName
from dashboard.queries.shown import EVER_PUBLISHED, PUBLISHED, visible_versions
from dashboard.viewer import Viewer
from schemas.tables import commentary, release, release_version, vintage


class AreaShown(NamedTuple):
    """What a person may see of an area: the newest term, and whether any of it is invented."""

    latest_term: str
    invented: bool


def get_areas_shown(
    connection: Connection,
    viewer: Viewer,
    area_codes: Sequence[str],
    edition: Edition | None = None,
) -> dict[str, AreaShown]:
    """Those of the areas that have figures this person may see, by code."""
    query = (
        select(release.c.area_code, func.max(release.c.term), func.max(release_version.c.invented))
        .join(release_version, release_version.c.release_id == release.c.id)
        .where(release_version.c.id.in_(visible_versions(viewer, area_codes, edition)))
        .group_by(release.c.area_code)
    )
    rows = connection.execute(query)
    return {code: AreaShown(term, bool(invented)) for code, term, invented in rows}


def get_newest_edition(connection: Connection, area_code: str) -> Edition | None:
    """The edition that pages show unless asked for another; None when nothing is published."""
    found = _published_versions(connection, area_code, PUBLISHED)
    if not found:
        return None
    term, number, published_at = max(found, key=lambda one: (one[2], one[0], one[1]))
    counted = select(
        select(func.coalesce(func.max(vintage.c.id), 0)).scalar_subquery(),
        select(func.coalesce(func.max(commentary.c.id), 0)).scalar_subquery(),
    )
    return Edition(EditionName(term, number, *connection.execute(counted).one()), published_at)


def get_edition(connection: Connection, area_code: str, name: EditionName) -> Edition | None:
    """An earlier edition; None when the area never published that version."""
    for term, number, published_at in _published_versions(connection, area_code, EVER_PUBLISHED):
        if (term, number) == (name.term, name.number):
            return Edition(name, published_at)
    return None


def get_stamp(connection: Connection, area_code: str) -> str:
    """Changes when something is published, corrected, explained or loaded for this area. Two
    short queries, whatever else is loaded."""
    versions = (
        select(release_version.c.id, release_version.c.state, release_version.c.published_at)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == area_code)
        .order_by(release_version.c.id)
    )
    newest = select(
        select(func.max(vintage.c.id)).scalar_subquery(),
        select(func.max(commentary.c.id)).scalar_subquery(),
    )
    seen = [tuple(row) for query in (versions, newest) for row in connection.execute(query)]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _published_versions(
    connection: Connection, area_code: str, states: Sequence[str]
) -> list[tuple[str, int, str]]:
    query = (
        select(release.c.term, release_version.c.number, release_version.c.published_at)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == area_code, release_version.c.state.in_(states))
    )
    return [(term, number, at or "") for term, number, at in connection.execute(query)]
