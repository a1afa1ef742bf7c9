"""A chart's numbers as its XML and the workbook behind it: no formula runs, no date of today."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.util import lazyproperty
from xlsxwriter import Workbook

from dashboard.packs.pack import PackChart, PackSeries

_LONG = 40  # letters
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def chart_data(chart: PackChart, day: dt.date) -> CategoryChartData:
    """Every series by its name and every value as the release has it; None is an empty cell.

    Args:
        day: what the workbook inside says it was made on.
    """
    data = _Data(number_format(chart), day)
    data.categories = list(chart.categories)
    for series in chart.series:
        data.add_series(series_name(series), series.values)  # type: ignore[no-untyped-call]
    return data


def series_name(series: PackSeries) -> str:
    """Its label; a long one without what stands in brackets, or the key would take the room of the
    chart. The brackets are told in the description and among the sources."""
    return series.label if len(series.label) <= _LONG else series.label.split(" (")[0]


def number_format(chart: PackChart) -> str:
    """`0.0"%"`, `#,##0`: a percentage is stored as 46.4, not as 0.464."""
    places = f".{'0' * chart.decimals}" if chart.decimals else ""
    return f'0{places}"%"' if chart.percent else f"#,##0{places}"


class _Data(CategoryChartData):
    def __init__(self, form: str, day: dt.date) -> None:
        super().__init__(form)  # type: ignore[no-untyped-call]
        self.day = day

    @lazyproperty
    def _workbook_writer(self) -> "_Writer":
        return _Writer(self)  # type: ignore[no-untyped-call]


class _Writer(CategoryWorkbookWriter):
    """XlsxWriter takes text that begins with `=` for a formula and dates its files now."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple[Workbook, Any]]:
        with Workbook(xlsx_file, _OPTIONS) as workbook:
            made_at = dt.datetime.combine(self._chart_data.day, dt.time())
            workbook.set_properties({"created": made_at})
            yield workbook, workbook.add_worksheet()
