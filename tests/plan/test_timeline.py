"""The timeline of actions: places by the calendar, shapes by status, nothing by colour alone."""

import datetime as dt
import re
from typing import get_args
from xml.etree import ElementTree

import pytest

from dashboard.charts.geometry import Size
from dashboard.charts.svg_shapes import marks_path
from dashboard.charts.timeline import TimelineBar, build_timeline
from dashboard.charts.timeline_svg import STATUS_LOOKS, status_mark, timeline_svg
from dashboard.words.plan import timeline_words
from schemas.plan import STATUS_WORDS

TODAY = dt.date(2026, 11, 22)
DONE = TimelineBar("1.1a", "A & B", dt.date(2025, 4, 1), dt.date(2026, 4, 30), "done")
LATE = TimelineBar("1.1b", "Late", None, dt.date(2026, 4, 30), "overdue")
NEVER = TimelineBar("1.1c", "No month", None, None, "on_track")


def test_actions_without_a_month_are_left_out() -> None:
    found = build_timeline([DONE, LATE, NEVER], TODAY)
    assert found is not None
    assert found.bars == (DONE, LATE)
    assert found.first < dt.date(2025, 4, 1) < TODAY < found.last
    assert build_timeline([NEVER], TODAY) is None


def test_a_bar_stands_between_its_days_in_both_sizes() -> None:
    found = build_timeline([DONE, LATE], TODAY)
    assert found is not None
    for size in get_args(Size):
        drawn = timeline_svg(found, size)
        root = ElementTree.fromstring(drawn)
        width = float(root.attrib["viewBox"].split()[2])
        bar = re.search(r'd="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" stroke="#0b5d3b"', drawn)
        today = re.search(r'd="M([\d.]+) [\d.]+V[\d.]+" stroke="#0b0c0c"', drawn)
        assert bar
        assert today
        start, end = float(bar[1]), float(bar[2])
        left = (found.last - dt.date(2025, 4, 1)).days
        per_day = (end - start) / (dt.date(2026, 4, 30) - dt.date(2025, 4, 1)).days
        since = (TODAY - dt.date(2026, 4, 30)).days
        assert float(today[1]) - end == pytest.approx(since * per_day, abs=0.3)
        assert start + per_day * left < width
        assert ("A &amp; B" in drawn) is (size == "wide")


def test_every_status_has_a_shape_that_no_other_has() -> None:
    shapes = [STATUS_LOOKS[status].shape for status in STATUS_WORDS]
    assert len(set(shapes)) == len(STATUS_WORDS)
    assert STATUS_LOOKS["overdue"].shape == STATUS_LOOKS["late"].shape
    for status, look in STATUS_LOOKS.items():
        size = 11 * (1.25 if look.shape == "triangle-up" else 1)
        assert marks_path([(8, 8)], look.shape, size) in status_mark(status)


def test_its_words_say_what_it_shows() -> None:
    found = build_timeline([DONE, LATE], TODAY)
    assert found is not None
    said = timeline_words(found)
    assert "2 actions with a month in the plan" in said
    assert "22 November 2026" in said
    assert "Overdue: 1.1b." in said
