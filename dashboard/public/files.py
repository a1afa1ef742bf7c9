"""PublicFile: one file of a publication, as it will be served; and where files stand."""

from dataclasses import dataclass

EASY_READ, DATA, API = "easy-read", "data", "api"  # the doors


@dataclass(frozen=True)
class PublicFile:
    """`path` is below the area: `easy-read/index.html` is served at `/easy-read/AREA/` and, for
    good, at `/easy-read/AREA/EDITION/`. `kind` is its media type. Links between files of one door
    are relative, so that the same bytes are right at both addresses and in a folder."""

    path: str
    kind: str
    body: bytes

    @property
    def door(self) -> str:
        return self.path.partition("/")[0]


def door_address(door: str, slug: str, edition: str = "") -> str:
    """Where a door of an area stands: `/data/darlington/`, `/data/darlington/2025-26-summer-v1.0/`.
    For links from one door to another, which keep the edition so that the numbers agree."""
    place = f"/api/v1/areas/{slug}/" if door == API else f"/{door}/{slug}/"
    if not edition:
        return place
    return f"{place}versions/{edition}/" if door == API else f"{place}{edition}/"
