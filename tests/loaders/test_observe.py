"""Observations of a sheet against a second, deliberately simple way of working them out."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.gate import FileKind
from loaders.observe import observe
from loaders.validate import check_workbook
from loaders.workbook import Sheet, Workbook
from schemas.extracts import load_extracts
from schemas.measure import load_measures
from schemas.observation import Observation
from tests import builders as b

PHASES = ("early_years", "primary", "secondary", "post16", "post19")
CELL = st.one_of(st.integers(0, 40), st.sampled_from(["c", "x", "z"]))
GIVEN = {"area_code": "E06000005", "term": "Autumn 2025/26", "status": "final"}


def observed(measure: str, rows: list[list[Any]]) -> dict[tuple[str, str], Observation]:
    """What one measure makes of one sheet, by breakdown and category."""
    extract = load_measures()[measure].source.extract
    numbered = [(n, tuple(row)) for n, row in enumerate(rows, 1)]
    workbook = Workbook(FileKind.xlsx, (Sheet(load_extracts()[extract].sheet, False, numbered),))
    given = GIVEN | {"as_at_on": "2026-01-12"}
    checked = check_workbook(workbook, dt.date(2026, 2, 1), given)
    assert checked.problems == ()
    found = observe(checked.tables[0], [load_measures()[measure]], "E06000005", "final")
    return {(one.breakdown, one.category): one for one in found}


def simple_sum(parts: list[Any]) -> Any:
    """Any c hides all, else any x; z adds nothing unless there is nothing else."""
    if "c" in parts:
        return "c"
    if "x" in parts:
        return "x"
    numbers = [part for part in parts if part != "z"]
    return sum(numbers) if numbers else "z"


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(PHASES), CELL, min_size=1))
def test_a_whole_is_the_sum_of_its_parts_or_says_why_not(cells: Mapping[str, Any]) -> None:
    due = [{"phase": phase, "due": 50, "held": held} for phase, held in cells.items()]
    found = observed("ar_completed_pct", b.rows("annual_reviews", *due))
    for phase, held in cells.items():
        one = found["phase", phase]
        expected = (held * 2, None) if isinstance(held, int) else (None, held)
        assert (one.value, one.symbol) == expected
    whole = found["all", "all"]
    if len(cells) < len(PHASES):
        assert (whole.value, whole.symbol) == (None, "x")
        return
    total = simple_sum(list(cells.values()))
    if isinstance(total, str):
        assert (whole.value, whole.symbol) == (None, total)
    else:
        assert whole.value == pytest.approx(100 * total / 250)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(20, 900), st.integers(0, 20)), min_size=9, max_size=9))
def test_a_two_way_table_gives_the_same_sums_as_pandas(cells: list[tuple[int, int]]) -> None:
    extract = load_extracts()["exclusions"]
    statuses, schools = ([c.id for c in f.categories] for f in extract.filters)
    places = [(status, school) for status in statuses for school in schools]
    rows = [
        {"sen_status": status, "school_phase": school, "roll": roll, "suspensions": events}
        | {"pupils_suspended": min(events, 1)}
        for (status, school), (roll, events) in zip(places, cells, strict=True)
    ]
    found = observed("suspension_rate", b.rows("exclusions", *rows))
    frame = pd.DataFrame(rows)
    for split in ("sen_status", "school_phase"):
        sums = frame.groupby(split)[["suspensions", "roll"]].sum()
        for category, row in sums.iterrows():
            expected = 100 * row["suspensions"] / row["roll"]
            assert found[split, str(category)].value == pytest.approx(expected)
    whole = 100 * frame["suspensions"].sum() / frame["roll"].sum()
    assert found["all", "all"].value == pytest.approx(whole)


def test_an_all_row_is_used_as_it_is_sent() -> None:
    rows = [{"phase": "All phases", "due": 100, "held": 90}]
    assert observed("ar_completed_pct", b.rows("annual_reviews", *rows))["all", "all"].value == 90


def test_nothing_to_divide_by_is_not_applicable() -> None:
    rows = [{"phase": "All phases", "due": 0, "held": 0}]
    one = observed("ar_completed_pct", b.rows("annual_reviews", *rows))["all", "all"]
    assert (one.value, one.symbol) == (None, "z")


def test_a_mean_of_parts_is_weighted_by_how_many_were_seen() -> None:
    rows = [
        {"age_band": "Under 5", "seen": 30, "mean_days": 100},
        {"age_band": "5 and over", "seen": 10, "mean_days": 180},
    ]
    found = observed("salt_wait_mean_days", b.rows("therapy_waits", *rows))
    assert found["all", "all"].value == pytest.approx(120)


def test_nobody_seen_adds_nothing_to_a_mean() -> None:
    rows = [
        {"age_band": "Under 5", "seen": 30, "mean_days": 100},
        {"age_band": "5 and over", "seen": 0, "mean_days": "z"},
    ]
    found = observed("salt_wait_mean_days", b.rows("therapy_waits", *rows))
    assert found["all", "all"].value == pytest.approx(100)


def test_the_longest_wait_of_all_is_the_longest_of_any_and_a_median_is_not_made_up() -> None:
    rows = [
        {"pathway": p, "age_band": a, "waiting_to_18w": 5, "longest_days": n, "median_days": 9}
        for n, (p, a) in enumerate(
            [(p, a) for p in ("Autism", "ADHD", "Both") for a in ("Under 5", "5 and over")], 100
        )
    ]
    waits = b.rows("nd_waits", *rows)
    assert observed("nd_wait_longest", waits)["all", "all"].value == 105
    assert ("all", "all") not in observed("nd_wait_median_days", waits)


def test_wait_bands_are_categories_that_add_up_to_everyone_waiting() -> None:
    rows = [{"pathway": "All pathways", "age_band": "All ages", "waiting_to_18w": 5}
            | {"waiting_18_to_52w": 7, "waiting_52_to_104w": 11, "waiting_over_104w": 13}
            | {"longest_days": 900}]  # fmt: skip
    found = observed("nd_waiting", b.rows("nd_waits", *rows))
    bands = [one.value for (breakdown, _), one in found.items() if breakdown == "wait_band"]
    assert sorted(bands) == [5, 7, 11, 13]
    assert found["all", "all"].value == 36


def test_a_service_that_is_not_sent_is_not_spoken_of() -> None:
    rows = [{"service": "Occupational therapy", "age_band": "All ages", "seen": 0}]
    assert observed("salt_waiting", b.rows("therapy_waits", *rows)) == {}


@pytest.mark.parametrize(
    ("day_lists", "mean", "median", "longest", "within"),
    [([30, 126, 127, 363, 364, 728, 729, 1280, 91], 426.44, 363, 1280, 33.33)],
)
def test_waits_as_measures_md_works_them_out(
    day_lists: list[int], mean: float, median: float, longest: int, within: float
) -> None:
    """The bands an analyst counts give the share within 18 weeks of the worked example."""
    edges = ((0, 126), (127, 364), (365, 728), (729, 10_000))
    counts = [sum(low <= day <= high for day in day_lists) for low, high in edges]
    names = ("waiting_to_18w", "waiting_18_to_52w", "waiting_52_to_104w", "waiting_over_104w")
    row = {"pathway": "All pathways", "age_band": "All ages", "median_days": median}
    row |= {"longest_days": longest} | dict(zip(names, counts, strict=True))
    found = observed("nd_within_18w_pct", b.rows("nd_waits", row))["all", "all"]
    assert found.value == pytest.approx(within, abs=0.005)
    assert sum(day_lists) / len(day_lists) == pytest.approx(mean, abs=0.005)
