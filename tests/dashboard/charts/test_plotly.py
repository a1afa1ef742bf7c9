"""The live figure takes the SVG's place: the same room, the same lines, and words to point at."""

import datetime as dt
import json
from typing import Any

import pytest

from dashboard.charts.geometry import Size, scale_of
from dashboard.charts.plotly_figure import plotly_figure
from dashboard.charts.trend import build_trend
from dashboard.view import Point
from schemas.note import Note
from tests.dashboard.charts.test_trend_svg import everything, trend
from tests.dashboard.views import line, month, point, view


@pytest.mark.parametrize(("size", "width", "height"), [("wide", 800, 420), ("narrow", 320, 320)])
def test_its_plot_is_where_the_drawings_plot_is(size: Size, width: int, height: int) -> None:
    chart = everything()
    frame = scale_of(chart, size).frame
    layout = plotly_figure(chart, size)["layout"]
    assert (layout["width"], layout["height"]) == (width, height)
    assert layout["margin"]["l"] == frame.left
    assert width - layout["margin"]["r"] == frame.end
    assert layout["margin"]["autoexpand"] is False


def test_only_scatter_traces_each_with_the_name_of_its_series() -> None:
    figure = plotly_figure(everything())
    assert {one["type"] for one in figure["data"]} == {"scatter"}
    named = {one["meta"]["series"] for one in figure["data"]}
    assert named == {"own", "england", "region", "neighbours", "notes"}
    labels = [one["name"] for one in figure["layout"]["annotations"] if "name" in one]
    assert labels == ["own", "england", "region", "neighbours", "target"]


def test_a_mark_says_its_words_and_a_gap_has_none() -> None:
    def interval(point: Point) -> tuple[float, float]:
        return 65.2, 78.66

    counted: dict[str, Any] = {"numerator": 121, "denominator": 167}
    own = (
        point("2024-25 autumn", 72.5, status="provisional", **counted),
        point("2024-25 spring", "c"),
        point("2024-25 summer", 72.5),
    )
    (drawn,) = plotly_figure(trend(view(*own), intervals=interval))["data"]
    assert drawn["text"][0].replace("<br>", " ") == (
        "Autumn 2024/25: 72.5% (121 of 167), 95% interval 65.2% to 78.7%, provisional"
    )
    assert drawn["text"][1] == ""
    assert drawn["error_y"]["arrayminus"][1] is None
    assert drawn["hovertemplate"] == "%{text}<extra></extra>"


def test_words_of_a_note_cannot_become_markup() -> None:
    about: dict[str, Any] = {"id": "n", "source": "A paper", "measures": ("ehcp_20w_excl",)}
    noted = Note(on=dt.date(2024, 10, 1), words="Plans <b>& more", **about)
    flag = plotly_figure(trend(view(point("2024-25 autumn", 60.0), notes=(noted,))))["data"][-1]
    assert flag["customdata"] == ["Plans &lt;b&gt;&amp; more"]


def test_nothing_can_be_dragged_and_the_figure_is_plain_and_light() -> None:
    chart = build_trend(view(*(point("2024-25 autumn", 100 / 3) for _ in (0,))))
    assert chart is not None
    figure = plotly_figure(chart)
    assert figure["layout"]["dragmode"] is False
    assert (
        figure["layout"]["xaxis"]["fixedrange"] is figure["layout"]["yaxis"]["fixedrange"] is True
    )
    assert figure["data"][0]["y"] == [33.33333]
    assert len(json.dumps(plotly_figure(everything()))) < 14_000


def test_months_are_a_line_with_a_dot_only_where_one_stands_alone() -> None:
    months = line("own", month("2024-09", 1.0), month("2024-10", 2.0), month("2024-12", 3.0))
    figure = plotly_figure(trend(view(point("2024-25 autumn", 2.0), months=months)))
    drawn = next(one for one in figure["data"] if one["meta"]["series"] == "months")
    assert drawn["marker"]["size"] == [0, 0, 0, 4.0]
