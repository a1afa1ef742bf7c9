"""Text of the return → days, codes and flags; what cannot be read becomes a fault, unsaid."""

import datetime as dt
import re
from collections.abc import Mapping

from loaders.sen2.rows import Fault, Row
from loaders.sen2.specification import Specification

_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2}|[A-Za-z]{3})-(\d{1,2})(?:[T ][\d:.+Z]*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: [\d:.]*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EARLIEST = 1980  # nobody who may have a plan was born before


class Values:
    """Typed values of rows. Every fault found on the way is added to `faults`."""

    def __init__(self, specification: Specification, faults: list[Fault]) -> None:
        self._specification = specification
        self._faults = faults

    def day(self, row: Row, column: str) -> dt.date | None:
        """A day, or None where there is none or it cannot be read."""
        text = row.values.get(column)
        if text is None:
            return None
        day = parse_day(text)
        if day is None:
            self.fault("not_a_date", row, column)
        return day

    def code(self, row: Row, column: str, codes: str) -> str | None:
        """What a code means, None where there is none or it is not in the list."""
        text = row.values.get(column)
        if text is None:
            return None
        known: Mapping[str, str] = self._specification.codes[codes]
        meaning = known.get(text.casefold()) or known.get(text.removesuffix(".0"))
        if meaning is None:
            self.fault("not_a_code", row, column)
        return meaning

    def flag(self, row: Row, column: str) -> bool | None:
        meaning = self.code(row, column, "flag")
        return None if meaning is None else meaning == "yes"

    def number(self, row: Row, column: str) -> int | None:
        """A rank; None where there is none."""
        text = row.values.get(column, "").removesuffix(".0")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 4):
            self.fault("not_a_number", row, column)
            return None
        return int(text)

    def fault(self, rule: str, row: Row, column: str = "") -> None:
        self._faults.append(Fault(rule, row.module, row.number, column, row.person))


def parse_day(text: str) -> dt.date | None:
    """2025-09-28, 2025-Sep-28 00:00:00 (as COLLECT writes it) or 28/09/2025, day first."""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    if month.isalpha():
        month = str(_MONTHS.index(month.lower()) + 1) if month.lower() in _MONTHS else "0"
    try:
        parsed = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return parsed if parsed.year >= _EARLIEST else None
