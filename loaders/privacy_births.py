"""Finds columns of dates that look like births rather than the period or date of a return."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from loaders.privacy_dates import could_be_birth, read_date
from loaders.privacy_headings import find_heading_kind
from loaders.privacy_text import NOT_NAMES
from loaders.workbook import Row, Value

_OF_A_RETURN = re.compile(
    r"\b(?:periods?|months?|terms?|quarters?|weeks?|years?|as at|as of|asat|ending|ended|start|end|"
    r"snapshot|census|reporting|produced|prepared|published|updated|extracted|run|printed|created|"
    r"refreshed|version|submitted|due|issued|data)\b",
    re.I,
)
_A_PERIOD = re.compile(r"20\d\d.{0,20}|[a-z ]{3,20}[ -](?:20\d\d|\d\d)(?:[/-]\d\d)?", re.I)
_NAME_LIKE = re.compile(r"[A-Z]\.? [A-Z][a-z'’-]+|[A-Z][a-z'’-]+,? [A-Z][\w'’-]*\.?")
MAX_HEADING = 40


def find_births(rows: Sequence[Row], is_cover: bool, today: date) -> Mapping[int, int]:
    """Column → how many of its dates look like births. One alone counts beside a name or a label.

    A cover sheet holds several dates by right (as at, prepared on), so there only a label tells.
    """
    columns: dict[int, list[tuple[int, date]]] = {}
    for place, (_, values) in enumerate(rows):
        for column, value in enumerate(values):
            if value is not None and type(value) not in (int, float, bool):
                day = read_date(value)
                if day and could_be_birth(day, today):
                    columns.setdefault(column, []).append((place, day))
    return {
        column: count
        for column, found in columns.items()
        if (count := _count_births(rows, column, found, is_cover))
    }


def _count_births(
    rows: Sequence[Row], column: int, found: list[tuple[int, date]], is_cover: bool
) -> int:
    """Dates that say beside them what they are ("Data as at") are left out."""
    left = [found_ for found_ in found if not _OF_A_RETURN.search(_label(rows, column, found_[0]))]
    if not left:
        return 0
    if any(find_heading_kind(_label(rows, column, place)) == "dates of birth" for place, _ in left):
        return len(left)
    heading = _heading(rows, column, left[0][0])
    if is_cover or _OF_A_RETURN.search(heading):
        return 0
    if len(left) == 1:
        return int(_is_beside_a_name(rows[left[0][0]][1]))
    may_be_period = not heading or re.search(r"\bdates?\b", heading, re.I)
    return 0 if may_be_period and all(_is_month_edge(day) for _, day in left) else len(left)


def _label(rows: Sequence[Row], column: int, place: int) -> str:
    """The nearest text to the left, as in `Data as at | 31/12/2025`."""
    texts = [value for value in rows[place][1][:column] if isinstance(value, str)]
    return texts[-1] if texts else ""


def _heading(rows: Sequence[Row], column: int, place: int) -> str:
    """The nearest short text above that is not itself a date or a period."""
    for _, values in reversed(rows[:place]):
        text = values[column] if column < len(values) else None
        short = isinstance(text, str) and len(text) <= MAX_HEADING
        if short and not (read_date(text) or _A_PERIOD.fullmatch(str(text).strip())):
            return str(text)
    return ""


def _is_beside_a_name(values: tuple[Value, ...]) -> bool:
    return any(
        isinstance(value, str)
        and _NAME_LIKE.fullmatch(value.strip()) is not None
        and not NOT_NAMES.search(value)
        for value in values
    )


def _is_month_edge(day: date) -> bool:
    return day.day == 1 or (day + timedelta(days=1)).day == 1
