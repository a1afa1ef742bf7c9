"""What is known of one number of a family page: its state, its size, how it compares."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum, StrEnum
from fractions import Fraction

from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from dashboard.words.easy_read.amounts import exact, whole
from dashboard.words.easy_read.changes_said import Trend, change, change_of_count, change_of_wait
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.symbol import Symbol
from schemas.term import Term

_DAYS = {"days": Fraction(1), "weeks": Fraction(7), "months": Fraction(365, 12)}


class Kind(Enum):
    """A part of a whole, a number of people or things, or half of the waits."""

    share = "share"
    count = "count"
    wait = "wait"


@dataclass(frozen=True)
class Number:
    """One number of a page: `name` in the catalogue, where its figure is, and the `picture` of the
    thing that is counted.

    `of` is the measure that says how many it is of: the whole of a share of two counts, or those
    who wait. `limit_weeks` is the time the law gives. `so_far` says that the waits go on;
    `children` that a count is of children, so that classes mean something.
    """

    name: str
    kind: Kind
    measure_id: str
    picture: str
    breakdown: str = ALL
    category: str = ALL
    of: str = ""
    limit_weeks: int = 0
    so_far: bool = False
    children: bool = False


class State(StrEnum):
    """`nothing` when there was nobody to count."""

    shown = "shown"
    hidden = "hidden"
    unknown = "unknown"
    nothing = "nothing"


@dataclass(frozen=True)
class Fact:
    """A number as published. `amount` is the share of 0 to 1 (above 1 when more were done than
    were due), the count, or the wait in days; None unless it is shown. `size` is how many it is
    of, None when nobody says."""

    state: State
    figure: PublicFigure | None = None
    amount: Fraction | None = None
    size: int | None = None


def read_fact(release: PublicRelease, number: Number, term: Term | None = None) -> Fact:
    """Of the release's own term unless told another."""
    figure = _figure(release, number.measure_id, number, term)
    of = _figure(release, number.of, number, term) if number.of else None
    parts = (figure, of) if number.of and number.kind is Kind.share else (figure,)
    state = max((_state(part) for part in parts), key=_ORDER.index)
    if state is State.unknown and _is_left_out(release, number):
        return Fact(State.hidden)
    if state is not State.shown or figure is None:
        return Fact(state, figure)
    if number.kind is Kind.share:
        return _share(release.measures[number.measure_id], figure, of)
    if number.kind is Kind.count:
        return Fact(State.shown, figure, Fraction(whole(figure.value or 0)), None)
    days = exact(figure.value or 0) * _DAYS[release.measures[number.measure_id].unit]
    return Fact(State.shown, figure, days, _size(figure, of))


_ORDER = (State.shown, State.nothing, State.hidden, State.unknown)


def _figure(
    release: PublicRelease, measure_id: str, number: Number, term: Term | None
) -> PublicFigure | None:
    if measure_id not in release.measures:
        return None
    return release.get(measure_id, number.breakdown, number.category, term)


def _is_left_out(release: PublicRelease, number: Number) -> bool:
    """Whether a figure is not there because no hiding could protect it."""
    return any(
        one.measure_id in (number.measure_id, number.of)
        and one.breakdown in (number.breakdown, ALL, "")
        for one in release.left_out
    )


def _state(figure: PublicFigure | None) -> State:
    if figure is None:
        return State.unknown
    if figure.symbol is None:
        return State.shown
    return {Symbol.c: State.hidden, Symbol.z: State.nothing}.get(
        Symbol(figure.symbol), State.unknown
    )


def _share(measure: Measure, figure: PublicFigure, of: PublicFigure | None) -> Fact:
    """From the published counts, unrounded; from the published value where there are none."""
    part, parts = (figure.value, of.value) if of else (figure.numerator, figure.denominator)
    if part is not None and parts is not None:
        if not parts:
            return Fact(State.nothing, figure)
        return Fact(State.shown, figure, exact(part) / exact(parts), whole(parts))
    return Fact(State.shown, figure, exact(figure.value or 0) / exact(measure.multiplier))


def _size(figure: PublicFigure, of: PublicFigure | None) -> int | None:
    """How many a wait is of: what it was worked out from, or what another measure counts."""
    sizes = (figure.denominator, of.denominator if of else None, of.value if of else None)
    return next((whole(size) for size in sizes if size is not None), None)


def trend_of(release: PublicRelease, number: Number) -> Trend:
    """Beside the same term a year before; `unknown` when the two cannot be compared: one is not
    shown, the definition changed, or a note says that numbers may not be compared."""
    now, then = read_fact(release, number), read_fact(release, number, release.term.last_year)
    if now.amount is None or then.amount is None or _is_broken(release, now, then):
        return Trend.unknown
    if number.kind is Kind.count:
        of_one_day = now.figure is not None and now.figure.basis == "snapshot"
        return change_of_count(int(now.amount), int(then.amount), of_one_day)
    if now.size is None or then.size is None:
        return Trend.unknown
    if number.kind is Kind.wait:
        return change_of_wait(now.amount, then.amount, now.size, then.size)
    polarity = release.measures[number.measure_id].polarity
    return change(now.amount, then.amount, now.size, then.size, polarity)


def _is_broken(release: PublicRelease, now: Fact, then: Fact) -> bool:
    if now.figure is None or then.figure is None:
        return True
    if now.figure.definition_version != then.figure.definition_version:
        return True
    measure = release.measures[now.figure.measure_id]
    return any(
        note.breaks
        and note.is_about(measure, release.area.code)
        and then.figure.period_end < note.on.isoformat() <= now.figure.period_end
        for note in release.notes
    )


def number_about(measure: Measure) -> Number:
    """A measure's headline as a number, for what is said of a measure that no page counts."""
    kind = Kind.share if measure.unit == "percent" else Kind.count
    kind = Kind.wait if measure.unit in _DAYS else kind
    where = measure.headline
    return Number("", kind, measure.id, "", where.breakdown, where.category)


def end_of(figure: PublicFigure) -> dt.date:
    return dt.date.fromisoformat(figure.period_end)
