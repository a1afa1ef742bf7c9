"""One observation with where it comes from, and who may see which version of it."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Select, and_, func, or_, select
from sqlalchemy.sql.expression import ColumnElement

from dashboard.edition import Edition
from dashboard.viewer import Viewer
from schemas.observation import Observation
from schemas.tables import extract_file, observation, release, release_version, vintage

WITHDRAWN = "withdrawn"
EVER_PUBLISHED = ("published", "corrected", "superseded", WITHDRAWN)
_FIELDS = [observation.c[name] for name in Observation._fields]
Conditions = list[ColumnElement[bool]]


class Shown(NamedTuple):
    """One observation with where it comes from.

    `file_kind` is "" for the area's own figures; `source` is an organisation or publisher;
    `vintage` is the release of a publisher's file, or the term and version of a local one;
    `as_at_on` is an ISO date; `vintage_id` grows with every file loaded (0 for a local one).
    `remark` is what the sender said of the file's coverage.
    """

    observation: Observation
    file_kind: str
    source: str
    vintage: str
    as_at_on: str
    invented: bool
    vintage_id: int
    remark: str = ""


def own_rows(
    connection: Connection,
    viewer: Viewer,
    area_codes: Sequence[str] | None,
    wanted: Conditions,
    edition: Edition | None = None,
) -> list[Shown]:
    """The areas' own figures that this person may see, as an edition shows them."""
    query = (
        select(
            *_FIELDS,
            extract_file.c.organisation,
            release.c.term,
            release_version.c.number,
            release_version.c.state,
            extract_file.c.as_at_on,
            release_version.c.invented,
            extract_file.c.coverage_note,
        )
        .join(release_version, release_version.c.id == observation.c.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .join(extract_file, extract_file.c.id == observation.c.extract_file_id)
        .where(*wanted, observation.c.superseded_by_id.is_(None))
        .where(release_version.c.id.in_(visible_versions(viewer, area_codes, edition)))
    )
    size = len(_FIELDS)
    shown = []
    for row in connection.execute(query):
        organisation, term, number, state, as_at_on, invented, remark = row[size:]
        version = f"{term} v{number}" + ("" if state in EVER_PUBLISHED else f" ({state})")
        one = Observation(*row[:size])
        shown.append(Shown(one, "", organisation, version, as_at_on, bool(invented), 0, remark))
    return shown


def visible_versions(
    viewer: Viewer, area_codes: Sequence[str] | None, edition: Edition | None = None
) -> Select[tuple[int]]:
    """The newest version of each release of these areas that this person may see. Of a release
    whose newest version was withdrawn nothing is seen: the one before it was wrong as well."""
    return newest_versions(viewer, area_codes, edition).where(release_version.c.state != WITHDRAWN)


def newest_versions(
    viewer: Viewer, area_codes: Sequence[str] | None, edition: Edition | None = None
) -> Select[tuple[int]]:
    """The same with those that were withdrawn, for those who say so."""
    newest = select(
        func.max(release_version.c.number).label("number"), release_version.c.release_id
    )
    if area_codes is not None or edition:
        newest = newest.join(release, release.c.id == release_version.c.release_id)
    if area_codes is not None:  # so that the areas of others cost nothing
        newest = newest.where(release.c.area_code.in_(area_codes))
    if edition:
        newest = newest.where(_not_after(edition))
    elif not viewer.drafts:
        out = release_version.c.state.in_(EVER_PUBLISHED)
        newest = newest.where(or_(out, release_version.c.id == viewer.preview))
    found = newest.group_by(release_version.c.release_id).subquery()
    return select(release_version.c.id).join(
        found,
        (release_version.c.release_id == found.c.release_id)
        & (release_version.c.number == found.c.number),
    )


def _not_after(edition: Edition) -> ColumnElement[bool]:
    """Published before the edition's version was, or with it."""
    at = release_version.c.published_at
    together = and_(at == edition.published_at, release.c.term <= edition.term)
    before = or_(at < edition.published_at, together)
    own = or_(release.c.term != edition.term, release_version.c.number <= edition.number)
    return and_(release_version.c.state.in_(EVER_PUBLISHED), before, own)


def published_rows(
    connection: Connection, wanted: Conditions, edition: Edition | None = None
) -> list[Shown]:
    """Publishers' figures; those an edition already had."""
    query = (
        select(
            *_FIELDS,
            vintage.c.file_kind,
            vintage.c.publisher,
            vintage.c.publication,
            vintage.c.release,
            vintage.c.as_at_on,
            vintage.c.id,
        )
        .join(vintage, vintage.c.id == observation.c.vintage_id)
        .where(*wanted, observation.c.vintage_id.is_not(None))
    )
    if edition:
        query = query.where(observation.c.vintage_id <= edition.vintage_id)
    size = len(_FIELDS)
    shown = []
    for row in connection.execute(query):
        kind, publisher, publication, name, as_at_on, vintage_id = row[size:]
        source = f"{publisher}, {publication}"
        one = Observation(*row[:size])
        shown.append(Shown(one, kind, source, name, as_at_on, False, vintage_id))
    return shown
