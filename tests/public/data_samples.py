"""Publications for the tests of the open data: one as small as it can be, one with everything."""

import csv
import io
from collections.abc import Iterator
from functools import cache

from dashboard.public.data.build import build_files
from dashboard.public.figures import PublicFigure
from dashboard.public.files import PublicFile
from dashboard.public.release import PublicRelease
from schemas.area import ENGLAND
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure, load_measures
from schemas.observation import JOIN
from tests.public.builders import DARLINGTON, figure, release

DFE = "Department for Education, Education, health and care plans"
DURHAM, GATESHEAD, NORTH_EAST = "E06000047", "E08000037", "E12000001"
Files = dict[str, PublicFile]


def files_of(one: PublicRelease) -> Files:
    return {file.path: file for file in build_files(one)}


def rows_of(file: PublicFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.body.decode("utf-8-sig"))))


def text_of(file: PublicFile) -> str:
    return file.body.decode()


def published(**facts: object) -> PublicFigure:
    """England's share of 20-week plans in 2025, as the DfE has it."""
    usual = {
        "area_code": ENGLAND,
        "period": "2025",
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
        "basis": "calendar_year",
        "numerator": 4000.0,
        "denominator": 10000.0,
        "value": 40.0,
        "source": DFE,
        "version": "2025",
        "as_at_on": "2026-06-11",
        "invented": False,
    }
    return figure(**(usual | facts))


def terms() -> tuple[PublicFigure, ...]:
    """Three terms of the 20 weeks, the middle one hidden."""
    return (
        figure(
            period="2025-26 autumn",
            period_start="2025-09-01",
            period_end="2025-12-31",
            numerator=33.0,
            value=55.0,
        ),
        figure(
            period="2025-26 spring",
            period_start="2026-01-01",
            period_end="2026-04-30",
            symbol="c",
        ),
        figure(),
    )


def beside() -> tuple[PublicFigure, ...]:
    """England, the region, two councils and the area itself as published."""
    return (
        published(),
        published(area_code=NORTH_EAST, numerator=None, denominator=None, value=61.25),
        published(area_code=DURHAM, numerator=30.0, denominator=100.0, value=30.0),
        published(area_code=GATESHEAD, numerator=None, denominator=None, value=50.0),
        published(area_code=DARLINGTON, numerator=45.0, denominator=60.0, value=75.0),
    )


@cache
def small_files() -> Files:
    return files_of(release(*terms(), *beside()))


@cache
def every_release() -> PublicRelease:
    """Every measure by every breakdown, on every basis, and beside it every kind of place."""
    figures = [one for measure in load_measures().values() for one in _of(measure)]
    return release(*sorted(figures, key=lambda one: (one.period_end, one.period)))


@cache
def every_file() -> Files:
    return files_of(every_release())


def _of(measure: Measure) -> Iterator[PublicFigure]:
    for place, (breakdown, category) in enumerate(_groups(measure)):
        hidden = {"symbol": "c"} if place % 5 == 3 else {}
        facts = {"measure_id": measure.id, "breakdown": breakdown, "category": category}
        for basis in (measure.basis, *measure.bases):
            yield figure(**facts, basis=basis, unreliable=place == 1, **hidden)
        month = {"period": "2026-08", "basis": "snapshot", "period_start": "2026-08-31"}
        yield figure(**facts, **month, **hidden)
        for code in (ENGLAND, NORTH_EAST, DURHAM, DARLINGTON, "QHM"):
            yield published(**facts, area_code=code)
            years = {"period": "2024-25", "basis": "academic_year"}
            yield published(**facts, area_code=code, **years)


def _groups(measure: Measure) -> Iterator[tuple[str, str]]:
    yield ALL, ALL
    filters = {one.id: one for one in load_extracts()[measure.source.extract].filters}
    for names in measure.source.breakdowns:
        items = [[one.id for one in filters[name].categories][:4] for name in names]
        for parts in zip(*items, strict=False):
            yield JOIN.join(names), JOIN.join(parts)
    for band in measure.source.columns:
        yield str(measure.source.columns_by), band
