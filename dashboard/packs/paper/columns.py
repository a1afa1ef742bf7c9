"""How wide the columns of a table are: as their words need, and no word longer than its column."""

import re
from collections.abc import Sequence

from dashboard.packs.pack import PackTable

ON_A_SHEET = 30
"""Tables of no more rows are not divided: they stand whole on the next sheet."""
_BOLD = 1.12  # heads of rows are in bold letters, which are wider
_FIRST = 26.0  # the heads of rows stand in one line up to this
_LEAST, _MOST = 5.0, 44.0  # letters that a column is made for
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)  # points
_LETTER = 0.52  # a letter's width on average, in sizes of its type
_BREAK = "\u200b"  # a place of no width where a line may end


def fit_columns(table: PackTable, width: float) -> tuple[float, tuple[float, ...]]:
    """The largest type in which the usual cell is one line, else the smallest, and how many of its
    letters stand in each column, so that every word has its place and, where that can be, every
    cell.

    Args:
        width: of the whole table in points.
    """
    columns = [*zip(table.headings, *table.rows, strict=True)]
    longest = [_longest(heading, cells) for heading, *cells in columns]
    longest[0] *= _BOLD
    wished = [min(one, _MOST) for one in longest]
    rooms = [(size, width / size / _LETTER) for size in _SIZES]
    size, room = next((one for one in rooms if sum(wished) <= one[1]), rooms[-1])
    if sum(wished) <= room:
        more = [long - wish for long, wish in zip(longest, wished, strict=True)]
        return size, _shared(wished, more, room)
    least = [_least(cells) for cells in columns]
    least[0] = max(least[0], min(wished[0], _FIRST))
    return size, _shared(
        least, [max(w - few, 0) for w, few in zip(wished, least, strict=True)], room
    )


def with_breaks(text: str, letters: int) -> str:
    """Words longer than `letters` may go on in the next line."""
    longer = re.compile(rf"[^\s{_BREAK}]{{{letters}}}(?=[^\s{_BREAK}])")
    return longer.sub(lambda found: found[0] + _BREAK, text)


def _longest(heading: str, cells: Sequence[str]) -> float:
    """Headings may stand in several lines."""
    return max(_LEAST, *(len(line) + 2.0 for line in (*heading.split(), *cells)))


def _least(cells: Sequence[str]) -> float:
    words = (len(word) + 2.0 for cell in cells for word in cell.split())
    return min(max(_LEAST, *words), _MOST)


def _shared(first: Sequence[float], more: Sequence[float], room: float) -> tuple[float, ...]:
    """What each has first, and what is left by what each would have more; all of `room`."""
    spare = max(room - sum(first), 0.0)
    given = [one + spare * wish / (sum(more) or 1.0) for one, wish in zip(first, more, strict=True)]
    return tuple(one / sum(given) * room for one in given)
