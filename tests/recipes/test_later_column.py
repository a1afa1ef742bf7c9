"""A column that came later: older files are taken without it, and say that they have none."""

import datetime as dt
from dataclasses import replace

from loaders.definitions import Definitions
from loaders.load import check_file
from loaders.prepare import prepare
from loaders.problems import Outcome
from loaders.report import Report, Sender
from schemas.extract import Extract
from schemas.extracts import load_extracts
from schemas.measure import load_measures
from tests import builders as b

LATER, HEADING = "after_1_year", "Issued after 1 year"
MEASURE = "ehcp_issued_over_1y"
SENDER = Sender()


def with_a_later_column() -> Extract:
    extract = load_extracts()["ehc_timeliness"]
    columns = (replace(one, later=one.id == LATER) for one in extract.indicators)
    return replace(extract, indicators=tuple(columns))


def definitions() -> Definitions:
    extracts = load_extracts() | {"ehc_timeliness": with_a_later_column()}
    return Definitions(load_measures(), extracts, dt.date(2026, 2, 1))


def older(rows: list[list[object]], sheet: str = "20-week timeliness") -> bytes:
    """The same sheet as it was sent before there was the column."""
    at = rows[0].index(HEADING)
    return b.workbook({sheet: [[*row[:at], *row[at + 1 :]] for row in rows]})


def check(content: bytes) -> Report:
    return check_file(content, "a.xlsx", SENDER, definitions)


def test_an_older_file_is_taken_and_told_what_it_does_not_have() -> None:
    report = check(older(b.timeliness()))
    assert report.outcome is Outcome.warned
    said = [(one.sheet, one.message) for one in report.cautions if HEADING in one.message]
    words = f"There is no column “{HEADING}”. Its figures are “not available” (x)."
    assert said == [("20-week timeliness", words)]


def test_its_figures_are_not_available_and_the_others_are_as_they_were() -> None:
    before = prepare(b.workbook(b.sheets(ehc_timeliness=b.timeliness())), "a.xlsx", SENDER)
    after = prepare(older(b.timeliness()), "a.xlsx", SENDER, definitions)
    others = [one for one in before.observations if one.measure_id != MEASURE]
    assert [one for one in after.observations if one.measure_id != MEASURE] == others
    said = {(one.value, one.symbol) for one in after.observations if one.measure_id == MEASURE}
    assert said == {(None, "x")}


def test_a_file_that_has_it_is_read_as_ever() -> None:
    report = check(b.workbook(b.sheets(ehc_timeliness=b.timeliness())))
    assert not [one for one in report.cautions if HEADING in one.message]


def test_a_wrong_number_in_it_is_wrong_as_ever() -> None:
    report = check(b.workbook(b.sheets(ehc_timeliness=b.timeliness(after_1_year="many"))))
    assert [one.heading for one in report.problems] == [HEADING]


def test_a_row_without_any_figure_is_still_one_to_mend() -> None:
    rows = b.timeliness()
    rows[1][2:] = [None] * len(rows[1][2:])
    report = check(older(rows))
    assert [one.message[:27] for one in report.problems] == ["This row has no figures. Fi"]


def test_a_sheet_of_another_name_is_told_by_the_headings_it_must_have() -> None:
    report = check(older(b.timeliness(), "Our figures"))
    assert any("was read as that" in one.message for one in report.cautions)
    assert not report.problems


def test_every_other_column_is_needed() -> None:
    rows = b.timeliness()
    rows[0][rows[0].index("Plans issued")] = "Something else"
    messages = [one.message for one in check(older(rows)).problems]
    assert any("“Plans issued” is missing" in one for one in messages)
    assert not any(HEADING in one for one in messages)
