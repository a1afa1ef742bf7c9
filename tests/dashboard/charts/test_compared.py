"""A strip of areas and the SEND gap: sorted, told apart by shape and colour, no number no mark."""

import json
import math

import pytest

from dashboard.charts.gap import GapChart, GapRow, GapValue, build_gap
from dashboard.charts.gap_svg import gap_svg
from dashboard.charts.geometry import Size
from dashboard.charts.strip import Reference, Role, Strip, StripMark, build_strip
from dashboard.charts.strip_places import end_words, own_words, places_of
from dashboard.charts.strip_plotly import plotly_strip
from dashboard.charts.strip_svg import strip_svg
from tests.dashboard.charts.drawn import marks, numbers, outside, overlapping, series, words_of
from tests.dashboard.views import measure


def area(place: int, value: float | None, role: Role = "other") -> StripMark:
    low, high = (None, None) if value is None else (max(value - 6, 0), min(value + 6, 100))
    return StripMark(f"E{place}", f"Area {place}", value, low, high, role, f"Area & {place}: said")


REFERENCES = (
    Reference("england", 46.4, "England 46.4%"),
    Reference("region", 47.0, "North East 47.0%"),
    Reference("neighbours", 46.8, "Statistical neighbours’ mean 46.8%"),
)


def strip(own: int, many: int = 151) -> Strip:
    roles: dict[int, Role] = {own: "own", 3: "neighbour", 9: "group"}
    areas = [area(n, 100 * n / many, roles.get(n, "other")) for n in range(many)]
    words = "Bournemouth, Christchurch & Poole 61.1%"
    made = build_strip(reversed(areas), REFERENCES, measure(), words)
    assert made is not None
    return made


def test_areas_are_sorted_and_one_without_a_number_is_left_out() -> None:
    areas = (area(1, 50.0), area(2, None), area(3, 20.0), area(4, 0.0))
    made = build_strip(areas, (), measure())
    assert made is not None
    assert [one.code for one in made.areas] == ["E4", "E3", "E1"]
    assert marks(series(strip_svg(made, "wide"))["other"]) == 3
    assert build_strip((area(2, None),), (), measure()) is None


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("own", [0, 40, 75, 120, 150])
def test_the_words_of_a_strip_fit_and_cover_nothing(size: Size, own: int) -> None:
    svg = strip_svg(strip(own), size)
    assert outside(svg) == []
    assert overlapping(words_of(svg)) == []
    assert all(math.isfinite(one) for one in numbers(svg))


def test_the_areas_own_label_stands_clear_of_lines_and_marks() -> None:
    places = places_of(strip(40), "wide")
    label = own_words(places)
    assert label is not None
    assert all(abs(places.y(one.value) - label.y) >= 12 for one in REFERENCES)
    assert len(end_words(places)) == 3


def test_own_neighbours_and_others_differ_in_shape_and_colour() -> None:
    figure = plotly_strip(strip(40))
    looks = [(one["marker"]["symbol"], one["marker"]["color"]) for one in figure["data"]]
    assert len(set(looks)) == 4
    assert figure["data"][-1]["meta"] == {"series": "own"}
    assert {one["type"] for one in figure["data"]} == {"scatter"}


def test_a_live_strip_has_the_size_of_the_drawing_and_is_light() -> None:
    figure = plotly_strip(strip(40), "narrow")
    assert (figure["layout"]["width"], figure["layout"]["height"]) == (320, 320)
    assert figure["data"][0]["text"][0] == "Area &amp; 0: said"
    assert len(json.dumps(figure)) < 22_000


def gap(support: GapValue) -> GapChart:
    rows = (
        GapRow("EHC plan", GapValue(19.2, "19.20"), GapValue(21.0, "21.03")),
        GapRow("SEN support", support, GapValue(15.8, "15.81")),
        GapRow("No SEN", GapValue(4.1, "4.10"), GapValue(3.9, "3.90")),
    )
    made = build_gap(rows, "Bristol, City of & more", measure("suspension_rate"))
    assert made is not None
    return made


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_gap_has_no_mark_and_no_line_for_a_symbol(size: Size) -> None:
    hidden = gap_svg(gap(GapValue(None, "hidden to protect privacy")), size)
    assert marks(series(hidden)["own"]) == 2
    assert marks(series(hidden)["england"]) == 3
    assert "hidden to protect privacy" in [one.text for one in words_of(hidden)]
    assert outside(hidden) == []
    assert overlapping(words_of(hidden)) == []


def test_an_area_that_has_nothing_to_say_is_not_in_the_key() -> None:
    nothing = GapValue(None, "")
    rows = [GapRow(label, GapValue(5.0, "5.0%"), nothing) for label in ("EHC plan", "No SEN")]
    made = build_gap(rows, "Darlington", measure())
    assert made is not None
    assert "England" not in [one.text for one in words_of(gap_svg(made, "wide"))]


def test_the_gap_without_a_number_is_not_drawn() -> None:
    none = GapValue(None, "not available")
    assert build_gap([GapRow("EHC plan", none, none)], "Darlington", measure()) is None
