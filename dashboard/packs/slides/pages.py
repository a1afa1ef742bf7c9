"""Pages of words and tables: planned first, so that every slide says which of how many it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pptx.slide import Slide

from dashboard.packs.pack import PackTable, WordsPage
from dashboard.packs.slides.deck import Box, Deck
from dashboard.packs.slides.flow import Block, columns, fitted
from dashboard.packs.slides.table import Grid, grids
from dashboard.packs.slides.table_drawing import draw_table
from dashboard.packs.slides.text import Para, words

_BETWEEN = 28.0  # points between two columns of words
_SPACE = 14.0  # points between words and a table, and between two tables
_WORTH = 0.4  # of a slide: with less left a table that goes on begins on the next
_CAPTION = 14.0
_LARGE = 18.0


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
    """Paragraphs and points, then each table under its caption, on as many slides as needed."""
    said = [(replace(words(one, _LARGE), before=8),) for one in page.paragraphs]
    said += [(replace(words(one, _LARGE), before=8, bullet=True),) for one in page.points]
    planned = _plan_words(deck, said, bool(page.tables))
    for table in page.tables:
        _plan_table(deck, table, planned)
    return _draw(deck, page.title, planned)[0]


def draw_words(deck: Deck, title: str, blocks: Sequence[Block]) -> list[Slide]:
    """Words only, in one wide column if they fit, else in columns side by side."""
    return _draw(deck, title, _plan_words(deck, blocks, False))


def draw_tables(deck: Deck, title: str, table: PackTable) -> list[Slide]:
    """A table on slides of its own."""
    planned: list[list[_Piece]] = []
    _plan_table(deck, table, planned)
    return _draw(deck, title, planned)


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


def _plan_table(deck: Deck, table: PackTable, planned: list[list[_Piece]]) -> None:
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
    for grid in grids(table.headings, table.rows, letters, body.width, tall, first):
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
