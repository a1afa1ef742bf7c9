"""A chart in words: what is drawn, all of it, and nothing that is hidden."""

import datetime as dt
from dataclasses import replace

from dashboard.charts.chart import Chart, Limit
from dashboard.charts.description import describe, reading_notes
from dashboard.charts.trend import build_trend
from dashboard.view import Line, MeasureView
from schemas.note import Note
from tests.dashboard.views import line, month, point, view, year

OWN = (point("2023-24 autumn", 80.0), point("2023-24 spring", 70.0), point("2023-24 summer", 75.0))


def trend(shown: MeasureView, limits: tuple[Limit, ...] = (), sure: bool = False) -> Chart:
    chart = build_trend(shown, (lambda _: (61.0, 86.5)) if sure else None, limits)
    assert chart is not None
    return chart


def note(on: str, breaks: bool = False) -> Note:
    words = {"words": "It is counted anew.", "source": "The law"}
    day = dt.date.fromisoformat(on)
    return Note(id="one", on=day, breaks=breaks, measures=("ehcp_20w_excl",), **words)


def test_a_hidden_line_is_not_said() -> None:
    shown = view(*OWN, comparators=(line("england", year(2023, 46.4)),))
    chart = trend(shown)
    assert "England 46.4%" in describe(shown, chart)
    without = replace(chart, comparators=(), levels=())
    assert "England" not in describe(shown, without)
    assert "46.4" not in describe(shown, without)


def test_months_are_said_while_they_are_drawn() -> None:
    months = Line("own", "Darlington", "monthly", (month("2024-01", 71.0), month("2024-02", 72.0)))
    shown = view(*OWN, months=months)
    chart = trend(shown)
    said = "Each month is drawn too; the latest is 72.0% in February 2024."
    assert said in describe(shown, chart)
    assert "month" not in describe(shown, replace(chart, months=None))


def test_intervals_are_said_only_where_they_are_drawn() -> None:
    shown = view(*OWN)
    assert "interval" not in describe(shown, trend(shown))
    sure = describe(shown, trend(shown, sure=True))
    assert "95% intervals are drawn; the latest is 61.0% to 86.5%." in sure


def test_every_provisional_figure_is_said() -> None:
    first, second, third = OWN
    changed = [replace(one, status="provisional") for one in (second, third)]
    shown = view(first, *changed)
    said = describe(shown, trend(shown))
    assert "75.0% in Summer 2023/24 (provisional)." in said
    assert "Also provisional: Spring 2023/24." in said


def test_notes_and_breaks_are_said() -> None:
    shown = view(*OWN, notes=(note("2024-02-01", breaks=True),))
    said = describe(shown, trend(shown))
    assert "Note at 1 February 2024 (1)." in said
    assert "Figures on either side of 1 February 2024 are not compared." in said


def test_limits_are_said_as_they_are_drawn() -> None:
    span = dt.date(2023, 9, 1), dt.date(2024, 8, 31)
    limits = (Limit("mean", 75.0, *span, True), Limit("upper", 140.0, *span, True))
    shown = view(*OWN)
    said = describe(shown, trend(shown, limits))
    assert "Trial lines of usual change: the average 75.0%." in said
    assert "140" not in said


def test_a_symbol_is_said_without_a_number() -> None:
    hidden = point("2024-25 autumn", "c", numerator=4321, denominator=98765)
    shown = view(*OWN, hidden)
    said = describe(shown, trend(shown))
    assert "No figure for Autumn 2024/25: hidden to protect privacy." in said
    assert "4,321" not in said
    assert "4321" not in said


def test_a_picture_alone_says_how_to_read_its_marks() -> None:
    shown = view(*OWN, notes=(note("2024-02-01", breaks=True),))
    assert [*reading_notes(trend(shown, sure=True))] == [
        "Upright line through a mark: 95% interval, what chance alone could make of it. "
        "The upright axis does not start at 0.",
        "1: 1 February 2024. It is counted anew. Figures on either side are not compared.",
    ]
