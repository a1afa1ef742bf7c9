"""Files to take away: tidy, unrounded, safe to open, and exactly what the page shows."""

import csv
import datetime as dt
import io
import re
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from python_calamine import CalamineWorkbook

from dashboard.address import Address
from dashboard.analysis.verdict import judge
from dashboard.charts.description import describe
from dashboard.charts.table import build_table
from dashboard.downloads.picture import picture_png, pixels
from dashboard.downloads.separated import Rows, csv_bytes, harmless
from dashboard.downloads.spreadsheet import Book, Sheet, workbook_bytes
from dashboard.downloads.tidy import HEADINGS, tidy_rows
from dashboard.edition import Edition, EditionName
from dashboard.pages.downloads import KINDS, measure_files
from dashboard.pages.measure_file import (
    Shown,
    chart_file,
    lasting_address,
    tidy_file,
    workbook_file,
)
from dashboard.pages.shell import Link
from dashboard.pages.statements import statements
from dashboard.pages.trend import hidden_keys, trend_chart
from dashboard.queries.editions import get_newest_edition
from dashboard.view import Breakdown, MeasureView, Part
from dashboard.viewer import Viewer
from dashboard.views.measure import get_measure_view
from dashboard.words.values import file_size
from schemas.database import Database
from schemas.note import load_notes
from tests.dashboard.views import DARLINGTON, line, measure, point, view, year

EDITION = Edition(EditionName("2025-26 summer", 1, 37, 6), "2026-10-12T09:30:00+00:00")
PAGE = "/dashboard/E06000005/measure/ehcp_20w_excl"
NUMBERS = ("numerator", "denominator", "value", "lower_95", "upper_95")
FORMULAS = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "\u200b=1", "=1")


def shown_of(what: MeasureView, **query: str) -> Shown:
    address = lasting_address(Address(DARLINGTON, "measure", what.measure, query=query), EDITION)
    verdicts = judge(what)
    chart = trend_chart(what, verdicts, hidden_keys(address))
    return Shown(address, what, verdicts, chart, build_table(what), EDITION)


def links_of(one: Shown) -> list[Link]:
    parts = one.address, one.view, one.verdicts, one.chart, one.table, one.edition
    return measure_files(*parts)


def records(content: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def opened_book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def cells(content: bytes) -> list[Any]:
    book = opened_book(content)
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def written(content: bytes) -> str:
    return "\n".join(str(cell.value) for cell in cells(content) if cell.value is not None)


# Tidy rows


def test_a_row_says_everything_of_one_observation() -> None:
    own = point("2024-25 autumn", 72.45508982035929, numerator=121, denominator=167)
    (row,) = records(csv_bytes(tidy_rows(view(own, invented=True), "2025-26-summer.1.37")))
    assert list(row) == list(HEADINGS)
    assert row["area_code"] == "E06000005"
    assert row["measure_id"] == "ehcp_20w_excl"
    assert row["period"] == "2024-25 autumn"
    assert row["period_words"] == "Autumn term 2024/25"
    assert (row["numerator"], row["denominator"]) == ("121", "167")
    assert row["value"] == "72.45508982035929"
    assert float(row["lower_95"]) == pytest.approx(65.23, abs=0.01)
    assert float(row["upper_95"]) == pytest.approx(78.67, abs=0.01)
    assert (row["symbol"], row["status"], row["invented"]) == ("", "final", "yes")
    assert row["edition"] == "2025-26-summer.1.37"


def test_what_is_set_beside_and_every_part_with_its_history_are_rows_too() -> None:
    parts = (Part("primary", "Primary", point("2024-25 autumn", 50.0)),)
    history = (point("2024-25 autumn", 50.0), point("2024-25 spring", 60.0))
    parts = (replace(parts[0], history=history),)
    shown = view(
        *history,
        comparators=(line("england", year(2024, 46.4)), line("neighbours", year(2024, 60.0))),
        breakdowns=(Breakdown("phase", "Phase", "2024-25 spring", parts),),
    )
    found = records(csv_bytes(tidy_rows(shown, "")))
    assert [(r["area_code"], r["basis"], r["breakdown"], r["category_words"]) for r in found] == [
        ("E06000005", "in_term", "all", ""),
        ("E06000005", "in_term", "all", ""),
        ("E92000001", "calendar_year", "all", ""),
        ("", "calendar_year", "all", ""),
        ("E06000005", "in_term", "phase", "Primary"),
        ("E06000005", "in_term", "phase", "Primary"),
    ]


def test_the_file_is_marked_and_its_lines_end_as_the_standard_says() -> None:
    content = csv_bytes(Rows(("a", "é"), ((1.5, "b\nc"),)))
    assert content == b'\xef\xbb\xbfa,\xc3\xa9\r\n1.5,"b\nc"\r\n'


def test_a_negative_number_is_not_text() -> None:
    assert csv_bytes(Rows(("a",), ((-1.5,),))).endswith(b"a\r\n-1.5\r\n")


# Hidden figures


def test_a_hidden_figure_leaves_no_number_in_any_file() -> None:
    hidden = point("2024-25 spring", "c", numerator=4321, denominator=98765)
    own = (point("2024-25 autumn", 70.0), hidden, point("2024-25 summer", 75.0))
    shown = shown_of(view(*own))
    row = next(r for r in records(tidy_file(shown)) if r["period"] == "2024-25 spring")
    assert [row[name] for name in NUMBERS] == [""] * 5
    assert row["symbol"] == "c"
    for text in (tidy_file(shown).decode(), written(workbook_file(shown)), chart_file(shown)):
        assert not re.search("4,?321|98,?765|4.375", text)


def test_an_area_with_symbols_alone_has_no_number_and_no_picture() -> None:
    own = tuple(point(f"2024-25 {term}", "c") for term in ("autumn", "spring", "summer"))
    shown = shown_of(view(*own))
    for row in records(tidy_file(shown)):
        assert [row[name] for name in NUMBERS] == [""] * 5
    assert not [
        cell for cell in cells(workbook_file(shown)) if cell.data_type == "n" and cell.value
    ]
    assert [link.words.split("(")[1][:3] for link in links_of(shown)] == ["CSV", "XLS"]


# Formulas


@pytest.mark.parametrize("text", [*FORMULAS, "%x", "|x", "\uff1d1", "\ufeff=1", "\u00a0@x"])
def test_text_that_could_run_is_kept_from_running(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "Darlington", "2024", "“=1”", "−1", "– x"])
def test_other_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("text", FORMULAS)
def test_no_file_holds_a_formula(text: str) -> None:
    shown = shown_of(view(point("2024-25 autumn", 1.0, source=text, remark=text, vintage=text)))
    assert records(tidy_file(shown))[0]["source"].startswith("'")
    content = workbook_file(shown)
    assert not [cell for cell in cells(content) if cell.data_type == "f"]
    sources = [row[HEADINGS.index("source")].value for row in opened_book(content)["Tidy data"]]
    assert sources[1].startswith("'")


# The workbook


def test_two_readers_find_the_same_sheets_each_with_one_table() -> None:
    content = workbook_file(shown_of(view(point("2024-25 autumn", 72.5))))
    names = ["Cover", "Notes", "Source", "Data", "Tidy data"]
    assert opened_book(content).sheetnames == names
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == names
    heading, row = book.get_sheet_by_name("Data").to_python()
    assert heading[:2] == ["Period", "Darlington"]
    assert row[:2] == ["Autumn term 2024/25", 72.5]
    tidy = book.get_sheet_by_name("Tidy data").to_python()
    assert tidy[0] == [*HEADINGS]


def test_numbers_are_numbers_symbols_are_symbols_and_nothing_is_merged() -> None:
    own = (point("2024-25 autumn", 72.45508982035929), point("2024-25 spring", "c"))
    book = opened_book(workbook_file(shown_of(view(*own))))
    data = book["Data"]
    assert [cell.value for cell in data["B"]] == ["Darlington", "c", 72.45508982035929]
    assert data["B3"].data_type == "n"
    assert not any(sheet.merged_cells.ranges for sheet in book)


def test_headings_stay_in_sight_and_are_named_for_screen_readers() -> None:
    book = opened_book(workbook_file(shown_of(view(point("2024-25 autumn", 72.5)))))
    places = {"Notes": "A2", "Source": "A2", "Data": "B2", "Tidy data": "B2"}
    for name, place in places.items():
        sheet = book[name]
        assert sheet.freeze_panes == place
        assert all(cell.font.bold for cell in sheet[1])
        assert {"Title", "ColumnTitle"} & set(sheet.defined_names)


def test_the_notes_are_the_sentences_of_the_page() -> None:
    own = (point("2023-24 autumn", 80.0), point("2024-25 autumn", "c"))
    shown = shown_of(view(*own, comparators=(line("england", year(2024, 46.4)),)))
    notes = [cell.value for cell in opened_book(workbook_file(shown))["Notes"]["B"]]
    for one in statements(shown.view, shown.verdicts):
        assert any(one.words in note for note in notes)
    assert shown.chart
    assert describe(shown.view, shown.chart) in notes
    assert "There is no number: hidden to protect privacy." in notes


def test_the_cover_says_which_edition_it_is_and_where_it_stays() -> None:
    shown = shown_of(view(point("2024-25 autumn", 72.5), invented=True), hide="england")
    content = workbook_file(shown)
    cover = {row[0].value: row[1].value for row in opened_book(content)["Cover"].iter_rows()}
    assert cover["Edition"] == "Summer term 2025/26, version 1, published 12 October 2026"
    assert cover["Permanent address"] == f"{PAGE}?edition={EDITION.name}&hide=england"
    assert "made up" in cover["Invented figures"]
    properties = opened_book(content).properties
    assert properties.title == f"{shown.view.measure.title}: Darlington"
    assert not properties.creator


def test_the_same_figures_give_the_same_bytes() -> None:
    shown = shown_of(view(point("2024-25 autumn", 72.5)))
    assert workbook_file(shown) == workbook_file(shown)


def test_a_cell_holds_no_more_than_a_spreadsheet_can() -> None:
    book = Book(
        "", dt.datetime(2026, 1, 1), (), (), (), (Sheet("A", "", Rows(("x" * 40_000,), ())),)
    )
    assert len(opened_book(workbook_bytes(book))["A"]["A1"].value) == 32_767


# Pictures


def test_the_picture_brings_its_title_place_sources_date_and_notes() -> None:
    shown = shown_of(view(point("2024-25 autumn", 72.5), point("2024-25 spring", 75.0)))
    root = ET.fromstring(chart_file(shown))
    texts = "".join(root.itertext())
    assert shown.view.measure.title in texts
    for words in ("Darlington, Autumn 2024/25 to Spring 2024/25", "Source: ", "12 October 2026"):
        assert words in texts
    assert root.find("{http://www.w3.org/2000/svg}desc") is not None


def test_what_is_hidden_on_the_page_is_not_in_the_picture() -> None:
    beside = (line("england", year(2024, 46.4)),)
    own = (point("2023-24 autumn", 80.0), point("2024-25 autumn", 72.5))
    whole = chart_file(shown_of(view(*own, comparators=beside)))
    without = chart_file(shown_of(view(*own, comparators=beside), hide="england"))
    assert 'data-series="england"' in whole
    assert 'data-series="england"' not in without
    assert "England 46.4%" not in without


def test_the_pixels_are_twice_the_size_and_hold_the_words() -> None:
    svg = chart_file(shown_of(view(point("2024-25 autumn", 72.5), point("2024-25 spring", 75.0))))
    png = picture_png(svg)
    assert struct.unpack(">II", png[16:24]) == pixels(svg)
    assert png != picture_png(re.sub("<text.*?</text>", "", svg))


@pytest.mark.parametrize("weight", ["400", "700"])
def test_our_fonts_have_every_sign_that_our_words_use(weight: str) -> None:
    def drawn(sign: str) -> bytes:
        words = f'<text x="5" y="20" font-size="20" font-weight="{weight}">{sign}</text>'
        svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">'
        return picture_png(f"{svg}{words}</svg>")

    nothing, stranger = drawn(" "), drawn("\u4e00")
    for sign in "Aa09%£âŵéö–−’“”…":
        assert drawn(sign) not in (nothing, stranger), sign


# On the server


@pytest.fixture(scope="module")
def darlington(published: Database) -> Shown:
    about = measure()
    with published.reading() as connection:
        found = get_measure_view(connection, Viewer.partner, about, DARLINGTON, load_notes())
        edition = get_newest_edition(connection, DARLINGTON.code)
    return replace(shown_of(found), edition=edition)


def test_links_say_the_true_size_of_what_is_served(client: FlaskClient, darlington: Shown) -> None:
    links = links_of(darlington)
    assert [link.url.split("?")[0].rpartition(".")[2] for link in links] == [*KINDS]
    for link in links[:3]:
        answer = client.get(link.url)
        assert file_size(len(answer.data)) in link.words, link
    wide, tall = struct.unpack(">II", client.get(links[3].url).data[16:24])
    assert f"(PNG, {wide:,} by {tall:,} pixels)" in links[3].words


def test_a_link_names_the_measure_and_the_kind(darlington: Shown) -> None:
    first, *_, last = links_of(darlington)
    assert first.words.startswith("Download the data for “20 weeks, without exceptions” (CSV, ")
    assert last.words.startswith("Download the chart of “20 weeks, without exceptions” (PNG, ")
    assert "edition=" in first.url


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_saved_under_the_name_of_measure_and_area(client: FlaskClient, kind: str) -> None:
    answer = client.get(f"{PAGE}.{kind}")
    name = f"ehcp_20w_excl_E06000005.{kind}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.mimetype == KINDS[kind]


def test_the_newest_file_is_the_one_of_the_newest_edition(
    client: FlaskClient, darlington: Shown
) -> None:
    for link in links_of(darlington)[:3]:
        assert client.get(link.url).data == client.get(link.url.split("?")[0]).data


def test_a_query_that_changes_nothing_gives_the_same_file(client: FlaskClient) -> None:
    plain = client.get(f"{PAGE}.xlsx").data
    assert client.get(f"{PAGE}.xlsx?hide=nonsense&other=1").data == plain
    assert client.get(f"{PAGE}.xlsx?hide=england").data != plain


@pytest.mark.parametrize("query", ["", "?year=2024&hide=england"])
def test_an_area_shown_by_what_is_published_has_the_files_its_page_links_to(
    client: FlaskClient, query: str
) -> None:
    page = client.get(f"/dashboard/E06000047/measure/ehcp_20w_excl{query}").text
    for kind in KINDS:
        found = re.search(rf'href="([^"]+\.{kind}[^"]*)" download>([^<]+)<', page)
        assert found
        answer = client.get(unescape(found[1]))
        assert answer.status_code == 200
        if kind != "png":
            assert f"({kind.upper()}, {file_size(len(answer.data))})" in found[2]


def test_the_notes_speak_of_the_year_the_page_speaks_of(client: FlaskClient) -> None:
    of_2024 = written(client.get(f"{PAGE}.xlsx?year=2024").data)
    assert "In the calendar year 2024 Darlington’s figure was 72.5%" in of_2024
    assert "year=2024" in of_2024
    newest = client.get(f"{PAGE}.xlsx").data
    assert "In the calendar year 2025 Darlington’s figure was" in written(newest)
    assert client.get(f"{PAGE}.xlsx?year=1999&by=nonsense").data == newest


def test_an_area_without_figures_has_no_files(client: FlaskClient) -> None:
    for kind in KINDS:
        assert client.get(f"/dashboard/E06000047/measure/nd_waiting.{kind}").status_code == 404
    assert client.get(f"{PAGE}.csv?edition=2031-32-autumn.1.1").status_code == 404


def test_a_comparison_is_served_as_data_and_not_as_a_picture(client: FlaskClient) -> None:
    for kind in ("csv", "xlsx"):
        answer = client.get(f"{PAGE}/compare.{kind}")
        name = f"ehcp_20w_excl_compared_E06000005.{kind}"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    sheets = opened_book(answer.data).sheetnames
    assert sheets == ["Cover", "Notes", "Source", "Data", "Tidy data"]
    assert not [cell for cell in cells(answer.data) if cell.data_type == "f"]
    assert client.get(f"{PAGE}/compare.svg").status_code == 404


def test_a_comparison_is_as_large_as_its_page_says(client: FlaskClient) -> None:
    page = client.get(f"{PAGE}/compare").text
    for kind in ("csv", "xlsx"):
        found = re.search(rf'href="([^"]+/compare\.{kind}[^"]*)"[^>]*>([^<]+)<', page)
        assert found
        answer = client.get(unescape(found[1]))
        assert f"({kind.upper()}, {file_size(len(answer.data))})" in found[2]
