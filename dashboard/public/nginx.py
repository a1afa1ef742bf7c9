"""What the example of a web server says of each address: the headers that the server gives it, and
where a withdrawal is told of."""

from collections.abc import Iterator, Mapping

from dashboard.hosting import Hosting
from dashboard.public.accessibility import statement_address
from dashboard.public.bundle import DOORS, EDITION, index_of
from dashboard.public.files import door_address
from dashboard.public.headers import ASSETS, CARD, LATEST, door_headers, how_long
from dashboard.public.served import Shelf
from dashboard.server import headers_of
from schemas.area_settings import AreaSettings

# What follows the address of a door or of an edition, a file like it, and its kind; the first that
# fits is meant.
_SHAPES = (
    (rf"(?:.*/)?{ASSETS}.", "assets/0123456789ab/a.css", "text/css"),
    (rf"(?:.*/)?{CARD}$", "card.svg", "image/svg+xml"),
    (r".*\.pdf$", "a.pdf", "application/pdf"),
    (r"(?:.*/)?(?:[^/]*\.html)?$", "index.html", "text/html"),
    (r"", "a.csv", "text/csv"),
)


def locations(shelf: Shelf) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Which headers an address has, by a pattern of it, for the example of a web server."""
    for area in shelf.areas.values():
        statement = statement_address(area.slug)
        given = {**headers_of(Hosting()), **door_headers(statement, "text/html")}
        yield f"^{statement}", {**given, "Cache-Control": LATEST}
        for door in DOORS:
            for edition in (EDITION, ""):
                for shape, like, kind in _SHAPES:
                    place = door_address(door, area.slug, edition)
                    yield (
                        f"^{place}{shape}",
                        _headers(area, place + like, door, like, kind, edition),
                    )


def _headers(
    area: AreaSettings, address: str, door: str, like: str, kind: str, edition: str
) -> Mapping[str, str]:
    origins = area.public.frame_origins if area.public else ()
    kept = how_long(f"{door}/{like}", kind, latest=not edition)
    return {
        **headers_of(Hosting()),
        **door_headers(address, kind, origins),
        "Cache-Control": kept,
    }


def withdrawn(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """The addresses of withdrawn editions, and the file that says so."""
    for area in shelf.areas.values():
        for edition in shelf.standing(area).editions:
            for door in DOORS if edition.withdrawn else ():
                place = door_address(door, area.slug, edition.name)
                yield place, place + index_of(f"{door}/").partition("/")[2]
