"""The star: stable tables whose keys fit, with nothing of what is hidden."""

import csv
import io
import itertools
from collections import defaultdict

import openpyxl
import pytest

from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from dashboard.public.star.dimensions import table_rows
from dashboard.public.star.shape import TableShape
from dashboard.public.star.shapes import FACT, TABLES, find_table, relations
from dashboard.public.star.star import public_star
from dashboard.public.star.words import calendar_of, period_names, sort_order, year_and_term
from dashboard.public.star.workbook import workbook_bytes
from dashboard.public.star.written import csv_pieces
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import load_measures
from schemas.term import Season, Term
from tests.public.builders import COUNCIL, figure, release

ENGLAND = "E92000001"
DFE = "Department for Education, Suspensions and permanent exclusions in England"
# Whoever changes one of these changes what others have built on.
NAMES = {
    "fact_observation": "edition measure_id area_code period_id basis breakdown_id breakdown "
    "category headline numerator denominator value symbol unreliable rounded status "
    "definition_version source_id",
    "dim_measure": "measure_id title short_title description theme core unit decimals polarity "
    "basis numerator denominator exclusions can_mislead cannot_tell target target_source "
    "definition_version sort_order",
    "dim_area": "area_code name level old_code region_code relation",
    "dim_period": "period_id period label short_label start_on end_on academic_year term calendar "
    "sort_order",
    "dim_breakdown": "breakdown_id breakdown category label breakdown_label category_label "
    "sort_order",
    "dim_symbol": "symbol label",
    "dim_basis": "basis label meaning",
    "dim_source": "source_id source version as_at_on kind invented",
    "dim_edition": "edition area_code term label published_on licence licence_address sharing "
    "invented",
}


def mixed() -> PublicRelease:
    """Terms on both calendars, months, a stock, a year of a publisher, a hidden part."""
    dfe = {"measure_id": "suspensions", "denominator": None, "value": 30.0}
    england = {"area_code": ENGLAND, "source": DFE, "version": "2024/25", "invented": False}
    year = {"period": "2011-12", "period_start": "2011-08-01", "period_end": "2012-07-31"}
    month = {"period": "2011-12", "period_start": "2011-12-01", "period_end": "2011-12-31"}
    return release(
        figure(),
        figure(basis="ytd", period_start="2025-09-01"),
        figure(**dfe, period_end="2026-07-31", period_start="2026-04-06"),
        figure(**month, basis="in_month"),
        figure(breakdown="phase", category="primary", symbol="c"),
        figure(breakdown="phase", category="secondary", unreliable=True, denominator=15.0),
        figure(**dfe, **england, **year, basis="academic_year"),
    )


def rows_of(name: str, of: PublicRelease) -> list[dict[str, str]]:
    table = find_table(name)
    assert table is not None
    text = b"".join(csv_pieces(table, table_rows(table, public_star(of)))).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_the_names_of_tables_and_columns_stay() -> None:
    assert {table.name: " ".join(table.headings) for table in TABLES} == NAMES


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_is_as_wide_as_its_table_and_has_a_key_of_its_own(table: TableShape) -> None:
    rows = [*table_rows(table, public_star(mixed()))]
    assert rows
    assert {len(row) for row in rows} == {len(table.columns)}
    places = [table.headings.index(name) for name in table.key]
    keys = [tuple(row[place] for place in places) for row in rows]
    assert len(set(keys)) == len(keys)


def test_every_key_of_a_figure_leads_to_one_row() -> None:
    led = 0
    for table, column, other in relations():
        keys = [row[other.key[0]] for row in rows_of(other.name, mixed())]
        used = {row[column.name] for row in rows_of(table.name, mixed())} - {""}
        assert used <= set(keys), column.name
        led += 1
    assert led == 8


def test_a_hidden_figure_is_a_symbol_and_nothing_else() -> None:
    row = next(row for row in rows_of("fact_observation", mixed()) if row["symbol"])
    assert (row["numerator"], row["denominator"], row["value"], row["symbol"]) == ("", "", "", "c")


def test_a_number_that_was_left_beside_a_hiding_symbol_goes_no_further() -> None:
    leaky = PublicFigure(**(figure()._asdict() | {"symbol": "c", "numerator": 3.0, "value": 7.75}))
    star = public_star(release(leaky))
    text = b"".join(b"".join(csv_pieces(table, table_rows(table, star))) for table in TABLES)
    assert b"7.75" not in text
    row = rows_of("fact_observation", release(leaky))[0]
    assert (row["numerator"], row["value"], row["denominator"]) == ("", "", "60")


def test_numbers_are_not_rounded() -> None:
    third = figure(numerator=1.0e2, denominator=300.0, value=100 / 3)
    row = rows_of("fact_observation", release(third))[0]
    assert (row["numerator"], float(row["value"])) == ("100", 100 / 3)


def test_one_term_on_two_calendars_is_two_periods_of_one_name() -> None:
    rows = [row for row in rows_of("dim_period", mixed()) if row["label"] == "Summer term 2025/26"]
    assert {row["calendar"] for row in rows} == {"flow", "dfe"}
    assert len({row["sort_order"] for row in rows}) == 1


def test_a_school_year_is_not_taken_for_a_month() -> None:
    labels = {row["label"]: row for row in rows_of("dim_period", mixed())}
    assert labels["School year 2011/12"]["calendar"] == "academic"
    assert labels["December 2011"]["calendar"] == "month"


def test_each_name_of_a_period_has_one_place_in_the_order() -> None:
    """Power BI refuses to sort a column by another that has two values for one name."""
    places = defaultdict(set)
    bases = ("snapshot", "in_term", "ytd", "rolling3")
    for year, season, basis in itertools.product(range(2022, 2027), Season, bases):
        term = Term(year, season).label
        for name in period_names(term, basis):
            places[name].add(sort_order(term, basis))
    for year, basis in itertools.product(range(2009, 2027), ("academic_year", "financial_year")):
        period = f"{year}-{(year + 1) % 100:02d}"
        places[period_names(period, basis)[0]].add(sort_order(period, basis))
    assert {len(found) for found in places.values()} == {1}


def test_years_and_terms_of_periods() -> None:
    assert year_and_term("2025-26 autumn", "ytd") == ("2025-26", "autumn")
    assert year_and_term("2026-05", "in_month") == ("2025-26", "summer")
    assert year_and_term("2024-25", "academic_year") == ("2024-25", "")
    assert year_and_term("2025", "calendar_year") == ("", "")
    assert sort_order("2024-25", "financial_year") == 20250331
    assert calendar_of("2025-26 spring", "ytd", "2025-09-01", "2026-04-30") == "flow"
    assert calendar_of("2025-26 spring", "ytd", "2025-08-01", "2026-04-05") == "dfe"
    assert calendar_of("2025-26 spring", "rolling3", "2025-04-21", "2026-04-05") == "dfe"


def test_a_group_is_called_the_same_by_every_measure_that_has_it() -> None:
    """One row of `dim_breakdown` serves them all."""
    called = defaultdict(set)
    for measure in load_measures().values():
        filters = {one.id: one for one in load_extracts()[measure.source.extract].filters}
        for names in measure.source.breakdowns:
            for parts in itertools.product(*(filters[name].categories for name in names)):
                key = ("+".join(names), "+".join(part.id for part in parts))
                called[key].add(tuple(part.label for part in parts))
    assert called
    assert {key: words for key, words in called.items() if len(words) > 1} == {}


def test_groups_stand_in_the_order_of_their_sheet_and_everyone_first() -> None:
    parts = ("5plus", "under5")
    figures = [figure(measure_id="nd_waiting", breakdown="age_band", category=one) for one in parts]
    rows = rows_of("dim_breakdown", release(*figures, figure(measure_id="nd_waiting")))
    assert [row["label"] for row in rows] == [
        "Everyone",
        "Age band: Under 5",
        "Age band: 5 and over",
    ]
    assert rows[0]["breakdown"] == ALL


def test_areas_say_how_they_stand_to_this_one() -> None:
    relation = {row["name"]: row["relation"] for row in rows_of("dim_area", mixed())}
    assert relation == {"Darlington": "own", "England": "england"}


def test_sources_say_whose_figures_they_are() -> None:
    kinds = {row["source"]: row["kind"] for row in rows_of("dim_source", mixed())}
    assert kinds == {COUNCIL: "own", DFE: "published"}


def test_text_that_could_run_as_a_formula_cannot() -> None:
    table = find_table("dim_symbol")
    assert table is not None
    risky = [("=1+1", "@sum"), ("c", "-2+3")]
    assert b"".join(csv_pieces(table, risky)) == (b"symbol,label\r\n'=1+1,'@sum\r\nc,'-2+3\r\n")


def test_tables_are_sent_on_piece_by_piece() -> None:
    table = find_table("dim_symbol")
    assert table is not None
    pieces = [*csv_pieces(table, ((str(number), "x") for number in range(1_200)))]
    assert len(pieces) == 3
    assert len(b"".join(pieces).splitlines()) == 1_201


def test_the_same_release_gives_the_same_bytes() -> None:
    once, again = (
        [b"".join(csv_pieces(table, table_rows(table, public_star(mixed())))) for table in TABLES]
        for _ in range(2)
    )
    assert once == again
    assert workbook_bytes(public_star(mixed())) == workbook_bytes(public_star(mixed()))


def test_the_workbook_holds_every_table_by_its_name_and_no_formula() -> None:
    star = public_star(mixed())
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(star)))
    named = {name: sheet for sheet in book for name in sheet.tables}
    assert set(named) == set(NAMES)
    for table in TABLES:
        rows = [*named[table.name].iter_rows(values_only=True)]
        assert rows[0] == table.headings
        assert len(rows) == 1 + len([*table_rows(table, star)])
        kinds = {cell.data_type for row in named[table.name].iter_rows() for cell in row}
        assert "f" not in kinds
    day = named["dim_period"].cell(2, 1 + find_table("dim_period").headings.index("start_on"))  # type: ignore[union-attr]
    assert day.is_date


def test_the_figures_of_the_table_are_those_of_the_release() -> None:
    """Worked out again from the release, one by one."""
    of = mixed()
    rows = rows_of(FACT.name, of)
    assert len(rows) == len(of.own) + len(of.beside)
    for one, row in zip((*of.own, *of.beside), rows, strict=True):
        assert (row["measure_id"], row["area_code"], row["basis"]) == (
            one.measure_id,
            one.area_code,
            one.basis,
        )
        assert (float(row["value"]) if row["value"] else None) == one.value
        assert row["unreliable"] == str(one.unreliable).lower()


def test_merged_groups_have_their_words() -> None:
    merged = figure(
        measure_id="ehcp_primary_need", breakdown="primary_need", category="other_needs"
    )
    assert rows_of("dim_breakdown", release(merged))[0]["label"] == "Primary need: Other needs"
