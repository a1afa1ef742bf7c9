"""Restated history: which figures of a term are no longer what was published before."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, select

from dashboard.view import MeasureView, Point
from dashboard.words.periods import period_words
from dashboard.words.values import figure_words
from schemas.tables import observation


def count_restated(connection: Connection, before_id: int, version_id: int) -> Counter[str]:
    """How many figures of each measure changed or vanished from one version to another; one that
    only came, or is now final as it was, restates nothing."""
    old, new = (_figures(connection, one) for one in (before_id, version_id))
    return Counter(key[0] for key, figure in old.items() if new.get(key) != figure)


def restated_words(term: str, number: int, now: MeasureView, before: MeasureView | None) -> str:
    """`3 figures of the Summer term 2025/26 are no longer what was published. The headline was
    72.5% and is 71.0% now.`"""
    many = "1 figure" if number == 1 else f"{number} figures"
    are = "is" if number == 1 else "are"
    said = f"{many} of the {period_words(term, 'in_term')} {are} no longer what was published."
    new, old = _headline(now, term), _headline(before, term) if before else None
    if new is None or old is None or (new.value, new.symbol) == (old.value, old.symbol):
        return said
    was, is_now = (figure_words(one, now.measure) for one in (old, new))
    return f"{said} The headline was {was} and is {is_now} now."


def _figures(connection: Connection, version_id: int) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    o = observation.c
    query = select(
        o.measure_id,
        o.period,
        o.basis,
        o.breakdown,
        o.category,
        o.numerator,
        o.denominator,
        o.value,
        o.symbol,
    ).where(o.release_version_id == version_id, o.superseded_by_id.is_(None))
    return {tuple(row[:5]): tuple(row[5:]) for row in connection.execute(query)}


def _headline(view: MeasureView, term: str) -> Point | None:
    return next((one for one in view.terms.points if one.period == term), None)
