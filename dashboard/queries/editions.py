"""What is published for an area: its newest edition, an earlier one, and a stamp of it all."""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    ScalarSelect,
    String,
    Table,
    bindparam,
    func,
    select,
)

from dashboard.edition import Edition, EditionName
from dashboard.queries.notes import get_notes_second
from dashboard.queries.plan import get_plan_second, plan_counts
from dashboard.queries.shown import EVER_PUBLISHED, WITHDRAWN, visible_versions
from dashboard.viewer import Viewer
from schemas.public_tables import public_bundle
from schemas.round_tables import announcement, event_note
from schemas.tables import commentary, release, release_version, vintage

_COMING = "9999"  # sorts after every time: what a preview shows would be published last
_AREA = bindparam("area", type_=String)


def _of(table: Table, what: ColumnElement[int]) -> ScalarSelect[int]:
    """One number about the rows of an area; each of these tables is found by its area."""
    return select(what).where(table.c.area_code == _AREA).scalar_subquery()


# What the stamp is made of, put together once: every page asks for it.
_VERSIONS = (
    select(release_version.c.id, release_version.c.state, release_version.c.published_at)
    .join(release, release.c.id == release_version.c.release_id)
    .where(release.c.area_code == _AREA)
    .order_by(release_version.c.id)
)
_NEWEST = select(
    select(func.max(vintage.c.id)).scalar_subquery(),
    _of(commentary, func.max(commentary.c.id)),
    _of(commentary, func.count(commentary.c.returned_at)),
    _of(event_note, func.count(event_note.c.agreed_at)),
    _of(event_note, func.count(event_note.c.ended_at)),
    _of(announcement, func.max(announcement.c.id)),
    _of(public_bundle, func.max(public_bundle.c.id)),
    *plan_counts(_AREA),
)


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


def get_newest_edition(
    connection: Connection, area_code: str, viewer: Viewer = Viewer.partner
) -> Edition | None:
    """The edition that pages show unless asked for another; None when nothing is published."""
    query = (
        select(release.c.term, release_version.c.number, release_version.c.published_at)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release_version.c.id.in_(visible_versions(viewer, [area_code])))
    )
    found = [(at or _COMING, term, number) for term, number, at in connection.execute(query)]
    if not found:
        return None
    published_at, term, number = max(found)
    counted = select(
        select(func.coalesce(func.max(vintage.c.id), 0)).scalar_subquery(),
        _of(commentary, func.coalesce(func.max(commentary.c.id), 0)),
    )
    noted = max(get_notes_second(connection, area_code), get_plan_second(connection, area_code))
    vintage_id, commentary_id = connection.execute(counted, {"area": area_code}).one()
    name = EditionName(term, number, vintage_id, commentary_id, noted)
    return Edition(name, published_at if published_at != _COMING else "")


def get_edition(connection: Connection, area_code: str, name: EditionName) -> Edition | None:
    """An earlier edition; None when the area never published that version, or withdrew it."""
    found = _published(connection, area_code, name)
    return Edition(name, found[0]) if found and found[1] != WITHDRAWN else None


def is_withdrawn(connection: Connection, area_code: str, name: EditionName) -> bool:
    """Whether the area published that version and withdrew it."""
    found = _published(connection, area_code, name)
    return found is not None and found[1] == WITHDRAWN


def get_stamp(connection: Connection, area_code: str) -> str:
    """Changes when something is published, corrected, explained or loaded for this area. Two
    short queries, whatever else is loaded: what other areas write is not even looked at."""
    both = (_VERSIONS, _NEWEST)
    seen = [tuple(row) for one in both for row in connection.execute(one, {"area": area_code})]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _published(connection: Connection, area_code: str, name: EditionName) -> tuple[str, str] | None:
    """When that version was published, and its state now."""
    query = (
        select(release_version.c.published_at, release_version.c.state)
        .join(release, release.c.id == release_version.c.release_id)
        .where(
            release.c.area_code == area_code,
            release.c.term == name.term,
            release_version.c.number == name.number,
            release_version.c.state.in_(EVER_PUBLISHED),
        )
    )
    found = connection.execute(query).first()
    return (found[0] or "", found[1]) if found else None
