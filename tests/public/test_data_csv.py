"""The CSV files: the DfE's layout passes the DfE's rules, the long table holds everything."""

import pytest

from dashboard.public.data.build import build_files
from dashboard.public.release import LeftOut
from schemas.measure import load_measures
from tests.public.builders import figure, release
from tests.public.data_samples import (
    DFE,
    beside,
    every_file,
    every_release,
    files_of,
    published,
    rows_of,
    small_files,
    terms,
)
from tests.public.dfe_screening import RULES, Screened, failures, screened

TERMS = "data/send-darlington-ehc-timeliness-terms.csv"
YEARS = "data/send-darlington-ehc-timeliness-calendar-years.csv"


def _is_meta(name: str) -> bool:
    return name.endswith(".meta.csv")


def _screened(name: str) -> Screened:
    meta, data = every_file()[name], every_file()[name.replace(".meta.csv", ".csv")]
    return screened(data.path.removeprefix("data/").removesuffix(".csv"), data.body, meta.body)


def test_the_rules_are_those_of_the_dfe_and_bite() -> None:
    meta = b"col_name,col_type,label\r\nlines,Indicator,\r\n"
    bad = screened("Bad name", b"time_period,Lines\r\n20261,*\r\n", meta)
    said = {name for name, rule in RULES.items() if _complains(rule, bad)}
    assert {"check_filename_spaces", "check_col_snake_case", "check_meta_label"} <= said
    assert {"precheck_col_req_meta", "precheck_col_req_data"} <= said
    assert len(RULES) >= 55


def _complains(rule: object, file: Screened) -> bool:
    try:
        return bool(rule(file))  # type: ignore[operator]
    except KeyError:  # it needs a column that this file lacks
        return False


def test_every_file_in_the_dfes_layout_passes_its_screening() -> None:
    found = {name: failures(_screened(name)) for name in every_file() if _is_meta(name)}
    assert len(found) > 25
    assert {name: said for name, said in found.items() if said} == {}


def test_there_is_a_file_for_each_sheet_and_each_kind_of_time() -> None:
    assert {name for name in small_files() if "ehc-timeliness" in name} == {
        TERMS,
        YEARS,
        TERMS.replace(".csv", ".meta.csv"),
        YEARS.replace(".csv", ".meta.csv"),
    }


def test_a_shown_share_stands_with_the_two_counts_it_is_made_of() -> None:
    newest = rows_of(small_files()[TERMS])[-1]
    assert newest["time_period"] == "202526"
    assert newest["time_identifier"] == "Summer term"
    assert newest["la_name"] == "Darlington"
    assert newest["ehcp_20w_excl_number"] == "30"
    assert newest["ehcp_20w_excl_out_of"] == "60"
    assert newest["ehcp_20w_excl_percent"] == "50"


def test_a_hidden_share_is_the_symbol_c_in_every_cell() -> None:
    hidden = rows_of(small_files()[TERMS])[1]
    cells = [cell for name, cell in hidden.items() if name.startswith("ehcp_20w_excl")]
    assert cells == ["c", "c", "c"]


def test_a_denominator_that_everyone_may_see_stays_beside_a_hidden_figure() -> None:
    row = rows_of(files_of(release(figure(symbol="c", denominator=60.0)))[TERMS])[0]
    cells = [cell for name, cell in row.items() if name.startswith("ehcp_20w_excl")]
    assert cells == ["c", "60", "c"]


def test_a_breakdown_that_is_left_out_for_privacy_is_hidden_and_not_missing() -> None:
    other = figure(measure_id="ehcp_20w_incl", breakdown="phase", category="primary")
    left_out = LeftOut("ehcp_20w_excl", "phase", "Too few children.")
    rows = rows_of(files_of(release(figure(), other, left_out=(left_out,)))[TERMS])
    assert [row["ehcp_20w_excl_percent"] for row in rows] == ["50", "c"]


def test_a_rate_of_fewer_than_20_is_the_symbol_u_beside_its_counts() -> None:
    weak = figure(numerator=9.0, denominator=15.0, value=60.0, unreliable=True)
    files = files_of(release(weak))
    row = rows_of(files[TERMS])[0]
    assert (row["ehcp_20w_excl_number"], row["ehcp_20w_excl_out_of"]) == ("9", "15")
    assert row["ehcp_20w_excl_percent"] == "u"
    assert rows_of(files["data/all.csv"])[0]["value"] == "60"
    assert rows_of(files["data/all.csv"])[0]["unreliable"] == "yes"


def test_places_have_the_levels_and_codes_of_the_dfe() -> None:
    rows = {row["geographic_level"] + row["la_name"]: row for row in rows_of(small_files()[YEARS])}
    assert set(rows) == {
        "National",
        "Regional",
        "Local authorityCounty Durham",
        "Local authorityGateshead",
        "Local authorityDarlington",
    }
    assert rows["National"]["region_code"] == ""
    assert rows["Regional"]["region_name"] == "North East"
    durham = rows["Local authorityCounty Durham"]
    assert (durham["old_la_code"], durham["new_la_code"]) == ("840", "E06000047")


def test_published_counts_that_nobody_has_are_not_available() -> None:
    region = next(
        row for row in rows_of(small_files()[YEARS]) if row["geographic_level"] == "Regional"
    )
    assert region["ehcp_20w_excl_number"] == "x"
    assert region["ehcp_20w_excl_percent"] == "61.25"


def test_a_total_and_its_parts_are_told_apart_by_filter() -> None:
    part = figure(breakdown="phase", category="primary", numerator=20.0, denominator=40.0)
    rows = rows_of(files_of(release(figure(), part))[TERMS])
    assert [row["education_phase"] for row in rows] == ["Total", "Primary"]


def test_a_breakdown_that_is_never_counted_is_not_applicable() -> None:
    ours = figure(measure_id="ehcp_20w_incl", breakdown="phase", category="primary")
    rows = rows_of(files_of(release(figure(), ours))[TERMS])
    assert [row["ehcp_20w_excl_percent"] for row in rows] == ["50", "z"]


def test_a_term_that_was_not_sent_is_not_available() -> None:
    other = figure(measure_id="ehcp_20w_incl")
    rows = rows_of(files_of(release(*terms(), other))[TERMS])
    assert [row["ehcp_20w_incl_percent"] for row in rows] == ["x", "x", "50"]


def test_the_dfes_own_figures_of_a_term_stand_beside_the_areas() -> None:
    facts = {"measure_id": "attendance_pct", "breakdown": "sen_status", "category": "ehc_plan"}
    theirs = figure(**facts, source=DFE, version="2026", value=88.0, invented=False)
    rows = rows_of(
        files_of(release(figure(**facts), theirs))["data/send-darlington-attendance-terms.csv"]
    )
    assert [row["figures_from"] for row in rows] == ["Local partnership", "Published statistics"]
    assert [row["attendance_percent"] for row in rows] == ["50", "88"]


def test_the_neighbours_together_are_only_in_the_long_table() -> None:
    """30 and 50 make 40; England, the region and the area itself are not among them."""
    rows = rows_of(small_files()["data/all.csv"])
    together = [row for row in rows if row["area_code"] == ""]
    assert [(row["value"], row["numerator"]) for row in together] == [("40", "")]
    assert together[0]["area_name"].startswith("Statistical neighbours: mean of 2 of 2")
    assert len(rows_of(small_files()[YEARS])) == 5


def test_neighbours_that_come_made_are_not_made_again() -> None:
    made = published(area_code="", numerator=None, denominator=None, value=47.5)
    rows = rows_of(files_of(release(figure(), published(), made))["data/all.csv"])
    assert [row["value"] for row in rows if row["area_code"] == ""] == ["47.5"]


def test_the_long_table_has_every_figure_once() -> None:
    given = every_release()
    rows = rows_of(every_file()["data/all.csv"])
    with_code = [row for row in rows if row["area_code"]]
    assert len(with_code) == len(given.own) + len(given.beside)
    hidden = [row for row in rows if row["symbol"] == "c"]
    assert hidden
    assert {(row["numerator"], row["value"]) for row in hidden} == {("", "")}
    assert {row["symbol_words"] for row in hidden} == {"hidden to protect privacy"}


def test_a_measures_file_holds_its_part_of_the_long_table() -> None:
    whole = rows_of(every_file()["data/all.csv"])
    for name in ("nd_waiting", "suspension_rate"):
        part = rows_of(every_file()[f"data/{name}/{name}.csv"])
        assert part == [row for row in whole if row["measure_id"] == name]


@pytest.mark.parametrize("start", "=+-@|%")
def test_no_cell_can_run_as_a_formula(start: str) -> None:
    files = files_of(release(published(source=f"{start}HYPERLINK(1)"), figure()))
    for name in ("data/all.csv", "data/ehcp_20w_excl/ehcp_20w_excl.csv"):
        sources = [row["source"] for row in rows_of(files[name])]
        assert f"'{start}HYPERLINK(1)" in sources
        assert f"{start}HYPERLINK(1)" not in sources


def test_the_same_publication_gives_the_same_bytes() -> None:
    one = release(*terms(), *beside())
    assert [*build_files(one)] == [*build_files(one)]


def test_every_measure_has_its_files() -> None:
    for name in load_measures():
        for path in (f"{name}.csv", f"{name}.json", f"{name}.xlsx", "index.html"):
            assert f"data/{name}/{path}" in every_file()
