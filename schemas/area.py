"""Area: a country, region, council or NHS area by its code."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from schemas.text import plain

ENGLAND = "E92000001"
Level = Literal["country", "region", "region_part", "local_authority", "icb", "sub_icb"]


@dataclass(frozen=True)
class Area:
    """One place. `old_code` is the DfE's three digits; `other_codes` are codes it had before."""

    code: str
    name: str
    level: Level
    part_of: str
    old_code: str
    other_codes: tuple[str, ...]
    aliases: tuple[str, ...]


class Areas:
    """Every area of England, found by its code, an earlier code, its DfE number or its name."""

    def __init__(self, areas: tuple[Area, ...]) -> None:
        self._by_code = {code: area for area in areas for code in (area.code, *area.other_codes)}
        self._by_old_code = {area.old_code: area for area in areas if area.old_code}
        self._by_name = {
            plain(name): area for area in reversed(areas) for name in (area.name, *area.aliases)
        }

    def get(self, code: str) -> Area | None:
        return self._by_code.get(code)

    def find(self, code: str = "", old_code: str = "", name: str = "") -> Area | None:
        """The area of a published row: DfE number first, then code, then name (`traps.md` 19)."""
        found = self._by_old_code.get(old_code.removesuffix(".0")) or self._by_code.get(code)
        return found or self._by_name.get(plain(name))

    def within(self, code: str) -> tuple[Area, ...]:
        """The local authorities of a region, by name."""
        inside = (a for a in set(self._by_code.values()) if a.part_of == code)
        return tuple(sorted((a for a in inside if a.level == "local_authority"), key=_by_name))

    def local_authorities(self) -> tuple[Area, ...]:
        every = set(self._by_code.values())
        return tuple(sorted((a for a in every if a.level == "local_authority"), key=_by_name))


def _by_name(area: Area) -> str:
    return area.name


@cache
def load_areas() -> Areas:
    """The areas that travel with the program (`schemas/areas.csv`)."""
    with (Path(__file__).parent / "areas.csv").open(encoding="utf-8", newline="") as file:
        return Areas(tuple(_area(row) for row in csv.DictReader(file)))


def _area(row: Mapping[str, str]) -> Area:
    return Area(
        code=row["code"],
        name=row["name"],
        level=cast(Level, row["level"]),  # a test reads every row
        part_of=row["part_of"],
        old_code=row["old_code"],
        other_codes=tuple(code for code in row["other_codes"].split(";") if code),
        aliases=tuple(name for name in row["aliases"].split(";") if name),
    )
