"""What follows for each count from looking at one relation at a time, over and over."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dashboard.analysis.disclosure.components import Network, Row, connected, is_tree, part_of

ROUNDS = 40  # a ring of relations can narrow for ever by ones; what is left is for the solver


@dataclass(frozen=True)
class View:
    """What an attacker sees when some columns are hidden.

    `lows` and `highs` hold for every column whatever the truth is; they are the exact bounds where
    `exact`. `group_of` leads from a column that is still open to the open columns it hangs with.
    """

    lows: Sequence[int]
    highs: Sequence[int]
    exact: Sequence[bool]
    group_of: Sequence[tuple[int, ...]]


def look(network: Network, hidden: Iterable[int]) -> View:
    """`hidden` are columns, those of earlier publications among them."""
    lows, highs = network.ranges(hidden).tolist()
    at_rest = narrow(network, lows, highs)
    return _view(_still_open(network, lows, highs), lows, highs, at_rest)


def _view(network: Network, lows: list[int], highs: list[int], at_rest: bool) -> View:
    exact = [True] * len(lows)
    group_of: list[tuple[int, ...]] = [()] * len(lows)
    loose = [low < high for low, high in zip(lows, highs, strict=True)]
    for group in connected(network, loose):
        found = at_rest and is_tree(part_of(network, group).rows)
        for column in group:
            exact[column], group_of[column] = found, group
    return View(lows, highs, exact, group_of)


def _still_open(network: Network, lows: Sequence[int], highs: Sequence[int]) -> Network:
    """Without the rows that say nothing any more."""
    rows = [row for row in network.rows if row.equal or _most_of(row, lows, highs) > row.constant]
    return replace(network, rows=tuple(rows))


def _most_of(row: Row, lows: Sequence[int], highs: Sequence[int]) -> int:
    return sum(factor * (highs if factor > 0 else lows)[column] for column, factor in row.terms)


def narrow(network: Network, lows: list[int], highs: list[int]) -> bool:
    """Narrows in place; whether nothing more follows."""
    waiting = deque(range(len(network.rows)))
    queued = [True] * len(network.rows)
    left = ROUNDS * len(network.rows)
    while waiting and left:
        left -= 1
        number = waiting.popleft()
        queued[number] = False
        for column in _narrow_by(network.rows[number], lows, highs):
            for other in network.rows_of[column]:
                if not queued[other]:
                    queued[other] = True
                    waiting.append(other)
    return not waiting


def _narrow_by(row: Row, lows: list[int], highs: list[int]) -> list[int]:
    least = most = 0
    for column, factor in row.terms:
        low, high = lows[column] * factor, highs[column] * factor
        least += low if factor > 0 else high
        most += high if factor > 0 else low
    changed = []
    for column, factor in row.terms:
        low, high = lows[column], highs[column]
        if low == high:
            continue
        # factor times count is between constant − most of the others and constant − their least
        size = abs(factor)
        above = row.constant - least + (low if factor > 0 else high) * factor
        below = row.constant - most + (high if factor > 0 else low) * factor
        if factor < 0:
            above, below = -below, -above
        new_high = min(high, above // size) if row.equal or factor > 0 else high
        new_low = max(low, -(-below // size)) if row.equal or factor < 0 else low
        if new_low > low or new_high < high:
            lows[column], highs[column] = new_low, new_high
            changed.append(column)
            least += ((new_low - low) if factor > 0 else (new_high - high)) * factor
            most += ((new_high - high) if factor > 0 else (new_low - low)) * factor
    return changed
