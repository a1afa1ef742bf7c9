"""The description of a trend: real time, nothing carried forward, gaps where nothing is known."""

import datetime as dt
from typing import Any

import pytest

from dashboard.charts.axis import value_axis
from dashboard.charts.chart import Chart, Limit
from dashboard.charts.description import describe
from dashboard.charts.labels import spread
from dashboard.charts.plotly_figure import narrow_layout, plotly_figure
from dashboard.charts.trend import build_trend
from dashboard.view import MeasureView
from schemas.note import Note
from tests.dashboard.views import january, line, measure, month, point, stock, view, year


def trend(shown: MeasureView) -> Chart:
    chart = build_trend(shown)
    assert chart is not None
    return chart


def noted(on: dt.date, **given: Any) -> Note:
    words = {"id": f"n{on}", "words": "Something changed.", "source": "A paper"}
    return Note(on=on, measures=("ehcp_20w_excl", "suspension_rate"), **(words | given))


def test_a_flow_stands_at_the_middle_of_its_window_and_a_stock_at_its_day() -> None:
    flow = trend(view(point("2024-25 autumn", 60.0)))
    assert flow.own.marks[0].on == dt.date(2024, 10, 31)  # 1 September to 31 December
    kept = trend(view(stock("2024-25 autumn", 60), about=measure("ehcp_active")))
    assert kept.own.marks[0].on == dt.date(2024, 12, 31)


def test_an_annual_flow_is_a_segment_of_its_own_year() -> None:
    own = (point("2023-24 spring", 80.0), point("2024-25 autumn", 60.0))
    england = line("england", year(2023, 50.3), year(2024, 46.4))
    (series,) = trend(view(*own, comparators=(england,))).comparators
    assert not series.runs
    assert [(s.start, s.end, s.value) for s in series.segments] == [
        (dt.date(2024, 1, 1), dt.date(2024, 12, 31), 46.4)
    ]  # 2023 ended before the area's own figures begin


def test_januaries_are_single_marks_that_nothing_joins() -> None:
    share = measure("ehcp_mainstream_pct")
    own = (stock("2023-24 autumn", 40.0), stock("2025-26 autumn", 42.0))
    england = line("england", january(2024, 43.0), january(2025, 43.6), basis="snapshot")
    (series,) = trend(view(*own, about=share, comparators=(england,))).comparators
    assert [len(run) for run in series.runs] == [1, 1]
    assert series.marks[1].on == dt.date(2025, 1, 16)


def test_nothing_is_carried_forward_as_a_number() -> None:
    own = (point("2023-24 autumn", 80.0), point("2025-26 summer", 83.0))
    england = line("england", year(2023, 50.3), year(2024, 46.4))
    chart = trend(view(*own, comparators=(england,)))
    assert [s.period for s in chart.comparators[0].segments] == [
        "calendar year 2023",
        "calendar year 2024",
    ]
    (level,) = chart.levels
    assert (level.start, level.end) == (dt.date(2024, 12, 31), dt.date(2026, 8, 31))
    assert level.label == "England 2024: 46.4%"


def test_a_seasonal_term_is_not_levelled_either() -> None:
    rate = measure("suspension_rate")
    england = line(
        "england", point("2024-25 autumn", 7.0), point("2024-25 spring", 7.5), basis="in_term"
    )
    own = (point("2024-25 autumn", 9.0), point("2025-26 summer", 11.0))
    chart = trend(view(*own, about=rate, comparators=(england,)))
    assert chart.levels == ()
    assert [len(run) for run in chart.comparators[0].runs] == [2]


def test_symbols_and_terms_not_sent_are_gaps_and_never_nought() -> None:
    own = (
        point("2024-25 autumn", 60.0),
        point("2024-25 spring", "c"),
        point("2025-26 autumn", 70.0),  # summer was never sent
    )
    chart = trend(view(*own, area_latest_term="2025-26 spring"))
    assert [[mark.value for mark in run] for run in chart.own.runs] == [[60.0], [70.0]]
    assert [gap.words for gap in chart.gaps] == [
        "hidden to protect privacy",
        "not sent",
        "not sent",
    ]
    assert chart.gaps[2].start == dt.date(2026, 1, 1)


def test_gaps_for_the_same_reason_are_one() -> None:
    own = (point("2023-24 summer", "x"), point("2024-25 autumn", "x"), point("2024-25 spring", 5.0))
    (gap,) = trend(view(*own)).gaps
    assert (gap.start, gap.end) == (dt.date(2024, 5, 1), dt.date(2024, 12, 31))


def test_a_month_that_is_missing_breaks_the_monthly_line() -> None:
    months = line("own", month("2024-09", 1.0), month("2024-10", 2.0), month("2024-12", 3.0))
    chart = trend(view(point("2024-25 autumn", 2.0), months=months))
    assert chart.months is not None
    assert [len(run) for run in chart.months.runs] == [2, 1]


def test_a_provisional_number_is_hollow() -> None:
    own = (point("2024-25 spring", 60.0), point("2024-25 summer", 61.0, status="provisional"))
    assert [mark.hollow for mark in trend(view(*own)).own.marks] == [False, True]


def test_a_years_count_or_growing_rate_does_not_share_an_axis_with_a_term() -> None:
    annual = line("england", year(2024, 20.0))
    own = point("2024-25 autumn", 9.0)
    for name in ("ehcp_new", "suspension_rate", "pupils_suspended_pct"):
        assert trend(view(own, about=measure(name), comparators=(annual,))).comparators == ()


def test_what_the_definition_calls_not_comparable_is_not_drawn() -> None:
    other = line("england", year(2024, 50.0), comparable=False)
    assert trend(view(point("2024-25 autumn", 60.0), comparators=(other,))).comparators == ()


def test_nothing_is_joined_across_a_break_in_the_definition() -> None:
    own = (point("2023-24 summer", 60.0), point("2024-25 autumn", 61.0))
    broken = noted(dt.date(2024, 8, 19), breaks=True)
    chart = trend(view(*own, notes=(broken,)))
    assert [len(run) for run in chart.own.runs] == [1, 1]
    assert [len(run) for run in trend(view(*own)).own.runs] == [2]


def test_a_break_of_the_areas_own_does_not_break_englands_line() -> None:
    rate = measure("suspension_rate")
    terms = (point("2023-24 summer", 7.0), point("2024-25 autumn", 7.5))
    shown = {"about": rate, "comparators": (line("england", *terms, basis="in_term"),)}
    here = noted(dt.date(2024, 8, 19), breaks=True, areas=("E06000005",))
    everywhere = noted(dt.date(2024, 8, 19), breaks=True)
    assert len(trend(view(*terms, notes=(here,), **shown)).comparators[0].runs) == 1
    assert len(trend(view(*terms, notes=(everywhere,), **shown)).comparators[0].runs) == 2


def test_notes_inside_the_time_shown_are_flags_in_the_order_of_time() -> None:
    days = (dt.date(2024, 12, 1), dt.date(2024, 9, 2), dt.date(2020, 1, 1))
    chart = trend(view(point("2024-25 autumn", 60.0), notes=tuple(map(noted, days))))
    assert [(flag.number, flag.on) for flag in chart.flags] == [(1, days[1]), (2, days[0])]


def test_the_axis_holds_intervals_and_limits() -> None:
    days = dt.date(2024, 9, 1), dt.date(2024, 12, 31)
    about = measure("salt_wait_mean_days", target=None)
    own = view(point("2024-25 autumn", 60.0), about=about)
    assert trend(own).axis.high < 90
    chart = build_trend(own, lambda _: (50.0, 90.0), [Limit("upper", 130.0, *days, False)])
    assert chart is not None
    assert chart.axis.high >= 130
    assert (chart.own.marks[0].low, chart.own.marks[0].high) == (50.0, 90.0)


def test_a_limit_that_no_number_can_reach_is_not_drawn() -> None:
    days = dt.date(2024, 9, 1), dt.date(2024, 12, 31)
    limits = [Limit(key, value, *days, True) for key, value in (("upper", 104.0), ("lower", -2.0))]
    chart = build_trend(view(point("2024-25 autumn", 60.0)), limits=limits)
    assert chart is not None
    assert chart.limits == ()
    assert chart.axis.high == 100


def test_another_areas_number_says_whose_it_is() -> None:
    own = (point("2023-24 autumn", 80.0), point("2024-25 autumn", 60.0))
    chart = trend(view(*own, comparators=(line("england", year(2024, 46.4)),)))
    assert chart.comparators[0].segments[0].words == "England, calendar year 2024: 46.4%"


def test_an_area_without_numbers_has_no_chart() -> None:
    assert build_trend(view(point("2024-25 autumn", "c"))) is None


def test_the_description_is_made_from_the_numbers() -> None:
    own = (
        point("2023-24 autumn", 80.0),
        point("2023-24 spring", "x"),
        point("2023-24 summer", 65.5),
        point("2024-25 autumn", 70.0, status="provisional"),
    )
    shown = view(*own, comparators=(line("england", year(2024, 46.4)),))
    assert describe(shown, trend(shown)) == (
        "Darlington fell from 80.0% in Autumn 2023/24 to 70.0% in Autumn 2024/25 (provisional). "
        "The highest was 80.0% in Autumn 2023/24, the lowest 65.5% in Summer 2023/24. "
        "Latest published figures: England 46.4% for calendar year 2024. Legal duty: 100%. "
        "No figure for Spring 2023/24: not available."
    )


def test_an_axis_that_does_not_start_at_nought_is_said() -> None:
    shown = view(
        stock("2023-24 autumn", 1000), stock("2023-24 spring", 1100), about=measure("ehcp_active")
    )
    chart = trend(shown)
    assert chart.axis.low == 800
    assert describe(shown, chart).endswith("The upright axis starts at 800, not at 0.")


@pytest.mark.parametrize(
    ("values", "decimals", "ends"),
    [
        ((46.4, 100.0), 1, (0, 100)),
        ((0.0, 3.0), 0, (0, 3)),
        ((135.0, 191.0, 126.0), 1, (120, 200)),
        ((89.0, 90.4, 85.9), 1, (65, 95)),
        ((0.0,), 0, (0, 1)),
    ],
)
def test_an_axis_holds_every_value(
    values: tuple[float, ...], decimals: int, ends: tuple[float, float]
) -> None:
    axis = value_axis(values, decimals)
    assert (axis.low, axis.high) == ends
    assert 2 <= len(axis.ticks) <= 9


def test_labels_are_moved_apart_and_stay_inside() -> None:
    places = spread([46.4, 49.0, 99.0, 100.0], [5, 5, 5, 5], 0, 100)
    assert places == pytest.approx([46.4, 51.4, 92.5, 97.5])
    gaps = [b - a for a, b in zip(sorted(places), sorted(places)[1:], strict=False)]
    assert min(gaps) >= 5 - 1e-9


def test_the_plotly_figure_is_plain_data_with_breaks_at_gaps() -> None:
    own = (
        point("2024-25 autumn", 60.0),
        point("2024-25 spring", "c"),
        point("2024-25 summer", 61.0),
    )
    figure = plotly_figure(trend(view(*own)))
    (drawn,) = figure["data"]
    assert drawn["y"] == [60.0, None, 61.0]
    assert drawn["connectgaps"] is False
    assert figure["layout"]["xaxis"]["type"] == "date"
    assert any("Hidden" in one["text"] for one in figure["layout"]["annotations"])


def test_a_narrow_screen_has_no_labels_to_cut() -> None:
    chart = trend(view(point("2024-25 autumn", 60.0), point("2024-25 spring", 61.0)))
    narrow = narrow_layout(chart)
    assert narrow["annotations"] == []
    assert narrow["margin"]["r"] < 30
