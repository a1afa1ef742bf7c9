"""The list at the front of a marked-up workbook: what must be mended, then what to look at."""

from dataclasses import asdict, dataclass
from typing import Any

from loaders.report import Report

MOST_MARKED = 5_000  # a file with more wrong cells has one fault many times over


@dataclass(frozen=True)
class Thing:
    """One problem (`must`) or one caution at its place; `cell` is "" for a whole sheet."""

    must: bool
    sheet: str
    cell: str
    heading: str
    found: str
    message: str


def list_things(report: Report) -> list[Thing]:
    """Everything a report says about a file, problems first, each in the order of the file."""
    problems = [
        Thing(True, one.sheet, one.cell, one.heading, one.value, one.message)
        for one in report.problems
    ]
    cautions = [Thing(False, one.sheet, one.cell, "", "", one.message) for one in report.cautions]
    return problems + cautions


def as_order(things: list[Thing]) -> dict[str, Any]:
    """What the marking process is asked to mark, and how many there are of each kind."""
    problems = sum(thing.must for thing in things)
    return {
        "things": [asdict(thing) for thing in things[:MOST_MARKED]],
        "problems": problems,
        "cautions": len(things) - problems,
    }
