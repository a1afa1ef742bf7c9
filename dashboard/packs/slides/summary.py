"""The icon summary table: each priority's measures under its own title, native cells and shapes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pptx.slide import Slide

from dashboard.packs.pack import SummaryPage, SummaryRow
from dashboard.packs.slides.deck import Box, Deck
from dashboard.packs.slides.marks import draw_icon, draw_spark
from dashboard.packs.slides.summary_cells import (
    HEADINGS,
    SIZE,
    SPARK,
    VARIATION,
    Usual,
    cells_of,
    usual_of,
    usual_words,
)
from dashboard.packs.slides.table import SIDE, Grid, paged
from dashboard.packs.slides.table_drawing import draw_table
from dashboard.packs.slides.text import height_of, words

_SHARES = (0.175, 0.08, 0.055, 0.173, 0.202, 0.065, 0.14, 0.11)  # most rows take two lines
_ICON = 13.0
_SPARK_TALL = 14.0
_ROWS = 20
_ABOVE = 1.5  # points free in a cell, above and below
_INTRO, _CAPTION = 12.0, 13.0
_CAPTION_TALL = 18.0
_SPACE = 8.0


@dataclass(frozen=True)
class _Piece:
    """Rows of one priority under its name, `top` points down a slide."""

    caption: str
    top: float
    grid: Grid
    rows: tuple[SummaryRow, ...]


def draw_summary(deck: Deck, page: SummaryPage) -> Slide:
    """Its sentences, then a table for each priority. Returns the first slide."""
    usual = usual_of(page)
    said = (*page.intro, *(usual_words(usual) if page.groups else ()))
    intro = [replace(words(one, _INTRO), before=3) for one in said]
    high = height_of(intro, deck.letters, deck.body.width)
    planned: list[list[_Piece]] = [[]]
    top = deck.body.top + high + (_SPACE if intro else 0)
    for title, rows in page.groups:
        top = _plan_group(deck, title, rows, usual, planned, top) + _SPACE
    slides = []
    for number, pieces in enumerate(planned, 1):
        ending = f" ({number} of {len(planned)})" if len(planned) > 1 else ""
        slides.append(slide := deck.add(page.title + ending))
        if intro and number == 1:
            deck.write(slide, replace(deck.body, height=high), intro, "Words")
        for piece in pieces:
            _draw_piece(deck, slide, page.title, piece)
    return slides[0]


def _plan_group(
    deck: Deck,
    title: str,
    rows: Sequence[SummaryRow],
    usual: Usual,
    planned: list[list[_Piece]],
    top: float,
) -> float:
    """Rows from `top` of the last slide on. Returns where they end."""
    body = deck.body
    widths = [share * body.width for share in _SHARES]
    head = [(words(one, SIZE, bold=True),) for one in HEADINGS]
    cells = [cells_of(row, usual) for row in rows]
    tall = body.height - _CAPTION_TALL
    for first in (body.bottom - top - _CAPTION_TALL, tall):
        grids = paged(head, cells, widths, deck.letters, tall, _ROWS, first, _ABOVE)
        if grids[0].height <= first:
            break
        planned.append([])
        top = body.top
    for number, grid in enumerate(grids):
        if number:
            planned.append([])
            top = body.top
        caption = f"{title} (continued)" if number else title
        here = tuple(rows[origin] for origin in grid.origins)
        planned[-1].append(_Piece(caption, top, grid, here))
        top += _CAPTION_TALL + grid.height
    return top


def _draw_piece(deck: Deck, slide: Slide, page: str, piece: _Piece) -> None:
    body = deck.body
    caption = words(piece.caption, _CAPTION, bold=True, colour=deck.inks.strong)
    deck.write(slide, Box(body.left, piece.top, body.width, _CAPTION_TALL), [caption], "Priority")
    top = piece.top + _CAPTION_TALL
    draw_table(slide, piece.grid, body.left, top, f"{page}: {piece.caption}")
    _draw_marks(deck, slide, piece.grid, top, piece.rows)


def _draw_marks(
    deck: Deck, slide: Slide, grid: Grid, top: float, rows: Sequence[SummaryRow]
) -> None:
    """Over the empty places of the cells."""
    top += grid.heights[0]
    lefts = [deck.body.left + sum(grid.widths[:column]) for column in range(len(grid.widths))]
    for row, tall in zip(rows, grid.heights[1:], strict=True):
        box = Box(
            lefts[SPARK] + SIDE,
            top + (tall - _SPARK_TALL) / 2,
            grid.widths[SPARK] - 2 * SIDE,
            _SPARK_TALL,
        )
        draw_spark(slide, row.spark, box, row.title)
        at = Box(lefts[VARIATION] + SIDE - 2, top + _ABOVE, _ICON, _ICON)
        draw_icon(slide, row.variation.icon, at)
        top += tall
