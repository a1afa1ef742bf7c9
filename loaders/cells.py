"""One cell's value → a number, a symbol, or the sentence that says what is wrong with it."""

import datetime as dt
import math
import re
import unicodedata
from functools import lru_cache

from loaders.workbook import Fault, Value
from schemas.symbol import LEGACY_MARKS, Symbol, parse_symbol

WHAT_TO_WRITE = "Write a number, or c (hidden), x (not available), z (not applicable), low or u."

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([, ]\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_FEWER_THAN = re.compile(r"(<|≤|under|fewer than|less than|up to)\s*\d+", re.I)
_RANGE = re.compile(r"\d+\s*(-|–|to)\s*\d+", re.I)


class CellProblem(str):
    """A sentence for the person who sent the cell."""

    __slots__ = ()


def parse_number(value: Value) -> float | Symbol | CellProblem:
    """A required number: its value, the symbol written instead, or what is wrong."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
        return (
            number
            if math.isfinite(number)
            else CellProblem(f"This is not a number. {WHAT_TO_WRITE}")
        )
    if value is None:
        return CellProblem(f"This cell is blank. {WHAT_TO_WRITE} If there were none, write 0.")
    if isinstance(value, Fault):
        return CellProblem(value.message)
    if isinstance(value, bool):
        return CellProblem(f"This cell says {str(value).upper()}. {WHAT_TO_WRITE}")
    if isinstance(value, dt.date):
        return CellProblem(f"This cell holds a date. {WHAT_TO_WRITE}")
    return _parse_text(str(value))


def tidy(text: str) -> str:
    """A text without invisible characters, odd spaces and full-width forms."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


def shown(value: Value) -> str:
    """A cell's value as a message may repeat it: short, and dates as dates."""
    if value is None:
        return ""
    if isinstance(value, Fault):
        return value.text
    if isinstance(value, dt.datetime):
        value = value.date() if value.time() == dt.time() else value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


@lru_cache(maxsize=10_000)
def _parse_text(text: str) -> float | Symbol | CellProblem:
    clean = tidy(text)
    if not clean:
        return parse_number(None)
    if symbol := parse_symbol(clean):
        return symbol
    if _NUMBER.fullmatch(clean):
        return float(clean)
    if _THOUSANDS.fullmatch(clean):
        return float(clean.replace(",", "").replace(" ", ""))
    return CellProblem(_why_not(clean))


def _why_not(clean: str) -> str:
    if instead := LEGACY_MARKS.get(clean.casefold()):
        return f"“{clean}” can mean several things. Write {instead} instead."
    if _FEWER_THAN.fullmatch(clean) or (clean.startswith("<") and len(clean) < 6):
        return f"“{clean}” hides a number in a way we cannot use. Send the number, or write c."
    if clean.endswith("%"):
        return f"“{clean}” is a percentage. Write the number of children or events instead."
    if _RANGE.fullmatch(clean):
        return f"“{clean}” is a range. Write one number."
    return f"“{shown(clean)}” is not a number. {WHAT_TO_WRITE}"
