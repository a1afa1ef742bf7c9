"""Says what is hidden, merged, filtered or stale on a sheet, for a person to confirm."""

import re
from bisect import bisect_left

from loaders.child_answer import SheetAnswer

MAX_CAUTIONS = 50
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")


class Marks:
    """Gathered while a sheet is read; `finish` writes the cautions into the answer."""

    def __init__(self, answer: SheetAnswer) -> None:
        self._answer = answer
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merges: list[str] = []
        self.filtered = False

    def hide_columns(self, first: int, last: int) -> None:
        """Numbered from 1; a sheet often hides all columns to the right of its last one."""
        self.hidden_columns += range(first, min(last, 500) + 1)

    def add_stale(self, cells: list[str]) -> None:
        self._say(
            cells[0],
            f"{_count(len(cells), 'cell')} with a formula may show an old result: open the file in "
            "Excel, save it and send it again, or confirm that the numbers are right.",
        )

    def add_hidden_cells(self, cells: list[str]) -> None:
        if cells:
            self._say(
                cells[0],
                f"{_count(len(cells), 'cell')}, beginning with {cells[0]}, cannot be read on the "
                "screen because of the colour or number format. The value has been read.",
            )

    def finish(self) -> None:
        """Rows and columns that hold nothing are not worth a sentence."""
        if not self._answer.rows:
            self._answer.cautions.clear()
            return
        if self._answer.hidden:
            self._say("", "This sheet is hidden. It has been read with the rest.")
        if self.filtered:
            self._say("", "A filter is on. Rows that it hides have been read with the rest.")
        self._say_hidden_rows()
        self._say_hidden_columns()
        for reference in self.merges:
            self._say_merged(reference)
        left_out = len(self._answer.cautions) - MAX_CAUTIONS
        if left_out > 0:
            del self._answer.cautions[MAX_CAUTIONS:]
            self._say("", f"{left_out} more things like these were found on this sheet.")

    def _say(self, cell: str, message: str) -> None:
        self._answer.cautions.append((cell, message))

    def _say_hidden_rows(self) -> None:
        for first, last in ranges(self.hidden_rows):
            if first == last:
                self._say(f"A{first}", f"Row {first} is hidden. It has been read with the rest.")
            else:
                message = f"Rows {first} to {last} are hidden. They have been read with the rest."
                self._say(f"A{first}", message)

    def _say_hidden_columns(self) -> None:
        used: set[int] = set()
        if self.hidden_columns:
            for _, values in self._answer.rows:
                used.update(i for i, value in enumerate(values, 1) if value is not None)
            used.update(odd[1] + 1 for odd in self._answer.odd)
        for column in sorted(used.intersection(self.hidden_columns)):
            letter = letters(column)
            message = f"Column {letter} is hidden. It has been read with the rest."
            self._say(f"{letter}1", message)

    def _say_merged(self, reference: str) -> None:
        """A merged title, alone in its row, harms nothing; merged headings and bodies do."""
        corners = _REFERENCE.findall(reference)
        if len(corners) != 2:
            return
        (_, top), (_, bottom) = corners
        rows = self._answer.rows
        start = bisect_left(rows, int(top), key=lambda row: row[0])
        if start == len(rows) or rows[start][0] > int(bottom):
            return
        alone = sum(value is not None for value in rows[start][1]) <= 1
        if not (top == bottom and alone):
            first, last = reference.split(":")
            self._say(
                first,
                f"Cells {first} to {last} are merged: the value is read in {first} and the other "
                "cells as they are stored, which is usually blank.",
            )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def ranges(numbers: list[int]) -> list[tuple[int, int]]:
    """Runs of following numbers: [2, 3, 4, 9] → [(2, 4), (9, 9)]."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
