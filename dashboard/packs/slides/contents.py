"""The contents: every section and page with the number of its slide, each a link to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pptx.slide import Slide

from dashboard.packs.pack import Pack
from dashboard.packs.slides.deck import Deck, link_to
from dashboard.packs.slides.table import SIDE, Cell, paged
from dashboard.packs.slides.table_drawing import draw_table
from dashboard.packs.slides.text import Para, Run, words

_TITLE = "Contents"
_LARGE, _SMALL = 14.0, 12.0
_MANY = 40
_BETWEEN = 36.0
_SPARE = 2.0  # points
_HEADINGS = ("Page", "Slide")


@dataclass(frozen=True)
class Entry:
    """A section (`level` 0) or a page of it (1)."""

    title: str
    level: int


def entries_of(pack: Pack) -> Iterator[Entry]:
    """In the order of the slides."""
    for section in pack.sections:
        yield Entry(section.title, 0)
        yield from (Entry(page.title, 1) for page in section.pages)


class Contents:
    """Its slides are made first and filled last, when it is known where everything stands."""

    def __init__(self, deck: Deck, entries: Sequence[Entry]) -> None:
        self._deck = deck
        room = (deck.body.width - _BETWEEN) / 2
        size = _LARGE if len(entries) <= _MANY else _SMALL
        head = [(words(one, size, bold=True),) for one in _HEADINGS]
        last = deck.letters.width(_HEADINGS[1], size, bold=True) + 2 * SIDE + _SPARE
        widths = (room - last, last)
        rows = [self._row(entry, size, widths[0]) for entry in entries]
        self._grids = paged(head, rows, widths, deck.letters, deck.body.height, len(rows))
        pages = -(-len(self._grids) // 2)
        self._slides = [
            deck.add(f"{_TITLE} ({number} of {pages})" if pages > 1 else _TITLE)
            for number in range(1, pages + 1)
        ]

    def fill(self, targets: Sequence[Slide]) -> None:
        """
        Args:
            targets: the first slide of each entry.
        """
        body = self._deck.body
        numbers = {slide.part: number for number, slide in enumerate(self._deck.slides, 1)}
        for place, grid in enumerate(self._grids):
            slide = self._slides[place // 2]
            rows = [
                _linked(row, link_to(slide, targets[origin]), numbers[targets[origin].part])
                for row, origin in zip(grid.rows[1:], grid.origins, strict=True)
            ]
            left = body.left + (place % 2) * (grid.width + _BETWEEN)
            filled = replace(grid, rows=(grid.rows[0], *rows))
            draw_table(slide, filled, left, body.top, _TITLE, heads=False)

    def _row(self, entry: Entry, size: float, room: float) -> tuple[Cell, Cell]:
        """One line: a long title is cut, for its slide has the whole of it."""
        line = Para((), size, level=entry.level)
        room -= line.indent + 2 * SIDE
        said, letters = entry.title, self._deck.letters
        while len(said) > 1 and letters.width(f"{said}…", size, bold=True) > room:
            said = said[:-1].rstrip()
        title = entry.title if said == entry.title else f"{said}…"
        bold = not entry.level
        return (replace(line, runs=(Run(title, bold),)),), (words("888", size, bold=bold),)


def _linked(row: Sequence[Cell], link: str, number: int) -> tuple[Cell, Cell]:
    (title,), (place,) = row
    linked = replace(title.runs[0], link=link, jump=True)
    numbered = replace(place.runs[0], text=str(number))
    return (replace(title, runs=(linked,)),), (replace(place, runs=(numbered,)),)
