"""The newest of a measure's numbers, where there is no room for all of them."""

from dataclasses import replace

from dashboard.charts.table import NONE
from dashboard.packs.pack import PackTable

ROWS = 12
_DASH = "–"
ALL_ELSEWHERE = "All periods are in the Word and PDF files"


def newest_rows(table: PackTable, most: int = ROWS) -> PackTable:
    """The newest rows, without columns that hold no figure in them and with a dash for no figure;
    the caption says where the others are.

    Args:
        table: of a measure: a period heads each row, the newest is the first.
        most: how many rows are kept.
    """
    rows = table.rows[:most]
    kept = [
        at
        for at, _ in enumerate(table.headings)
        if not at or any(row[at] != NONE for row in rows) or not rows
    ]
    more = f". {ALL_ELSEWHERE}" if len(rows) < len(table.rows) else ""
    return replace(
        table,
        caption=f"{table.caption}{more}",
        headings=tuple(table.headings[at] for at in kept),
        rows=tuple(tuple(_DASH if row[at] == NONE else row[at] for at in kept) for row in rows),
    )
