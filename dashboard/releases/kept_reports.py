"""What was found in a file, as it is kept beside the file: to JSON and back."""

import json
from typing import Any

from loaders.matching import Proposal, UnknownHeading
from loaders.problems import Outcome, Problem
from loaders.report import Report
from loaders.workbook import Caution


def write_report(report: Report) -> str:
    return json.dumps(report.as_dict(), ensure_ascii=False)


def read_report(text: str) -> Report:
    """The report that `write_report` wrote."""
    found: dict[str, Any] = json.loads(text)
    return Report(
        found["file"],
        Outcome(found["outcome"]),
        found["message"],
        tuple(Problem(**one) for one in found["problems"]),
        tuple(Caution(**one) for one in found["warnings"]),
        {one["id"]: one["rows"] for one in found["extracts"]},
        found["observations"],
        found["new"],
        found["changed"],
        found["loaded"],
        found["already_loaded"],
        tuple(_unknown(one) for one in found["unknown_headings"]),
    )


def _unknown(found: dict[str, Any]) -> UnknownHeading:
    proposals = tuple(Proposal(**one) for one in found["proposals"])
    return UnknownHeading(**{**found, "proposals": proposals})
