"""From an address to the stored file behind it; no request asks the database for a figure.

Publications never change, so their files are kept in memory, the bodies up to 64 MB. What became
of them is asked once a second and area, by one short query: what is withdrawn is gone from every
server within that second, and pages that should have been made anew say so. While the database
cannot be asked, which is when nobody can withdraw anything by it, what it said last holds for two
minutes more.
"""

import datetime as dt
import hashlib
import logging
import re
import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cachedmethod
from sqlalchemy import select

from dashboard.area_hosts import is_here
from dashboard.packing import packed_forms
from dashboard.public.bundle import index_of
from dashboard.public.files import API, EASY_READ
from dashboard.public.notes_shown import late_note, superseded_note, with_note
from dashboard.public.standing import PublicEdition, Standing, get_standing
from dashboard.unavailable import FAULTS
from schemas.area_settings import AreaSettings
from schemas.database import Database
from schemas.public_tables import public_body, public_file

DESCRIPTION = "/api/v1/openapi.json"  # that of the newest edition of any area
_KEPT = 64_000_000  # bytes of bodies
_EDITIONS = 200  # whose lists of files are kept: a few hundred names each
_FRESH = 1.0  # seconds for which a standing is believed
_HELD = 120.0  # seconds for which it is when the database cannot be asked
_log = logging.getLogger(__name__)
_PLACE = re.compile(r"/(?:(easy-read|data)|(api)/v1/areas)/([a-z0-9-]+)(?:/(.*))?", re.S)


class Body(NamedTuple):
    """A body with its shorter forms, the shortest first; `tag` names exactly these bytes."""

    plain: bytes
    packed: Mapping[str, bytes]
    tag: str


class Stored(NamedTuple):
    """A file as the list of its publication has it."""

    kind: str
    sha256: str


class Place(NamedTuple):
    """What an address names. `edition` is None when nothing is published. `latest` says that it
    names none, so the newest is meant. `path` is that of a file, "" where a folder's address lacks
    its last stroke and nothing else."""

    area: AreaSettings
    door: str
    standing: Standing
    edition: PublicEdition | None
    latest: bool
    path: str


class Found(NamedTuple):
    """A file to be sent, and the note its page gets."""

    place: Place
    path: str
    stored: Stored
    note: str


class Known(NamedTuple):
    """What became of an area's publications: when that was last asked for, and when answered."""

    asked: float
    answered: float
    standing: Standing


class Shelf:
    """The stored files of every area, by address.

    Args:
        clock: seconds that only grow.
        today: the day, on which it depends whether new figures are late.
    """

    def __init__(
        self,
        database: Database,
        areas: Mapping[str, AreaSettings],
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._database = database
        self._clock, self._today = clock, today
        self.areas = {area.slug: area for area in areas.values()}
        self._standings: dict[str, Known] = {}
        self._late: dict[str, str] = {}  # the note of an area, as old as its standing
        self._asking = {code: Lock() for code in areas}
        self._lists: LRUCache[object, Mapping[str, Stored]] = LRUCache(_EDITIONS)
        self._bodies: LRUCache[object, Body] = LRUCache(_KEPT, getsizeof=_size)
        self._lock = Lock()

    def standing(self, area: AreaSettings) -> Standing:
        """At most a second old, or two minutes while the database cannot be asked."""
        known = self._standings.get(area.code)
        if known and self._clock() - known.asked < _FRESH:
            return known.standing
        with self._asking[area.code]:  # the others wait for the one that asks
            known = self._standings.get(area.code)
            now = self._clock()
            if not known or now - known.asked >= _FRESH:
                known = self._ask(area, known, now)
                self._standings[area.code] = known
        return known.standing

    def _ask(self, area: AreaSettings, known: Known | None, now: float) -> Known:
        try:
            with self._database.reading() as connection:
                found = get_standing(connection, area.code)
        except FAULTS:
            if known is None or now - known.answered > _HELD:
                raise
            _log.warning("the database cannot be asked: what it said last holds", exc_info=True)
            return known._replace(asked=self._clock())
        self._late[area.code] = late_note(found.next_on, self._today())
        return Known(now, now, found)

    def published(self) -> list[tuple[AreaSettings, Standing]]:
        """The areas at the host that is asked that have an edition that stands."""
        here = [area for area in self.areas.values() if is_here(area.code)]
        every = [(area, self.standing(area)) for area in here]
        return [one for one in every if one[1].latest]

    def place(self, path: str) -> Place | None:
        """What an address behind a door names; None when it is no area's."""
        found = _PLACE.fullmatch(path)
        area = self._area(found)
        if found is None or area is None:
            return None
        door, rest, standing = found[1] or found[2], found[4], self.standing(area)
        if rest is None:
            return Place(area, door, standing, standing.latest, True, "")
        inner = rest.removeprefix("versions/") if door == API else rest
        name, stroke, below = inner.partition("/")
        edition = standing.by_name.get(name)
        if edition is None or (door == API and inner == rest):
            return Place(area, door, standing, standing.latest, True, f"{door}/{rest}")
        return Place(area, door, standing, edition, False, f"{door}/{below}" if stroke else "")

    def frame_origins(self, path: str) -> tuple[str, ...]:
        """The sites that may show what stands at an address in a frame."""
        area = self._area(_PLACE.fullmatch(path))
        return area.public.frame_origins if area and area.public else ()

    def gone(self, path: str) -> PublicEdition | None:
        """The withdrawn edition that an address names; where all were withdrawn, the newest."""
        place = self.place(path)
        if place is None:
            return None
        if place.edition is None:
            return next(iter(place.standing.editions), None)
        return place.edition if place.edition.withdrawn else None

    def find(self, path: str) -> Found | None:
        """The file at exactly this address; None when there is none, or it was withdrawn."""
        place = self._described() if path == DESCRIPTION else self.place(path)
        if place is None or place.edition is None or place.edition.withdrawn or not place.path:
            return None
        paths = self.files(place.edition.id)
        file = index_of(place.path)
        stored = paths.get(file)
        return Found(place, file, stored, self._note(place, file, stored)) if stored else None

    def leads_on(self, path: str) -> str:
        """The relative address of a folder whose last stroke is missing; "" when it is none."""
        place = self.place(f"{path}/")
        if place is None or place.edition is None or path.endswith("/"):
            return ""
        there = index_of(place.path) in self.files(place.edition.id)
        return f"{path.rpartition('/')[2]}/" if there else ""

    @cachedmethod(lambda self: self._lists, lock=lambda self: self._lock)
    def files(self, bundle_id: int) -> Mapping[str, Stored]:
        """The files of a publication by path."""
        query = select(public_file.c.path, public_file.c.kind, public_file.c.sha256)
        with self._database.reading() as connection:
            rows = connection.execute(query.where(public_file.c.bundle_id == bundle_id))
            return {path: Stored(kind, sha256) for path, kind, sha256 in rows}

    @cachedmethod(lambda self: self._bodies, lock=lambda self: self._lock)
    def body(self, sha256: str, note: str = "") -> Body:
        """The bytes of a file, with a note where its page has a place for one."""
        if note:
            noted = with_note(self.body(sha256).plain, note)
            return Body(noted, packed_forms(noted, 5), f"{sha256}-{_tag(note)}")
        with self._database.reading() as connection:
            row = connection.execute(
                select(public_body).where(public_body.c.sha256 == sha256)
            ).one()
        packed = {name: form for name, form in (("br", row.brotli), ("gzip", row.gzip)) if form}
        return Body(row.body, packed, sha256)

    def _area(self, found: re.Match[str] | None) -> AreaSettings | None:
        """The area of an address, if there is one at the host that is asked."""
        area = self.areas.get(found[3]) if found else None
        return area if area and is_here(area.code) else None

    def _described(self) -> Place | None:
        newest = [(s.latest.id, a.slug) for a, s in self.published() if s.latest]
        return self.place(f"/api/v1/areas/{max(newest)[1]}/openapi.json") if newest else None

    def _note(self, place: Place, file: str, stored: Stored) -> str:
        latest = place.standing.latest
        if stored.kind != "text/html" or not latest:
            return ""
        if latest != place.edition:
            return superseded_note(place.area.slug, file, self.files(latest.id))
        return self._late.get(place.area.code, "") if place.door == EASY_READ else ""


def _size(body: Body) -> int:
    return len(body.plain) + sum(map(len, body.packed.values()))


def _tag(note: str) -> str:
    return hashlib.sha256(note.encode()).hexdigest()[:12]
