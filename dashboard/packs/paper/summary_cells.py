"""What stands in each cell of the icon summary table, and how it fits two sheets of paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.packs.pack import SummaryPage, SummaryRow, Verdict
from dashboard.packs.paper.shared_width import Column, share_columns
from dashboard.packs.slides.letters import Letters

Piece = tuple[str, str]  # words and their tone: that of a verdict, `strong` or `warning`
Line = tuple[Piece, ...]
Cell = tuple[Line, ...]

HEADINGS = (
    "Measure", "Latest", "Period", "Trend", "Change in a year", "Beside others", "Target",
    "Usual ups and downs", "Data",
)  # fmt: skip
BOLD = frozenset({"strong", "good", "bad"})
SPARK, ICON = 3, 7  # the columns with a picture
_SIZES = (9.0, 8.0, 7.5, 7.0, 6.5)  # points
_SPARK_WIDE = 5.0  # sizes of the type
_ICON_WIDE = 1.4


@dataclass(frozen=True)
class Setting:
    """How a renderer sets rows: the height of a first and of each further line in sizes of the
    type, and the points that a row, and the two sides of a cell, take beside."""

    first: float
    further: float
    between: float
    sides: float


@dataclass(frozen=True)
class Fit:
    """The table as large as lets it stand in its room. `widths` are in points; `groups` has each
    title and its rows of cells."""

    size: float
    widths: tuple[float, ...]
    headings: tuple[str, ...]
    groups: tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]


def fit_summary(page: SummaryPage, width: float, room: float, setting: Setting) -> Fit:
    """Where even the smallest type is too large, only what decides stays.

    Args:
        width: of the table in points.
        room: points that all rows may be tall together.
    """
    tries = [(size, 0) for size in _SIZES] + [(_SIZES[-1], 1), (_SIZES[-1], 2)]
    for size, brevity in tries:
        fit = _fit(page, size, brevity, width, setting)
        if _tall(fit, setting) <= room:
            break
    return fit


def _fit(page: SummaryPage, size: float, brevity: int, width: float, setting: Setting) -> Fit:
    groups = tuple(
        (title, tuple(_cells(row, brevity) for row in rows)) for title, rows in page.groups
    )
    signs = " († needs attention)" if brevity == 2 else ""
    headings = (HEADINGS[0] + signs, *HEADINGS[1:])
    free = width - setting.sides * len(headings)
    rows = [row for _, held in groups for row in held]
    asked = share_columns([_column(rows, at, size) for at in range(len(headings))], free)
    return Fit(size, tuple(one + setting.sides for one in asked), headings, groups)


def _cells(row: SummaryRow, brevity: int) -> tuple[Cell, ...]:
    """From 1 on without what others' figures are, at 2 with a sign in place of the reasons."""
    brief = brevity > 0
    target = row.target if row.target.phrase or row.target.words else Verdict("", "None set", "")
    return (
        (_title(row, brevity == 2),),
        (((row.value, "strong"),),),
        (((row.period, "plain"),),),
        () if has_spark(row) else ((("–", "plain"),),),
        (_said(row.change),),
        tuple(_beside(row.beside, brief)),
        (_said(target, brief),),
        (_said(row.variation),),
        (((row.quality, "plain"),),),
    )


def has_spark(row: SummaryRow) -> bool:
    return any(value is not None for value in row.spark)


def _title(row: SummaryRow, signed: bool) -> Line:
    title = (row.title, "strong")
    if not row.attention:
        return (title,)
    return title, (" †" if signed else f" – {'; '.join(row.attention)}", "warning")


def _beside(every: Sequence[Verdict], brief: bool) -> Iterator[Line]:
    """Who is meant is said where the statements are about several."""
    several = len({one.about for one in every}) > 1
    for one in every:
        lead: Line = ((f"{one.about}: ", "plain"),) if several else ()
        yield lead + _said(one, brief)
    if not every:
        yield (("–", "plain"),)


def _said(one: Verdict, brief: bool = False) -> Line:
    first = (one.phrase or one.words, one.kind)
    more = "" if brief or not one.phrase else one.words
    return (first, (f" · {more}", "plain")) if more else (first,)


def _column(rows: Sequence[Sequence[Cell]], at: int, size: float) -> Column:
    """What a column's cells need, with its heading's words and its picture."""
    picture = _SPARK_WIDE * size if at == SPARK else 0.0
    cells = [row[at] for row in rows]
    pieces = [piece for cell in cells for line in cell for piece in line]
    words = [(word, tone) for said, tone in pieces for word in said.split()]
    heads = [(word, "strong") for word in HEADINGS[at].split()]
    least = max(_wide(piece, size) for piece in [*words, *heads])
    return Column(
        tuple(
            max((sum(_wide(piece, size) for piece in line) for line in cell), default=0.0)
            for cell in cells
        ),
        tuple(max(len(cell), 1) for cell in cells),
        max(least, picture),
        _ICON_WIDE * size if at == ICON else 0.0,
    )


def _wide(piece: Piece, size: float) -> float:
    return Letters().width(piece[0], size, bold=piece[1] in BOLD)


def _tall(fit: Fit, setting: Setting) -> float:
    """A little too much: a line with bold letters is taken for bold."""
    rows = [_lines(row, fit, setting) for _, rows in fit.groups for row in rows]
    lines = [*rows, *(1 for _ in fit.groups)]
    further = sum(lines) - len(lines)
    tall = (len(lines) * setting.first + further * setting.further) * fit.size
    return tall + len(lines) * setting.between


def _lines(row: Sequence[Cell], fit: Fit, setting: Setting) -> int:
    letters = Letters()
    rooms = [wide - setting.sides for wide in fit.widths]
    rooms[ICON] -= _ICON_WIDE * fit.size
    counts = [
        sum(len(letters.wrap(*_said_in(line, fit.size, room))) for line in cell)
        for cell, room in zip(row, rooms, strict=True)
    ]
    return max(1, *counts)


def _said_in(line: Line, size: float, room: float) -> tuple[str, float, float, bool]:
    text = "".join(words for words, _ in line)
    return text, size, room, any(tone in BOLD for _, tone in line)
