"""Tables of WordprocessingML: headings on every page they reach, widths that are fixed."""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import quoteattr

from dashboard.packs.document.wording import para, run
from dashboard.packs.pack import PackTable
from dashboard.packs.paper.columns import ON_A_SHEET, fit_columns

SIDE, ABOVE = 3.0, 1.5  # points free in a cell, left and right, above and below
_STRONG: Final = 'w:val="single" w:sz="8" w:space="0" w:color="12436D"'
_SOFT: Final = 'w:val="single" w:sz="4" w:space="0" w:color="CFDCE7"'


def data_table(table: PackTable, width: float) -> str:
    """A table of words as large as lets its usual texts stand in a line; `width` in points."""
    size, letters = fit_columns(table, width)
    head = [cell(cell_para(run(words, size, bold=True), stay=True)) for words in table.headings]
    last = len(table.rows) - 1 if len(table.rows) <= ON_A_SHEET else 1
    rows = [
        [
            cell(cell_para(run(words, size, bold=not place), stay=number < last))
            for place, words in enumerate(row)
        ]
        for number, row in enumerate(table.rows)
    ]
    whole = sum(letters)
    return table_xml(table.caption, head, rows, [one / whole * width for one in letters])


def cell_para(*runs: str, line: float = 0, stay: bool = False) -> str:
    """
    Args:
        line: how tall its lines are in points, 0 for as they come.
        stay: whether its row stays on one sheet with the next.
    """
    rule = f'w:line="{round(line * 20)}" w:lineRule="exact"' if line else ""
    kept = "<w:keepNext/>" if stay else ""
    usual = 'w:line="240" w:lineRule="auto"'
    return para("", *runs, look=f'{kept}<w:spacing w:before="0" w:after="0" {rule or usual}/>')


def cell(*paragraphs: str, across: int = 1, fill: str = "") -> str:
    """Everything of a cell but its width; `across` is how many columns it takes."""
    look = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    look += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{''.join(paragraphs)}</w:tc>"


def table_xml(
    about: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    above: float = ABOVE,
) -> str:
    """
    Args:
        about: what the table is of, for a person who has it read aloud.
        head, rows: cells; the first row heads the columns, the first cell of a row heads it.
        widths: of the columns in points.
        above: points free in a cell, above and below.
    """
    twentieths = [round(one * 20) for one in widths]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in twentieths)
    edges = {"top": above, "left": SIDE, "bottom": above, "right": SIDE}
    free = "".join(
        f'<w:{edge} w:w="{round(points * 20)}" w:type="dxa"/>' for edge, points in edges.items()
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twentieths)}" w:type="dxa"/><w:tblBorders>'
        f"<w:top {_STRONG}/><w:bottom {_STRONG}/><w:insideH {_SOFT}/></w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{free}</w:tblCellMar>'
        '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        f'w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val={quoteattr(about)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_row(head, heads=True)}"
        f"{''.join(_row(row) for row in rows)}</w:tbl>"
    )


def _row(cells: Sequence[str], heads: bool = False) -> str:
    look = "<w:cantSplit/>" + ("<w:tblHeader/>" if heads else "")
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"
