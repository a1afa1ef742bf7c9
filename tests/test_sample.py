"""The sample says it is invented, is made again byte for byte, and holds every rule."""

import datetime as dt
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from loaders.load import check_file
from loaders.problems import Outcome
from schemas.area_settings import load_area_settings
from schemas.checks import shared_rules
from schemas.extract import ALL, Extract
from schemas.extracts import load_extracts
from schemas.symbol import parse_symbol
from schemas.term import Season, Term, parse_period, parse_term
from schemas.text import plain

FOLDER = Path(__file__).resolve().parent.parent / "data" / "sample"
TERMS = [Term(2022, Season.autumn).shifted(number) for number in range(12)]
LATE = "darlington_2024-25_summer_late_therapy_waits.xlsx"
FILES = sorted([f"darlington_{term.label.replace(' ', '_')}.xlsx" for term in TERMS] + [LATE])
ROUND = [
    f"round/{name}_2025-26_summer.xlsx"
    for name in (
        "darlington_council_final",
        "durham_council",
        "durham_council_with_mistakes",
        "durham_health",
    )
]
EXTRACTS = load_extracts()
EXTRACT_PARAMETERS = pytest.mark.parametrize("extract", EXTRACTS.values(), ids=EXTRACTS.keys())


@cache
def _workbook(name: str) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(FOLDER / name, read_only=True)
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    book.close()
    return sheets


@cache
def _frame(extract: Extract) -> pd.DataFrame:
    """All terms of one sheet, typed: category ids, numbers, and no number where a symbol is."""
    rows = [row for name in FILES for row in _typed_rows(extract, name)]
    return pd.DataFrame(rows, columns=[*extract.columns, "file"])


def _typed_rows(extract: Extract, name: str) -> Iterator[dict[str, object]]:
    cells = _workbook(name).get(extract.sheet, [])
    if not cells:
        return
    assert [extract.by_heading[plain(str(h))] for h in cells[2]] == list(extract.columns)
    for values in cells[3:]:
        period = parse_period(values[0])
        assert period is not None
        row: dict[str, object] = {"period": period.label, "file": name}
        for column, value in zip(extract.columns[1:], values[1:], strict=True):
            if column in extract.filter_ids:
                row[column] = extract.filter(column).by_spelling[plain(str(value))]
            else:
                row[column] = _number(value)
        yield row


def _number(value: object) -> float:
    if isinstance(value, str):
        assert parse_symbol(value) is not None
        return float("nan")
    assert isinstance(value, int | float)
    assert value >= 0
    return float(value)


def _year(extract_id: str, column: str, year: int, **only: str) -> float:
    """Spring and summer of one school year and the autumn of the next are a calendar year."""
    frame = _frame(EXTRACTS[extract_id])
    for name, value in only.items():
        frame = frame[frame[name] == value]
    years = frame["period"].map(lambda label: parse_term(label).year)  # type: ignore[union-attr]
    return float(frame.loc[years == year, column].sum())


def _end(year: int, phase: str | None = None) -> float:
    """Plans at the end of the autumn term, which the DfE calls January of the year after."""
    frame = _frame(EXTRACTS["ehc_plans"])
    at = frame["period"] == Term(year - 1, Season.autumn).label
    return float(frame.loc[at & ((frame["phase"] == phase) | (phase is None)), "plans_end"].sum())


def test_it_is_twelve_terms_and_one_late_sheet() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.xlsx")) == FILES
    assert [f"round/{path.name}" for path in sorted(FOLDER.glob("round/*"))] == ROUND
    assert all((FOLDER / name).stat().st_size < 60_000 for name in [*FILES, *ROUND])


def test_it_is_made_again_byte_for_byte(tmp_path: Path) -> None:
    script = [sys.executable, "-W", "error", str(FOLDER / "make_sample.py"), "--into"]
    folders = [tmp_path / "once", tmp_path / "twice"]
    for folder in folders:
        folder.mkdir()
        subprocess.run([*script, str(folder)], check=True, capture_output=True)
    for name in [*FILES, *ROUND]:
        once, twice = (folder / name for folder in folders)
        assert once.read_bytes() == twice.read_bytes(), name
        # Another build of zlib packs the same bytes into other bytes.
        assert _unpacked(once) == _unpacked(FOLDER / name), name


def _unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", FILES)
def test_every_workbook_says_that_it_is_invented(name: str) -> None:
    cover = {row[0]: row[1] for row in _workbook(name)["About this return"]}
    assert cover["Coverage note"] == "Invented sample data. Not real figures."
    assert cover["Area code"] == "E06000005"
    latest = name == "darlington_2025-26_summer.xlsx"
    assert cover["Status"] == ("provisional" if latest else "final")


@pytest.mark.parametrize("name", ROUND)
def test_a_file_to_try_a_round_with_is_one_organisations_and_invented(name: str) -> None:
    sheets = _workbook(name)
    cover = {row[0]: row[1] for row in sheets["About this return"]}
    assert cover["Coverage note"] == "Invented sample data. Not real figures."
    area = load_area_settings()[str(cover["Area code"])]
    sent = {EXTRACTS[one].sheet for one in area.extracts_of(str(cover["Organisation"]))}
    assert {extract.sheet for extract in EXTRACTS.values()} & set(sheets) == sent
    report = check_file((FOLDER / name).read_bytes(), name)
    mistakes = 4 if "mistakes" in name else 0
    assert (len(report.problems), report.outcome is Outcome.accepted) == (mistakes, not mistakes)


@EXTRACT_PARAMETERS
def test_every_rule_holds_on_every_row(extract: Extract) -> None:
    frame = _frame(extract)
    for rule in (*extract.rules, *shared_rules(extract)):
        known = frame[list(rule.needs)].notna().all(axis=1)
        broken = frame[known & ~rule.holds(frame).fillna(True).astype(bool)]
        assert broken.empty, f"{rule.id}\n{broken}"


@EXTRACT_PARAMETERS
def test_every_period_of_every_term_is_there_once(extract: Extract) -> None:
    frame = _frame(extract)
    assert not frame.duplicated(["period", *extract.filter_ids]).any()
    months = [month.label for term in TERMS for month in term.months]
    labels = [term.label for term in TERMS]
    assert set(frame["period"]) in (set(months), set(labels))


@pytest.mark.parametrize("other", ["ehc_plans_by_need", "ehc_plans_by_placement"])
def test_needs_and_placements_add_up_to_the_plans(other: str) -> None:
    plans = _frame(EXTRACTS["ehc_plans"]).groupby("period")["plans_end"].sum()
    pd.testing.assert_series_equal(
        _frame(EXTRACTS[other]).groupby("period")["plans_end"].sum(), plans
    )


def test_each_term_starts_as_the_one_before_ended() -> None:
    frame = _frame(EXTRACTS["ehc_plans"])
    for phase, rows in frame.groupby("phase"):
        rows = rows.sort_values("period", key=lambda labels: labels.map(parse_term))
        assert list(rows["plans_start"])[1:] == list(rows["plans_end"])[:-1], phase


def test_no_more_plans_are_timed_than_are_new() -> None:
    new = _frame(EXTRACTS["ehc_plans"]).set_index(["period", "phase"])["new_plans"]
    timed = _frame(EXTRACTS["ehc_timeliness"]).set_index(["period", "phase"])["issued"]
    assert (timed.reindex(new.index) <= new).all()


@pytest.mark.parametrize(("year", "plans"), [(2023, 911), (2024, 1026), (2025, 1122), (2026, 1227)])
def test_the_plans_each_january_are_the_published_ones(year: int, plans: int) -> None:
    assert _end(year) == plans


@pytest.mark.parametrize(
    ("year", "phases"), [(2024, (6, 368, 406, 175, 71)), (2025, (13, 411, 445, 183, 70))]
)
def test_the_phases_are_the_published_ones(year: int, phases: tuple[int, ...]) -> None:
    ids = [category.id for category in EXTRACTS["ehc_plans"].filter("phase").categories]
    assert tuple(_end(year, phase) for phase in ids) == phases


@pytest.mark.parametrize(
    ("extract", "column", "year", "published"),
    [
        ("ehc_timeliness", "issued_excl", 2023, 168),
        ("ehc_timeliness", "within_20w_excl", 2023, 141),
        ("ehc_timeliness", "issued_excl", 2024, 167),
        ("ehc_timeliness", "within_20w_excl", 2024, 121),
        ("ehc_timeliness", "issued", 2024, 172),
        ("ehc_timeliness", "within_20w", 2024, 124),
        ("ehc_plans", "new_plans", 2023, 175),
        ("ehc_plans", "new_plans", 2024, 196),
        ("ehc_plans", "ceased", 2023, 79),
        ("ehc_plans", "ceased", 2024, 109),
        ("ehc_requests", "requests", 2023, 226),
        ("ehc_requests", "requests", 2024, 245),
        ("ehc_requests", "refused", 2024, 58),
        ("ehc_requests", "assessments", 2024, 210),
        ("annual_reviews", "held", 2024, 875),
        ("annual_reviews", "decided_4w", 2024, 602),
    ],
)
def test_calendar_years_are_the_published_ones(
    extract: str, column: str, year: int, published: int
) -> None:
    only = {"phase": ALL} if extract == "ehc_timeliness" else {}
    assert _year(extract, column, year, **only) == published


def test_needs_and_placements_of_january_2025_are_the_published_ones() -> None:
    needs = _frame(EXTRACTS["ehc_plans_by_need"])
    needs = needs[needs["period"] == "2024-25 autumn"].set_index("primary_need")["plans_end"]
    assert {need: needs[need] for need in ("asd", "mld", "semh", "slcn", "nr")} == {
        "asd": 336,
        "mld": 259,
        "semh": 253,
        "slcn": 156,
        "nr": 6,
    }
    places = _frame(EXTRACTS["ehc_plans_by_placement"])
    places = places[places["period"] == "2024-25 autumn"]
    by_kind = places.groupby("placement")["plans_end"].sum()
    assert by_kind[[kind for kind in by_kind.index if kind.startswith("mainstream")]].sum() == 483
    assert by_kind[[kind for kind in by_kind.index if kind.startswith("special")]].sum() == 329
    away = places.loc[places["in_area"] == "no", "plans_end"].sum() / places["plans_end"].sum()
    assert away == pytest.approx(0.08, abs=0.005)


def test_waits_for_autism_and_adhd_are_as_the_inspectors_found_them() -> None:
    frame = _frame(EXTRACTS["nd_waits"])
    whole = frame[frame["pathway"] == ALL].set_index(["age_band", "period"]).sort_index()
    assert 21 <= whole.loc["under5", "longest_days"].max() / 30.4 <= 23.1
    assert 40 <= whole.loc["5plus", "longest_days"].max() / 30.4 <= 42.1
    over = whole.loc[ALL, "waiting_over_104w"]
    assert over["2025-08"] > 300
    assert 0.75 < over["2026-08"] / over["2025-08"] < 0.95


def test_the_wait_for_therapy_falls_from_about_150_days_to_about_120() -> None:
    frame = _frame(EXTRACTS["therapy_waits"])
    frame = frame[(frame["service"] == "salt") & (frame["age_band"] == ALL)]
    frame = frame.assign(days=frame["seen"] * frame["mean_days"], year=frame["period"].str[:4])
    sums = frame.groupby("year")[["days", "seen"]].sum()
    means = sums["days"] / sums["seen"]
    assert means["2022"] == pytest.approx(150, abs=10)
    assert means["2026"] == pytest.approx(120, abs=10)


def test_there_is_a_hidden_number_one_not_available_and_one_that_does_not_apply() -> None:
    def symbols(name: str, sheet: str) -> set[object]:
        return {v for row in _workbook(name)[sheet][3:] for v in row if v in ("c", "x", "z")}

    assert symbols("darlington_2022-23_autumn.xlsx", "Out of school") == {"c", "x"}
    assert symbols("darlington_2024-25_autumn.xlsx", "Out of school") == set()
    assert symbols("darlington_2024-25_autumn.xlsx", "Exclusions") == {"z"}


def test_one_sheet_came_late() -> None:
    summer = _workbook("darlington_2024-25_summer.xlsx")
    late = _workbook(LATE)
    assert "Therapy waits" not in summer
    assert list(late) == ["How to fill this in", "About this return", "Therapy waits", "Lists"]
    as_at = {name: dict(row[:2] for row in book["About this return"])["Data as at"]
             for name, book in (("summer", summer), ("late", late))}  # fmt: skip
    assert as_at["summer"] == dt.datetime(2025, 9, 18)
    assert as_at["late"] == dt.datetime(2025, 10, 30)
