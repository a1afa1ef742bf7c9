"""The chart library we carry is the version Plotly's package means, and only what we draw with."""

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "vendor"
BUNDLE = FOLDER / "plotly-scatter-4.1.1.min.js"
TEXT = BUNDLE.read_text(encoding="utf-8")
HOST = "http://bundle.test/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'"
FIGURE = {
    "data": [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": "Darlington",
            "x": ["2024-01-15", "2024-05-15", "2024-10-15"],
            "y": [40, 55, 61],
            "error_y": {"type": "data", "array": [4, 5, 6]},
            "marker": {"symbol": "diamond", "color": ["#206095", "rgb(9,9,9)", "white"]},
        },
        {"type": "scatter", "mode": "lines", "x": ["2024-01-01", "2024-12-31"], "y": [50, 50]},
    ],
    "layout": {
        "width": 600,
        "height": 400,
        "hovermode": "x unified",
        "xaxis": {"type": "date"},
        "shapes": [
            {"type": "line", "yref": "paper", "x0": "2024-09-01", "x1": "2024-09-01"},
            {"type": "rect", "x0": "2024-02-01", "x1": "2024-04-01", "y0": 45, "y1": 50},
        ],
        "annotations": [{"x": "2024-05-15", "y": 55, "text": "New rules", "showarrow": False}],
    },
}
# Called twice, as Dash does for a figure that changes.
DRAW = f"""
const figure = {json.dumps(FIGURE)};
Plotly.react('chart', figure.data, figure.layout, {{displayModeBar: false, responsive: true}})
  .then(() => Plotly.react('chart', figure.data, {{...figure.layout, height: 300}}))
  .then(() => document.getElementById('chart').setAttribute('data-drawn', 'yes'));
"""
PAGE = """<!DOCTYPE html><html lang="en-GB"><title>Chart</title>
<div id="chart"></div><script src="/plotly.js"></script><script src="/draw.js"></script></html>"""


def test_it_is_the_version_inside_the_python_package() -> None:
    package = find_spec("plotly")
    assert package is not None
    assert package.origin is not None
    whole = Path(package.origin).parent / "package_data" / "plotly.min.js"
    assert _version(TEXT) == _version(whole.read_text(encoding="utf-8")) == "4.1.1"
    assert f'"{_version(TEXT)}"' in TEXT  # what it says of itself when it runs


def test_it_says_its_licence_first() -> None:
    assert "Licensed under the MIT license" in TEXT[:300]
    assert "Copyright" in TEXT[:300]


def test_the_notices_of_the_packages_inside_are_kept() -> None:
    notices = BUNDLE.with_name("plotly-scatter-4.1.1.LICENCES.txt").read_text(encoding="utf-8")
    for package in ("plotly.js", "@plotly/d3", "d3-format", "culori"):
        assert f"== {package} " in notices


def test_scatter_is_its_only_trace() -> None:
    assert re.findall(r'moduleType:"trace",name:"(\w+)"', TEXT) == ["scatter"]
    assert TEXT.count('moduleType:"trace"') == 1


@pytest.mark.parametrize("text", ["eval(", "new Function", 'Function("', "cdn.plot.ly"])
def test_it_needs_no_eval_and_no_other_host(text: str) -> None:
    assert text not in TEXT


def test_it_has_nothing_that_sends_a_chart_away() -> None:
    assert "cloud.plotly" not in TEXT
    assert "Share chart" not in TEXT


def test_the_file_is_the_one_described() -> None:
    described = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert hashlib.sha256(BUNDLE.read_bytes()).hexdigest() in described
    assert f"| {BUNDLE.stat().st_size:,} |" in described


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.browser
def test_it_draws_dates_shapes_notes_and_intervals_under_a_strict_policy(page: Page) -> None:
    said = _open(page)
    for part, count in {
        ".scatterlayer .trace": 2,
        ".errorbar": 3,
        ".shapelayer path": 2,
        ".annotation-text": 1,
        ".scatterlayer .point": 3,
    }.items():
        assert page.locator(part).count() == count, part
    assert "2024" in (page.locator(".xaxislayer-above").text_content() or "")
    assert said == []


@pytest.mark.browser
def test_it_tells_a_point_that_is_pointed_at(page: Page) -> None:
    said = _open(page)
    box = page.locator(".nsewdrag").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.5, steps=5)
    page.locator(".hoverlayer text").first.wait_for()
    assert "Darlington" in (page.locator(".hoverlayer").text_content() or "")
    assert said == []


def _open(page: Page) -> list[str]:
    """Draws the figure; returns what the browser complains of, then and later."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route("**/*", _answer)
    page.goto(HOST)
    page.locator("#chart[data-drawn=yes] .main-svg").first.wait_for()
    return said


def _answer(route: Route) -> None:
    script = {"content-type": "text/javascript"}
    name = route.request.url.removeprefix(HOST)
    if name == "":
        headers = {"content-type": "text/html", "content-security-policy": POLICY}
        route.fulfill(body=PAGE, headers=headers)
    elif name == "favicon.ico":
        route.fulfill(status=204)
    else:
        route.fulfill(body={"plotly.js": TEXT, "draw.js": DRAW}[name], headers=script)


def _version(text: str) -> str:
    found = re.search(r"^\* plotly\.js (?:\(.*\) )?v([\d.]+)$", text, re.MULTILINE)
    assert found is not None
    return found[1]
