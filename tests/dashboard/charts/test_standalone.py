"""A chart as a file of its own: it says what it shows, whose it is and when it was made."""

import xml.etree.ElementTree as ET

from dashboard.charts.standalone import standalone_svg
from dashboard.charts.svg import trend_svg
from tests.dashboard.charts.drawn import SVG, outside, overlapping, parsed, words_of
from tests.dashboard.charts.test_trend_svg import everything


def alone() -> str:
    return standalone_svg(
        trend_svg(everything("Bristol, City of"), "wide", "t"),
        "Plans in 20 weeks: “Bristol, City of” & its <neighbours>, a title that needs two lines",
        "Per cent, Bristol, City of, Autumn 2021/22 to Summer 2024/25",
        ["Source: Department for Education, Education, health and care plans, " * 2],
        "Made on 22 November 2026",
        "Bristol & others.",
    )


def test_it_has_a_title_a_description_and_a_size() -> None:
    root = parsed(alone())
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text or "").startswith("Plans in 20 weeks: “Bristol, City of” & its <neighbours>")
    assert description.text == "Bristol & others."
    assert float(root.get("width", "0")) == 848
    assert root.get("role") == "img"
    assert root.get("aria-hidden") is None


def test_it_starts_on_white_and_holds_the_drawing_once() -> None:
    root = parsed(alone())
    assert len(list(root.iter(f"{SVG}svg"))) == 1
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == "#ffffff"
    assert [one for one in root.iter() if one.get("data-series") == "own"]


def test_its_words_fit_and_say_source_and_date() -> None:
    root = parsed(alone())
    (drawing,) = (one for one in root if one.get("transform"))
    root.remove(drawing)  # its own words are tested where it is made
    frame = ET.tostring(root, encoding="unicode")
    assert outside(frame) == []
    assert overlapping(words_of(frame)) == []
    said = [one.text for one in words_of(frame)]
    assert said[-1] == "Made on 22 November 2026"
    assert said[-3].startswith("Source: Department for Education")
