"""The sheets beside the figures: how to fill the workbook in, its cover, and its lists of words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from loaders.template_look import Look
from loaders.template_text import safe_text
from schemas.area_settings import AreaSettings
from schemas.symbol import Symbol
from schemas.term import Term

GUIDE_SHEET = "How to fill this in"
COVER_SHEET = "About this return"
LISTS_SHEET = "Lists"
MONTHS = "Month"
STATUSES = ("provisional", "final", "revised")
COVER_LINES = {
    "Area code": "The code of the area the figures are about.",
    "Organisation": "The council or health trust that sends this. Pick one or write it.",
    "Prepared by": "A role or a team, such as “SEND data team”. Not a person's name.",
    "Data as at": "The day the figures were taken from your system.",
    "Status": "provisional: may change. final: checked. revised: corrects figures sent before.",
    "Coverage note": "Anything that is missing, estimated or counted in a new way.",
}

_STEPS = (
    "1. Fill in the sheet “About this return” first.",
    "2. Fill in the yellow cells of each sheet. Delete the sheets that are not yours.",
    "3. Put a number or a symbol in every yellow cell. 0 means none. A blank is not a 0.",
    "4. Point at a heading to read what to count.",
    "5. Save it as .xlsx and send it back.",
)
_COLOURS = {
    "yellow": "Fill in.",
    "grey": "Filled in for you. Locked.",
    "blue": "Headings. Locked. Point at one to read what it means.",
    "dim": "Last term's figures, to compare. They are not read.",
}
_COLOUR_NAMES = {
    "yellow": "Yellow",
    "grey": "Grey",
    "blue": "Blue",
    "dim": "Grey, slanted figures",
}
_USES = {
    Symbol.c: "Send the true number if you may.",
    Symbol.x: "You do not have this number, or not yet.",
    Symbol.z: "There can be no such number, such as a wait when nobody waits.",
    Symbol.low: "You were given a rounded number only.",
    Symbol.u: "You have a number, but nobody should rely on it.",
}
_SPARE = (
    "Empty yellow rows at the foot of a sheet are for rows we left out, such as “All phases”. "
    "Give one where you know a middle wait or longest wait for everyone: it cannot be added up."
)
_NEXT = (
    "Every cell is checked. If something is wrong you get a list that says which cell and why.",
    "Nothing is stored until the whole file is right.",
    "A second person checks the term's figures, and the partnership agrees them.",
    "Only then is anything published, and small numbers are hidden first.",
)
_NEVER = (
    "Never send names of children, nor birth dates, addresses, pupil numbers or health numbers. "
    "Send counts only. A file that holds them is refused and not kept."
)


def write_guide(sheet: Any, look: Look, settings: AreaSettings, term: Term) -> None:
    """The first sheet: what to do, what the colours and symbols mean, and what happens next."""
    colours = [(_COLOUR_NAMES[name], text, name) for name, text in _COLOURS.items()]
    symbols = [(s.value, f"{s.meaning.capitalize()}. {_USES[s]}", "mark") for s in Symbol]
    asked = f"Ask the person at {settings.full_name} who sent you this workbook."
    lines: list[tuple[str, str, str]] = [
        (GUIDE_SHEET, "", "title"),
        (f"For {settings.name}, {term.title}.", "", "note"),
        *_part("No names", _NEVER),
        *_part("What to do", *_STEPS),
        *_part("Colours"),
        *colours,
        *_part("Symbols you may write in place of a number"),
        *symbols,
        *_part("Spare rows", _SPARE),
        *_part("What happens next", *_NEXT),
        *_part("Who to ask", asked),
    ]
    sheet.set_column(0, 0, 24, look["text"])
    sheet.set_column(1, 1, 84, look["text"])
    for row, (left, right, name) in enumerate(lines):
        sheet.write_string(row, 0, safe_text(left), look[name] if left else None)
        sheet.write_string(row, 1, safe_text(right), look["text"])
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.fit_to_pages(1, 0)


def _part(heading: str, *texts: str) -> list[tuple[str, str, str]]:
    return [("", "", ""), (heading, "", "part"), *(("", text, "") for text in texts)]


def write_cover(
    sheet: Any, look: Look, settings: AreaSettings, cover: Mapping[str, str], lists: "Lists"
) -> None:
    """`About this return`: two columns, name and value, as the contract has it."""
    unknown = set(cover) - set(COVER_LINES)
    assert not unknown, f"the cover sheet has no line {unknown}"
    given = {"Area code": settings.code, **cover}
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 70)
    for row, (name, advice) in enumerate(COVER_LINES.items()):
        sheet.write_string(row, 0, name, look["heading"])
        _write_answer(sheet, row, name, given.get(name, ""), look)
        sheet.data_validation(row, 1, row, 1, _cover_validation(name, advice, lists))
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_answer(sheet: Any, row: int, name: str, text: str, look: Look) -> None:
    form = look["date"] if name == "Data as at" else look["words"]
    day = _day(text) if name == "Data as at" else None
    if day:
        sheet.write_datetime(row, 1, day, form)
    elif text:
        sheet.write_string(row, 1, safe_text(text), form)
    else:
        sheet.write_blank(row, 1, None, form)


def _day(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _cover_validation(name: str, advice: str, lists: "Lists") -> dict[str, Any]:
    rule: dict[str, Any] = {"validate": "any"}
    if name == "Status":
        rule = {"validate": "list", "source": list(STATUSES)}
    elif name == "Organisation":  # a suggestion: another name may be written
        rule = {"validate": "list", "source": lists["Organisation"], "show_error": False}
    elif name == "Data as at":
        rule = {"validate": "date", "criteria": ">=", "value": dt.date(2014, 9, 1)}
    return rule | {"input_title": name, "input_message": advice}


class Lists:
    """The words that drop-down lists offer, each list a column of the sheet `Lists`.

    A list typed into the drop-down itself could hold neither commas nor more than 255 characters.
    """

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        self._columns = columns

    def __getitem__(self, name: str) -> str:
        """Where a list stands, as a drop-down refers to it."""
        letter = xl_col_to_name(list(self._columns).index(name))
        return f"={LISTS_SHEET}!${letter}$2:${letter}${len(self._columns[name]) + 1}"

    def write(self, sheet: Any, look: Look) -> None:
        for column, (name, words) in enumerate(self._columns.items()):
            sheet.set_column(column, column, max(map(len, (name, *words))) + 2)
            sheet.write_string(0, column, safe_text(name), look["heading"])
            for row, word in enumerate(words, 1):
                sheet.write_string(row, column, safe_text(word))
        sheet.protect("", {"format_columns": True})
