"""Where a figure is of, as the Department for Education writes it: level, codes and names."""

from dataclasses import astuple, dataclass

from schemas.area import ENGLAND, Area, load_areas

COLUMNS = (
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
)
_ORDER = ("National", "Regional", "Local authority")


@dataclass(frozen=True)
class Place:
    """The columns of one place, in their order; "" where a level has none."""

    level: str
    country_code: str
    country_name: str
    region_code: str = ""
    region_name: str = ""
    old_la_code: str = ""
    new_la_code: str = ""
    la_name: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        return astuple(self)

    @property
    def sorts(self) -> tuple[int, str]:
        return _ORDER.index(self.level), self.new_la_code or self.region_code


def place_of(area_code: str) -> Place | None:
    """None for what the standard has no level for: NHS areas, and several areas together."""
    area = load_areas().get(area_code)
    if area is None:
        return None
    if area.level == "country":
        return Place("National", ENGLAND, "England")
    if area.level == "region":
        return Place("Regional", ENGLAND, "England", area.code, area.name)
    return _council(area) if area.level == "local_authority" else None


def _council(area: Area) -> Place:
    region = load_areas().get(area.part_of)
    names = (region.code, region.name) if region else ("", "")
    return Place("Local authority", ENGLAND, "England", *names, area.old_code, area.code, area.name)
