"""Turns a received file into cells that know their sheet, row and column, safely."""

import datetime
import json
import threading
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from loaders.child_process import run_child
from loaders.gate import FileKind as FileKind  # part of what a Workbook says
from loaders.gate import check_gate
from loaders.problems import ExtractRejected


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be read as it stands; `message` is the sentence to show for it."""

    message: str
    text: str


Value = str | int | float | bool | datetime.datetime | datetime.date | Fault | None
Row = tuple[int, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are (row number from 1, values from column A on); blank rows are left out.

    `comments` are (cell, "page header" or "text box"; text), used only to look for personal data.
    """

    name: str
    hidden: bool
    rows: list[Row]
    comments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a person should confirm; `cell` is "" when it is about the whole sheet."""

    sheet: str
    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of one file, hidden ones too, in their order."""

    kind: FileKind
    sheets: tuple[Sheet, ...]
    warnings: tuple[Caution, ...] = ()


def read_workbook(content: bytes, name: str) -> Workbook:
    """The cells of a file as they are. Raises ExtractRejected with one plain sentence."""
    return start_reading(content, name).result()


def start_reading(content: bytes, name: str) -> "PendingRead":
    """Check the file now (raising ExtractRejected) and read it while the caller does other work."""
    return PendingRead(check_gate(content, name), content, name)


class PendingRead:
    """A file being read in a child process; `result` waits for it."""

    def __init__(self, kind: FileKind, content: bytes, name: str) -> None:
        self._kind = kind
        self._stem = PurePath(name).stem
        self._answer = b""
        self._refusal: ExtractRejected | None = None
        self._thread = threading.Thread(target=self._run, args=(content,), daemon=True)
        self._thread.start()

    def result(self) -> Workbook:
        """The workbook; raises ExtractRejected when it could not be read within the limits."""
        self._thread.join()
        if self._refusal:
            raise self._refusal
        answer = json.loads(self._answer)
        if "refused" in answer:
            raise ExtractRejected(answer["refused"])
        return _build_workbook(self._kind, self._stem, answer["sheets"])

    def _run(self, content: bytes) -> None:
        try:
            self._answer = run_child(self._kind, content)
        except ExtractRejected as refusal:
            self._refusal = refusal


def cell_ref(row: int, column: int) -> str:
    """(14, 5) → F14: rows count from 1, columns from 0."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _build_workbook(kind: FileKind, stem: str, answers: list[dict[str, Any]]) -> Workbook:
    """A .csv has no sheet name of its own, and takes the file's."""
    if kind is FileKind.csv:
        answers[0]["name"] = stem
    return Workbook(
        kind,
        tuple(_build_sheet(answer) for answer in answers),
        tuple(
            Caution(answer["name"], cell, message)
            for answer in answers
            for cell, message in answer["cautions"]
        ),
    )


def _build_sheet(answer: dict[str, Any]) -> Sheet:
    rows = answer["rows"]
    for place, column, kind, text, shown in answer["odd"]:
        rows[place][1][column] = _BUILD[kind](text, shown)
    return Sheet(
        answer["name"],
        answer["hidden"],
        [(number, tuple(values)) for number, values in rows],
        tuple((cell, text) for cell, text in answer["comments"]),
    )


_BUILD = {
    "date": lambda text, _: datetime.date.fromisoformat(text),
    "datetime": lambda text, _: datetime.datetime.fromisoformat(text),
    "fault": Fault,
}
