"""Every number written into a blank template comes back from `send-dashboard show`."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.cli import main
from schemas.extract import Extract
from schemas.extracts import load_extracts
from schemas.measure import Measure, load_measures
from schemas.term import parse_period
from schemas.text import plain

Row = dict[str, Any]


def _stock(n: int) -> Row:
    row = {"plans_start": 100 + n, "new_plans": 11 + n, "transferred_in": 3, "ceased": 7 + n}
    return row | {"transferred_out": 2, "plans_end": 105 + n}


def _share_of(total: int, rows: int) -> Callable[[int], Row]:
    """Numbers that add up to the total over so many rows, no two alike."""
    numbers = list(range(1, rows))
    numbers.append(total - sum(numbers))
    return lambda n: {"plans_end": numbers[n]}


PLANS = sum(105 + n for n in range(5))
RECIPES: dict[str, Callable[[int], Row]] = {
    "ehc_plans": _stock,
    "ehc_plans_by_need": _share_of(PLANS, 14),
    "ehc_plans_by_placement": _share_of(PLANS, 32),
    "ehc_requests": lambda n: (
        {"requests": 61, "agreed": 33, "refused": 12}
        | {"decided_6w": 41, "assessments": 29, "not_issued": 4}
    ),
    "ehc_timeliness": lambda n: (
        {"issued": 90 + n, "issued_excl": 80 + n, "within_20w": 50 + n}
        | {"within_20w_excl": 45 + n, "after_1_year": 3, "open_over_20w": 30 + n}
        | {"median_weeks": 18.5 + n / 10}
    ),
    "annual_reviews": lambda n: {"due": 60 + n, "held": 50 + n, "decided_4w": 40 + n},
    "nd_waits": lambda n: (
        {"referrals": 20 + n, "waiting_to_18w": 31 + n}
        | {"waiting_18_to_52w": 41 + n, "waiting_52_to_104w": 51 + n, "waiting_over_104w": 61 + n}
        | {"median_days": 300 + n, "longest_days": 900 + n, "completed": 12 + n}
        | {"first_appointments": 15 + n, "first_13w": 5 + n}
    ),
    "therapy_waits": lambda n: (
        {"referrals": 20 + n, "waiting_to_18w": 31 + n}
        | {"waiting_18_to_52w": 41 + n, "waiting_52_to_104w": 0, "waiting_over_104w": 0}
        | {"longest_days": 300 + n, "seen": 17 + n, "mean_days": 120.5 + n}
    ),
    "exclusions": lambda n: (
        {"roll": 500 + n, "suspensions": 40 + n}
        | {"pupils_suspended": 20 + n, "permanent_exclusions": 1 + n}
    ),
    "attendance": lambda n: (
        {"enrolments": 500 + n, "possible": 60_000 + n}
        | {
            "authorised": 3_000 + n,
            "unauthorised": 1_000 + n,
            "persistent": 100 + n,
            "severe": 20 + n,
        }
    ),
    "out_of_school": lambda n: {"home_educated": 30 + n, "missing": 20 + n, "part_time": 10 + n},
    "special_places": lambda n: {"places": 90 + n, "roll": 80 + n},
    "appeals": lambda n: {"appeals": 5, "decisions": 137, "mediation": 6},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SEND_VAR", str(tmp_path / "var"))
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_every_number_in_a_filled_template_comes_back(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "autumn.xlsx"
    arguments = ["--area", "E06000005", "--term", "Autumn 2025/26", "--output", str(path)]
    assert main(["template", *arguments]) == 0
    written = _fill(path)
    capsys.readouterr()
    report = run(capsys, "load", str(path))
    assert report["outcome"] == "accepted", report
    shown = {name: run(capsys, "show", name, "--area", "E06000005") for name in load_measures()}
    missing = [cell for cell in written if not _comes_back(cell, shown)]
    assert len(written) > 700
    assert missing == []


Cell = tuple[str, str, str, tuple[str, ...], float]  # extract, indicator, period, categories


def _fill(path: Path) -> list[Cell]:
    """Fills every row of every sheet; what was written, cell by cell."""
    book = openpyxl.load_workbook(path)
    cover = book["About this return"]
    answers = {"Organisation": "Darlington", "Prepared by": "Performance team"}
    answers |= {"Data as at": "2026-01-12", "Status": "final"}
    for line in cover.iter_rows():
        if line[0].value in answers:
            line[1].value = answers[line[0].value]
    written = [
        cell
        for extract in load_extracts().values()
        for cell in _fill_sheet(book[extract.sheet], extract)
    ]
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())
    return written


def _fill_sheet(sheet: Any, extract: Extract) -> Iterator[Cell]:
    lines = list(sheet.iter_rows())
    at = next(n for n, line in enumerate(lines) if plain(str(line[0].value)) == "period")
    headings = [extract.by_heading.get(plain(str(cell.value))) for cell in lines[at]]
    filled = [line for line in lines[at + 1 :] if line[0].value]
    for number, line in enumerate(filled):
        cells = {column: cell for column, cell in zip(headings, line, strict=True) if column}
        period = parse_period(cells["period"].value)
        assert period is not None
        where = tuple(f.by_spelling[plain(str(cells[f.id].value))] for f in extract.filters)
        for column, value in RECIPES[extract.id](number).items():
            cells[column].value = value
            yield extract.id, column, period.label, where, value


def _comes_back(cell: Cell, shown: dict[str, list[dict[str, Any]]]) -> bool:
    extract_id, column, period, where, value = cell
    return any(
        row["period"] == period
        and _says(load_measures()[name], extract_id, column, where, value, row)
        for name, rows in shown.items()
        for row in rows
    )


def _says(
    measure: Measure,
    extract_id: str,
    column: str,
    where: tuple[str, ...],
    value: float,
    row: dict[str, Any],
) -> bool:
    """Whether the row shows this cell: its number, at its categories, on its own."""
    source, filters = measure.source, load_extracts()[extract_id].filter_ids
    if source.extract != extract_id or column not in source.indicators:
        return False
    at = dict(zip(row["breakdown"].split("+"), row["category"].split("+"), strict=True))
    for name, categories in source.where.items():
        if len(categories) == 1:
            at.setdefault(name, categories[0])
    if tuple(at.get(name) for name in filters) != where:
        return False
    return value in (row["numerator"], row["denominator"], row["value"])
