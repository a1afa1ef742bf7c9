"""A chart with its key, its description in words, its numbers as a table, and a download."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.chart import Chart, Series
from dashboard.charts.plotly_figure import narrow_layout, plotly_figure, wide_layout
from dashboard.charts.table import NONE, Cell, DataTable
from dashboard.components.shell import aria

_CONFIG: Any = {
    "staticPlot": True,
    "displayModeBar": False,
    "showSendToCloud": False,
    "responsive": True,
}


def chart_figure(chart: Chart, title: str, said: str) -> Component:
    """The picture is an image with a name; what it says stands in the text below it."""
    graph = dcc.Graph(id="trend", figure=plotly_figure(chart), config=_CONFIG, responsive=True)
    layouts = {"wide": wide_layout(chart), "narrow": narrow_layout(chart)}
    name = aria(label=f"Line chart: {title}", describedby="trend-said")
    return html.Figure(
        [
            _key(chart),
            html.Div(graph, role="img", className="chart", **name),
            html.Figcaption(said, id="trend-said"),
            dcc.Store(id="trend-layouts", data=layouts),
        ],
        **aria(labelledby="over-time"),
    )


def _key(chart: Chart) -> Component:
    items = [html.Li(item) for item in _key_items(chart)]
    return html.Ul(items, className="plain-list key")


def _key_items(chart: Chart) -> Iterator[list[Any]]:
    for series in chart.series:
        yield [_swatch(series.key, series), _key_words(series)]
    if any(mark.hollow for mark in chart.own.marks):
        yield [_swatch("hollow"), "Provisional"]
    if chart.levels:
        yield [_swatch("level"), "Thin line: the latest yearly figure, not a new one"]
    if chart.target:
        yield [_swatch("target"), chart.target.label]


def _key_words(series: Series) -> str:
    if series.key == "own":
        return f"{series.label}, each term"
    if series.key == "months":
        return series.label
    kind = ""
    if series.segments:
        kind = ", whole years"
    elif all(len(run) == 1 for run in series.runs):
        kind = ", each January"
    note = f" ({series.note})" if series.note else ""
    return f"{series.label}{kind}{note}"


def _swatch(key: str, series: Series | None = None) -> Component:
    dots = series is not None and not series.segments and all(len(r) == 1 for r in series.runs)
    kind = f"swatch swatch-{key}{' swatch-dots' if dots else ''}"
    return html.Span(className=kind, **aria(hidden="true"))


def data_details(table: DataTable, download: Component) -> Component:
    """The table opens in a region of its own that scrolls when it is too wide."""
    in_words = [words in ("Period", "Status") for words in table.headings]
    head = html.Tr(
        [
            html.Th(words, scope="col", className="" if said else "number")
            for words, said in zip(table.headings, in_words, strict=True)
        ]
    )
    body = [_table_row(row, in_words) for row in table.rows]
    inside = html.Table([html.Caption(table.caption), html.Thead(head), html.Tbody(body)])
    region = html.Div(
        inside, className="scroll", tabIndex="0", role="region", **aria(label=table.caption)
    )
    summary = html.Summary("Show the data as a table")
    return html.Div([html.Details([summary, region]), html.P(download)], className="data")


def _table_row(row: Sequence[Cell], in_words: Sequence[bool]) -> Component:
    first, *others = row
    cells = [
        html.Td(cell.words, className=_kind(cell, said))
        for cell, said in zip(others, in_words[1:], strict=True)
    ]
    return html.Tr([html.Th(first.words, scope="row"), *cells])


def _kind(cell: Cell, said: bool) -> str:
    return f"{'' if said else 'number'}{' quiet' if cell.words == NONE else ''}".strip()
