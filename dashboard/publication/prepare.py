"""Makes the pages for everyone before a transaction, and keeps them in it when nothing changed."""

from typing import Any, NamedTuple

from sqlalchemy import Connection

from dashboard.public.storing import Packed, keep, prepare
from dashboard.publication.fault import Fault
from dashboard.publication.reading import read_stamp
from dashboard.releases.versions import Version
from dashboard.settings import Settings
from schemas.database import Database

CHANGED = "Something that its pages are made of changed meanwhile. Please try again."


class Prepared(NamedTuple):
    """Pages that only have to be written down; without them when `faults` stand in the way."""

    stamp: str
    name: str
    packed: Packed | None
    faults: tuple[Fault, ...]


def prepare_publication(
    database: Database, area_code: str, version_id: int, settings: Settings
) -> Prepared | None:
    """Everything everyone will see of an area once this version is published, packed; None for an
    area that publishes to its partners only. It takes seconds and keeps nobody waiting.

    Raises:
        NoSuchVersion: the area has none with that number.
    """
    if settings.areas[area_code].public is None:
        return None
    from dashboard.publication.build import build_publication  # scipy and more: a second

    built = build_publication(database, area_code, version_id, settings)
    packed = prepare(built.bundle) if built.bundle else None
    return Prepared(built.stamp, built.name, packed, built.faults)


def why_not_public(
    connection: Connection, version: Version, settings: Settings, prepared: Prepared | None
) -> str:
    """Why these pages may not come out; "" when they may, or only partners see the area."""
    if settings.areas[version.area_code].public is None:
        return ""
    if prepared is None or prepared.stamp != read_stamp(connection, version.area_code):
        return CHANGED
    if prepared.faults:
        first = prepared.faults[0].words
        more = f" And {len(prepared.faults) - 1} more." if len(prepared.faults) > 1 else ""
        return f"It cannot go to everyone. {first}{more}"
    return ""


def keep_prepared(connection: Connection, prepared: Prepared | None) -> dict[str, Any]:
    """Keeps the pages in the caller's transaction; says for the record which edition they are."""
    if prepared is None or prepared.packed is None:
        return {}
    keep(connection, prepared.packed)
    sha256 = prepared.packed.bundle.content_sha256
    return {"edition": prepared.name, "files_sha256": sha256}
