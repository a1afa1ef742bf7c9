"""Workbooks of a plan: read whole, or every fault told with its sheet and cell."""

import datetime as dt
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from loaders.plan_book import PlanRead, read_plan
from loaders.plan_workbook import plan_workbook
from loaders.problems import Outcome
from schemas.area_settings import load_area_settings
from schemas.measure import load_measures
from schemas.plan import AgreedPoint, PlanAction, PlanBook
from schemas.resources import resource_folder
from tests.plan.workbooks import ACTION_HEADINGS, action, column, plan_file

SAMPLE = resource_folder("data") / "sample" / "plan"


def read(*actions: object, **given: object) -> PlanRead:
    return read_plan(plan_file(*actions, **given), "plan.xlsx")  # type: ignore[arg-type]


def faults(found: PlanRead) -> dict[str, str]:
    assert found.book is None
    return {f"{one.sheet}!{one.cell}": one.message for one in found.report.problems}


def test_a_plan_is_read_under_titles_with_other_headings_and_excel_dates() -> None:
    headings = ("No", "Priority", "What", "Owner", "Resources", "From", "Deadline", "Evidence",
                "RAG", "Comments", "KPIs")  # fmt: skip
    row = action(
        "2.1a",
        Area="Health waits",
        Start=dt.datetime(2025, 4, 1),
        Finish="Ongoing on termly basis",
        Status="amber",
        Note="Two posts are\nfilled.",
        Measures="Speech and language: average wait; nd_over_104w\nOT_within_18w",
    )
    found = read(row, headings=headings, above=("SEND improvement plan", "Approved by the Board"))
    assert found.report.problems == ()
    assert found.book is not None
    assert found.book.actions == (
        PlanAction(
            "2.1a",
            "2",
            "Task 2.1a",
            "Head of SEND",
            "",
            "April 2025",
            "2025-04-01",
            "Ongoing on termly basis",
            "",
            "",
            "at_risk",
            "Two posts are filled.",
            ("salt_wait_mean_days", "nd_over_104w", "ot_within_18w"),
        ),
    )


def test_numbers_that_excel_made_of_words_are_words_again() -> None:
    found = read(action("1", Number=1, Area=1.0), areas=((1, "Governance", None),))
    assert found.book is not None
    assert [(one.number, one.area) for one in found.book.actions] == [("1", "1")]


def test_every_fault_is_told_at_once_with_its_cell() -> None:
    found = read(
        action("1.1", Area="7"),
        action("1.2", Measures="ehcp_20w_excl; average speech wait"),
        action("1.3", Status="done"),
        action("1.4", Start="May 2025", Finish="April 2025"),
        action("1.1", Status="purple", Task=None),
        action("1.6", Lead="Jane Smith"),
        action("1.7", Note="Ask someone@darlington.gov.uk"),
        areas=(("1", "Governance", ""), ("1", "", "")),
        paths=(("nothing", "Summer 2026", "many", None),),
    )
    told = faults(found)
    assert found.report.outcome is Outcome.cell_errors
    assert set(told) == {
        "Areas for improvement!A3",
        "Areas for improvement!B3",
        "Actions!B2",
        "Actions!K3",
        "Actions!H4",
        "Actions!G5",
        "Actions!A6",
        "Actions!C6",
        "Actions!I6",
        "Actions!D7",
        "Actions!J8",
        "Paths to targets!A2",
        "Paths to targets!B2",
        "Paths to targets!C2",
        "Paths to targets!D2",
    }
    assert "no area" in told["Actions!B2"]
    assert "no measure “average speech wait”" in told["Actions!K3"]
    assert "needs its evidence" in told["Actions!H4"]
    assert "before the start" in told["Actions!G5"]
    assert "in row 2 already" in told["Actions!A6"]
    assert "not a person’s name" in told["Actions!D7"]
    assert "e-mail address" in told["Actions!J8"]
    assert all("darlington.gov.uk" not in str(one) for one in found.report.problems)
    assert "15 things to fix" in found.report.message


@pytest.mark.parametrize(
    "secret",
    ["Ring 01325 555 123 for news", "Ask jo.bloggs@example.com", "NHS no. 943 476 5919"],
)
def test_a_file_with_personal_data_is_refused_whole_and_the_value_never_told(secret: str) -> None:
    found = read(action("1.1", Note=secret), action("1.2", Status="purple"))
    assert found.report.outcome is Outcome.personal_data
    assert found.book is None
    assert "not kept" in found.report.message
    assert secret.split()[-1] not in str(found.report)


def test_days_of_starts_and_finishes_are_not_taken_for_births() -> None:
    days = (dt.datetime(2025, 4, 14), dt.datetime(2025, 6, 3), dt.datetime(2025, 7, 9))
    rows = [action(f"1.{n}", Start=days[0], Finish=day) for n, day in enumerate(days)]
    found = read(*rows)
    assert found.report.outcome is Outcome.accepted
    assert found.book is not None
    assert [one.finish_on for one in found.book.actions] == ["2025-04-14", "2025-06-03",
                                                             "2025-07-09"]  # fmt: skip


def test_a_year_that_names_no_month_is_kept_and_pointed_out() -> None:
    found = read(action("1.1", Finish="Apirl 2025"))
    assert found.report.outcome is Outcome.warned
    [caution] = found.report.cautions
    assert (caution.sheet, caution.cell) == ("Actions", f"{column('Finish')}2")
    assert found.book is not None
    assert found.book.actions[0].finish_words == "Apirl 2025"


def test_missing_sheets_and_headings_are_named() -> None:
    without = tuple("Remarks" if one == "Lead" else one for one in ACTION_HEADINGS)
    told = faults(read(action("1.1"), headings=without))
    assert "Missing: Lead" in told["Actions!"]
    assert faults(read())["Actions!"] == "There is no row under the headings."


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"Number,Task\n1,a\n", "plan.csv", "sheet of areas"),
        (b"%PDF-1.7 ", "plan.pdf", "This is a PDF"),
        (b"", "plan.xlsx", "empty"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(content: bytes, name: str, said: str) -> None:
    found = read_plan(content, name)
    assert found.report.outcome is Outcome.refused
    assert said in found.report.message


def test_the_template_is_empty_and_offers_lists() -> None:
    settings, measures = load_area_settings()["E06000005"], [*load_measures().values()]
    body = plan_workbook(settings, measures)
    assert body == plan_workbook(settings, measures)
    told = faults(read_plan(body, "plan.xlsx"))
    assert told["Actions!"] == "There is no row under the headings."


def test_a_plan_written_as_a_workbook_reads_the_same() -> None:
    settings, measures = load_area_settings()["E06000005"], [*load_measures().values()]
    awkward = PlanAction("1.1", "1", "- a task", "Head of SEND", note="=SUM(A1) is a note")
    held = read(
        action("2.1", Status="done", Evidence="It is open.", Start="Spring 2025", Finish="soon"),
        paths=(("nd_over_104w", "Summer 2026/27", 0, "Partnership Board of March 2026"),),
    ).book
    assert held is not None
    assert held.points == (
        AgreedPoint("nd_over_104w", "2026-27 summer", 0.0, "Partnership Board of March 2026"),
    )
    book = PlanBook(held.areas, (*held.actions, awkward), held.points)
    assert read_plan(plan_workbook(settings, measures, book), "plan.xlsx").book == book


def test_the_sample_is_what_its_script_makes(tmp_path: Path) -> None:
    sys.path.insert(0, str(SAMPLE))
    try:
        from make_plan import NAME, make_plan, sample_plan
    finally:
        sys.path.remove(str(SAMPLE))
    made = make_plan(tmp_path).read_bytes()
    assert made == (SAMPLE / NAME).read_bytes()
    assert read_plan(made, NAME).book == sample_plan()
    sheet = load_workbook(SAMPLE / NAME)["Actions"]
    assert sheet.cell(3, 1).value == "Number"
