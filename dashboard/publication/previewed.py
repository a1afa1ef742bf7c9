"""Public pages as they will be, made once for those who look at them page by page."""

from collections.abc import Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from dashboard.public.files import DATA, EASY_READ, PublicFile, door_address
from dashboard.publication.reading import read_stamp
from dashboard.settings import Settings
from schemas.database import Database


class _Made(NamedTuple):
    """`key` is what they were made of."""

    key: tuple[str, int, str]
    name: str
    files: Mapping[str, PublicFile]


_LAST: "WeakKeyDictionary[Database, _Made]" = WeakKeyDictionary()


def preview_file(
    database: Database, area_code: str, version_id: int, path: str, base: str, settings: Settings
) -> PublicFile | None:
    """One file of the publication of a version, its links to other doors leading to `base`.

    Raises:
        NoSuchVersion: the area has none with that number.
    """
    made = _made(database, area_code, version_id, settings)
    found = made.files.get(path) or made.files.get(f"{path.rstrip('/')}/index.html")
    if found is None or found.kind != "text/html":
        return found
    body = found.body
    for door in (EASY_READ, DATA):
        away = door_address(door, settings.areas[area_code].slug, made.name)
        body = body.replace(f'"{away}'.encode(), f'"{base}{door}/'.encode())
    return PublicFile(found.path, found.kind, body)


def _made(database: Database, area_code: str, version_id: int, settings: Settings) -> _Made:
    with database.reading() as connection:
        key = (area_code, version_id, read_stamp(connection, area_code))
    last = _LAST.get(database)
    if last is None or last.key != key:
        from dashboard.publication.build import build_publication  # scipy and more: a second

        built = build_publication(database, area_code, version_id, settings)
        last = _Made(key, built.name, {file.path: file for file in built.files})
        _LAST[database] = last
    return last
