"""Area: a country, region, council or NHS area by its code; settings of the areas we serve."""

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from schemas.definition import AreaError, Definition, read_definitions
from schemas.extracts import load_extracts
from schemas.resources import resource_folder
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
        level=row["level"],  # type: ignore[arg-type]
        part_of=row["part_of"],
        old_code=row["old_code"],
        other_codes=tuple(code for code in row["other_codes"].split(";") if code),
        aliases=tuple(name for name in row["aliases"].split(";") if name),
    )


class Contact(Definition):
    """Who can help: a service, not a person."""

    name: str
    web: str = ""
    phone: str = ""
    email: str = ""


class SchoolTerm(Definition):
    """First and last day of a school term, as this area's schools keep it."""

    term: str
    start: dt.date
    end: dt.date


class Priority(Definition):
    """A group of measures on the overview: the partnership's own heading for some themes."""

    title: str
    themes: tuple[str, ...]


class AreaSettings(Definition):
    """One area's settings, `data/areas/CODE.toml`; everything that differs between areas."""

    id: str
    name: str
    full_name: str
    partnership: str
    region_code: str
    neighbour_model: str
    neighbour_method: Literal["mean", "median", "pooled"] = "mean"
    nhs_areas: tuple[str, ...] = ()
    extracts: tuple[str, ...]
    organisations: Annotated[tuple[str, ...], Field(min_length=1)]
    priorities: Annotated[tuple[Priority, ...], Field(min_length=1)]
    school_terms: tuple[SchoolTerm, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def code(self) -> str:
        return self.id

    @field_validator("extracts")
    @classmethod
    def _known_extracts(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in names if name not in load_extracts()]
        if unknown:
            raise ValueError(f"there is no extract {', '.join(unknown)}")
        return names

    @model_validator(mode="after")
    def _known_areas(self) -> Self:
        codes = (self.id, self.region_code, *self.nhs_areas)
        unknown = [code for code in codes if load_areas().get(code) is None]
        if unknown:
            raise ValueError(f"there is no area {', '.join(unknown)}")
        return self


@cache
def load_area_settings(folder: Path | None = None) -> dict[str, AreaSettings]:
    """The settings of every area served, by area code, in the order of their names.

    Raises:
        AreaError: listing every fault of every file.
    """
    found, faults = read_definitions(folder or resource_folder("data") / "areas", AreaSettings)
    if faults:
        raise AreaError(faults)
    return dict(sorted(found.items(), key=lambda item: item[1].name))
