"""Sparklines and small multiples: a gap where nothing is known, one axis for all panels."""

from typing import Any

from dashboard.charts.multiples import Multiples, build_multiples
from dashboard.charts.panel_svg import panel_svg
from dashboard.charts.sparkline import sparkline_svg
from dashboard.view import Breakdown, MeasureView, Part
from tests.dashboard.charts.drawn import marks, numbers, outside, overlapping, parsed, words_of
from tests.dashboard.views import measure, stock, view

TERMS = tuple(
    f"{start}-{start + 1 - 2000} {season}"
    for start in range(2022, 2026)
    for season in ("autumn", "spring", "summer")
)


def spark(*values: float | str, **last: Any) -> str:
    points = [stock(term, value) for term, value in zip(TERMS, values, strict=False)]
    if last:
        points[-1] = stock(TERMS[len(values) - 1], values[-1], **last)
    return sparkline_svg(points)


def test_a_sparkline_is_small_hidden_from_listeners_and_inside_its_box() -> None:
    svg = spark(*range(100, 112))
    assert len(svg) < 700
    assert parsed(svg).get("aria-hidden") == "true"
    assert all(0 <= one <= 96 for one in numbers(svg))
    assert svg.count("L") == 7  # the last eight terms


def test_a_sparkline_is_broken_where_a_term_is_hidden_or_was_not_sent() -> None:
    assert spark(1, 2, "c", 4, 5).count("M") == 2
    points = [stock(TERMS[n], value) for n, value in ((0, 1), (1, 2), (3, 4), (4, 5))]
    assert sparkline_svg(points).count("M") == 2


def test_the_last_point_is_marked_only_where_it_is_a_number() -> None:
    assert spark(1, 2, 3).count("<circle") == 1
    assert spark(1, 2, "c").count("<circle") == 0
    assert 'fill="#ffffff"' in spark(1, 2, 3, status="provisional")


def test_without_a_number_nothing_is_drawn() -> None:
    assert list(parsed(spark("c", "x"))) == []
    assert list(parsed(sparkline_svg([]))) == []


def test_a_line_that_hardly_moves_looks_flat() -> None:
    heights = numbers(spark(1000, 1001, 1000))[1:6:2]
    assert max(heights) - min(heights) < 1


def history(*values: float | str) -> Part:
    points = tuple(stock(term, value) for term, value in zip(TERMS, values, strict=False))
    return Part(f"c{values[0]}", f"need & {values[0]}", points[-1], points)


def need(*parts: Part) -> MeasureView:
    shown = Breakdown("need", "Need", TERMS[3], parts)
    return view(stock(TERMS[3], 60), about=measure("ehcp_active"), breakdowns=(shown,))


def multiples(*parts: Part) -> Multiples:
    made = build_multiples(need(*parts), "need")
    assert made is not None
    return made


def test_all_panels_share_an_axis_and_say_their_latest_value() -> None:
    made = multiples(history(10, 20, 30, 40), history(1, 2, "c", "c"))
    assert [panel.words for panel in made.panels] == ["40", "hidden to protect privacy"]
    assert (made.low, made.high) == ("0", "40")
    assert (made.begins, made.ends) == ("Aut 2022/23", "Aut 2023/24")


def test_a_panel_draws_nothing_for_a_symbol() -> None:
    made = multiples(history(10, 20, "c", 40), history("c", "c", "x", "c"))
    one, none = (panel_svg(made, panel) for panel in made.panels)
    assert marks(parsed(one)) == 2  # the newest number, and that it stands alone
    assert marks(parsed(none)) == 0


def test_a_panels_words_fit() -> None:
    made = multiples(history(1000, 1200, 1100, 1300))
    svg = panel_svg(made, made.panels[0])
    assert outside(svg) == []
    assert overlapping(words_of(svg)) == []


def test_of_many_categories_the_twelve_largest_get_a_panel() -> None:
    made = multiples(*(history(n, n + 1, n + 2, n + 3) for n in range(15)))
    assert len(made.panels) == 12
    assert made.left_out == 3
    assert made.panels[0].words == "17"


def test_one_number_is_no_line() -> None:
    assert build_multiples(need(history(10)), "need") is None
    assert build_multiples(need(history(10, 11)), "placement") is None
