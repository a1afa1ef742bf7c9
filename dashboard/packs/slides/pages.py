"""Pages of words and tables: planned first, so that every slide says which of how many it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pptx.slide import Slide

from dashboard.packs.pack import PackTable, WordsPage
from dashboard.packs.slides.deck import Box, Deck
from dashboard.packs.slides.flow import Block, columns, fitted
from dashboard.packs.slides.table import ABOVE, SIZES, Grid, grids
from dashboard.packs.slides.table_drawing import draw_table
from dashboard.packs.slides.text import Para, height_of, words

_BETWEEN = 28.0  # points between two columns of words
_SPACE = 14.0  # points between words and a table, and between two tables
_WORTH = 0.4  # of a slide: with less left a table that goes on begins on the next
_CAPTION = 14.0
_SMALL_CAPTION, _UNDER = 12.0, 4.0
_TIGHT = 1.5  # points free in a cell of a table that shares its slide, above and below
_LOWEST = 60.0  # points: lower columns of words are not worth reading
_PAGE_SIZES = ((18.0, ABOVE), (16.0, _TIGHT), (14.0, _TIGHT))  # of words; free in cells
_TABLE_LEAST, _TABLE_MOST = 0.36, 0.62  # of the width, beside words


@dataclass(frozen=True)
class _Words:
    box: Box
    paras: tuple[Para, ...]


@dataclass(frozen=True)
class _Table:
    left: float
    top: float
    grid: Grid
    about: str


_Piece = _Words | _Table


def draw_page(deck: Deck, page: WordsPage) -> Slide:
    """Paragraphs and points, then each table under its caption, as large as needs no more slides
    than the smallest would."""
    plans = [_plan_page(deck, page, size, free) for size, free in _PAGE_SIZES]
    return _draw(deck, page.title, min(plans, key=len))[0]


def _plan_page(deck: Deck, page: WordsPage, size: float, free: float) -> list[list[_Piece]]:
    said = [(replace(words(one, size), before=8),) for one in page.paragraphs]
    said += [(replace(words(one, size), before=8, bullet=True),) for one in page.points]
    planned = _plan_words(deck, said, bool(page.tables))
    for table in page.tables:
        _plan_table(deck, table, planned, free)
    return planned


def draw_words(deck: Deck, title: str, blocks: Sequence[Block]) -> list[Slide]:
    """Words only, in one wide column if they fit, else in columns side by side."""
    return _draw(deck, title, _plan_words(deck, blocks, False))


def draw_tables(deck: Deck, title: str, table: PackTable) -> list[Slide]:
    """A table on slides of its own."""
    planned: list[list[_Piece]] = []
    _plan_table(deck, table, planned, _TIGHT)
    return _draw(deck, title, planned)


def draw_together(deck: Deck, title: str, blocks: Sequence[Block], table: PackTable) -> bool:
    """Words and a table on one slide: below the words or beside them. False, and nothing is drawn,
    where it does not hold both."""
    plan = _plan_below(deck, blocks, table) or _plan_beside(deck, blocks, table)
    if plan:
        _draw(deck, title, [plan])
    return bool(plan)


def _plan_below(deck: Deck, blocks: Sequence[Block], table: PackTable) -> list[_Piece]:
    """The table along the foot of the slide, words above it in one wide column or two."""
    body, letters = deck.body, deck.letters
    placed = _small(deck, table, body.width)
    if placed is None:
        return []
    caption, grid = placed
    above = height_of(caption, letters, body.width) + _UNDER
    tall = body.height - grid.height - above - _SPACE
    said = _one_column(deck, blocks, tall) or _two_columns(deck, blocks, tall)
    if not said:
        return []
    top = _below(said)
    about = _Words(Box(body.left, top, body.width, above), caption)
    return [*said, about, _Table(body.left, top + above, grid, table.caption)]


def _one_column(deck: Deck, blocks: Sequence[Block], tall: float) -> list[_Piece]:
    body, letters = deck.body, deck.letters
    said = fitted(blocks, letters, body.width, tall)
    if said is None:
        return []
    high = height_of(said, letters, body.width)
    return [_Words(Box(body.left, body.top, body.width, high), tuple(said))]


def _two_columns(deck: Deck, blocks: Sequence[Block], tall: float) -> list[_Piece]:
    body, letters = deck.body, deck.letters
    if tall < _LOWEST:
        return []
    room = (body.width - _BETWEEN) / 2
    filled = columns([tuple(x.smaller(4) for x in one) for one in blocks], letters, room, tall)
    if len(filled) > 2:
        return []
    return [
        _Words(
            Box(left, body.top, room, height_of(column, letters, room)),
            tuple(column),
        )
        for left, column in zip((body.left, body.left + room + _BETWEEN), filled, strict=False)
    ]


def _plan_beside(deck: Deck, blocks: Sequence[Block], table: PackTable) -> list[_Piece]:
    """The table to the right, no wider than its words need."""
    body = deck.body
    most = body.width * _TABLE_MOST
    placed = _small(deck, table, most)
    if placed is None:
        return []
    caption, grid = placed
    wide = max(grid.width, body.width * _TABLE_LEAST)
    above = height_of(caption, deck.letters, wide) + _UNDER
    room = body.width - wide - _BETWEEN
    said = fitted(blocks, deck.letters, room, body.height)
    if said is None or above + grid.height > body.height:
        return []
    left = body.left + room + _BETWEEN
    return [
        _Words(Box(body.left, body.top, room, height_of(said, deck.letters, room)), tuple(said)),
        _Words(Box(left, body.top, wide, above), caption),
        _Table(left, body.top + above, grid, table.caption),
    ]


def _small(deck: Deck, table: PackTable, room: float) -> tuple[Block, Grid] | None:
    """The table in one piece with its caption; None where it needs several."""
    rows, tall = table.rows, deck.body.height
    sizes = SIZES[-2:]
    found = grids(table.headings, rows, deck.letters, room, tall, sizes=sizes, above=_TIGHT)
    caption = (words(table.caption, _SMALL_CAPTION, bold=True, colour=deck.inks.text),)
    return (caption, found[0]) if len(found) == 1 else None


def _plan_words(deck: Deck, blocks: Sequence[Block], tables: bool) -> list[list[_Piece]]:
    """
    Args:
        tables: whether tables follow, which words leave room for where they can.
    """
    body = deck.body
    said = fitted(blocks, deck.letters, body.width, body.height * (0.5 if tables else 1.0))
    said = said or fitted(blocks, deck.letters, body.width, body.height)
    if said is not None:
        tall = sum(para.height(deck.letters, body.width) for para in said)
        return [[_Words(Box(body.left, body.top, body.width, tall), tuple(said))]] if said else []
    room = (body.width - _BETWEEN) / 2
    smaller = [tuple(para.smaller(4) for para in block) for block in blocks]
    filled = columns(smaller, deck.letters, room, body.height)
    places = (body.left, body.left + room + _BETWEEN)
    return [
        [
            _Words(Box(left, body.top, room, body.height), tuple(column))
            for left, column in zip(places, filled[start : start + 2], strict=False)
        ]
        for start in range(0, len(filled), 2)
    ]


def _plan_table(
    deck: Deck, table: PackTable, planned: list[list[_Piece]], free: float = ABOVE
) -> None:
    """Below what stands on the last slide when it fits there or there is room to begin, else on
    slides of its own."""
    body, letters = deck.body, deck.letters
    caption: Block = (words(table.caption, _CAPTION, bold=True, colour=deck.inks.text),)
    if not table.caption:
        caption = ()
    above = sum(para.height(letters, body.width) + 4 for para in caption)
    left = body.bottom - _below(planned[-1]) - above if planned else 0.0
    first = left if left > _WORTH * body.height else None
    tall = body.height - above
    pieces = grids(table.headings, table.rows, letters, body.width, tall, first, above=free)
    for grid in pieces:
        top = _below(planned[-1]) if planned else body.top
        if not planned or top + above + grid.height > body.bottom:
            planned.append([])
            top = body.top
        if caption:
            planned[-1].append(_Words(Box(body.left, top, body.width, above), caption))
        planned[-1].append(_Table(body.left, top + above, grid, table.caption))


def _below(pieces: Sequence[_Piece]) -> float:
    return _SPACE + max(
        one.box.bottom if isinstance(one, _Words) else one.top + one.grid.height for one in pieces
    )


def _draw(deck: Deck, title: str, planned: Sequence[Sequence[_Piece]]) -> list[Slide]:
    made = []
    for number, pieces in enumerate(planned or [[]], 1):
        ending = f" ({number} of {len(planned)})" if len(planned) > 1 else ""
        slide = deck.add(title + ending)
        for piece in pieces:
            if isinstance(piece, _Words):
                deck.write(slide, piece.box, piece.paras, "Words")
            else:
                draw_table(slide, piece.grid, piece.left, piece.top, piece.about)
        made.append(slide)
    return made
