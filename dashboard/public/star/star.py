"""Star: what the tables are made of, be it what everyone sees or what partners see."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from schemas.area_settings import AreaSettings
from schemas.measure import Measure

FOR_EVERYONE, NOT_FOR_SHARING = "for everyone", "not for sharing"


@dataclass(frozen=True)
class StarEdition:
    """The facts of `dim_edition`; `published_on` is an ISO date."""

    name: str
    term: str
    label: str
    published_on: str
    licence: str
    licence_address: str
    sharing: str
    invented: bool


@dataclass(frozen=True)
class Star:
    """`figures` gives all of them anew each time it is called, so that they need not be in memory
    together."""

    area: AreaSettings
    edition: StarEdition
    measures: Mapping[str, Measure]
    figures: Callable[[], Iterable[PublicFigure]]


def public_star(release: PublicRelease) -> Star:
    """The star of what everyone sees."""
    settings = release.area.public
    assert settings is not None, f"{release.area.name} publishes to its partners only"
    edition = StarEdition(
        release.name,
        release.term.label,
        release.label,
        release.published_on.isoformat(),
        settings.licence,
        settings.licence_address,
        FOR_EVERYONE,
        release.invented,
    )
    figures = (*release.own, *release.beside)
    return Star(release.area, edition, release.measures, lambda: figures)
