"""What stands on the pages, read from their Dash layout as a person reads it."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.address import parse_address
from dashboard.pages.router import build_page
from dashboard.pages.site import Site
from dashboard.settings import Settings
from schemas.area import load_area_settings
from schemas.database import Database
from schemas.measure import load_measures

AREA = "/dashboard/E06000005/"


@pytest.fixture(scope="session")
def site(published: Database) -> Site:
    return Site(published, Settings())


def parts(node: Any) -> Iterator[Component]:
    if isinstance(node, (list, tuple)):
        for one in node:
            yield from parts(one)
    elif isinstance(node, Component):
        yield node
        yield from parts(getattr(node, "children", None))


def text(node: Any) -> str:
    if isinstance(node, (list, tuple)):
        return " ".join(text(one) for one in node)
    if isinstance(node, Component):
        return text(getattr(node, "children", None))
    return "" if node is None else str(node)


def found(node: Any, kind: str) -> list[Component]:
    return [one for one in parts(node) if type(one).__name__ == kind]


def shown(site: Site, path: str = AREA, search: str = "") -> list[Any]:
    return build_page(site, path, search).body


def test_the_overview_has_every_measure_as_a_row(site: Site) -> None:
    page = shown(site)
    links = {link.href for link in found(page, "A")}
    for measure in load_measures().values():
        assert f"{AREA}measure/{measure.id}" in links
    headings = [text(one) for one in found(page, "H2")]
    priorities = [priority.title for priority in load_area_settings()["E06000005"].priorities]
    assert headings == [*priorities, "Reading this page"]


def row(page: Any, measure_id: str) -> str:
    (one,) = [
        row
        for row in found(page, "Tr")
        if any(link.href.endswith(f"/{measure_id}") for link in found(row, "A"))
    ]
    return " ".join(text(one).split())


def test_a_row_says_value_period_change_and_england_in_words(site: Site) -> None:
    said = row(shown(site), "ehcp_20w_excl")
    assert "83.1% Summer 2025/26, provisional" in said
    assert "Up 1.0 percentage points on Summer 2024/25" in said
    assert "Calendar year 2025" in said


def test_counts_are_not_set_beside_england(site: Site) -> None:
    assert "A count, so not compared" in row(shown(site), "ehcp_active")


def test_no_verdict_is_given(site: Site) -> None:
    said = text(shown(site)).lower()
    for verdict in ("better", "worse", "improv", "good", "poor"):
        assert verdict not in said


def test_the_address_chooses_what_is_shown(site: Site) -> None:
    core = found(shown(site, search="?show=core"), "Tr")
    every = found(shown(site), "Tr")
    plans = shown(site, search="?theme=plans")
    assert len(core) < len(every)
    assert next(text(one) for one in found(plans, "H2")) == "Quality and timeliness of EHC plans"
    assert len(found(plans, "Table")) == 1
    current = [text(a) for a in found(plans, "A") if "aria-current" in a.to_plotly_json()["props"]]
    assert current == ["Darlington", "All measures", "EHC plans"]
    assert len(found(shown(site, search="?theme=nonsense&x=1"), "Tr")) == len(every)


def test_an_area_without_figures_says_so(site: Site) -> None:
    page = shown(site, "/dashboard/E06000047/")
    assert "No figures have been published for County Durham yet." in text(page)
    assert "County Durham (no figures yet)" in text(page)
    page = shown(site, "/dashboard/E06000047/measure/ehcp_active")
    assert "No figures for this measure have been published for County Durham yet." in text(page)
    assert "Why it matters" in text(page)


@pytest.mark.parametrize("measure_id", load_measures())
def test_every_measure_has_a_whole_page(site: Site, measure_id: str) -> None:
    measure = load_measures()[measure_id]
    page = shown(site, f"{AREA}measure/{measure_id}")
    said = text(page)
    assert [text(one) for one in found(page, "H1")] == [measure.title]
    assert "Invented sample data." in said
    assert measure.definition.numerator in said
    assert measure.owner in said
    if "No figures for this measure" in said:
        return
    (graph,) = found(page, "Graph") or [None]
    if graph is not None:
        config = graph.config
        assert config["staticPlot"] is True
        assert config["displayModeBar"] is False
        assert config["showSendToCloud"] is False
        assert isinstance(graph.figure, dict)
    assert "Show the data as a table" in said
    assert any(f"measure/{measure_id}.csv" in (a.href or "") for a in found(page, "A"))
    assert "Source: " in said


def test_a_missing_value_is_words_and_never_nought(site: Site) -> None:
    said = text(shown(site, f"{AREA}measure/cme_send"))
    assert "No figure for Autumn 2022/23: hidden to protect privacy." in said
    said = text(shown(site, f"{AREA}measure/part_time_timetable"))
    assert "No figure for Autumn 2022/23 to Summer 2023/24: not available." in said


def test_the_breakdown_follows_the_address(site: Site) -> None:
    first = text(shown(site, f"{AREA}measure/suspension_rate"))
    assert "By SEN status" in first
    phases = text(shown(site, f"{AREA}measure/suspension_rate", "?by=school_phase"))
    assert "By school phase" in phases


def test_an_overdue_review_shows(site: Site, published: Database) -> None:
    import datetime as dt

    late = Site(published, Settings(today=lambda: dt.date(2030, 1, 1)))
    path = f"{AREA}measure/ehcp_active"
    assert "overdue" in text(shown(late, path))
    assert "overdue" not in text(
        shown(Site(published, Settings(today=lambda: dt.date(2026, 1, 1))), path)
    )


def test_an_unknown_address_inside_the_dashboard_has_ways_on(site: Site) -> None:
    page = shown(site, "/dashboard/E06000005/measure/nothing")
    assert "There is no page at this address" in text(page)
    assert "/dashboard/E06000005/" in [link.href for link in found(page, "A")]


@pytest.mark.parametrize(
    "path", ["", "/", "/dashboard/", "/dashboard/E06000005", "/dashboard/e06000005/", None, 3]
)
def test_only_whole_addresses_are_pages(path: object) -> None:
    assert parse_address(path, "", Settings()) is None


def test_pages_are_fast(site: Site) -> None:
    for path in (AREA, f"{AREA}measure/nd_waiting"):
        shown(site, path)
        start = time.perf_counter()
        shown(site, path)
        assert time.perf_counter() - start < 0.5  # about 0.05 s alone; the machine is shared
