"""The icon summary table in Word, as large as lets it stand on two sheets."""

from collections.abc import Sequence

from dashboard.packs.document.drawings import Drawings
from dashboard.packs.document.tables import SIDE, cell, cell_para, table_xml
from dashboard.packs.document.wording import WARNING, run, tone_run
from dashboard.packs.pack import SummaryPage, SummaryRow
from dashboard.packs.paper.icons import icon_svg
from dashboard.packs.paper.spark_svg import HEIGHT, WIDTH, spark_svg
from dashboard.packs.paper.summary_cells import (
    ICON,
    SPARK,
    Cell,
    Piece,
    Setting,
    fit_summary,
    has_spark,
)
from dashboard.packs.slides.marks import spoken

_LINE = 1.14  # how far apart lines stand, in sizes of their type
_ABOVE = 0.35  # points free in a cell, above and below
_SETTING = Setting(_LINE, _LINE, 2 * _ABOVE + 0.5, 2 * SIDE)
_FILL, _NAVY = "E8F0F6", "12436D"


def summary_table(page: SummaryPage, drawings: Drawings, width: float, room: float) -> str:
    """
    Args:
        width: of the table in points.
        room: how many points tall the rows of all its sheets may be together.
    """
    fit = fit_summary(page, width, room, _SETTING)
    head = [_cell((((words, "strong"),),), fit.size) for words in fit.headings]
    rows: list[list[str]] = []
    for (title, held), (_, cells) in zip(page.groups, fit.groups, strict=True):
        band = cell_para(run(title, fit.size, bold=True, colour=_NAVY), line=fit.size * _LINE)
        rows.append([cell(band, across=len(fit.headings), fill=_FILL)])
        rows += [_row(row, one, fit.size, drawings) for row, one in zip(held, cells, strict=True)]
    return table_xml(page.title, head, rows, fit.widths, _ABOVE)


def _row(row: SummaryRow, cells: Sequence[Cell], size: float, drawings: Drawings) -> list[str]:
    made = [_cell(one, size) for one in cells]
    if has_spark(row):
        tall = size * 0.8  # no taller than its line, which would cut it
        words = f"{row.title}: {spoken(row.spark)}"
        drawn = drawings.svg(spark_svg(row.spark), words, tall * WIDTH / HEIGHT, tall)
        made[SPARK] = cell(cell_para(drawn, line=size * _LINE))
    icon = icon_svg(row.variation.icon)
    if icon:
        drawn = drawings.svg(icon, "", size * 0.9, size * 0.9) + run(" ", size)
        made[ICON] = _cell(cells[ICON], size, before=drawn)
    return made


def _cell(lines: Cell, size: float, before: str = "") -> str:
    runs = ["".join(_run(piece, size) for piece in line) for line in lines]
    tall = size * _LINE
    return cell(
        *(cell_para("" if place else before, one, line=tall) for place, one in enumerate(runs))
    )


def _run(piece: Piece, size: float) -> str:
    words, tone = piece
    if tone == "warning":
        return run(words, size, colour=WARNING)
    return run(words, size, bold=True) if tone == "strong" else tone_run(words, tone, size)
