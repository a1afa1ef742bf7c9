"""Fault: one thing about a text that is hard to read, and what to write instead."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """An `error` stops a text; a `warning` is for a person to think about."""

    error = "error"
    warning = "warning"


@dataclass(frozen=True)
class Fault:
    """`rule` is its id in `easy-read.md`; `words` say what to do; `where` is the piece of the text
    that it is about."""

    rule: str
    words: str
    where: str
    level: Level = Level.error
