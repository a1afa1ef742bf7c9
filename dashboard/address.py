"""Addresses of the dashboard: what a path asks for, and the path of what is asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from dashboard.settings import Settings
from schemas.area import AreaSettings
from schemas.measure import Measure

PREFIX = "/dashboard/"
SITE = "SEND dashboard"
_SHAPE = re.compile(rf"{PREFIX}(?P<area>[A-Z0-9]+)/(?:measure/(?P<measure>[a-z0-9_]+))?")


@dataclass(frozen=True)
class Address:
    """An area's overview, or one measure in an area; `query` is what stands after the `?`."""

    area: AreaSettings
    measure: Measure | None
    query: Mapping[str, str]

    @property
    def title(self) -> str:
        """The title of the page in the browser's tab, most particular first."""
        what = self.measure.title if self.measure else "Overview"
        return f"{what} – {self.area.name} – {SITE}"


def parse_address(path: object, search: object, settings: Settings) -> Address | None:
    """What a path and query ask for; None when there is no such page. Never raises."""
    found = _SHAPE.fullmatch(path) if isinstance(path, str) else None
    area = settings.areas.get(found["area"]) if found else None
    if found is None or area is None:
        return None
    measure = settings.measures.get(found["measure"]) if found["measure"] else None
    if found["measure"] and measure is None:
        return None
    query = parse_qsl(search.removeprefix("?")) if isinstance(search, str) else []
    return Address(area, measure, dict(query))


def overview_path(area: AreaSettings, **query: str) -> str:
    return f"{PREFIX}{area.code}/{_query(query)}"


def measure_path(area: AreaSettings, measure: Measure, **query: str) -> str:
    return f"{PREFIX}{area.code}/measure/{measure.id}{_query(query)}"


def csv_path(area: AreaSettings, measure: Measure) -> str:
    return f"{measure_path(area, measure)}.csv"


def _query(query: Mapping[str, str]) -> str:
    kept = {key: value for key, value in query.items() if value}
    return f"?{urlencode(kept)}" if kept else ""
