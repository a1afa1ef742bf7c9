"""A workbook's faults: each told once, at its cell, all at once, in words."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from loaders.definitions import Definitions
from loaders.load import check_file
from loaders.problems import Outcome
from loaders.report import Report, Sender
from tests import builders as b

TODAY = dt.date(2026, 2, 1)
PHASES = ("Early years", "Primary", "Secondary", "Post-16", "Post-19")


def check(content: bytes, name: str = "return.xlsx", **given: str) -> Report:
    real = Definitions.real()
    definitions = Definitions(real.measures, real.extracts, TODAY)
    return check_file(content, name, Sender(given=given), lambda: definitions)


def places(report: Report) -> list[str]:
    return [f"{problem.sheet}!{problem.cell}" for problem in report.problems]


def timeliness(**numbers: Any) -> Report:
    return check(b.workbook(b.sheets(ehc_timeliness=b.timeliness(**numbers))))


def test_a_right_workbook_has_nothing_wrong() -> None:
    report = timeliness()
    assert (report.outcome, report.problems, report.cautions) == (Outcome.accepted, (), ())
    assert report.rows_read == {"ehc_timeliness": 1}


def _forty_faults() -> tuple[dict[str, b.Rows], dict[str, str]]:
    """A workbook's sheets, and for each fault its cell → words of its sentence."""
    expected: dict[str, str] = {}
    sheets: dict[str, b.Rows] = {}

    def add(sheet_id: str, rows: list[list[Any]], **faults: str) -> None:
        [(name, same)] = b.sheets(**{sheet_id: rows}).items()
        sheets[name] = same
        expected.update({f"{name}!{cell}": words for cell, words in faults.items()})

    balanced = {"plans_start": 100, "new_plans": 10, "plans_end": 110}
    add(
        "ehc_plans",
        b.rows(
            "ehc_plans",
            {"period": "Autumn 2025/26", "phase": "Primary"} | balanced,
            {"period": "Autumn 2025/26", "phase": "Infants"} | balanced,
            {"period": "Autumn 2025/26", "phase": "Secondary"} | balanced | {"new_plans": "ten"},
            {"period": "Autumn 2025/26", "phase": "Post-16"} | balanced | {"plans_end": 111},
            {"period": "Autumn 2025/26", "phase": "Post-19"} | balanced | {"ceased": None},
            {"period": "Autumn 2025/26", "phase": "Primary"} | balanced,
            {"period": "Autumn 2025", "phase": "Primary"} | balanced,
            {"period": None, "phase": "Primary"} | balanced,
            {"period": "Summer 2030/31", "phase": "Primary"} | balanced,
            {"period": "Spring 2012/13", "phase": "Primary"} | balanced,
            {"period": "October 2025", "phase": "Primary"} | balanced,
            {"period": "Spring 2024/25", "phase": "Primary"} | balanced,
            {"period": "Summer 2024/25", "phase": "Primary", "plans_start": 111, "plans_end": 111},
        ),
        B3="Infants",
        D4="not a number",
        H5="makes 110",
        F6="blank",
        A7="same period and phase as row 2",
        A8="is not a term",
        A9="blank",
        A10="in the future",
        A11="before 2014",
        A12="by term, not by month",
        C14="ended with 110",
    )
    add(
        "ehc_timeliness",
        b.rows(
            "ehc_timeliness",
            *(
                {"period": f"{month} 2025", "phase": "All phases"}
                | {"issued": 10, "issued_excl": 9, "within_20w": 6, "within_20w_excl": 5}
                | fault
                for month, fault in (
                    ("January", {"issued": "<5"}),
                    ("February", {"issued": "*"}),
                    ("March", {"issued": "46%"}),
                    ("April", {"issued": "10-12"}),
                    ("May", {"issued": -1}),
                    ("June", {"issued": 10.5}),
                    ("July", {"within_20w": 11}),
                    ("August", {"issued_excl": 12}),
                    ("September", {"within_20w_excl": 7}),
                    ("October", {"after_1_year": 5}),
                    ("November", {"median_weeks": "n/a"}),
                    ("December", {"median_weeks": dt.datetime(2025, 1, 20)}),
                )
            ),
        ),
        C2="hides a number",
        C3="several things",
        C4="percentage",
        C5="range",
        C6="less than 0",
        C7="whole number",
        E8="more than the 10 plans issued",
        D9="more than the 10 plans issued",
        F10="more than the 6 issued",
        G11="more than the 10 plans issued",
        I12="several things",
        I13="holds a date",
    )
    add(
        "nd_waits",
        b.rows(
            "nd_waits",
            {"pathway": "Autism", "waiting_to_18w": 5, "median_days": 30, "longest_days": 300},
            {"pathway": "ADHD", "median_days": 12, "longest_days": "z"},
            {"pathway": "Both", "first_appointments": 3, "first_13w": 4},
            {"pathway": "Dyslexia"},
            {"pathway": "Autism", "age_band": "16 to 25"},
            {"pathway": "Autism", "age_band": "5 and over", "waiting_to_18w": 5}
            | {"median_days": 40, "longest_days": 30},
            {"pathway": "ADHD", "age_band": "5 and over", "waiting_18_to_52w": True},
        ),
        J2="highest wait band",
        I3="Nobody is waiting",
        M4="more than the 3 first",
        B5="Dyslexia",
        C6="16 to 25",
        I7="longer than the longest",
        F8="TRUE",
    )
    pupils = {"roll": 100, "suspensions": 8, "pupils_suspended": 5}
    add(
        "exclusions",
        b.rows(
            "exclusions",
            {"sen_status": "EHC plan"} | pupils | {"pupils_suspended": 9},
            {"sen_status": "SEN support"} | pupils | {"pupils_suspended": 0},
            {"sen_status": "No SEN"} | pupils | {"roll": 4, "suspensions": 20},
            {"sen_status": "EHC plan", "school_phase": "Secondary"}
            | pupils
            | {"permanent_exclusions": 101},
            {"sen_status": "Gifted", "school_phase": "Secondary"} | pupils,
        ),
        F2="more than the 8 suspensions",
        F3="cannot be 0",
        F4="more than the 4 pupils on roll",
        G5="more than the 100 pupils",
        B6="Gifted",
    )
    absent = {"enrolments": 50, "possible": 1000, "persistent": 10, "severe": 2}
    add(
        "attendance",
        b.rows(
            "attendance",
            {"sen_status": "EHC plan"} | absent | {"authorised": 900, "unauthorised": 101},
            {"sen_status": "SEN support"} | absent | {"severe": 11},
            {"sen_status": "No SEN"} | absent | {"persistent": 51},
            {"sen_status": "EHC plan", "school_phase": "Secondary"} | absent | {"possible": "x y"},
            {"sen_status": "SEN support", "school_phase": "Academy"} | absent,
        ),
        F2="more than the 1,000 possible",
        I3="more than the 10 persistent",
        H4="more than the 50 enrolments",
        E5="not a number",
        C6="Academy",
    )
    return sheets, expected


def test_forty_assorted_faults_make_forty_problems_each_at_its_cell() -> None:
    sheets, expected = _forty_faults()
    report = check(b.workbook(sheets))
    assert len(expected) == 40
    assert sorted(places(report)) == sorted(expected)
    for problem in report.problems:
        words = expected[f"{problem.sheet}!{problem.cell}"]
        assert words in problem.message, problem
        assert problem.heading
        assert problem.message.endswith(".")
    assert report.outcome is Outcome.cell_errors
    assert "40 things to fix" in report.message


def test_the_problems_name_cells_that_are_really_there() -> None:
    sheets, _ = _forty_faults()
    content = b.workbook(sheets)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for problem in check(content).problems:
        cell = book[problem.sheet][problem.cell]
        heading = book[problem.sheet].cell(1, cell.column).value
        assert heading == problem.heading


def test_a_fault_that_follows_from_another_is_not_told_twice() -> None:
    rows = b.rows(
        "ehc_plans",
        *({"phase": phase, "plans_start": 10, "plans_end": 10} for phase in PHASES[:4]),
        {"phase": "Post-19", "plans_start": 10, "plans_end": 11},
        {"phase": "All phases", "plans_start": 50, "plans_end": 50},
        {"period": "Spring 2025/26", "phase": "Post-19", "plans_start": 10, "plans_end": 10},
    )
    needs = b.rows("ehc_plans_by_need", {"plans_end": 50})
    report = check(b.workbook(b.sheets(ehc_plans=rows, ehc_plans_by_need=needs)))
    assert places(report) == ["EHC plans!H6"]


def test_parts_that_do_not_add_up_to_their_all_row_are_told_at_that_row() -> None:
    rows = b.rows(
        "ehc_plans",
        *({"phase": phase, "plans_start": 10, "plans_end": 10} for phase in PHASES),
        {"phase": "All phases", "plans_start": 51, "plans_end": 51},
    )
    report = check(b.workbook(b.sheets(ehc_plans=rows)))
    assert places(report) == ["EHC plans!C7", "EHC plans!H7"]
    assert "add up to 50" in report.problems[0].message


def test_one_wrong_cell_in_a_two_way_table_is_told_once() -> None:
    statuses = ("EHC plan", "SEN support", "No SEN")
    schools = ("Primary", "Secondary", "Special")
    cells = [
        {
            "sen_status": s,
            "school_phase": p,
            "roll": 10 if (s, p) != ("EHC plan", "Special") else 11,
        }
        for s in statuses
        for p in schools
    ]
    wholes = [{"sen_status": s, "school_phase": "All schools", "roll": 30} for s in statuses]
    wholes += [{"sen_status": "All pupils", "school_phase": p, "roll": 30} for p in schools]
    wholes += [{"sen_status": "All pupils", "school_phase": "All schools", "roll": 90}]
    report = check(b.workbook(b.sheets(exclusions=b.rows("exclusions", *cells, *wholes))))
    assert len(report.problems) == 1


@pytest.mark.parametrize("sheet", ["ehc_plans_by_need", "ehc_plans_by_placement"])
def test_plans_by_need_and_by_placement_add_up_to_the_plans(sheet: str) -> None:
    rows = b.rows(
        "ehc_plans", *({"phase": phase, "plans_start": 10, "plans_end": 10} for phase in PHASES)
    )
    more = {"in_area": "all"} if sheet == "ehc_plans_by_placement" else {}
    right = b.rows(sheet, {"plans_end": 50} | more)
    wrong = b.rows(sheet, {"plans_end": 49} | more)
    assert check(b.workbook(b.sheets(ehc_plans=rows, **{sheet: right}))).problems == ()
    problems = check(b.workbook(b.sheets(ehc_plans=rows, **{sheet: wrong}))).problems
    assert len(problems) == 1
    assert "add up to 49" in problems[0].message


def test_a_symbol_is_not_a_fault_and_no_rule_is_asked_of_it() -> None:
    assert timeliness(issued="c", open_over_20w="x", median_weeks="z").problems == ()


def test_titles_notes_and_blank_rows_are_passed_over() -> None:
    rows: list[list[Any]] = [["Return for the autumn term"], [], ["Send by 14 January"]]
    rows += [*b.timeliness(), [], ["Source: case system"]]
    report = check(b.workbook(b.sheets(ehc_timeliness=rows)))
    assert report.problems == ()
    assert report.rows_read == {"ehc_timeliness": 1}
    assert [c.message for c in report.cautions] == ["This row holds only a note. It was not read."]


def test_headings_may_be_written_in_any_case_with_any_dash_and_in_any_order() -> None:
    headings, row = b.timeliness()
    pairs = [(h.upper().replace(" ", "_"), v) for h, v in zip(headings, row, strict=True)][::-1]
    rows = [[h for h, _ in pairs], [v for _, v in pairs]]
    assert check(b.workbook({"20 week timeliness": rows})).outcome is Outcome.accepted


def test_a_sheet_with_a_new_name_is_known_by_its_headings() -> None:
    report = check(b.workbook({"Sheet1": b.timeliness()}))
    assert report.outcome is Outcome.warned
    assert report.rows_read == {"ehc_timeliness": 1}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda headings: headings.remove("Plans issued"), "“Plans issued” is missing"),
        (lambda headings: headings.append("Plans issued"), "here twice"),
    ],
)
def test_a_missing_or_repeated_heading_stops_that_sheet_only(change: Any, said: str) -> None:
    rows = b.timeliness()
    change(rows[0])
    other = b.rows("out_of_school", {"missing": "<5"})
    report = check(b.workbook(b.sheets(ehc_timeliness=rows, out_of_school=other)))
    assert [said in problem.message for problem in report.problems] == [True, False]


def test_an_unknown_column_is_not_read_and_says_so() -> None:
    headings, row = b.timeliness()
    report = check(b.workbook(b.sheets(ehc_timeliness=[[*headings, "Comments"], [*row, "late"]])))
    assert report.outcome is Outcome.warned
    assert "“Comments” is not one we know" in report.cautions[0].message


def test_last_terms_greyed_figures_are_passed_over_silently() -> None:
    headings, row = b.timeliness()
    rows = [[*headings, None, "Last term: Plans issued"], [*row, None, 44]]
    assert check(b.workbook(b.sheets(ehc_timeliness=rows))).outcome is Outcome.accepted


def test_a_row_left_blank_in_the_template_is_one_problem() -> None:
    row = dict.fromkeys(("requests", "agreed", "refused", "decided_6w", "assessments"), None)
    report = check(
        b.workbook(b.sheets(ehc_requests=b.rows("ehc_requests", row | {"not_issued": None})))
    )
    assert [p.message for p in report.problems] == [
        "This row has no figures. Fill it in, or take it out."
    ]


def test_a_phase_that_is_left_out_is_asked_after() -> None:
    report = check(b.workbook(b.sheets(ehc_timeliness=b.timeliness(phase="Primary"))))
    assert report.outcome is Outcome.warned
    assert "no row for Early years or Secondary" in report.cautions[0].message


@pytest.mark.parametrize(
    ("line", "value", "said"),
    [
        ("Area code", "Darlington", "not the code of an English area"),
        ("Area code", "", "blank"),
        ("Organisation", None, "blank"),
        ("Status", "nearly final", "provisional, final or revised"),
        ("Data as at", "last week", "must be a date"),
        ("Data as at", "2031-01-01", "in the future"),
    ],
)
def test_each_line_of_the_cover_is_checked(line: str, value: Any, said: str) -> None:
    report = check(b.workbook(b.sheets(ehc_timeliness=b.timeliness()), {line: value}))
    assert [said in p.message for p in report.problems] == [True]
    assert report.problems[0].sheet == "About this return"
    assert report.problems[0].heading == line


@pytest.mark.parametrize("day", ["12/01/2026", "12 January 2026", dt.datetime(2026, 1, 12)])
def test_the_as_at_date_is_read_day_first(day: Any) -> None:
    cover = {"Data as at": day}
    assert check(b.workbook(b.sheets(ehc_timeliness=b.timeliness()), cover)).problems == ()


def test_a_csv_needs_its_area_term_date_and_status_from_the_sender() -> None:
    content = "\n".join(",".join(map(str, row)) for row in b.timeliness()).encode()
    assert check(content, "timeliness.csv").outcome is Outcome.refused
    given = {
        "area_code": "E06000005",
        "term": "Autumn 2025/26",
        "as_at_on": "2026-01-12",
        "status": "final",
    }
    report = check(content, "timeliness.csv", **given)
    assert report.problems == ()
    assert report.rows_read == {"ehc_timeliness": 1}
    other = check(content, "timeliness.csv", **given | {"term": "Summer 2024/25"})
    assert ["not in Summer term 2024/25" in p.message for p in other.problems] == [True]


def test_a_workbook_for_another_area_is_refused() -> None:
    report = check(b.workbook(b.sheets(ehc_timeliness=b.timeliness())), area_code="E06000047")
    assert report.outcome is Outcome.refused
    assert "E06000005" in report.message


def test_a_workbook_with_none_of_our_sheets_is_refused_in_one_sentence() -> None:
    report = check(b.workbook({"Budget": [["Item", "Cost"], ["Pens", 3]]}))
    assert report.outcome is Outcome.refused
    assert "template" in report.message


@pytest.mark.parametrize(("period", "fine"), [("Spring 2013/14", True), ("Autumn 2013/14", False)])
def test_periods_from_2014_on_are_taken(period: str, fine: bool) -> None:
    assert (timeliness(period=period).problems == ()) is fine
