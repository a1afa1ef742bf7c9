"""Dated notes → numbered flags on the time axis, and the days across which nothing is joined."""

import datetime as dt
from collections.abc import Iterable

from dashboard.charts.chart import Flag
from schemas.note import Note


def flags(notes: Iterable[Note], first: dt.date, last: dt.date) -> tuple[Flag, ...]:
    """Those inside the time shown, numbered in the order of time."""
    shown = sorted((note for note in notes if first <= note.on <= last), key=lambda n: (n.on, n.id))
    return tuple(
        Flag(note.on, number, note.words, note.breaks) for number, note in enumerate(shown, start=1)
    )


def own_breaks(notes: Iterable[Note]) -> tuple[dt.date, ...]:
    return tuple(note.on for note in notes if note.breaks)


def national_breaks(notes: Iterable[Note]) -> tuple[dt.date, ...]:
    """A note about single areas says nothing of England's figures."""
    return tuple(note.on for note in notes if note.breaks and not note.areas)
