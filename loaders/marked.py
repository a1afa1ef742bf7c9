"""The sender's own workbook back, with every wrong cell coloured, noted and listed."""

import json
from dataclasses import dataclass
from pathlib import PurePath

from loaders.child_process import NotNow, TooMuch, run_child
from loaders.gate import FileKind, check_gate
from loaders.problems import ExtractRejected, Outcome
from loaders.report import Report
from loaders.things_to_fix import Thing, as_order, list_things

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ENDING = " - things to fix"
_MOST_ROWS = 20_000  # twice the longest return; a second of work for each three thousand
_TOO_LARGE = (
    "This file is too large to be marked. Mend it by the list of what is wrong: it names every "
    "cell."
)


class NoMarkedCopy(Exception):
    """There is nothing to mark in this file, or it may not be given back; the message says."""


@dataclass(frozen=True)
class Marked:
    """A marked-up copy, ready to be downloaded."""

    content: bytes
    name: str
    mimetype: str = MIMETYPE


def mark_up(content: bytes, name: str, report: Report) -> Marked:
    """A copy of a file in which everything its report says is marked at its cell.

    An .xlsx stays the sender's own, as far as it can be written again; a .csv or .ods, or an .xlsx
    that cannot, becomes a new workbook of the cells as they were read.

    Raises:
        NoMarkedCopy: nothing is marked in a file that was refused whole, or has nothing wrong.
            Nor is one made of a file that is too large to be marked within a reader's limits.
        ExtractRejected: the file is not safe, or none can be marked at this moment.
    """
    things = list_things(report)
    if report.outcome in (Outcome.refused, Outcome.personal_data):
        raise NoMarkedCopy("This file was refused whole, so there is no marked copy of it.")
    if not things:
        raise NoMarkedCopy("Nothing is wrong in this file, so there is nothing to mark.")
    if sum((report.rows_read or {}).values()) > _MOST_ROWS:
        raise NoMarkedCopy(_TOO_LARGE)
    kind = check_gate(content, name)
    return Marked(_mark(kind, content, name, things), _marked_name(name))


def _mark(kind: FileKind, content: bytes, name: str, things: list[Thing]) -> bytes:
    """The sender's own workbook where it can be written again, else its cells."""
    for own in (True, False) if kind is FileKind.xlsx else (False,):
        try:
            return _ask(kind, content, name, things, own)
        except NotNow:
            raise
        except TooMuch:
            break
        except ExtractRejected:
            continue
    raise NoMarkedCopy(_TOO_LARGE)


def _ask(kind: FileKind, content: bytes, name: str, things: list[Thing], own: bool) -> bytes:
    """What the marking process answers: it gets one line of JSON, and then the file."""
    order = as_order(things) | {"stem": PurePath(name).stem, "own": own}
    return run_child(kind, json.dumps(order).encode() + b"\n" + content, "loaders.marker_child")


def _marked_name(name: str) -> str:
    """`autumn.csv` → `autumn - things to fix.xlsx`, and so it stays when it is sent again."""
    stem = "".join(sign for sign in PurePath(name).stem if sign.isprintable())
    return f"{stem.removesuffix(_ENDING)}{_ENDING}.xlsx"
