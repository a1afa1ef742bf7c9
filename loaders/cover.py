"""The cover sheet: whose figures these are, as at when, and how final; or the same as options."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from loaders.cells import shown, tidy
from loaders.problems import Problem
from loaders.workbook import Sheet, Value, cell_ref
from schemas.area import load_areas
from schemas.observation import STATUSES
from schemas.text import plain

COVER_SHEET = "About this return"
_LINES = {
    "areacode": "area_code",
    "area": "area_code",
    "organisation": "organisation",
    "preparedby": "prepared_by",
    "dataasat": "as_at_on",
    "asat": "as_at_on",
    "status": "status",
    "coveragenote": "coverage_note",
    "coverage": "coverage_note",
}
NAMES = {
    "area_code": "Area code",
    "organisation": "Organisation",
    "prepared_by": "Prepared by",
    "as_at_on": "Data as at",
    "status": "Status",
    "coverage_note": "Coverage note",
}
_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](20\d\d)")
_LONG = ("%d %B %Y", "%d %b %Y", "%Y-%m-%d")


@dataclass(frozen=True)
class Cover:
    """What the sender says of the file."""

    area_code: str
    organisation: str
    prepared_by: str
    as_at_on: dt.date
    status: str
    coverage_note: str = ""


Given = Mapping[str, Value]
Place = Callable[[str], tuple[str, str]]


def read_cover(sheet: Sheet) -> tuple[Given, Place]:
    """The name and value lines of the cover sheet, and where each stands."""
    found: dict[str, Value] = {}
    places: dict[str, str] = {}
    for row, values in sheet.rows:
        name = _LINES.get(plain(shown(values[0]))) if values else None
        if name and name not in found:
            found[name] = values[1] if len(values) > 1 else None
            places[name] = cell_ref(row, 1)
    return found, lambda name: (sheet.name, places.get(name, ""))


def check_cover(given: Given, place: Place, today: dt.date) -> tuple[Cover | None, list[Problem]]:
    """The cover as typed values, or every problem in it."""
    problems: list[Problem] = []

    def problem(name: str, message: str) -> None:
        sheet, cell = place(name)
        problems.append(Problem(sheet, cell, NAMES[name], shown(given.get(name)), message))

    texts = {name: tidy(shown(given.get(name))) for name in NAMES}
    area = load_areas().get(texts["area_code"].upper())
    if area is None:
        problem("area_code", _area_message(texts["area_code"]))
    for name in ("organisation", "prepared_by"):
        if not texts[name]:
            problem(name, f"“{NAMES[name]}” is blank. {_WHY[name]}")
    status = texts["status"].casefold()
    if status not in STATUSES:
        said = f", not “{status}”" if status else ""
        problem("status", f"“Status” must be provisional, final or revised{said}.")
    as_at, message = _as_at(given.get("as_at_on"), today)
    if as_at is None:
        problem("as_at_on", message)
    if problems or area is None or as_at is None:
        return None, problems
    return Cover(
        area_code=area.code,
        organisation=texts["organisation"],
        prepared_by=texts["prepared_by"],
        as_at_on=as_at,
        status=status,
        coverage_note=texts["coverage_note"],
    ), []


_WHY = {
    "organisation": "Say which council or health trust the figures are from.",
    "prepared_by": "Give a role or a team, not a person's name.",
}


def _area_message(text: str) -> str:
    if not text:
        return "“Area code” is blank. It is nine letters and digits, such as E06000005."
    return f"“{text}” is not the code of an English area. It should be like E06000005."


def _as_at(value: Value, today: dt.date) -> tuple[dt.date | None, str]:
    day = parse_day(value)
    if day is None:
        return None, "“Data as at” must be a date, such as 12 January 2026."
    if day > today:
        said = f"“Data as at” is {day:%d %B %Y}, which is in the future."
        return None, f"{said} Write the day the figures were taken."
    return day, ""


def parse_day(value: Value) -> dt.date | None:
    """A day from a date cell or a text; texts are read day first, as in Britain."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = tidy(value) if isinstance(value, str) else ""
    if found := _DAY_FIRST.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    text = text.removesuffix(" 00:00:00")
    for pattern in _LONG:
        try:
            return dt.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None
