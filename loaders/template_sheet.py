"""One extract's sheet in the template: title, headings, rows to fill in, and last term beside."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from loaders.template_guide import MONTHS, Lists
from loaders.template_look import Look
from loaders.template_text import safe_text
from schemas.extract import Extract, Indicator
from schemas.symbol import Symbol

LastValues = Callable[[str, str, dict[str, str]], float | str | None]
Row = Mapping[str, Any]

HEADING_ROW = 2
FIRST_ROW = HEADING_ROW + 1
SPARE_ROWS = 5
LAST_TERM = "Last term: "
_MONTHLY = " One row for each month: what is open or waiting is counted on its last day."


@dataclass(frozen=True)
class Page:
    """One sheet that is being written: where, what for, and with which rows."""

    sheet: Any
    look: Look
    lists: Lists
    extract: Extract
    rows: Sequence[Row]
    spare_rows: int

    @property
    def last_row(self) -> int:
        return FIRST_ROW + len(self.rows) + self.spare_rows - 1


def write_extract(page: Page, title: str, last_values: LastValues | None) -> None:
    """The whole sheet of one extract. `title` is its first row and the printed header."""
    _write_headings(page, title)
    for number, row in enumerate(page.rows, FIRST_ROW):
        _write_row(page, number, row)
    _write_spare_rows(page)
    _set_validations(page)
    if last_values:
        _write_last_term(page, last_values)
    _set_up(page, title)


def _write_headings(page: Page, title: str) -> None:
    extract, sheet = page.extract, page.sheet
    sheet.write_string(0, 0, safe_text(title), page.look["title"])
    about = extract.about + (_MONTHLY if extract.monthly else "")
    sheet.write_string(1, 0, safe_text(about), page.look["note"])
    sheet.set_row(HEADING_ROW, 62)
    helps = {i.id: i.help for i in extract.indicators}
    for place, column in enumerate(extract.columns):
        heading = safe_text(extract.heading_of(column))
        sheet.write_string(HEADING_ROW, place, heading, page.look["heading"])
        sheet.set_column(place, place, _width(page, column))
        if column in helps:
            sheet.write_comment(HEADING_ROW, place, helps[column], {"x_scale": 2})


def _width(page: Page, column: str) -> float:
    if column in page.extract.filter_ids:
        return max(14, 2 + max(map(len, page.extract.filter(column).labels)))
    return 16 if column == "period" else 14


def _write_row(page: Page, number: int, row: Row) -> None:
    for place, column in enumerate(page.extract.columns):
        value = row.get(column)
        if column in ("period", *page.extract.filter_ids):
            text = _label(page.extract, column, str(value or ""))
            page.sheet.write_string(number, place, safe_text(text), page.look["fixed"])
        else:
            form = page.look[f"input:{page.extract.indicator(column).kind}"]
            _write_value(page.sheet, number, place, value, form)


def _label(extract: Extract, column: str, value: str) -> str:
    return value if column == "period" else extract.filter(column).label_of(value)


def _write_value(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, form)
    elif isinstance(value, str):
        sheet.write_string(row, place, safe_text(value), form)
    else:
        sheet.write_number(row, place, value, form)


def _write_spare_rows(page: Page) -> None:
    first = FIRST_ROW + len(page.rows)
    for number in range(first, first + page.spare_rows):
        for place, column in enumerate(page.extract.columns):
            known = {i.id: f"input:{i.kind}" for i in page.extract.indicators}
            page.sheet.write_blank(number, place, None, page.look[known.get(column, "words")])


def _set_validations(page: Page) -> None:
    first_spare = FIRST_ROW + len(page.rows)
    for place, column in enumerate(page.extract.columns):
        if column in ("period", *page.extract.filter_ids):
            if page.spare_rows:
                rule = {"validate": "list", "source": page.lists[_list_name(page.extract, column)]}
                page.sheet.data_validation(first_spare, place, page.last_row, place, rule)
        elif page.last_row >= FIRST_ROW:
            rule = _number_or_symbol(page.extract.indicator(column), place)
            page.sheet.data_validation(FIRST_ROW, place, page.last_row, place, rule)


def _list_name(extract: Extract, column: str) -> str:
    return MONTHS if column == "period" and extract.monthly else extract.heading_of(column)


def _number_or_symbol(indicator: Indicator, place: int) -> dict[str, str]:
    """A number of 0 or more, or one of the symbols; Excel compares text without regard to case."""
    cell = xl_rowcol_to_cell(FIRST_ROW, place)
    number = f"AND({cell}>=0,{cell}=INT({cell}))" if indicator.whole_numbers else f"{cell}>=0"
    symbols = ",".join(f'{cell}="{symbol}"' for symbol in Symbol)
    what = "a whole number" if indicator.whole_numbers else "a number"
    return {
        "validate": "custom",
        "value": f"=IF(ISNUMBER({cell}),{number},OR({symbols}))",
        "error_title": "A number or a symbol",
        "error_message": f"Write {what}, 0 or more, or one of these symbols: "
        f"{', '.join(Symbol)}. The first sheet says what they mean.",
    }


def _write_last_term(page: Page, last_values: LastValues) -> None:
    """To the right, after an empty column; the loader reads no column headed “Last term: …”."""
    place = len(page.extract.columns) + 1
    for indicator in page.extract.indicators:
        known = [_last(page.extract, indicator, row, last_values) for row in page.rows]
        if all(value is None for value in known):
            continue
        heading = LAST_TERM + indicator.heading
        page.sheet.write_string(HEADING_ROW, place, heading, page.look["last_heading"])
        page.sheet.set_column(place, place, 12)
        for number, value in enumerate(known, FIRST_ROW):
            if value is not None:
                form = page.look[f"last:{indicator.kind}"]
                _write_value(page.sheet, number, place, value, form)
        place += 1


def _last(
    extract: Extract, indicator: Indicator, row: Row, last_values: LastValues
) -> float | str | None:
    categories = {name: str(row[name]) for name in extract.filter_ids}
    return last_values(extract.id, indicator.id, categories)


def _set_up(page: Page, title: str) -> None:
    """Frozen headings, printing, and a lock without a password: it stops slips, not people."""
    sheet = page.sheet
    sheet.freeze_panes(FIRST_ROW, 1 + len(page.extract.filters))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADING_ROW)
    sheet.set_header("&L" + title.replace("&", "&&") + "&R&A")
    sheet.set_footer("&RPage &P of &N")
    sheet.protect("", {"format_columns": True, "format_rows": True})
