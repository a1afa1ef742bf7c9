"""A pack as plain data for the template that sets it on paper."""

import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from dashboard.packs.pack import (
    MeasurePage,
    Pack,
    PackChart,
    PackPage,
    PackTable,
    SummaryPage,
    SummaryRow,
    Verdict,
    WordsPage,
)
from dashboard.packs.paper.chart_svg import chart_svg
from dashboard.packs.paper.columns import ON_A_SHEET, fit_columns, with_breaks
from dashboard.packs.paper.icons import icon_svg
from dashboard.packs.paper.letters import printable
from dashboard.packs.paper.spark_svg import spark_svg
from dashboard.packs.paper.summary_cells import (
    ICON,
    SPARK,
    Cell,
    Setting,
    fit_summary,
    has_spark,
)
from dashboard.packs.reworded import with_words
from dashboard.packs.slides.marks import spoken

Json = dict[str, Any]
_ADDRESS = re.compile(r"(https?:/)?/[!-~]{1,200}")
_SHORT = 18  # lines of contents that stand on the sheet of the cover
_LONGEST = 60  # letters of a word in a line of the paper's own width
_IN_SUMMARY = 16  # and in a cell of the summary
_WIDTH = 493.0  # points across an upright sheet
_ACROSS, _TALL = 790.0, 518.0  # points of the room on a sheet that lies across
_HEADS = 100.0  # points of the headings above a summary and of two rows of headings
_SETTING = Setting(first=0.72, further=1.12, between=3.6, sides=5.0)


def pack_on_paper(pack: Pack) -> Json:
    """Everything that is read, in letters that can be printed; pictures as SVG."""
    said = with_words(pack, _said_on_paper)
    sections = [
        {"title": one.title, "intro": one.intro, "pages": [_page(page) for page in one.pages]}
        for one in said.sections
    ]
    about = {
        "title": said.title,
        "subtitle": said.subtitle,
        "partnership": said.partnership,
        "edition": said.edition,
        "marking": said.marking,
        "invented": said.invented,
        "url": said.url,
        "logo": pack.logo,
        "logo_words": said.logo_words,
    }
    lines = sum(1 + len(one.pages) for one in said.sections)
    return about | {"sections": sections, "short": lines <= _SHORT}


def _said_on_paper(text: str) -> str:
    """Addresses are left whole, so that they can be copied."""
    words = printable(text)
    return words if _ADDRESS.fullmatch(words) else with_breaks(words, _LONGEST)


def _page(page: PackPage) -> Json:
    match page:
        case SummaryPage():
            return _summary(page)
        case MeasurePage():
            return _measure(page)
        case WordsPage():
            return {
                "kind": "words",
                "title": page.title,
                "paragraphs": page.paragraphs,
                "points": page.points,
                "tables": [_table(one) for one in page.tables],
            }


def _summary(page: SummaryPage) -> Json:
    room = 2 * _TALL - _HEADS - sum(len(one) for one in page.intro) / 200 * 13
    fit = fit_summary(page, _ACROSS, room, _SETTING)
    groups = [
        {
            "title": title,
            "rows": [_row(row, one) for row, one in zip(rows, cells, strict=True)],
        }
        for (title, rows), (_, cells) in zip(page.groups, fit.groups, strict=True)
    ]
    return {
        "kind": "summary",
        "title": page.title,
        "intro": page.intro,
        "size": fit.size,
        "widths": fit.widths,
        "headings": fit.headings,
        "groups": groups,
    }


def _row(row: SummaryRow, cells: Sequence[Cell]) -> list[Json]:
    made: list[Json] = [{"lines": _breakable(one), "svg": "", "alt": ""} for one in cells]
    if has_spark(row):
        made[SPARK] |= {"svg": spark_svg(row.spark), "alt": f"{row.title}: {spoken(row.spark)}"}
    made[ICON] |= {"svg": icon_svg(row.variation.icon)}
    return made


def _breakable(cell: Cell) -> list[list[list[str]]]:
    return [[[with_breaks(said, _IN_SUMMARY), tone] for said, tone in line] for line in cell]


def _measure(page: MeasurePage) -> Json:
    return {
        "kind": "measure",
        "title": page.title,
        "value": page.value,
        "about": page.about,
        "sentence": page.sentence,
        "attention": page.attention,
        "verdicts": [_said(one) for one in page.verdicts],
        "chart": _chart(page.chart),
        "table": _table(page.table),
        "commentary": [dataclasses.asdict(one) for one in page.commentary],
        "notes": page.notes,
        "sources": page.sources,
        "definition": page.definition,
        "version": str(page.definition_version),
        "url": page.url,
    }


def _said(one: Verdict) -> Json:
    return {
        "about": one.about,
        "phrase": one.phrase,
        "words": one.words,
        "kind": one.kind,
        "icon": icon_svg(one.icon),
    }


def _chart(chart: PackChart | None) -> Json | None:
    if chart is None:
        return None
    said = {"headline": chart.headline, "subtitle": chart.subtitle, "alt": chart.alt}
    return said | {"svg": chart_svg(chart)}


def _table(table: PackTable) -> Json:
    size, letters = fit_columns(table, _WIDTH)
    rooms = [max(int(one) - 1, 4) for one in letters]
    return {
        "caption": table.caption,
        "size": size,
        "whole": len(table.rows) <= ON_A_SHEET,
        "letters": letters,
        "headings": _broken(table.headings, rooms),
        "rows": [_broken(row, rooms) for row in table.rows],
    }


def _broken(cells: Sequence[str], rooms: Sequence[int]) -> list[str]:
    return [with_breaks(cell, room) for cell, room in zip(cells, rooms, strict=True)]
