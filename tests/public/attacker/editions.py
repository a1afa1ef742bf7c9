"""Two publications to everyone of the demonstration, one after the other, as real life has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import URL

from dashboard.commentary import load_sample_commentary
from dashboard.releases.demo import publish_invented_drafts
from dashboard.releases.everyone import renew_pages
from dashboard.settings import Settings
from loaders.benchmarks import load_packaged
from loaders.load import load_file
from loaders.report import Sender
from schemas.area_settings import AreaSettings, load_area_settings
from schemas.database import Database, open_database
from schemas.measure import load_measures
from schemas.migrations import upgrade
from schemas.public_tables import public_body, public_bundle, public_file
from schemas.resources import resource_folder

AREA = "E06000005"
FIRST_TERM = "2025-26 spring"
# What the first publication rests on: its three terms to date, one of them corrected late.
_BEFORE = (
    "darlington_2024-25_summer",
    "darlington_2024-25_summer_late_therapy_waits",
    "darlington_2025-26_autumn",
    "darlington_2025-26_spring",
)
_AFTER = "darlington_2025-26_summer"


@dataclass(frozen=True)
class Editions:
    """The database, which holds the truth, and the files of both editions by path."""

    database: Database
    first: Mapping[str, bytes]
    second: Mapping[str, bytes]


def make_editions(folder: Path) -> Editions:
    """Spring 2025/26 for everyone, then Summer 2025/26 on top of it."""
    database = open_database(URL.create("sqlite", database=str(folder / "editions.sqlite3")))
    upgrade(database)
    load_packaged(database, load_measures())
    for name in _BEFORE:
        _load(database, name)
    _publish(database)
    _load(database, _AFTER)
    load_sample_commentary(database)
    _publish(database)
    first, second = _editions(database)
    return Editions(database, first, second)


def _load(database: Database, name: str) -> None:
    path = resource_folder("data") / "sample" / f"{name}.xlsx"
    report = load_file(database, path.read_bytes(), path.name, Sender(invented=True))
    assert report.loaded, report.message


def _publish(database: Database) -> None:
    assert publish_invented_drafts(database)
    assert renew_pages(database, None, AREA, Settings(areas={AREA: _area()})) == ""


def _area() -> AreaSettings:
    """Darlington, its own figures from the first of these terms on: fewer terms, less to wait."""
    area = load_area_settings()[AREA]
    assert area.public is not None
    public = area.public.model_copy(update={"since": FIRST_TERM})
    return area.model_copy(update={"public": public})


def _editions(database: Database) -> list[dict[str, bytes]]:
    query = (
        select(public_file.c.bundle_id, public_file.c.path, public_body.c.body)
        .join(public_body, public_body.c.sha256 == public_file.c.sha256)
        .join(public_bundle, public_bundle.c.id == public_file.c.bundle_id)
        .order_by(public_file.c.bundle_id, public_file.c.path)
    )
    found: dict[int, dict[str, bytes]] = {}
    with database.reading() as connection:
        for bundle_id, path, body in connection.execute(query):
            found.setdefault(bundle_id, {})[path] = body
    return list(found.values())
