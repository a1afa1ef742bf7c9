"""The icon summary table: each priority's measures under its own title, native cells and shapes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pptx.slide import Slide

from dashboard.packs.pack import SummaryPage, SummaryRow, Verdict
from dashboard.packs.slides.deck import Box, Deck
from dashboard.packs.slides.marks import draw_icon, draw_spark
from dashboard.packs.slides.table import ABOVE, SIDE, Cell, Grid, paged
from dashboard.packs.slides.table_drawing import draw_table
from dashboard.packs.slides.text import Para, Run, height_of, words

_BESIDE: Final = "Beside others"
_HEADINGS: Final = (
    "Measure",
    "Latest figure",
    "Newest eight",
    "Change",
    _BESIDE,
    "Target",
    "Usual ups and downs",
    "Quality and attention",
)
_SHARES: Final = (0.165, 0.115, 0.085, 0.125, 0.15, 0.08, 0.16, 0.12)
_SPARK, _VARIATION = 2, 6  # columns with a picture
_SIZE = 11.0
_ICON = 15.0
_SPARK_TALL = 24.0
_INKS: Final = {"good": "12436D", "bad": "A8400A"}  # the words say it too
_ROWS = 12
_INTRO, _CAPTION = 16.0, 14.0
_CAPTION_TALL = 20.0
_SPACE = 10.0


@dataclass(frozen=True)
class _Piece:
    """Rows of one priority under its name, `top` points down a slide."""

    caption: str
    top: float
    grid: Grid
    rows: tuple[SummaryRow, ...]


def draw_summary(deck: Deck, page: SummaryPage) -> Slide:
    """Its sentences, then a table for each priority. Returns the first slide."""
    intro = [replace(words(one, _INTRO), before=4) for one in page.intro]
    high = height_of(intro, deck.letters, deck.body.width)
    planned: list[list[_Piece]] = [[]]
    top = deck.body.top + high + (_SPACE if intro else 0)
    for title, rows in page.groups:
        top = _plan_group(deck, title, rows, planned, top) + _SPACE
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
    deck: Deck, title: str, rows: Sequence[SummaryRow], planned: list[list[_Piece]], top: float
) -> float:
    """Rows from `top` of the last slide on. Returns where they end."""
    body = deck.body
    widths = [share * body.width for share in _SHARES]
    head = [(words(one, _SIZE, bold=True),) for one in _HEADINGS]
    cells = [list(_cells(row)) for row in rows]
    tall = body.height - _CAPTION_TALL
    for first in (body.bottom - top - _CAPTION_TALL, tall):
        grids = paged(head, cells, widths, deck.letters, tall, _ROWS, first)
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


def _cells(row: SummaryRow) -> Iterator[Cell]:
    yield (words(row.title, _SIZE, bold=True),)
    yield (words(row.value, _SIZE, bold=True), words(row.period, _SIZE))
    yield (words("" if any(one is not None for one in row.spark) else "No figures", _SIZE),)
    yield tuple(_said(row.change))
    yield tuple(_beside(one) for one in row.beside) or (words("", _SIZE),)
    yield tuple(_said(row.target))
    yield tuple(replace(para, level=1) for para in _said(row.variation))
    yield (
        words(row.quality, _SIZE),
        *(words(one, _SIZE, bold=True, colour=_INKS["bad"]) for one in row.attention),
    )


def _said(verdict: Verdict) -> Iterator[Para]:
    """The word and what it rests on."""
    if verdict.phrase:
        bold = verdict.kind != "none"
        yield words(verdict.phrase, _SIZE, bold=bold, colour=_INKS.get(verdict.kind, ""))
    if verdict.words:
        yield words(verdict.words, _SIZE)
    if not verdict.phrase and not verdict.words:
        yield words("", _SIZE)


def _beside(verdict: Verdict) -> Para:
    """In one breath, for a cell has several."""
    word = Run(verdict.phrase, verdict.kind != "none", _INKS.get(verdict.kind, ""))
    about = "" if verdict.about == _BESIDE else f"{verdict.about}: "
    joint = ". " if verdict.phrase and verdict.words else ""
    return Para((Run(about), word, Run(joint + verdict.words)), _SIZE)


def _draw_marks(
    deck: Deck, slide: Slide, grid: Grid, top: float, rows: Sequence[SummaryRow]
) -> None:
    """Over the empty places of the cells."""
    top += grid.heights[0]
    lefts = [deck.body.left + sum(grid.widths[:column]) for column in range(len(grid.widths))]
    for row, tall in zip(rows, grid.heights[1:], strict=True):
        box = Box(
            lefts[_SPARK] + SIDE,
            top + (tall - _SPARK_TALL) / 2,
            grid.widths[_SPARK] - 2 * SIDE,
            _SPARK_TALL,
        )
        draw_spark(slide, row.spark, box, row.title)
        at = Box(lefts[_VARIATION] + SIDE - 2, top + ABOVE, _ICON, _ICON)
        draw_icon(slide, row.variation.icon, at)
        top += tall
