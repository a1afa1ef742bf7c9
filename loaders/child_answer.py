"""What the child tells its parent: plain values, and beside them the few that JSON lacks."""

import datetime

MAX_ROWS = 99_999
MAX_COLUMNS = 500
MAX_CELLS = 1_000_000
MAX_CHARACTERS = 30_000_000

Plain = str | int | float | bool | None
# place in `rows`; column; "date", "datetime" or "fault"; text or a fault's message; fault's text
Odd = tuple[int, int, str, str, str]


class UnreadableError(Exception):
    """Why the file cannot be read; the message is one plain sentence for its sender."""


class Budget:
    """How much one file may still say, over all its sheets."""

    def __init__(self) -> None:
        self.cells = MAX_CELLS
        self.characters = MAX_CHARACTERS

    def spend(self, cells: int, characters: int) -> None:
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0 or self.characters < 0:
            raise UnreadableError(TOO_MUCH)


class SheetAnswer:
    """One sheet as it will be sent: `rows` holds plain values, `odd` what to put into the gaps."""

    def __init__(self, name: str, budget: Budget, hidden: bool = False) -> None:
        self.name = name
        self.hidden = hidden
        self._budget = budget
        self.rows: list[tuple[int, list[Plain]]] = []
        self.odd: list[Odd] = []
        self.comments: list[tuple[str, str]] = []
        self.cautions: list[tuple[str, str]] = []

    def add_row(self, number: int, values: list[Plain], odd: dict[int, Odd] | None = None) -> bool:
        """Whether the row was kept: a blank one is not. Blanks at its end are dropped."""
        width = len(values)
        while width and values[width - 1] is None and not (odd and width - 1 in odd):
            width -= 1
        if not width:
            return False
        if number > MAX_ROWS or width > MAX_COLUMNS:
            raise UnreadableError(FAR_CELL)
        del values[width:]
        self._budget.spend(width, sum(len(value) for value in values if type(value) is str))
        if odd:
            self.odd += [(len(self.rows), *odd[column][1:]) for column in sorted(odd)]
        self.rows.append((number, values))
        return True

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "hidden": self.hidden,
            "rows": self.rows,
            "odd": self.odd,
            "comments": self.comments,
            "cautions": self.cautions,
        }


FAR_CELL = (
    f"A cell beyond row {MAX_ROWS:,} or column {MAX_COLUMNS} holds a value: clear the cells far "
    "below and to the right of the figures, save and send it again."
)
TOO_MUCH = (
    "This file holds far more cells than a termly return needs: send only the sheets of counts."
)
ODDLY_STORED = (
    "This workbook is damaged, or holds no sheet of cells: open it in Excel, save it as .xlsx and "
    "send it again."
)
OUT_OF_ORDER = (
    "The rows or cells of this file are stored out of order, so it may be damaged: open it in "
    "Excel, save it as .xlsx and send it again."
)


def date_or_fault(value: object, column: int) -> Odd:
    """A date or time as the child sends it; a time of day alone is a fault."""
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return (0, column, "date", value.date().isoformat(), "")
        return (0, column, "datetime", value.isoformat(), "")
    if isinstance(value, datetime.date):
        return (0, column, "date", value.isoformat(), "")
    return (0, column, "fault", NOT_A_NUMBER, str(value))


NOT_A_NUMBER = (
    "This cell holds a time of day, or a number too large to be stored, not a number or a date: "
    "clear the cell's format and type the number again."
)
UNCACHED = (
    "This cell holds a formula that has not been worked out: open the file in Excel, save it and "
    "send it again."
)
ERRORS = {
    *("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
    *("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!"),
}


def is_error(text: str) -> bool:
    """Whether a cell's text is a spreadsheet error (`Err:502` and the like are LibreOffice's)."""
    return (text[0] == "#" and text in ERRORS) or (text[:4] == "Err:" and text[4:].isdigit())


def error_message(text: str) -> str:
    return (
        f"This cell shows {text}, which is an error: type the number itself, or x if it is not "
        "available."
    )
