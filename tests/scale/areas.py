"""The upper-tier areas of England that there are, and settings for any number of them."""

from collections.abc import Sequence

from dashboard.settings import Settings
from schemas.area import Area, load_areas
from schemas.area_settings import AreaSettings, load_area_settings

OWN = "E06000005"
EVERY = 153
# Councils that were merged or parted; their codes stand in publishers' older files.
_GONE = frozenset(["E06000028", "E06000029", "E10000006", "E10000009", "E10000021"])


def every_area() -> list[Area]:
    """All 153 with the one that is looked at first."""
    there = [one for one in load_areas().local_authorities() if one.code not in _GONE]
    assert len(there) == EVERY, len(there)
    return sorted(there, key=lambda one: one.code != OWN)


def settings_of(areas: Sequence[Area]) -> Settings:
    """As if each had the settings of the first: the same extracts, priorities and public side."""
    return Settings(areas={one.code: _settings(one) for one in areas})


def _settings(area: Area) -> AreaSettings:
    like = load_area_settings()[OWN]
    if area.code == OWN:
        return like
    own = {"id": area.code, "name": area.name, "full_name": area.name, "partnership": area.name}
    return like.model_copy(update={**own, "region_code": area.part_of, "groups": ()})
