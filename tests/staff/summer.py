"""The files of Summer 2025/26 as each organisation sends its own: the sample workbook, parted."""

import datetime as dt
import io
from collections.abc import Callable
from functools import cache

import openpyxl

from schemas.area_settings import load_area_settings
from schemas.extracts import load_extracts
from schemas.resources import resource_folder

SAMPLE = resource_folder("data") / "sample"
SUMMER = "darlington_2025-26_summer.xlsx"
DARLINGTON = "E06000005"
COUNCIL, HEALTH = load_area_settings()[DARLINGTON].organisations
Change = Callable[[openpyxl.Workbook], None]


def summer_file(
    organisation: str = COUNCIL, status: str = "final", change: Change | None = None
) -> bytes:
    """What one organisation sends for Summer 2025/26; `change(workbook)` may spoil it first."""
    workbook = openpyxl.load_workbook(io.BytesIO(_sample()))
    extracts = load_extracts()
    sent = {extracts[x].sheet for x in load_area_settings()[DARLINGTON].extracts_of(organisation)}
    every = {extract.sheet for extract in extracts.values()}
    for name in workbook.sheetnames:
        if name in every - sent:
            del workbook[name]
    cover = workbook["About this return"]
    said = {"Organisation": organisation, "Status": status, "Data as at": dt.datetime(2026, 9, 18)}
    for row in cover.iter_rows(max_col=2):
        if row[0].value in said:
            row[1].value = said[row[0].value]
    if change:
        change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@cache
def _sample() -> bytes:
    return (SAMPLE / SUMMER).read_bytes()
