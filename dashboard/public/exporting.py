"""Writes what everyone sees as a folder of files, the very bytes that the server sends, for any
web server to hold; the folder changes from the old one to the new at once."""

import ctypes
import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dashboard.packing import packed_forms
from dashboard.public.bundle import DOORS, index_of
from dashboard.public.files import API, DATA, EASY_READ, PublicFile, door_address
from dashboard.public.nginx import locations, withdrawn
from dashboard.public.notes_shown import (
    GONE,
    NO_PAGE,
    Look,
    areas_json,
    door_page,
    gone_page,
    lost_page,
    nginx_example,
    problem_json,
    site_page,
    versions_json,
)
from dashboard.public.served import DESCRIPTION, Shelf
from dashboard.public.standing import PublicEdition, Standing, get_why_withdrawn
from dashboard.public.storing import hash_body
from dashboard.public.tell_us.elsewhere import without_form
from schemas.area_settings import AreaSettings
from schemas.database import Database
from schemas.resources import resource_folder

MARKER = ".send-dashboard-export"
_SMALL = 860  # bytes: below this one packet carries it anyway
_ENDINGS = {"gzip": ".gz", "br": ".br"}
_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE of Linux's renameat2, AT_FDCWD


class ExportRefused(Exception):
    """The folder is not one of ours; the message says what a person can do about it."""


class SiteFile(NamedTuple):
    """One file of the folder, with its packed forms and its kind; `at` is when it was made."""

    path: str
    kind: str
    body: bytes
    packed: Mapping[str, bytes]
    at: float


def export_site(
    database: Database,
    areas: Mapping[str, AreaSettings],
    folder: Path,
    more: Iterable[PublicFile] = (),
) -> int:
    """Writes the newest and every earlier edition of the areas into a new folder, which then takes
    the place of the old one; a process that is killed leaves the old one whole. The files are those
    that the server sends, but for forms, which nobody answers there: see `tell_us.elsewhere`.

    Args:
        folder: new, empty or written by an earlier export.
        more: other files by their path in the folder, such as the accessibility statements.

    Returns:
        How many files there are, packed forms not counted.

    Raises:
        ExportRefused: the folder holds something else.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise ExportRefused(f"{folder} holds something else. Name a new folder.")
    shelf = Shelf(database, areas, clock=lambda: 0.0)  # one standing for the whole of it
    new = folder.absolute().with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    count, kinds = 0, defaultdict[str, Counter[str]](Counter)
    for file in _files(shelf, database, more):
        _write(new, file)
        kinds[file.path.rpartition(".")[2]][file.kind] += 1
        count += 1
    types = {ending: found.most_common(1)[0][0] for ending, found in sorted(kinds.items())}
    example = nginx_example(folder.absolute(), types, locations(shelf), withdrawn(shelf))
    _write(new, _text("nginx.conf", example))
    _write(new, _text(MARKER, "Written by send-dashboard export, and by it only.\n"))
    swap(new, folder.absolute())
    return count


def swap(new: Path, folder: Path) -> None:
    """Puts a folder in the place of another, in one step where the system can."""
    if not folder.exists():
        new.rename(folder)
        return
    old = new
    if not _exchanged(new, folder):
        old = folder.with_name(f".{folder.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
        new.rename(folder)
    shutil.rmtree(old)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders could change places at once; Linux can, on most file systems."""
    rename: Any = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    return bool(rename(_HERE, bytes(one), _HERE, bytes(other), _EXCHANGE) == 0)


def _write(folder: Path, file: SiteFile) -> None:
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    forms = {_ENDINGS[encoding]: packed for encoding, packed in file.packed.items()}
    for ending, content in {"": file.body, **forms}.items():
        form = path.with_name(path.name + ending)
        form.write_bytes(content)
        os.utime(form, (file.at, file.at))  # a web server's tags do not change for nothing


def _files(shelf: Shelf, database: Database, more: Iterable[PublicFile]) -> Iterator[SiteFile]:
    style, icon = _asset("base.css", "text/css"), _asset("favicon.svg", "image/svg+xml")
    yield from (style, icon)
    look = Look(f"/{style.path}", f"/{icon.path}")
    published = [area for area, _ in shelf.published()]
    for area in shelf.areas.values():
        standing = shelf.standing(area)
        for edition in standing.editions:
            if edition.withdrawn:
                yield from _gone(database, look, area, standing, edition)
            else:
                yield from _edition(shelf, area, edition, edition.name)
        if standing.latest:
            yield from _edition(shelf, area, standing.latest, "")
        if standing.editions:
            path = f"api/v1/areas/{area.slug}/versions/index.json"
            yield _plain(path, "application/json", versions_json(area, standing))
    described = shelf.find(DESCRIPTION)
    if described:
        body = shelf.body(described.stored.sha256)
        yield _plain(DESCRIPTION.lstrip("/"), described.stored.kind, body.plain)
    yield _plain("api/v1/areas/index.json", "application/json", areas_json(shelf.published()))
    yield _plain("api/404.json", "application/json", problem_json(404, NO_PAGE))
    yield _text("robots.txt", "User-agent: *\nAllow: /\n")
    pages = {f"{door}/index.html": door_page(look, door, published) for door in (EASY_READ, DATA)}
    pages |= {"index.html": site_page(look, published), "404.html": lost_page(look)}
    for path, page in pages.items():
        yield _plain(path, "text/html", page.encode())
    for file in more:
        yield _plain(file.path, file.kind, file.body)


def _edition(
    shelf: Shelf, area: AreaSettings, edition: PublicEdition, name: str
) -> Iterator[SiteFile]:
    """Every file of an edition as the server would send it, at its own address or the newest."""
    for path in sorted(shelf.files(edition.id)):
        door, _, rest = path.partition("/")
        address = door_address(door, area.slug, name) + rest
        found = shelf.find(address)
        assert found is not None, address
        body = shelf.body(found.stored.sha256, found.note)
        plain, packed, at = body.plain, body.packed, edition.made.timestamp()
        if door == EASY_READ and (shown := without_form(plain, area)) != plain:
            plain, packed = shown, packed_forms(shown, 9)
        yield SiteFile(address.lstrip("/"), found.stored.kind, plain, packed, at)


def _gone(
    database: Database, look: Look, area: AreaSettings, standing: Standing, edition: PublicEdition
) -> Iterator[SiteFile]:
    """What stands at the doors of a withdrawn edition, and of the newest where none stands."""
    with database.reading() as connection:
        whys = get_why_withdrawn(connection, edition.id)
    names = [edition.name]
    if standing.latest is None and edition == standing.editions[0]:
        names.append("")
    for name, door in ((name, door) for name in names for door in DOORS):
        path = index_of(f"{door}/").partition("/")[2]
        address = door_address(door, area.slug, name).lstrip("/") + path
        if door == API:
            yield _plain(address, "application/json", problem_json(410, GONE))
        else:
            page = gone_page(look, area.slug, door, whys, standing)
            yield _plain(address, "text/html", page.encode())


def _asset(name: str, kind: str) -> SiteFile:
    """A file of the pages round the publications, under an address that changes with it."""
    body = (resource_folder("assets") / name).read_bytes()
    return _plain(f"assets/{hash_body(body)[:12]}/{name}", kind, body)


def _plain(path: str, kind: str, body: bytes) -> SiteFile:
    packed = dict(packed_forms(body, 9)) if len(body) >= _SMALL else {}
    return SiteFile(path, kind, body, packed, 0.0)


def _text(path: str, words: str) -> SiteFile:
    return SiteFile(path, "text/plain", words.encode(), {}, 0.0)
