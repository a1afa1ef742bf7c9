"""Files to try a termly round with: County Durham's first term, and Darlington's final figures."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from loaders.template import build_template
from schemas.area_settings import load_area_settings
from schemas.extracts import load_extracts
from schemas.term import Term

DARLINGTON, DURHAM = "E06000005", "E06000047"
NOT_COUNTS = ("median_weeks", "median_days", "longest_days", "mean_days")
TIMES = 4  # County Durham has about four times as many children
Rows = list[dict[str, Any]]


def write_round(folder: Path, term: Term, summer: Callable[[], dict[str, Rows]]) -> list[Path]:
    """Writes the files into the folder; `summer` makes Darlington's rows of the term anew."""
    folder.mkdir(exist_ok=True)
    durham = {name: [_bigger(row) for row in rows] for name, rows in summer().items()}
    files = {
        "durham_council": (DURHAM, 0, durham, "final"),
        "durham_council_with_mistakes": (DURHAM, 0, _with_mistakes(durham), "final"),
        "durham_health": (DURHAM, 1, durham, "final"),
        "darlington_council_final": (DARLINGTON, 0, _final(summer()), "final"),
    }
    written = []
    for name, (code, sender, values, status) in files.items():
        path = folder / f"{name}_{term.label.replace(' ', '_')}.xlsx"
        path.write_bytes(_book(code, sender, term, values, status))
        written.append(path)
    return written


def _book(code: str, sender: int, term: Term, values: Mapping[str, Rows], status: str) -> bytes:
    """One organisation's sheets only, under its own name."""
    settings = load_area_settings()[code]
    organisation = settings.organisations[sender]
    sent = settings.extracts_of(organisation)
    cover = {
        "Organisation": organisation,
        "Prepared by": "SEND data analyst",
        "Data as at": "2026-09-18",
        "Status": status,
        "Coverage note": "Invented sample data. Not real figures.",
    }
    own = {name: rows for name, rows in values.items() if name in sent}
    return build_template(settings, term, load_extracts(), values=own, cover=cover)


def _bigger(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value * TIMES if isinstance(value, int) and name not in NOT_COUNTS else value
        for name, value in row.items()
    }


def _with_mistakes(values: Mapping[str, Rows]) -> dict[str, Rows]:
    """Five mistakes of the kind that hurried people make, on four sheets."""
    wrong = {name: [dict(row) for row in rows] for name, rows in values.items()}
    wrong["ehc_plans"][1]["plans_end"] += 10  # the flows do not lead there
    wrong["ehc_plans"][2]["new_plans"] = None
    wrong["ehc_timeliness"][2]["issued"] = "24 plans"
    wrong["annual_reviews"][0]["held"] = wrong["annual_reviews"][0]["due"] + 6
    wrong["out_of_school"][0]["missing"] = "<5"
    return wrong


def _final(values: dict[str, Rows]) -> dict[str, Rows]:
    """Two suspensions that were reported late, and a review that had been held after all."""
    exclusions = next(row for row in values["exclusions"] if row["suspensions"])
    exclusions["suspensions"] += 2
    review = next(row for row in values["annual_reviews"] if row["held"] < row["due"])
    review["held"] += 1
    return values
