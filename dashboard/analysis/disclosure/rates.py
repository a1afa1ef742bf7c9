"""Figures from protected counts: each observation as everyone may see it."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from dashboard.analysis.disclosure.cell import Kind
from dashboard.analysis.disclosure.gather import Used
from dashboard.analysis.disclosure.health import FEWEST_FOR_AN_AVERAGE, round_count
from dashboard.analysis.disclosure.primary import (
    FEWEST_FOR_A_RATE,
    is_unreliable,
    why_rate_hidden,
)
from dashboard.analysis.disclosure.quantity import Quantity
from schemas.observation import Observation, as_parts
from schemas.symbol import Symbol


class Figure(NamedTuple):
    """An observation with its numbers as they may be shown. `why` is empty unless it is hidden.

    A hidden one has the symbol `c`, no value and no numerator; its denominator only where that is
    shown. `unreliable` marks a rate of 10 to 19; `rounded` says that counts are to the nearest 5.
    """

    observation: Observation
    unreliable: bool
    rounded: bool
    why: str

    @property
    def is_hidden(self) -> bool:
        return bool(self.why)


class Fates(NamedTuple):
    """What is known of counts when figures are made: the true ones, those hidden, and those that
    count no children but are about children who are not shown."""

    values: Mapping[Quantity, int]
    hidden: Collection[Quantity]
    unseen: Collection[Quantity] = ()


def make_figure(used: Used, fates: Fates) -> Figure:
    """One observation as everyone may see it."""
    health = _is_health(used)
    row = used.observation
    if row.value is None:
        return Figure(_bare(used, fates, row.symbol), False, health, "")
    why = _why_hidden(used, fates, health)
    if why:
        return Figure(_bare(used, fates, Symbol.c.value), False, health, why)
    if used.counted.numerator is None:
        return Figure(_average(used, health), _is_shaky(used, fates), health, "")
    return _counted(used, health)


def _is_health(used: Used) -> bool:
    known = (*used.quantities, *used.counted.children)
    return any(one.is_health for one in known)


def _bare(used: Used, fates: Fates, symbol: str | None) -> Observation:
    """Without a number, except a denominator that may be seen."""
    below = used.counted.denominator
    row = used.observation
    seen = below is not None and below not in fates.hidden and row.denominator is not None
    shown = _as_shown(row.denominator, below.is_health) if seen and below else None
    return row._replace(numerator=None, denominator=shown, value=None, symbol=symbol)


def _as_shown(count: float | None, health: bool) -> float | None:
    if count is None or not health:
        return count
    rounded = round_count(round(count))
    return None if isinstance(rounded, Symbol) else float(rounded)


def _why_hidden(used: Used, fates: Fates, health: bool) -> str:
    counted = used.counted
    if counted.children and (why := _why_children_hide(used, fates, health)):
        return why
    top, bottom = counted.numerator, counted.denominator
    if top is None:
        return "its count of children is hidden" if bottom in fates.hidden else ""
    if bottom is None or not used.measure.is_rate:
        return "its count is hidden" if top in fates.hidden else ""
    row = used.observation
    hidden = (top in fates.hidden, bottom in fates.hidden)
    if counted.children:
        return "one of its counts is hidden" if any(hidden) else ""
    kind: Kind = "health" if health else "education"
    part, whole = round(row.numerator or 0), round(row.denominator or 0)
    if not used.is_share and whole >= FEWEST_FOR_A_RATE:
        whole += part  # nobody is left out of what its numerator is no part of
    return why_rate_hidden(part, whole, *hidden, kind)


def _why_children_hide(used: Used, fates: Fates, health: bool) -> str:
    """A median, a longest wait, sessions: only where the children are shown and enough."""
    fewest = FEWEST_FOR_AN_AVERAGE if health else FEWEST_FOR_A_RATE
    children = used.counted.children
    known = [fates.values[one] for one in children if one in fates.values]
    if not known:
        return "it is not known how many children it is about"
    if any(count < fewest for count in known):
        return f"it is about fewer than {fewest} children"
    unseen = any(one in fates.hidden for one in children)
    unseen = unseen or used.counted.numerator in fates.unseen
    return "the number of children it is about is not shown" if unseen else ""


def _is_shaky(used: Used, fates: Fates) -> bool:
    counts = [fates.values[one] for one in used.counted.children if one in fates.values]
    return not _is_health(used) and any(is_unreliable(count) for count in counts)


def _average(used: Used, health: bool) -> Observation:
    """As it is, without the sum it was made of: a mean times a count would tell the count."""
    row = used.observation
    below = _as_shown(row.denominator, health)
    value = round(row.value, used.measure.decimals) if row.value is not None else None
    return row._replace(numerator=None, denominator=below, value=value)


def _counted(used: Used, health: bool) -> Figure:
    row = used.observation
    top, bottom = _as_shown(row.numerator, health), _as_shown(row.denominator, health)
    if top is None:
        hidden = row._replace(numerator=None, denominator=bottom, value=None, symbol=Symbol.c.value)
        return Figure(hidden, False, health, "it counts too few people")
    value, symbol = as_parts(used.measure.value(top, bottom))
    if value is not None and health and used.measure.is_rate:
        value = round(value, used.measure.decimals)
    shown = row._replace(numerator=top, denominator=bottom, value=value, symbol=symbol)
    shaky = used.measure.is_rate and not health and is_unreliable(round(row.denominator or 0))
    return Figure(shown, shaky, health, "")
