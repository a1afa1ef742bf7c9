"""Addresses of the dashboard: what a path and its query ask for, and the address of what is asked
for. Everything a page shows is in its address, so that a link to it never lies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from dashboard.edition import EditionName, parse_edition
from dashboard.settings import Settings
from schemas.area_settings import AreaSettings
from schemas.measure import Measure

PREFIX = "/dashboard/"
_PLACE = re.compile(rf"{PREFIX}(?P<area>[A-Z0-9]+)/(?P<rest>.*)", re.S)
_SHAPE = re.compile(
    r"(?:(?P<page>gaps|plan|planner|packs)|measure/(?P<measure>[a-z0-9_]+)(?P<compare>/compare)?)?"
    r"(?:\.(?P<file>[a-z]+))?"
)
# The kinds of file a page can be had as.
_FILES: Mapping[str, frozenset[str]] = {
    "measure": frozenset(["csv", "xlsx", "svg", "png"]),
    "compare": frozenset(["csv", "xlsx", "svg", "png"]),
    "plan": frozenset(["csv", "xlsx"]),
    "planner": frozenset(["csv"]),
    "packs": frozenset(["pptx", "docx", "pdf"]),
}
KEYS = frozenset(
    [
        "show",
        "theme",
        "term",
        "by",
        "hide",
        "year",
        "edition",
        "period",
        "basis",
        "among",
        "with",
        "method",
        "rank",
        "template",
        "numbers",
        "ahead",
        "growth",
        "share",
        "places",
    ]
)
_LONGEST = 4_000  # characters of a query: more than a form with every council has
_MOST = 250  # fields of a query that are read: more than a form with every council has


@dataclass(frozen=True)
class Address:
    """One page of an area, or a file of it.

    `page` is `overview`, `gaps`, `plan`, `planner`, `packs`, `measure` or `compare`; `file` is ""
    or the kind of a download; `query` is what stands after the `?`. `base` is where the area's
    pages begin, "" for where everyone finds them: a preview has the same pages at an address of
    its own.
    """

    area: AreaSettings
    page: str
    measure: Measure | None = None
    file: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    base: str = ""

    @property
    def edition(self) -> EditionName | None:
        """The edition asked for, if it can be read."""
        return parse_edition(self.query.get("edition", ""))

    @property
    def names_no_edition(self) -> bool:
        """An edition is asked for that cannot be read, so there is no such page."""
        return bool(self.query.get("edition")) and self.edition is None

    @property
    def path(self) -> str:
        """Without the query and the kind of file."""
        names = {"overview": "", "measure": "", "compare": "/compare"}
        measure = f"measure/{self.measure.id}" if self.measure else ""
        name = names.get(self.page, self.page)
        return f"{self.base or f'{PREFIX}{self.area.code}/'}{measure}{name}"

    @property
    def url(self) -> str:
        """The whole address, without host."""
        kept = {key: value for key, value in sorted(self.query.items()) if value}
        query = f"?{urlencode(kept, safe=',')}" if kept else ""
        return f"{self.path}{'.' if self.file else ''}{self.file}{query}"

    def with_query(self, **changed: str) -> "Address":
        """The same page with some of the query changed; "" takes a key away."""
        return replace(self, query={**self.query, **changed})

    def of_measure(self, measure: Measure, page: str = "measure") -> "Address":
        """A measure's page in the same area and edition."""
        return Address(self.area, page, measure, query=self._edition_only(), base=self.base)

    def to(self, page: str) -> "Address":
        """A page about no single measure, of the same area and edition."""
        return Address(self.area, page, query=self._edition_only(), base=self.base)

    def as_file(self, kind: str) -> "Address":
        return replace(self, file=kind)

    def _edition_only(self) -> Mapping[str, str]:
        return {"edition": self.query["edition"]} if self.query.get("edition") else {}


def parse_address(path: object, search: object, settings: Settings) -> Address | None:
    """What a path and query ask for; None when there is no such page. Never raises."""
    found = _PLACE.fullmatch(path) if isinstance(path, str) else None
    area = settings.areas.get(found["area"]) if found else None
    if found is None or area is None:
        return None
    return parse_page(area, found["rest"], search, settings)


def parse_page(
    area: AreaSettings, rest: str, search: object, settings: Settings, base: str = ""
) -> Address | None:
    """The page of an area that `rest` names, such as `measure/ehcp_20w_excl.csv`; None when there
    is no such page. Never raises."""
    found = _SHAPE.fullmatch(rest)
    if found is None:
        return None
    measure = settings.measures.get(found["measure"]) if found["measure"] else None
    if found["measure"] and (measure is None or measure.source.extract not in area.extracts):
        return None
    measure = area.measure_for(measure) if measure else None
    page = found["page"] or "overview"
    if measure:
        page = "compare" if found["compare"] else "measure"
    if found["file"] and found["file"] not in _FILES.get(page, ()):
        return None
    return Address(area, page, measure, found["file"] or "", _query(search), base)


def _query(search: object) -> Mapping[str, str]:
    """What pages know of a query; the rest is not ours, and must not fill the store of pages."""
    if not isinstance(search, str) or len(search) > _LONGEST:
        return {}
    try:
        fields = parse_qsl(search.removeprefix("?"), max_num_fields=_MOST)
    except ValueError:  # more fields than any page of ours has
        return {}
    found: dict[str, str] = {}
    for key, value in fields:  # boxes that are ticked together have one name
        if key in KEYS:
            found[key] = f"{found[key]},{value}" if key in found else value
    return found


def overview_path(area: AreaSettings) -> str:
    return Address(area, "overview").url
