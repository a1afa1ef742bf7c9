"""Headings that are not of the contract: proposed, asked about, and remembered."""

import datetime as dt
import time
from typing import Any

import pytest

from loaders.definitions import Definitions
from loaders.load import check_file
from loaders.matching import HeadingChoices, UnknownHeading, find_proposals
from loaders.problems import Outcome
from loaders.report import Report, Sender
from schemas.extracts import load_extracts
from tests import builders as b

EXTRACTS = load_extracts()


def proposed(extract_id: str, heading: str) -> list[tuple[str, bool]]:
    extract = EXTRACTS[extract_id]
    found = find_proposals(heading, extract, extract.columns)
    return [(one.column_id, one.sure) for one in found]


def check(rows: b.Rows, choices: HeadingChoices | None = None) -> Report:
    real = Definitions.real()
    definitions = Definitions(real.measures, real.extracts, dt.date(2026, 2, 1))
    content = b.workbook(b.sheets(ehc_timeliness=rows))
    return check_file(content, "a.xlsx", Sender(choices=choices or {}), lambda: definitions)


def headed(**headings: str) -> list[list[Any]]:
    """A right timeliness sheet with other headings over some of its columns, given by id."""
    rows = b.timeliness()
    columns = EXTRACTS["ehc_timeliness"].columns
    for column, heading in headings.items():
        rows[0][columns.index(column)] = heading
    return rows


@pytest.mark.parametrize("heading", ["% in 20wks", "Issued in 20 weeks", "EHCPs in 20 weeks"])
def test_within_20_weeks_is_asked_about_with_and_without_exceptions(heading: str) -> None:
    assert proposed("ehc_timeliness", heading) == [
        ("within_20w", False),
        ("within_20w_excl", False),
    ]


def test_the_last_one_of_a_pair_is_still_asked_about() -> None:
    extract = EXTRACTS["ehc_timeliness"]
    [only] = find_proposals("Issued in 20 weeks", extract, ["within_20w_excl", "median_weeks"])
    assert (only.column_id, only.sure) == ("within_20w_excl", False)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Issued in 20 wks exc", "within_20w_excl"),
        ("Final plans issued (excl. exceptions)", "issued_excl"),
        ("Median wks", "median_weeks"),
        ("Open > 20 weeks", "open_over_20w"),
    ],
)
def test_a_heading_that_says_all_is_proposed_surely(heading: str, column: str) -> None:
    assert proposed("ehc_timeliness", heading)[0] == (column, True)


@pytest.mark.parametrize(
    ("extract", "heading", "column"),
    [
        ("nd_waits", "Waiting 18-52", "waiting_18_to_52w"),
        ("nd_waits", "104+ weeks", "waiting_over_104w"),
        ("nd_waits", "1st appts in 13 wks", "first_13w"),
        ("nd_waits", "Age group", "age_band"),
        ("exclusions", "Perm excl", "permanent_exclusions"),
        ("attendance", "Unauth. absence", "unauthorised"),
        ("ehc_plans", "Closing balance", "plans_end"),
        ("ehc_plans", "Transfers out", "transferred_out"),
        ("ehc_requests", "Refusals", "refused"),
        ("annual_reviews", "Revews held", "held"),
    ],
)
def test_short_forms_and_misspellings_find_their_column(
    extract: str, heading: str, column: str
) -> None:
    assert proposed(extract, heading)[0][0] == column


@pytest.mark.parametrize("heading", ["Comments", "Team", "2024", "Source system", "%"])
def test_a_heading_like_none_of_ours_gets_no_proposal(heading: str) -> None:
    assert proposed("ehc_timeliness", heading) == []


def test_never_more_than_four_are_proposed_and_a_percentage_never_surely() -> None:
    for extract in EXTRACTS.values():
        for column in extract.columns:
            found = proposed(extract.id, extract.heading_of(column))
            assert found[0][0] == column
            assert len(found) <= 4
            share = proposed(extract.id, f"% {extract.heading_of(column)}")
            assert not any(sure for _, sure in share)


@pytest.mark.parametrize("heading", ["number_decsion_4weeks", "decision_4_weeks"])
def test_the_publishers_own_spellings_match_exactly(heading: str) -> None:
    rows = b.rows("annual_reviews", due=3, held=2, decided_4w=1)
    rows[0][-1] = heading
    real = Definitions.real()
    definitions = Definitions(real.measures, real.extracts, dt.date(2026, 2, 1))
    content = b.workbook(b.sheets(annual_reviews=rows))
    report = check_file(content, "a.xlsx", definitions=lambda: definitions)
    assert (report.problems, report.unknown_headings) == ((), ())


def test_an_unknown_heading_never_maps_by_itself_and_the_problem_points_to_it() -> None:
    report = check(headed(open_over_20w="Open > 20 weeks"))
    [problem] = report.problems
    assert (problem.heading, problem.cell) == ("Open over 20 weeks", "H1")
    assert "“Open over 20 weeks” is missing from row 1" in problem.message
    assert "If “Open > 20 weeks” in H1 is that column" in problem.message
    [unknown] = report.unknown_headings
    assert (unknown.sheet, unknown.extract) == ("20-week timeliness", "ehc_timeliness")
    assert (unknown.cell, unknown.heading) == ("H1", "Open > 20 weeks")
    assert [p.column_id for p in unknown.proposals] == ["open_over_20w"]
    assert report.as_dict()["unknown_headings"][0]["proposals"][0]["sure"] is True


def test_only_columns_that_are_still_missing_are_proposed() -> None:
    report = check([[*row, "Plans in 20 weeks" if not n else 9] for n, row in enumerate(headed())])
    assert report.unknown_headings == (
        UnknownHeading("20-week timeliness", "ehc_timeliness", "J1", "Plans in 20 weeks", ()),
    )
    assert report.outcome is Outcome.warned


def test_a_remembered_choice_is_read_and_the_report_says_so() -> None:
    rows = headed(within_20w="% in 20wks")
    report = check(rows, {"ehc_timeliness": {"in20wks": "within_20w"}})
    assert (report.problems, report.unknown_headings) == ((), ())
    assert [(c.cell, c.message) for c in report.cautions] == [
        (
            "E1",
            "The heading “% in 20wks” was read as “Issued within 20 weeks”, as chosen before for "
            "this source.",
        )
    ]
    assert report.observations == check(headed()).observations


def test_a_column_that_was_chosen_to_be_left_out_is() -> None:
    rows = [[*row, "Comments" if not n else "late"] for n, row in enumerate(headed())]
    report = check(rows, {"ehc_timeliness": {"comments": ""}})
    assert report.unknown_headings == ()
    assert [c.message for c in report.cautions] == [
        "The column “Comments” was left out, as chosen before for this source."
    ]


def test_a_choice_never_overrides_a_heading_of_the_contract() -> None:
    choices = {"ehc_timeliness": {"plansissued": "issued_excl", "issuedafter1year": ""}}
    report = check(headed(), choices)
    assert (report.outcome, report.cautions) == (Outcome.accepted, ())


def test_a_choice_for_a_column_that_is_there_already_is_a_problem() -> None:
    rows = [[*row, "Issued (all)" if not n else 60] for n, row in enumerate(headed())]
    report = check(rows, {"ehc_timeliness": {"issuedall": "issued"}})
    [problem] = report.problems
    assert problem.cell == "J1"
    assert "was chosen before to mean “Plans issued”, but “Plans issued” in C1 is that column" in (
        problem.message
    )


def test_two_headings_chosen_for_one_column_are_a_problem() -> None:
    rows = headed(issued="First", issued_excl="Second")
    choices = {"ehc_timeliness": {"first": "issued", "second": "issued"}}
    said = [problem.message for problem in check(rows, choices).problems]
    assert any("“Second” was chosen before to mean “Plans issued”" in one for one in said)


def test_a_choice_for_a_column_that_is_no_longer_there_is_not_followed() -> None:
    rows = [[*row, "Old" if not n else 1] for n, row in enumerate(headed())]
    report = check(rows, {"ehc_timeliness": {"old": "gone"}})
    assert [one.heading for one in report.unknown_headings] == ["Old"]


def test_a_sheet_with_hardly_a_heading_of_ours_is_asked_about_not_refused() -> None:
    rows = headed(
        period="Quarter",
        phase="Stage of education",
        issued="EHCPs issued",
        issued_excl="EHCPs issued exc exceptions",
        within_20w="In 20 weeks",
        within_20w_excl="In 20 weeks exc exceptions",
        after_1_year="After a year",
        open_over_20w="Open > 20 weeks",
        median_weeks="Median wks",
    )
    report = check([["Our own report"], *rows])
    assert {one.cell for one in report.unknown_headings} == {f"{c}2" for c in "ABCDEFGHI"}
    assert all("is missing from row 2" in problem.message for problem in report.problems)


def test_choices_make_a_sheet_of_another_name_known() -> None:
    real = Definitions.real()
    definitions = Definitions(real.measures, real.extracts, dt.date(2026, 2, 1))
    content = b.workbook({"Sheet1": headed(within_20w="% in 20wks")})
    sender = Sender(choices={"ehc_timeliness": {"in20wks": "within_20w"}})
    report = check_file(content, "a.xlsx", sender, lambda: definitions)
    assert report.rows_read == {"ehc_timeliness": 1}


def test_headings_repeated_at_a_page_break_are_known_by_their_choice_too() -> None:
    rows = headed(within_20w="% in 20wks", phase="Stage")
    choices = {"ehc_timeliness": {"in20wks": "within_20w", "stage": "phase"}}
    report = check([*rows, list(rows[0])], choices)
    assert report.problems == ()
    assert "This row repeats the headings. It was not read." in [
        caution.message for caution in report.cautions
    ]


def test_five_hundred_strange_headings_do_not_take_long() -> None:
    strange = [f"issued plans {n} after exclding weks {n * 7}" for n in range(480)]
    rows = [[*headed()[0], *strange], [*headed()[1], *[1] * 480]]
    started = time.process_time()  # not the child's: matching is done here
    report = check(rows)
    assert time.process_time() - started < 3
    assert len(report.unknown_headings) == 480
