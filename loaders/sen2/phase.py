"""The phase somebody is in on a day: by the age on 31 August before that day's academic year."""

import datetime as dt

from schemas.codes import PHASE

PHASES = tuple(category.id for category in PHASE.categories)
_FROM_AGE = ((19, "post19"), (16, "post16"), (11, "secondary"), (4, "primary"))


def phase_on(born: dt.date, day: dt.date) -> str:
    """Up to 3 early years, 4 to 10 primary, 11 to 15 secondary, 16 to 18 and 19 to 25
    (`measures.md`; the return holds no school year, so age is all there is)."""
    year = day.year if day.month >= 9 else day.year - 1
    age = age_on(born, dt.date(year, 8, 31))
    return next((phase for least, phase in _FROM_AGE if age >= least), "early_years")


def age_on(born: dt.date, day: dt.date) -> int:
    """Whole years; below 0 for somebody not born yet."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
