"""The documents of the API, each a JSON object that says which edition of which area it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dashboard.public.api import API_VERSION
from dashboard.public.api.records import (
    Record,
    definition_record,
    figure_record,
    measure_record,
    table_records,
)
from dashboard.public.figures import PublicFigure
from dashboard.public.files import API, DATA, EASY_READ, door_address
from dashboard.public.release import PublicRelease
from dashboard.public.star.keys import source_id
from dashboard.public.star.shapes import AREA, BREAKDOWN, EDITION, PERIOD, SOURCE, SYMBOL
from dashboard.public.star.star import Star, public_star
from schemas.measure import Measure

_LISTS = ("measures", "periods", "breakdowns", "figures")


class _Named(NamedTuple):
    """The records of what figures name, by their keys."""

    areas: Mapping[str, Record]
    sources: Mapping[str, Record]


def build_documents(release: PublicRelease) -> Iterator[tuple[str, Record]]:
    """Every document with the folder that it answers for: "" is the area's own."""
    star = public_star(release)
    named = _Named(
        {one["area_code"]: one for one in table_records(AREA, star)},
        {one["source_id"]: one for one in table_records(SOURCE, star)},
    )
    by_measure: dict[str, list[PublicFigure]] = {}
    for figure in star.figures():
        by_measure.setdefault(figure.measure_id, []).append(figure)
    yield "", _area(release, star)
    yield "measures/", _measures(release)
    for measure in release.measures.values():
        figures = by_measure.get(measure.id, [])
        yield f"measures/{measure.id}/", _measure(release, measure) | _figures(named, figures)
    yield "periods/", _list(release, "periods", table_records(PERIOD, star))
    yield "breakdowns/", _list(release, "breakdowns", table_records(BREAKDOWN, star))
    yield "figures/", _head(release, "figures/") | _figures(named, [*star.figures()])


def _head(release: PublicRelease, rest: str) -> Record:
    """Links stand at the edition's address, so that what is read together belongs together;
    `latest` is the same document at the address that always has the newest edition."""
    slug = release.area.slug
    return {
        "api_version": API_VERSION,
        "area_code": release.area.code,
        "edition": release.name,
        "invented": release.invented,
        "links": {
            "self": f"{door_address(API, slug, release.name)}{rest}",
            "latest": f"{door_address(API, slug)}{rest}",
            "area": door_address(API, slug, release.name),
        },
    }


def _area(release: PublicRelease, star: Star) -> Record:
    head, area, name = _head(release, ""), release.area, release.name
    here = door_address(API, area.slug, name)
    links = {one: f"{here}{one}/" for one in _LISTS}
    doors = {"data": DATA, "easy_read": EASY_READ}
    links |= {key: door_address(door, area.slug, name) for key, door in doors.items()}
    links |= {"versions": f"{door_address(API, area.slug)}versions"}
    links |= {"description": "/api/v1/openapi.json"}
    edition = table_records(EDITION, star)[0]
    next_on = release.next_on.isoformat() if release.next_on else None
    return head | {
        "area": {
            "code": area.code,
            "slug": area.slug,
            "name": area.name,
            "partnership": area.partnership,
        },
        "publication": edition | {"next_on": next_on},
        "symbols": table_records(SYMBOL, star),
        "links": head["links"] | links,
    }


def _measures(release: PublicRelease) -> Record:
    here = door_address(API, release.area.slug, release.name)
    return _head(release, "measures/") | {
        "measures": [
            measure_record(measure)
            | {"newest": _newest(release, measure), "address": f"{here}measures/{measure.id}/"}
            for measure in release.measures.values()
        ]
    }


def _newest(release: PublicRelease, measure: Measure) -> Record | None:
    """The area's own figure of the newest term that stands for the measure."""
    found = release.get(measure.id, measure.headline.breakdown, measure.headline.category)
    return figure_record(found) if found else None


def _measure(release: PublicRelease, measure: Measure) -> Record:
    return _head(release, f"measures/{measure.id}/") | {
        "measure": definition_record(measure),
        "left_out": [
            {"breakdown": one.breakdown, "words": one.words}
            for one in release.left_out
            if one.measure_id == measure.id
        ],
    }


def _figures(named: _Named, figures: Sequence[PublicFigure]) -> Record:
    """With the areas and the sources that they name."""
    areas = sorted({one.area_code for one in figures})
    sources = sorted({source_id(one) for one in figures})
    return {
        "areas": [named.areas[code] for code in areas],
        "sources": [named.sources[key] for key in sources],
        "figures": [figure_record(one) for one in figures],
    }


def _list(release: PublicRelease, name: str, records: Iterable[Record]) -> Record:
    return _head(release, f"{name}/") | {name: list(records)}
