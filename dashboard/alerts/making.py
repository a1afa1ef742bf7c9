"""Making digests: what happens in an area is looked through once, whoever looks first."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection

from dashboard.alerts.choices import first_asked
from dashboard.alerts.digest import Digest, Kept, get_occasions, keep_digest
from dashboard.alerts.late import find_late, find_overdue
from dashboard.alerts.published import make_published, place_of, published_occasion
from dashboard.alerts.sending import Letter, find_letters, get_news
from dashboard.analysis.warm import load_statistics
from dashboard.record import now_text
from dashboard.releases.versions import Version, get_versions
from dashboard.settings import Settings
from schemas.area_settings import AreaSettings
from schemas.database import Database


def make_digests(database: Database, settings: Settings, area: AreaSettings) -> list[Kept]:
    """Makes and keeps what is new in an area where somebody asked to be told. Any number of
    servers may do this at once: each digest is kept once.

    Returns:
        Those that this call kept.
    """
    with database.reading() as connection:
        found = find_digests(connection, settings, area)
    kept = []
    for made in found:
        with database.writing() as connection:
            number = keep_digest(connection, area.code, made)
        if number:
            kept.append(Kept(number, area.code, now_text(), made))
    return kept


def preview_letters(
    database: Database, settings: Settings, area: AreaSettings, now: dt.datetime | None = None
) -> tuple[list[Digest], list[Letter]]:
    """What digests would be made now, and who would be sent what; nothing is kept or sent."""
    at = now or dt.datetime.now(dt.UTC)
    with database.reading() as connection:
        made = find_digests(connection, settings, area)
        new = [Kept(-place, area.code, now_text(), one) for place, one in enumerate(made, 1)]
        kept = [*reversed(new), *get_news(connection, area.code, at)]
        return made, find_letters(connection, area, kept, at, again=True)


def find_digests(connection: Connection, settings: Settings, area: AreaSettings) -> list[Digest]:
    """What happened that there is no digest of yet, the oldest first; nothing where nobody asked
    to be told."""
    since = first_asked(connection, area.code)
    if not since:
        return []
    occasions = get_occasions(connection, area.code)
    versions = get_versions(connection, area.code)
    found = [*_published(connection, settings, area, versions, occasions, since)]
    found += find_late(connection, settings, area, occasions, since)
    overdue = find_overdue(connection, settings, area, versions, since)
    return found + [one for one in overdue if one.occasion not in occasions]


def _published(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    versions: Sequence[Version],
    occasions: Collection[str],
    since: str,
) -> Iterator[Digest]:
    """The newest publication, so that whoever asks first has something to read, and all since."""
    out = [one for one in versions if one.was_published and one.published_at]
    out.sort(key=place_of)
    for version in out:
        new = version is out[-1] or (version.published_at or "") >= since
        told = published_occasion(version) in occasions
        if new and not told and version.state != "withdrawn":
            load_statistics()
            if made := make_published(connection, settings, area, version, versions):
                yield made
