"""A chart that can be edited, from figures made by hand: what stands at which term."""

from dashboard.analysis.verdict import judge
from dashboard.packs.chart import pack_chart
from dashboard.packs.pack import PackChart, PackSeries
from dashboard.view import MeasureView, PathPoint
from tests.dashboard.views import january, line, measure, point, stock, view, year

THREE = (
    point("2024-25 autumn", 40.0),
    point("2024-25 spring", 50.25),
    point("2024-25 summer", 60.0),
)


def chart_of(one: MeasureView) -> PackChart:
    found = pack_chart(one, judge(one), "Headline")
    assert found
    return found


def series(one: MeasureView, key: str) -> PackSeries:
    return next(found for found in chart_of(one).series if found.key == key)


def keys(one: MeasureView) -> list[str]:
    return [found.key for found in chart_of(one).series]


def test_terms_stand_oldest_first_and_a_symbol_is_no_number() -> None:
    one = view(THREE[0], point("2024-25 spring", "c"), THREE[2])
    assert chart_of(one).categories == ("Autumn 2024/25", "Spring 2024/25", "Summer 2024/25")
    assert series(one, "own").values == (40.0, None, 60.0)
    assert "No figure for Spring 2024/25: hidden to protect privacy." in chart_of(one).alt


def test_a_term_that_was_not_sent_has_its_place() -> None:
    one = view(THREE[0], THREE[2], area_latest_term="2025-26 autumn")
    assert chart_of(one).categories[1] == "Spring 2024/25"
    assert series(one, "own").values == (40.0, None, 60.0, None)


def test_a_year_stands_at_its_terms_only() -> None:
    england = line("england", year(2024, 46.4), year(2025, 50.0))
    one = view(*THREE, comparators=(england,))
    found = series(one, "england")
    assert (found.kind, found.label) == ("year", "England, whole years")
    assert found.values == (46.4, 50.0, 50.0)


def test_a_january_count_stands_at_the_term_it_was_counted_in() -> None:
    england = line("england", january(2025, 4.5), basis="snapshot")
    terms = [stock(f"2024-25 {name}", 3.0) for name in ("autumn", "spring", "summer")]
    one = view(*terms, about=measure("ehcp_pct_pupils"), comparators=(england,))
    assert series(one, "england").values == (None, 4.5, None)
    assert series(one, "england").label == "England, each January"
    assert "Each figure of England is marked at the term it was counted in." in chart_of(one).alt


def test_of_the_region_and_the_neighbours_one_is_drawn() -> None:
    others = [line(key, year(2025, 50.0)) for key in ("england", "region", "neighbours")]
    assert keys(view(*THREE, comparators=tuple(others)))[:3] == ["own", "england", "neighbours"]
    assert keys(view(*THREE, comparators=tuple(others[:2])))[:3] == ["own", "england", "region"]


def test_what_has_no_place_among_the_terms_is_neither_drawn_nor_said() -> None:
    one = view(*THREE, comparators=(line("england", year(2026, 50.0)),))
    assert "england" not in keys(one)
    assert "England" not in chart_of(one).alt


def test_an_agreed_path_runs_straight_on_into_terms_to_come() -> None:
    path = (
        PathPoint("2024-25 summer", 64.0, "the Board", True),
        PathPoint("2025-26 summer", 100.0, "the Board", True),
    )
    one = view(*THREE, path=path)
    assert chart_of(one).categories[3:] == ("Autumn 2025/26", "Spring 2025/26", "Summer 2025/26")
    found = series(one, "path")
    assert (found.kind, found.label) == ("path", "Agreed path (invented)")
    assert found.values == (None, None, 64.0, 76.0, 88.0, 100.0)
    assert series(one, "own").values == (40.0, 50.25, 60.0, None, None, None)


def test_the_target_stands_at_every_term_and_the_axis_holds_it() -> None:
    one = view(*THREE)
    assert series(one, "target").values == (100.0, 100.0, 100.0)
    assert chart_of(one).high >= 100
    assert chart_of(one).percent


def test_without_a_number_there_is_no_chart() -> None:
    one = view(point("2024-25 autumn", "c"))
    assert pack_chart(one, judge(one), "Headline") is None
