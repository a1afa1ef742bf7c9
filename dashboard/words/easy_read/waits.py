"""Waits in words a family can hold: weeks, months or years, and when one that begins now ends."""

from dataclasses import dataclass
from fractions import Fraction

from dashboard.words.easy_read.amounts import half_up
from dashboard.words.easy_read.catalogue import Catalogue, fill
from dashboard.words.easy_read.dates import month_name

FEW, LONG = 4, 104  # weeks: said in weeks below the first, in years from the second
_WEEKS_A_MONTH, _WEEKS_A_HALF_YEAR = Fraction("4.345"), 26


@dataclass(frozen=True)
class Wait:
    """A wait of whole `weeks`, as `months` for the squares of a calendar, and its `words`
    (`3 weeks`, `5 months`, `2 and a half years`)."""

    weeks: int
    months: int
    words: str


def wait_of_weeks(weeks: Fraction, catalogue: Catalogue) -> Wait:
    """Halves up, first to weeks, then from weeks to months; never less than a week."""
    rounded = max(1, half_up(weeks))
    months = half_up(rounded / _WEEKS_A_MONTH)
    return Wait(rounded, months, _words(rounded, months, catalogue))


def wait_of_days(days: Fraction, catalogue: Catalogue) -> Wait:
    return wait_of_weeks(days / 7, catalogue)


def _words(weeks: int, months: int, catalogue: Catalogue) -> str:
    said = catalogue.waits
    if weeks < FEW:
        return fill(said["week" if weeks == 1 else "weeks"], n=str(weeks))
    if weeks < LONG:
        return fill(said["month" if months == 1 else "months"], n=str(months))
    halves = half_up(Fraction(weeks, _WEEKS_A_HALF_YEAR))
    return fill(said["years_and_a_half" if halves % 2 else "years"], n=str(halves // 2))


def anchor(wait: Wait, catalogue: Catalogue) -> str:
    """`If you asked in January, you might wait until June.`; "" for a wait of less than a month or
    of two years and more, which a month does not help to picture."""
    if not 1 <= wait.months < 24:
        return ""
    later, month = divmod(wait.months, 12)
    said = catalogue.waits["anchor_next_year" if later else "anchor"]
    names = (month_name(number, catalogue) for number in (1, month + 1))
    return fill(said, **dict(zip(("start", "end"), names, strict=True)))
