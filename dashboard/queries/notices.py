"""What everyone is told beside the figures: corrections, withdrawals, when the next come out."""

from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from dashboard.edition import Edition
from dashboard.queries.shown import EVER_PUBLISHED, WITHDRAWN, newest_versions
from dashboard.viewer import Viewer
from schemas.round_tables import announcement, public_notice
from schemas.tables import release, release_version


class Told(NamedTuple):
    """A notice of one version of a term's release. `published_at` is when that version was, "" in
    a preview; `kind` is `correction`, `revision` or `withdrawal`; the rest is what people wrote."""

    kind: str
    term: str
    number: int
    state: str
    published_at: str
    written_at: str
    what: str
    found_on: str
    cause: str
    effect: str

    @property
    def is_withdrawal(self) -> bool:
        return self.kind == "withdrawal"


class Announced(NamedTuple):
    """The term whose figures come out next and the day that was named, as an ISO date."""

    term: str
    on_day: str


def get_notices(connection: Connection, viewer: Viewer, area_code: str) -> list[Told]:
    """The notices of all versions of an area that this person may see, the oldest first; of each
    version the newest of the correction and of the withdrawal."""
    out = release_version.c.state.in_(EVER_PUBLISHED)
    query = (
        select(
            public_notice.c.kind,
            release.c.term,
            release_version.c.number,
            release_version.c.state,
            func.coalesce(release_version.c.published_at, ""),
            public_notice.c.written_at,
            public_notice.c.what,
            public_notice.c.found_on,
            public_notice.c.cause,
            public_notice.c.effect,
        )
        .join(release_version, release_version.c.id == public_notice.c.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == area_code)
        .where(or_(out, release_version.c.id == viewer.preview))
        .order_by(public_notice.c.id)
    )
    newest = {}
    for row in connection.execute(query):
        told = Told._make(row)
        newest[told.term, told.number, told.is_withdrawal] = told
    return list(newest.values())


def get_shown_versions(
    connection: Connection, viewer: Viewer, area_code: str, edition: Edition | None
) -> dict[str, tuple[int, bool]]:
    """The version of each term that a page is made of, and whether it was withdrawn instead."""
    query = (
        select(release.c.term, release_version.c.number, release_version.c.state)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release_version.c.id.in_(newest_versions(viewer, [area_code], edition)))
    )
    return {term: (number, state == WITHDRAWN) for term, number, state in connection.execute(query)}


def get_announced(connection: Connection, area_code: str) -> Announced | None:
    """The earliest term of which nothing has come out and for which a day was named; of several
    days the one that was named last."""
    came_out = (
        select(release.c.term)
        .join(release_version, release_version.c.release_id == release.c.id)
        .where(release.c.area_code == area_code)
        .where(release_version.c.state.in_(EVER_PUBLISHED))
    )
    query = (
        select(announcement.c.term, announcement.c.on_day)
        .where(announcement.c.area_code == area_code, announcement.c.term.not_in(came_out))
        .order_by(announcement.c.term, announcement.c.id.desc())
        .limit(1)
    )
    found = connection.execute(query).first()
    return Announced(*found) if found else None


def get_announced_day(connection: Connection, area_code: str, term: str) -> str:
    """The day that was named last for a term's first figures; "" when none was."""
    query = (
        select(announcement.c.on_day)
        .where(announcement.c.area_code == area_code, announcement.c.term == term)
        .order_by(announcement.c.id.desc())
        .limit(1)
    )
    return connection.scalar(query) or ""
