"""The workbook an analyst fills in, for one area and one term; also makes filled ones."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import xlsxwriter

from loaders.template_guide import (
    COVER_SHEET,
    GUIDE_SHEET,
    LISTS_SHEET,
    MONTHS,
    Lists,
    write_cover,
    write_guide,
)
from loaders.template_look import Look
from loaders.template_sheet import SPARE_ROWS, LastValues, Page, write_extract
from schemas.area_settings import AreaSettings
from schemas.extract import Extract
from schemas.term import Term

__all__ = ["LastValues", "build_template", "template_rows"]

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def build_template(
    settings: AreaSettings,
    term: Term,
    extracts: Mapping[str, Extract],
    *,
    last_values: LastValues | None = None,
    values: Mapping[str, list[dict[str, Any]]] | None = None,
    cover: Mapping[str, str] | None = None,
) -> bytes:
    """An .xlsx workbook: a guide, the cover, one sheet for each extract of the area, the lists.

    The same arguments give the same bytes. Pass fewer `extracts` for an organisation that sends
    only some of the sheets.

    Args:
        last_values: (extract id, indicator id, category ids) → last term's figure, greyed beside
            the cells to fill in; on a monthly sheet it stands beside each month.
        values: rows by extract id, column id → value, with category ids and "period" as text.
            Given, the sheets hold these rows, and an extract that is not in it has no sheet.
        cover: lines of the cover by their name; "Data as at" as 2026-01-12.
    """
    wanted = [extracts[name] for name in settings.extracts if name in extracts]
    if values is not None:
        wanted = [extract for extract in wanted if extract.id in values]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties(_properties(settings, term))
    look, lists = Look(book), Lists(_words(settings, term, wanted))
    write_guide(book.add_worksheet(GUIDE_SHEET), look, settings, term)
    write_cover(book.add_worksheet(COVER_SHEET), look, settings, cover or {}, lists)
    for extract in wanted:
        rows = template_rows(extract, term) if values is None else values[extract.id]
        spare = SPARE_ROWS if values is None and extract.filters else 0
        page = Page(book.add_worksheet(extract.sheet), look, lists, extract, rows, spare)
        title = f"{extract.sheet}: {settings.name}, {term.title}"
        write_extract(page, title, last_values)
    lists.write(book.add_worksheet(LISTS_SHEET), look)
    book.close()
    return stream.getvalue()


def template_rows(extract: Extract, term: Term) -> list[dict[str, str]]:
    """The rows to fill in, column id → category id: each period with each category.

    The term is one period; a monthly extract has one for each month of the term. No "all" rows.
    """
    periods = [m.title for m in term.months] if extract.monthly else [term.short_title]
    choices = [[category.id for category in f.categories] for f in extract.filters]
    return [
        dict(zip(("period", *extract.filter_ids), row, strict=True))
        for row in product(periods, *choices)
    ]


def _properties(settings: AreaSettings, term: Term) -> dict[str, Any]:
    """The date is the term's own, not today's, so that the bytes do not change."""
    return {
        "title": f"SEND figures: {settings.name}, {term.title}",
        "author": settings.partnership,
        "created": dt.datetime.combine(term.flow_window.end, dt.time()),
    }


def _words(
    settings: AreaSettings, term: Term, extracts: Sequence[Extract]
) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {
        "Organisation": settings.organisations,
        "Period": (term.short_title,),
        MONTHS: tuple(month.title for month in term.months),
    }
    filters = (split for extract in extracts for split in extract.filters)
    return words | {split.heading: split.labels for split in filters}
