"""A width shared among columns so that as few lines as can be are needed: those that must stand in
several lines do so in the same rows."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_RAGGED = 1.1  # lines end before their column does


@dataclass(frozen=True)
class Column:
    """In points: how long each of its cells is in one line, how many lines it has at least, how
    long its longest word is, and what a picture takes beside the words."""

    wides: tuple[float, ...]
    lines: tuple[int, ...]
    least: float
    beside: float = 0.0


def share_columns(columns: Sequence[Column], width: float) -> tuple[float, ...]:
    """Each column's width, pictures included; together they are `width`."""
    free = width - sum(one.beside for one in columns)
    asked = [max(one.least, *one.wides, 0.0) for one in columns]
    talls = [max(lines) for lines in zip(*(one.lines for one in columns), strict=True)]
    while sum(asked) > free:
        narrower = [*_narrower(columns, asked, talls)]
        if not narrower:
            break
        _, at, asked[at] = min(narrower)
        talls = _talls(columns[at], asked[at], talls)
    return tuple(
        one / sum(asked) * free + column.beside for one, column in zip(asked, columns, strict=True)
    )


def _narrower(
    columns: Sequence[Column], asked: Sequence[float], talls: Sequence[int]
) -> Iterator[tuple[float, int, float]]:
    """For each column the lines that one step less costs for each point saved, which column it is,
    and how wide it would be."""
    for at, (column, now) in enumerate(zip(columns, asked, strict=True)):
        shorter = [one for one in column.wides if column.least <= one < now - 0.01]
        step = max(max(shorter, default=column.least), now * 0.9)
        if step >= now - 0.01 or step < column.least:
            step = column.least
        if step < now - 0.01:
            more = sum(_talls(column, step, talls)) - sum(talls)
            yield more / (now - step), at, step


def _talls(column: Column, width: float, talls: Sequence[int]) -> list[int]:
    """How many lines each row then has."""
    return [
        max(tall, lines, math.ceil(wide * _RAGGED / width) if wide > width else 1)
        for tall, lines, wide in zip(talls, column.lines, column.wides, strict=True)
    ]
