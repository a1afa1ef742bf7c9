"""What became of a file that was sent in, in words; and what a person chose for its headings."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.releases.sent_files import Submission
from loaders.matching import UnknownHeading
from loaders.problems import Outcome, Problem
from loaders.workbook import Caution
from schemas.extracts import load_extracts

MOST_PROBLEMS = 100  # of one sheet; the marked copy has them all
UNDECIDED = "-"
CHOSEN_BEFORE = "chosen before"  # stands in what the loader says of a remembered heading
_STATES = {
    "waiting": ("Waiting for you to accept it", "wait"),
    "to_mend": ("To be mended", "bad"),
    "accepted": ("Accepted", "good"),
    "turned_back": ("Turned back", "wait"),
    "refused": ("Refused", "bad"),
}


@dataclass(frozen=True)
class SheetFound:
    """The problems of one sheet, those that are shown and how many there are."""

    name: str
    problems: tuple[Problem, ...]
    count: int


@dataclass(frozen=True)
class HeadingAsked:
    """A heading nobody has said the meaning of; `options` are (column, words), likeliest first."""

    name: str
    sheet: str
    cell: str
    heading: str
    options: tuple[tuple[str, str], ...]
    value: str


def said_of(sent: Submission) -> tuple[str, str, str]:
    """The state in words, its look, and the sentence about the file."""
    words, look = _STATES[sent.state]
    if sent.outcome is Outcome.personal_data:
        words = "Refused: personal data"
    about = sent.report.message
    if sent.state == "waiting":
        about += " Nothing is stored until you have looked at what it changes and accepted it."
    return words, look, f"{sent.name}: {about}" if sent.name else about


def recognised(sent: Submission) -> list[tuple[str, int]]:
    """The sheets that were known, and how many rows each has."""
    extracts = load_extracts()
    return [(extracts[name].sheet, rows) for name, rows in (sent.report.rows_read or {}).items()]


def sheets_of(sent: Submission) -> list[SheetFound]:
    """The problems by sheet, in the order of the file."""
    by_sheet: dict[str, list[Problem]] = defaultdict(list)
    for problem in sent.report.problems:
        by_sheet[problem.sheet].append(problem)
    return [
        SheetFound(name or "What the form says of the file", tuple(ones[:MOST_PROBLEMS]), len(ones))
        for name, ones in by_sheet.items()
    ]


def cautions_of(sent: Submission) -> list[Caution]:
    """What to look at, without the headings that are asked about."""
    asked = {(one.sheet, one.cell) for one in sent.report.unknown_headings}
    return [one for one in sent.report.cautions if (one.sheet, one.cell) not in asked]


def headings_asked(sent: Submission) -> list[HeadingAsked]:
    """A question for each unknown heading; a sure proposal is chosen beforehand."""
    found = []
    for place, unknown in enumerate(sent.report.unknown_headings):
        extract = load_extracts()[unknown.extract]
        likely = [one.column_id for one in unknown.proposals]
        others = [column for column in _missing(sent, unknown) if column not in likely]
        named = [(column, extract.heading_of(column)) for column in (*likely, *others)]
        sure = next((one.column_id for one in unknown.proposals if one.sure), UNDECIDED)
        options = ((UNDECIDED, "Not decided yet"), *named, ("", "Leave this column out"))
        found.append(
            HeadingAsked(
                f"heading-{place}", unknown.sheet, unknown.cell, unknown.heading, options, sure
            )
        )
    return found


def _missing(sent: Submission, unknown: UnknownHeading) -> list[str]:
    """The columns of its sheet that no heading is: a heading that is here keeps its column."""
    extract = load_extracts()[unknown.extract]
    said = [one.message for one in sent.report.problems if one.sheet == unknown.sheet]
    return [
        column
        for column in extract.columns
        if any(
            one.startswith(f"The heading “{extract.heading_of(column)}” is missing") for one in said
        )
    ]


def heading_choices(sent: Submission, form: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """By extract, the headings that were given a meaning. Only what was asked is taken."""
    chosen: dict[str, dict[str, str]] = defaultdict(dict)
    asked = headings_asked(sent)
    for one, unknown in zip(asked, sent.report.unknown_headings, strict=True):
        column = form.get(one.name, UNDECIDED)
        if column != UNDECIDED and column in dict(one.options):
            chosen[unknown.extract][unknown.heading] = column
    return dict(chosen)
