"""Settings of the areas we serve: everything that differs between areas."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from schemas.area import load_areas
from schemas.definition import AreaError, Definition, read_definitions
from schemas.extracts import load_extracts
from schemas.measure import Measure, Target, load_measures
from schemas.public import PublicSettings
from schemas.resources import resource_folder
from schemas.rounds import Rhythm, Sends, Tolerances
from schemas.subject import Subject

Words = Annotated[str, Field(min_length=1)]


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


class Priority(Subject):
    """A group of measures on the overview: the partnership's own heading for some themes, for
    single measures or for both. A measure may serve several priorities."""

    title: Words


class ComparisonGroup(Definition):
    """Councils that an area sets itself beside, for a reason of its own."""

    title: Words
    areas: Annotated[tuple[str, ...], Field(min_length=2)]

    @property
    def key(self) -> str:
        """As it stands in an address: `tees-valley`."""
        return re.sub(r"[\W_]+", "-", self.title.casefold()).strip("-")

    @field_validator("areas")
    @classmethod
    def _councils(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [code for code in codes if not _is_council(code)]
        if wrong:
            raise ValueError(f"no council of England has the code {', '.join(wrong)}")
        if len(set(codes)) < len(codes):
            raise ValueError("names a council twice")
        return codes


def _is_council(code: str) -> bool:
    area = load_areas().get(code)
    return area is not None and area.code == code and area.level == "local_authority"


class PackFiles(Definition):
    """The area's own templates of packs for meetings, beside its settings: slides (`.potx` or
    `.pptx`) and documents (`.dotx` or `.docx`); "" for ours."""

    slides: Annotated[str, Field(pattern=r"^([\w-]+\.(potx|pptx))?$")] = ""
    document: Annotated[str, Field(pattern=r"^([\w-]+\.(dotx|docx))?$")] = ""

    @field_validator("slides", "document")
    @classmethod
    def _there(cls, name: str) -> str:
        if name and not (areas_folder() / name).is_file():
            raise ValueError(f"there is no file {name} beside the settings of areas")
        return name

    def template(self, name: str) -> bytes | None:
        """The bytes of one of them; None when it is ours."""
        return (areas_folder() / name).read_bytes() if name else None


class AreaSettings(Definition):
    """One area's settings, `data/areas/CODE.toml`; everything that differs between areas.

    `extracts` need not be said where `sends` says who sends what: they are all of those.
    `targets` are the area's own, by measure. `screened_limits` leaves outliers out when limits of
    variation are worked out. `logo` is a file in `assets/`, `logo_words` what it shows.
    """

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
    sends: tuple[Sends, ...] = ()
    rhythm: Rhythm = Rhythm()
    tolerances: Tolerances = Tolerances()
    priorities: Annotated[tuple[Priority, ...], Field(min_length=1)]
    school_terms: tuple[SchoolTerm, ...] = ()
    contacts: tuple[Contact, ...] = ()
    groups: tuple[ComparisonGroup, ...] = ()
    targets: Mapping[str, Target] = {}
    screened_limits: bool = False
    site_name: Words = "SEND dashboard"
    logo: Annotated[str, Field(pattern=r"^([\w-]+\.(svg|png))?$")] = ""
    logo_words: str = ""
    public: PublicSettings | None = None
    packs: PackFiles = PackFiles()

    @property
    def slug(self) -> str:
        """As its name stands in public addresses: `county-durham`."""
        return re.sub(r"[\W_]+", "-", self.name.casefold()).strip("-")

    @property
    def code(self) -> str:
        return self.id

    def extracts_of(self, organisation: str) -> tuple[str, ...]:
        """What an organisation may send; everything when the settings do not say who sends what."""
        if not self.sends:
            return self.extracts if organisation in self.organisations else ()
        return tuple(
            x for one in self.sends if one.organisation == organisation for x in one.extracts
        )

    def sender_of(self, extract: str) -> str:
        """The organisation that sends an extract; "" when the settings do not say."""
        return next((one.organisation for one in self.sends if extract in one.extracts), "")

    def measure_for(self, measure: Measure) -> Measure:
        """The measure as this area uses it: with its own target, where it has one."""
        target = self.targets.get(measure.id)
        return measure.model_copy(update={"target": target}) if target else measure

    @model_validator(mode="before")
    @classmethod
    def _what_its_organisations_send(cls, given: Any) -> Any:
        sends = given.get("sends") if isinstance(given, Mapping) else None
        if not isinstance(sends, list) or "extracts" in given:
            return given
        lists = [one.get("extracts") for one in sends if isinstance(one, dict)]
        sent = [name for names in lists if isinstance(names, list) for name in names]
        known = [name for name in load_extracts() if name in sent]
        return {**given, "extracts": known + [name for name in sent if name not in known]}

    @field_validator("extracts")
    @classmethod
    def _known_extracts(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [name for name in names if name not in load_extracts()]
        if unknown:
            raise ValueError(f"there is no extract {', '.join(unknown)}")
        return names

    @model_validator(mode="after")
    def _each_is_sent_by_one(self) -> Self:
        named = [one.organisation for one in self.sends]
        unknown = [name for name in named if name not in self.organisations]
        if unknown:
            raise ValueError(f"sends: {', '.join(unknown)} is not among the organisations")
        sent = [extract for one in self.sends for extract in one.extracts]
        every = dict.fromkeys((*self.extracts, *sent))
        wrong = [x for x in every if sent.count(x) != 1 or x not in self.extracts]
        if self.sends and wrong:
            raise ValueError(
                f"sends: {', '.join(wrong)}: each extract of the area is sent by exactly one "
                "organisation"
            )
        return self

    @field_validator("groups")
    @classmethod
    def _told_apart(cls, groups: tuple[ComparisonGroup, ...]) -> tuple[ComparisonGroup, ...]:
        if len({group.key for group in groups}) < len(groups):
            raise ValueError("two have the same title")
        return groups

    @field_validator("targets")
    @classmethod
    def _own_targets(cls, targets: Mapping[str, Target]) -> Mapping[str, Target]:
        reasons = {name: _why_not(name, target) for name, target in targets.items()}
        wrong = [f"{name}: {why}" for name, why in reasons.items() if why]
        if wrong:
            raise ValueError("; ".join(wrong))
        return targets

    @model_validator(mode="after")
    def _logo_is_described(self) -> Self:
        if bool(self.logo) != bool(self.logo_words):
            raise ValueError("logo and logo_words go together")
        if self.logo and not (resource_folder("assets") / self.logo).is_file():
            raise ValueError(f"there is no file {self.logo} in assets")
        return self

    @model_validator(mode="after")
    def _known_areas(self) -> Self:
        codes = (self.id, self.region_code, *self.nhs_areas)
        unknown = [code for code in codes if load_areas().get(code) is None]
        if unknown:
            raise ValueError(f"there is no area {', '.join(unknown)}")
        return self


def _why_not(measure_id: str, target: Target) -> str:
    """Why an area may not have this target, or nothing."""
    measure = load_measures().get(measure_id)
    if measure is None:
        return "there is no such measure"
    if measure.polarity == "neutral":
        return "is neither better high nor better low, so it has no target"
    if measure.target and measure.target.kind == "statutory":
        return "is a legal duty, which no target of an area replaces"
    return "" if target.kind == "local" else 'an area\'s own target has kind = "local"'


def areas_folder() -> Path:
    """Where the settings of areas stand, and what belongs to them."""
    return resource_folder("data") / "areas"


@cache
def load_area_settings(folder: Path | None = None) -> dict[str, AreaSettings]:
    """The settings of every area served, by area code, in the order of their names.

    Raises:
        AreaError: listing every fault of every file.
    """
    found, faults = read_definitions(folder or areas_folder(), AreaSettings)
    if faults:
        raise AreaError(faults)
    return dict(sorted(found.items(), key=lambda item: item[1].name))
