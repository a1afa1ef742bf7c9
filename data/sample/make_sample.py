"""Makes the sample: twelve invented terms of Darlington's workbooks and the files to try a round
with, the same bytes every time."""

import argparse
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]  # so that it runs as a plain script

import sample_plans  # noqa: E402
import sample_process  # noqa: E402
import sample_round  # noqa: E402
import sample_schools  # noqa: E402
import sample_waits  # noqa: E402

from loaders.template import build_template  # noqa: E402
from schemas.area_settings import load_area_settings  # noqa: E402
from schemas.extracts import load_extracts  # noqa: E402
from schemas.term import Season, Term  # noqa: E402

AREA = "E06000005"
TERMS = tuple(Term(2022, Season.autumn).shifted(number) for number in range(12))
NOTE = "Invented sample data. Not real figures."
LATE_TERM, LATE_SHEET, LATE_AS_AT = 8, "therapy_waits", "2025-10-30"
_AS_AT = {Season.autumn: "01-21", Season.spring: "05-21", Season.summer: "09-18"}

Rows = list[dict[str, Any]]


def make_sample(folder: Path) -> list[Path]:
    """Writes every workbook into the folder; the late sheet comes in a workbook of its own."""
    written = []
    for number, term in enumerate(TERMS):
        values = term_values(number)
        late = {LATE_SHEET: values.pop(LATE_SHEET)} if number == LATE_TERM else {}
        status = "provisional" if number == len(TERMS) - 1 else "final"
        name = f"darlington_{term.label.replace(' ', '_')}"
        written.append(_write(folder / f"{name}.xlsx", term, values, _as_at(term), status))
        if late:
            path = folder / f"{name}_late_{LATE_SHEET}.xlsx"
            written.append(_write(path, term, late, LATE_AS_AT, status))
    last = len(TERMS) - 1
    return written + sample_round.write_round(
        folder / "round", TERMS[last], lambda: term_values(last)
    )


def term_values(number: int) -> dict[str, Rows]:
    """The rows of every sheet of one term; a row without a period of its own gets the term."""
    sheets: dict[str, Rows] = {
        "ehc_plans": [dict(row) for row in sample_plans.stock_and_flow()[number]],
        "ehc_plans_by_need": sample_plans.by_need(number),
        "ehc_plans_by_placement": sample_plans.by_placement(number),
        "ehc_requests": sample_process.requests(number),
        "ehc_timeliness": sample_process.timeliness(number),
        "annual_reviews": sample_process.reviews(number),
        "nd_waits": sample_waits.nd_waits(number),
        "therapy_waits": sample_waits.therapy_waits(number),
        "exclusions": sample_schools.exclusions(number),
        "attendance": sample_schools.attendance(number),
        "out_of_school": sample_schools.out_of_school(number),
        "special_places": sample_schools.special_places(number),
        "appeals": sample_process.appeals(number),
    }
    period = {"period": TERMS[number].short_title}
    return {name: [period | row for row in rows] for name, rows in sheets.items()}


def _as_at(term: Term) -> str:
    """Some weeks after the term's end."""
    return f"{term.flow_window.end.year + (term.season is Season.autumn)}-{_AS_AT[term.season]}"


def _write(path: Path, term: Term, values: dict[str, Rows], as_at: str, status: str) -> Path:
    health = set(values) == {LATE_SHEET}
    cover = {
        "Organisation": "NHS North East and North Cumbria ICB"
        if health
        else "Darlington Borough Council",
        "Prepared by": "Therapy services analyst" if health else "SEND data analyst",
        "Data as at": as_at,
        "Status": status,
        "Coverage note": NOTE,
    }
    settings = load_area_settings()[AREA]
    path.write_bytes(build_template(settings, term, load_extracts(), values=values, cover=cover))
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE, help="the folder to write into")
    for path in make_sample(parser.parse_args().into):
        print(path.name, f"{path.stat().st_size:,} bytes")
