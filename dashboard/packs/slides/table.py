"""Native tables: columns and rows as large as their words need, on as many slides as it takes."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.packs.slides.letters import LINE, Letters
from dashboard.packs.slides.text import Para, Run

SIZES: Final = (14.0, 13.0, 12.0, 11.0)
SIDE, ABOVE = 5.0, 3.0  # points free in a cell, left and right, above and below
_ROWS = 12  # on one slide
_AIR = 1.4  # a table that has room is as much wider than its words
_LINES = 1.4  # of a row, on average: letters are made smaller rather
_AGAIN: Final = " (continued)"

Cell = tuple[Para, ...]


@dataclass(frozen=True)
class Grid:
    """A table as it stands on one slide; widths and heights in points. The first row heads the
    columns, the first cell of each row heads the row.

    `origins` says for every row below the first which row of the whole table it was; a row that
    was too tall for a slide goes on in others of the same origin. `above` is free in every cell,
    above and below its words.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    origins: tuple[int, ...]
    above: float = ABOVE

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def height(self) -> float:
        return sum(self.heights)


def grids(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    letters: Letters,
    room: float,
    tall: float,
    first: float | None = None,
    sizes: Sequence[float] = SIZES,
    above: float = ABOVE,
) -> list[Grid]:
    """The table in pieces that each fit `room` by `tall` points and have at most twelve rows. Every
    piece repeats the headings; one with other columns repeats the first.

    Args:
        first: how tall the first piece may be, where something stands above it.
        sizes: of letters, in points: the largest in which most rows stand in one line is taken.
        above: points free in a cell, above and below its words.
    """
    made: list[Grid] = []
    for chosen in _column_sets(headings, rows, letters, room):
        part = [[row[i] for i in chosen] for row in (headings, *rows)]
        size = next((one for one in sizes if _stands(part, letters, room, one)), sizes[-1])
        cells = [
            [_cell(text, size, not number or not column) for column, text in enumerate(row)]
            for number, row in enumerate(part)
        ]
        widths = share_widths(part, letters, room, size)
        begins = None if made else first
        most = _evenly(len(rows))
        made += paged(cells[0], cells[1:], widths, letters, tall, most, begins, above)
    return made


def _evenly(rows: int) -> int:
    """Rows of a slide so that the last has not one alone."""
    slides = max(math.ceil(rows / _ROWS), 1)
    return max(math.ceil(rows / slides), 1)


def paged(
    head: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    letters: Letters,
    tall: float,
    most: int = _ROWS,
    first: float | None = None,
    above: float = ABOVE,
) -> list[Grid]:
    """Rows of cells in pieces no taller than `tall`, each under the headings.

    Args:
        first: how tall the first piece may be, where something stands above it.
        above: points free in a cell, above and below its words.
    """
    top = _row_height(head, widths, letters, above)
    split = [
        (part, origin)
        for origin, row in enumerate(rows)
        for part in _split(row, widths, letters, tall - top, above)
    ]
    pieces: list[list[tuple[Sequence[Cell], float, int]]] = [[]]
    used = top + (0.0 if first is None else tall - first)
    for row, origin in split:
        needs = _row_height(row, widths, letters, above)
        if pieces[-1] and (used + needs > tall or len(pieces[-1]) == most):
            pieces.append([])
            used = top
        pieces[-1].append((row, needs, origin))
        used += needs
    return [
        Grid(
            (tuple(head), *(tuple(row) for row, _, _ in piece)),
            tuple(widths),
            (top, *(needs for _, needs, _ in piece)),
            tuple(origin for _, _, origin in piece),
            above,
        )
        for piece in pieces
    ]


def share_widths(
    rows: Sequence[Sequence[str]], letters: Letters, room: float, size: float
) -> list[float]:
    """What each column needs for its longest word, and the rest by the length of its texts; a
    small table is no wider than its words."""
    least = _least(rows, letters, room, size)
    longest = [
        max(letters.width(text, size, bold=True) for text in column) + 2 * SIDE
        for column in zip(*rows, strict=True)
    ]
    if sum(longest) <= room:
        air = min(room / sum(longest), _AIR)
        return [wide * air for wide in longest]
    scale = min(1.0, room / sum(least))
    wants = [max(whole - part, 0.0) ** 0.75 for whole, part in zip(longest, least, strict=True)]
    spare = max(room - sum(least), 0.0)
    return [
        part * scale + spare * want / (sum(wants) or 1.0)
        for part, want in zip(least, wants, strict=True)
    ]


def _column_sets(
    headings: Sequence[str], rows: Sequence[Sequence[str]], letters: Letters, room: float
) -> Iterator[list[int]]:
    """Columns that stand side by side at the smallest size, as many in each set as in the others;
    the first column is in every set."""
    first, *others = _least([headings, *rows], letters, room, SIZES[-1])
    sets = math.ceil(sum(others) / max(room - first, max(others, default=1.0)))
    each = math.ceil(len(others) / max(sets, 1))
    for start in range(1, max(len(headings), 2), max(each, 1)):
        yield [0, *range(start, min(start + each, len(headings)))]


def _least(
    rows: Sequence[Sequence[str]], letters: Letters, room: float, size: float
) -> list[float]:
    """What each column cannot do without: its longest word, of which no more than twelve letters
    have to stand on a line; for the first, which heads the rows, also a fifth of the room if its
    texts are as long."""
    columns = [*zip(*rows, strict=True)]
    least = [
        min(
            max(
                letters.width(word, size, bold=True) for text in column for word in text.split(" ")
            ),
            12 * size,
        )
        + 2 * SIDE
        for column in columns
    ]
    longest = max(letters.width(text, size, bold=True) for text in columns[0]) + 2 * SIDE
    return [max(least[0], min(longest, room / 5)), *least[1:]]


def _stands(rows: Sequence[Sequence[str]], letters: Letters, room: float, size: float) -> bool:
    """Without a broken word, and with most rows on one line."""
    least = _least(rows, letters, room, size)
    widths = share_widths(rows, letters, room, size)
    if sum(least) > room:
        return False
    lines = [
        max(
            len(letters.wrap(text, size, wide - 2 * SIDE, bold=not column))
            for column, (text, wide) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows[1:]
    ]
    return not lines or sum(lines) / len(lines) < _LINES


def _cell(text: str, size: float, bold: bool) -> Cell:
    return (Para((Run(text, bold),), size),)


def _row_height(
    row: Sequence[Cell], widths: Sequence[float], letters: Letters, above: float
) -> float:
    return 2 * above + max(
        sum(para.height(letters, wide - 2 * SIDE) for para in cell)
        for cell, wide in zip(row, widths, strict=True)
    )


def _split(
    row: Sequence[Cell],
    widths: Sequence[float],
    letters: Letters,
    tall: float,
    above: float,
) -> Iterator[Sequence[Cell]]:
    """A row taller than a slide goes on in another row under the same head."""
    if _row_height(row, widths, letters, above) <= tall:
        yield row
        return
    size = max(para.size for cell in row for para in cell)
    most = max(int((tall - 2 * above) / (size * LINE)) - 1, 1)
    lines = [
        [line for para in cell for line in letters.wrap(para.text, size, wide - 2 * SIDE, True)]
        for cell, wide in zip(row, widths, strict=True)
    ]
    for start in range(0, max(len(cell) for cell in lines), most):
        texts = [" ".join(cell[start : start + most]) for cell in lines]
        if start and not texts[0]:
            texts[0] = " ".join(lines[0][:2]) + _AGAIN
        yield [_cell(text, size, not column) for column, text in enumerate(texts)]
