"""The trend as SVG: words that can be read, a series that can be hidden, nothing for a symbol."""

import datetime as dt
import math
from typing import Any

import pytest

from dashboard.charts.chart import Chart, Limit
from dashboard.charts.geometry import Size
from dashboard.charts.svg import trend_svg
from dashboard.charts.trend import build_trend
from dashboard.view import MeasureView, Point
from schemas.note import Note
from tests.dashboard.charts.drawn import (
    marks,
    numbers,
    outside,
    overlapping,
    paths,
    series,
    words_of,
)
from tests.dashboard.views import (
    DARLINGTON,
    january,
    line,
    measure,
    month,
    point,
    stock,
    view,
    year,
)

TERMS = tuple(
    f"{start}-{start + 1 - 2000} {season}"
    for start in range(2021, 2026)
    for season in ("autumn", "spring", "summer")
)


def trend(shown: MeasureView, **given: Any) -> Chart:
    chart = build_trend(shown, **given)
    assert chart is not None
    return chart


def note(on: dt.date, **given: Any) -> Note:
    about: dict[str, Any] = {"id": f"n{on}", "words": "Something changed.", "source": "A paper"}
    return Note(on=on, measures=("ehcp_20w_excl",), **about, **given)


def within_ten(point: Point) -> tuple[float, float] | None:
    return None if point.value is None else (point.value - 10, point.value + 10)


def everything(name: str = "Darlington", terms: int = 12) -> Chart:
    values: list[float | str] = [80.0, 75, 61, 58, "c", 49, 44, "x", 52, 60, 69, 72, 73, 70, 71]
    own = [point(term, value) for term, value in zip(TERMS[:terms], values, strict=False)]
    own[-1] = point(TERMS[terms - 1], 72.5, status="provisional")
    beside = (
        line("england", year(2022, 49.2), year(2023, 50.3), year(2024, 46.4)),
        line("region", year(2023, 46.0), year(2024, 47.0)),
        line("neighbours", year(2023, 46.1), year(2024, 46.8)),
    )
    days = (dt.date(2023, 6, 1), dt.date(2023, 6, 2), dt.date(2024, 1, 10))
    shown = view(
        *own,
        comparators=beside,
        settings=DARLINGTON.model_copy(update={"name": name}),
        notes=tuple(note(on, breaks=on == days[1]) for on in days),
    )
    limits = (Limit("upper", 90, dt.date(2021, 9, 1), dt.date(2023, 6, 1), True),)
    return trend(shown, intervals=within_ten, limits=limits)


NAMES = ("Darlington", "Bristol, City of", "Bournemouth, Christchurch & Poole")


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("terms", [4, 9, 12, 15])
def test_no_words_leave_the_picture_or_cover_each_other(size: Size, name: str, terms: int) -> None:
    svg = trend_svg(everything(name, terms), size, "t")
    assert outside(svg) == []
    assert overlapping(words_of(svg)) == []


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_every_place_is_a_number_and_the_drawing_is_light(size: Size) -> None:
    svg = trend_svg(everything(), size, "t")
    assert all(math.isfinite(one) for one in numbers(svg))
    assert len(svg) < 12_000


def test_nothing_is_drawn_for_a_symbol() -> None:
    own = (
        point("2023-24 autumn", "c"),
        point("2023-24 spring", 60.0),
        point("2023-24 summer", "x"),
        point("2024-25 autumn", 0.0),
    )
    drawn = series(trend_svg(trend(view(*own)), "wide", "t"))["own"]
    assert marks(drawn) == 2
    assert not any("L" in path for path in paths(drawn))


def test_the_reason_stands_in_its_gap() -> None:
    own = (point("2024-25 autumn", 60.0), point("2024-25 spring", "c"), point("2024-25 summer", 61))
    said = [one.text for one in words_of(trend_svg(trend(view(*own)), "wide", "t"))]
    assert "Hidden to protect" in said


def test_each_series_is_a_group_that_can_be_hidden() -> None:
    svg = trend_svg(everything(), "wide", "t")
    assert list(series(svg)) == ["neighbours", "region", "england", "own"]
    assert 'aria-hidden="true" focusable="false"' in svg


def test_a_provisional_mark_is_hollow_and_an_interval_has_a_whisker() -> None:
    own = (point("2024-25 spring", 60.0), point("2024-25 summer", 61.0, status="provisional"))
    chart = trend(view(*own), intervals=within_ten)
    (_, whiskers, full, hollow) = series(trend_svg(chart, "wide", "t"))["own"][0]
    assert whiskers.get("d", "").count("V") == 2
    assert (full.get("fill"), hollow.get("fill")) == ("#12436D", "#ffffff")


def test_a_month_that_nothing_joins_is_a_dot() -> None:
    months = line("own", month("2024-09", 1.0), month("2024-10", 2.0), month("2024-12", 3.0))
    chart = trend(view(point("2024-25 autumn", 2.0), months=months))
    assert marks(series(trend_svg(chart, "wide", "t"))["months"]) == 1


def test_flags_are_numbered_in_the_order_of_time() -> None:
    svg = trend_svg(everything(), "narrow", "t")
    numbered = [one for one in words_of(svg) if one.text in ("1", "2", "3")]
    assert [one.text for one in sorted(numbered, key=lambda one: one.left)] == ["1", "2", "3"]


def test_one_january_or_one_term_is_enough_for_a_drawing() -> None:
    share = measure("ehcp_mainstream_pct")
    beside = line("england", january(2025, 43.6), basis="snapshot")
    shown = view(stock("2024-25 autumn", 40.0), about=share, comparators=(beside,))
    svg = trend_svg(trend(shown), "narrow", "t")
    assert outside(svg) == []
    assert {key: marks(one) for key, one in series(svg).items()} == {"england": 1, "own": 1}
