"""A comparison as a file, one area a row, unrounded, each row whole by itself."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.charts.table import Raw, row_period
from dashboard.compared import ComparedArea, CompareView
from dashboard.downloads import observed
from dashboard.downloads.separated import Rows
from dashboard.words.compared import has_neighbours
from dashboard.words.rank import pool_title
from dashboard.words.rank_beside import neighbours_label
from schemas.area import ENGLAND

HEADINGS = (
    "area_code",
    "area_name",
    "kind",
    "set_among",
    *observed.ABOUT,
    "rank",
    *observed.HEADINGS,
    "edition",
)


def compared_rows(view: CompareView, edition: str) -> Rows:
    """Every area of the page and then the levels it is set beside.

    Args:
        edition: the name of what was published when, the same in every row.
    """
    near = {one.code for one in view.near}
    kinds = [
        (one, "own" if one.role == "own" else "neighbour" if one.code in near else "other")
        for one in view.listed()
    ]
    rows = (_row(one, kind, view) for one, kind in (*kinds, *_levels(view)))
    return Rows(HEADINGS, tuple((*row, edition) for row in rows))


def _levels(view: CompareView) -> Iterator[tuple[ComparedArea, str]]:
    if view.england:
        yield ComparedArea(ENGLAND, "England", "other", view.england), "country"
    if view.region:
        region = ComparedArea(view.settings.region_code, view.region_name, "other", view.region)
        yield region, "region"
    example = next((one.point for one in view.near if one.point), None)
    if example and has_neighbours(view) and not view.is_count:
        made = replace(
            example,
            value=view.neighbours.value,
            symbol=None,
            numerator=None,
            denominator=None,
        )
        yield ComparedArea("", neighbours_label(view), "other", made), "neighbours"


def _row(area: ComparedArea, kind: str, view: CompareView) -> Iterator[Raw]:
    period, basis, measure = view.choice.period, view.choice.basis, view.measure
    yield from (area.code, area.name, kind, pool_title(view), measure.id, measure.title)
    yield from (period, row_period(period, basis, own=False))
    point = area.point
    yield from (point.start, point.end) if point else ("", "")
    yield basis
    yield area.rank.place if area.rank else ""
    yield from observed.observed_cells(point, area.span)
