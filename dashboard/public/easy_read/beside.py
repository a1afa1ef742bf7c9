"""How a share of this area compares with England, where one publisher counted both alike."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dashboard.public.easy_read.facts import Kind, Number
from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from dashboard.words.easy_read.amounts import exact, whole
from dashboard.words.easy_read.changes_said import Trend, change
from schemas.area import ENGLAND
from schemas.measure import Measure


@dataclass(frozen=True)
class Compared:
    """`more`, `fewer` or `same` as England, and when."""

    trend: Trend
    start: dt.date
    end: dt.date


def compare(release: PublicRelease, number: Number) -> Compared | None:
    """The newest published pair of this area and England: of one publication, period and basis,
    both with the counts they are made of, and comparable by the measure's definition. With the
    care of a change: 5 points, and 30 at least. None when there is no such pair."""
    if number.kind is not Kind.share or number.of or number.measure_id not in release.measures:
        return None
    pairs = [*_pairs(release, number)]
    if not pairs:
        return None
    here, england = max(pairs, key=lambda pair: (pair[0].period_end, pair[0].source))
    trend = change(_share(here), _share(england), _size(here), _size(england), "neutral")
    dates = (dt.date.fromisoformat(day) for day in (here.period_start, here.period_end))
    return Compared(trend, *dates)


def _pairs(release: PublicRelease, number: Number) -> Iterator[tuple[PublicFigure, PublicFigure]]:
    measure = release.measures[number.measure_id]
    found = [one for one in release.beside if _is_usable(one, measure, number)]
    england = {_place(one): one for one in found if one.area_code == ENGLAND}
    for one in found:
        if one.area_code == release.area.code and _place(one) in england:
            yield one, england[_place(one)]


def _is_usable(figure: PublicFigure, measure: Measure, number: Number) -> bool:
    about = (number.measure_id, number.breakdown, number.category)
    return (
        (figure.measure_id, figure.breakdown, figure.category) == about
        and _is_comparable(measure, figure.basis)
        and figure.symbol is None
        and figure.numerator is not None
        and bool(figure.denominator)
    )


def _is_comparable(measure: Measure, basis: str) -> bool:
    """A figure does not say which file it is from, so every file on that basis has to be."""
    alike = [one.comparable for one in measure.benchmarks if one.basis == basis]
    return bool(alike) and all(alike)


def _place(figure: PublicFigure) -> tuple[str, ...]:
    return figure.period, figure.basis, figure.source, figure.version


def _share(figure: PublicFigure) -> Fraction:
    return exact(figure.numerator or 0) / exact(figure.denominator or 1)


def _size(figure: PublicFigure) -> int:
    return whole(figure.denominator or 0)
