"""An area is served by its settings file alone: its names, priorities, neighbours and targets."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard import create_app
from dashboard.releases.demo import publish_invented_drafts
from dashboard.settings import Settings
from loaders.load import load_file
from loaders.report import Sender
from schemas.area import load_areas
from schemas.area_settings import AreaSettings, load_area_settings
from schemas.database import Database
from schemas.resources import resource_folder
from tests.builders import saved
from tests.dashboard.page_text import DURHAM, links, main, opened, row, words
from tests.dashboard.published import copied

GATESHEAD = "/dashboard/E08000037/"
TERMS = ("2024-25_summer", "2025-26_spring", "2025-26_summer")
SETTINGS = """
name = "Gateshead"
full_name = "Gateshead Council"
partnership = "An invented SEND partnership for Gateshead"
region_code = "E12000001"
neighbour_model = "2025"
neighbour_method = "median"
nhs_areas = ["QHM"]
organisations = ["Gateshead Council"]
extracts = ["ehc_timeliness", "exclusions", "nd_waits"]
site_name = "SEND beside the Tyne"
logo = "favicon.svg"
logo_words = "A small chart"

[[priorities]]
title = "Plans on time"
themes = ["timeliness"]

[[priorities]]
title = "Safe and happy in school"
themes = ["in_school"]

[[priorities]]
title = "Shorter waits"
themes = ["health_waits"]

[targets.nd_waiting]
value = 300
kind = "local"
source = "An aim made up for this test, page 4"
by_on = 2027-03-31

[[contacts]]
name = "Gateshead SENDIASS"
web = "https://example.org/gateshead"

[[groups]]
title = "Tyneside"
areas = ["E08000037", "E08000021", "E08000022", "E08000023"]
"""


def area_alone(folder: Path, code: str, text: str) -> AreaSettings:
    """The only area of a folder of settings."""
    (folder / f"{code}.toml").write_text(text, encoding="utf-8")
    (area,) = load_area_settings(folder).values()
    return area


@pytest.fixture
def gateshead(published: Database, tmp_path: Path) -> FlaskClient:
    area = area_alone(tmp_path, "E08000037", SETTINGS)
    return create_app(published, Settings(areas={area.code: area})).test_client()


@pytest.fixture
def durham(published: Database, tmp_path: Path) -> FlaskClient:
    text = (resource_folder("data") / "areas" / "E06000047.toml").read_text(encoding="utf-8")
    area = area_alone(tmp_path, "E06000047", text)
    return create_app(published, Settings(areas={area.code: area})).test_client()


def pages_of(client: FlaskClient, start: str) -> list[str]:
    """The overview, the gaps and every measure's page."""
    page = opened(client, start)
    measures = {link for link in links(page) if link.startswith(f"{start}measure/")}
    plain = (link.partition("?")[0].partition("#")[0] for link in measures)
    own = {link for link in plain if not link.endswith("/compare")}
    return [start, f"{start}gaps", *sorted(own)]


def test_every_page_of_durham_is_of_durham(durham: FlaskClient) -> None:
    paths = pages_of(durham, DURHAM)
    assert len(paths) > 55
    for path in paths:
        page = opened(durham, path)
        assert str(page.title).find("County Durham – SEND dashboard") > 0
        # One definition tells where it was checked.
        said = words(page)
        assert "Darlington" not in said, path
        assert "E06000005" not in str(page), path
        assert "County Durham SEND Partnership" in words(page.header)
        assert "County Durham SENDIASS" in words(page.footer)


def test_other_councils_stand_only_in_lists_of_councils(durham: FlaskClient) -> None:
    page = opened(durham, f"{DURHAM}measure/ehcp_20w_excl/compare?among=region")
    assert "Darlington" in words(page.main)
    for one in page.select("table, svg, form, ol.near"):
        one.extract()
    assert "Darlington" not in words(page)


def test_durham_has_its_own_priorities_groups_and_neighbours(durham: FlaskClient) -> None:
    headings = [words(one) for one in opened(durham, DURHAM).find_all("h2")]
    assert headings[:3] == [
        "Presence",
        "Achievement: timely assessment and support",
        "Belonging: education near home",
    ]
    compare = f"{DURHAM}measure/ehcp_20w_excl/compare"
    assert "North East counties" in words(opened(durham, compare).select_one("main .choices"))
    page = opened(durham, f"{compare}?among=neighbours")
    table = words(page.main.find("table"))
    with (resource_folder("data") / "benchmarks" / "neighbours.csv").open(encoding="utf-8") as file:
        wanted = [
            load_areas().get(one["neighbour_code"])
            for one in csv.DictReader(file)
            if (one["model"], one["area_code"]) == ("2025", "E06000047")
        ]
    assert len(wanted) == 10
    for area in wanted:
        assert area is not None
        assert area.name in table


def test_an_area_that_was_never_here_needs_nothing_but_its_file(gateshead: FlaskClient) -> None:
    for path in pages_of(gateshead, GATESHEAD):
        page = opened(gateshead, path)
        assert "Darlington" not in words(page)
        assert str(page.title).endswith("Gateshead – SEND beside the Tyne</title>")
        assert "An invented SEND partnership for Gateshead" in words(page.header)
        assert page.header.find("a", string="SEND beside the Tyne")
        assert page.footer.find("a", href="https://example.org/gateshead")
        assert "Invented sample data" not in words(page)


def test_its_priorities_and_what_it_sends_make_its_overview(gateshead: FlaskClient) -> None:
    page = opened(gateshead, GATESHEAD)
    headings = [words(one) for one in page.find_all("h2")]
    assert headings[:3] == ["Plans on time", "Safe and happy in school", "Shorter waits"]
    assert "No figures of its own have been published for Gateshead yet." in words(page)
    assert "80.8% calendar year 2024" in row(page, "ehcp_20w_excl")
    assert gateshead.get(f"{GATESHEAD}measure/salt_waiting").status_code == 404
    assert gateshead.get(f"{GATESHEAD}measure/nd_waiting").status_code == 200


def test_its_pages_speak_of_its_own_published_figures(gateshead: FlaskClient) -> None:
    said = main(gateshead, f"{GATESHEAD}measure/ehcp_20w_excl")
    assert "Gateshead has sent no figures of its own for this measure." in said
    assert "80.8% calendar year 2024, published figure" in said
    assert "Gateshead’s published figure was 80.8% (95% interval 75.4% to 85.3%)" in said
    assert "better than the North East’s 49.0%" in said


def test_its_logo_stands_in_the_header_with_its_words(gateshead: FlaskClient) -> None:
    logo = opened(gateshead, GATESHEAD).select_one("header img.logo")
    assert logo is not None
    assert logo["alt"] == "A small chart"
    assert gateshead.get(str(logo["src"])).mimetype == "image/svg+xml"


def test_it_compares_itself_within_its_group_and_without_neighbours(
    gateshead: FlaskClient,
) -> None:
    compare = f"{GATESHEAD}measure/ehcp_20w_excl/compare"
    page = opened(gateshead, f"{compare}?among=tyneside")
    assert words(page.main).count("South Tyneside")
    assert "Newcastle upon Tyne" in words(page.main.find("table"))
    choices = words(page.select_one("main .choices"))
    assert "Tyneside" in choices
    assert "Statistical neighbours" not in choices  # none are known for it
    assert gateshead.get(f"{compare}?among=neighbours").status_code == 200
    found = gateshead.get(f"{compare}.csv?among=tyneside").data.decode("utf-8-sig")
    rows = [*csv.DictReader(io.StringIO(found, newline=""))]
    assert [one["area_name"] for one in rows if one["kind"] == "own"] == ["Gateshead"]


def test_its_own_target_is_on_its_page_alone(gateshead: FlaskClient, client: FlaskClient) -> None:
    words_of_it = "An aim made up for this test, page 4"
    assert words_of_it in main(gateshead, f"{GATESHEAD}measure/nd_waiting")
    assert words_of_it not in main(client, f"{DURHAM}measure/nd_waiting")


def test_the_front_door_names_the_areas_of_the_settings(gateshead: FlaskClient) -> None:
    said = words(opened(gateshead, "/"))
    assert "Gateshead" in said
    assert "Darlington" not in said
    assert gateshead.get("/dashboard/").headers["Location"] == GATESHEAD
    assert gateshead.get("/dashboard/E06000005/").status_code == 404


@pytest.fixture(scope="module")
def sent_by_durham(
    published: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """The sample's figures as if Durham had sent them; it sends no sheet of special places."""
    database = copied(published, tmp_path_factory.mktemp("durham"))
    for term in TERMS:
        path = resource_folder("data") / "sample" / f"darlington_{term}.xlsx"
        content = as_durham(path)
        report = load_file(database, content, f"durham_{term}.xlsx", Sender(invented=True))
        assert report.loaded, (report.message, report.problems)
    assert publish_invented_drafts(database) == len(TERMS)
    yield database
    database.close()


def as_durham(path: Path) -> bytes:
    book = openpyxl.load_workbook(path)
    del book["Special school places"]
    given = {"Area code": "E06000047", "Organisation": "Durham County Council"}
    for label, cell, *_ in book["About this return"].iter_rows():
        if label.value in given:
            cell.value = given[label.value]
    return saved(book)


def test_terms_that_durham_sent_are_shown_as_its_own(sent_by_durham: Database) -> None:
    client = create_app(sent_by_durham).test_client()
    page = opened(client, DURHAM)
    assert "The figures that County Durham sent" in words(page)
    assert "83.1% Summer 2025/26" in row(page, "ehcp_20w_excl")
    whole = opened(client, f"{DURHAM}measure/ehcp_20w_excl")
    said = words(whole.main)
    assert "County Durham’s figure was 83.1%" in said
    assert "Source: Durham County Council, release of Summer term 2025/26" in said
    assert whole.select('.chart-svg-wide [data-series="published"]')
    assert "County Durham (published)" in words(whole.table)
    assert "Darlington" not in said
    text = client.get(f"{DURHAM}measure/ehcp_20w_excl.csv").data.decode("utf-8-sig")
    assert "Darlington" not in text
    assert "2025-26 summer" in text


def test_terms_of_one_area_change_nothing_in_another(
    sent_by_durham: Database, client: FlaskClient
) -> None:
    with_both = create_app(sent_by_durham).test_client()
    for path in ("", "gaps", "measure/nd_waiting", "measure/ehcp_20w_excl/compare"):
        here = f"/dashboard/E06000005/{path}"
        assert main(with_both, here) == main(client, here)


def test_what_an_area_does_not_send_has_no_page(sent_by_durham: Database) -> None:
    client = create_app(sent_by_durham).test_client()
    assert client.get(f"{DURHAM}measure/special_places").status_code == 404
    assert client.get("/dashboard/E06000005/measure/special_places").status_code == 200


def test_another_method_for_neighbours_is_a_setting(published: Database, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(resource_folder("data") / "areas", tmp_path / "areas"))
    areas = load_area_settings(folder)
    middle = replace_method(areas, "E06000047", "median")
    found = [
        main(create_app(published, Settings(areas=one)).test_client(), f"{DURHAM}{PAGE}")
        for one in (areas, middle)
    ]
    assert "mean of 10 of 10 statistical neighbours" in found[0]
    assert "median of 10 of 10 statistical neighbours" in found[1]


PAGE = "measure/ehcp_20w_excl"


def replace_method(
    areas: dict[str, AreaSettings], code: str, method: str
) -> dict[str, AreaSettings]:
    return {**areas, code: areas[code].model_copy(update={"neighbour_method": method})}
