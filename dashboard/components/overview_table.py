"""One group of measures as a table: latest, change, England and the region, all in words."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.address import measure_path
from dashboard.components.shell import aria
from dashboard.overview_view import Beside, Row
from dashboard.words.periods import period_short, period_words
from dashboard.words.sentences import change_words
from dashboard.words.values import figure_words
from schemas.area import AreaSettings
from schemas.term import Term, parse_period

_CHANGE = "Change on the same term last year"


def overview_table(
    title: str, rows: Sequence[Row], area: AreaSettings, region: str, newest: str
) -> Component:
    """Each cell carries its column's heading, for narrow screens where rows become cards."""
    headings = ["Measure", area.name, _CHANGE, "England", region]
    head = html.Tr(
        [html.Th(words, scope="col", role="columnheader") for words in headings], role="row"
    )
    body = [_row(row, headings, area, newest) for row in rows]
    return html.Table(
        [
            html.Caption(title, className="unseen"),
            html.Thead(head, role="rowgroup"),
            html.Tbody(body, role="rowgroup"),
        ],
        className="overview",
        role="table",
    )


def _row(row: Row, headings: Sequence[str], area: AreaSettings, newest: str) -> Component:
    _, *others = headings
    own = [_cell(others[0], _latest(row, newest)), _cell("Change", _change(row))]
    cells = [*own, *_beside_cells(row, others[2:])]
    link = html.A(row.measure.title, href=measure_path(area, row.measure))
    about = [html.Span(row.about, className="small")] if row.about else []
    return html.Tr([html.Th([link, *about], scope="row", role="rowheader"), *cells], role="row")


def _latest(row: Row, newest: str) -> list[Any]:
    if row.latest is None:
        return [html.Span("Not sent yet", className="quiet")]
    period = period_short(row.latest.period, row.measure.basis)
    status = ", provisional" if row.latest.status == "provisional" else ""
    told = [html.Span(f"{period}{status}", className="small")]
    if row.late:
        missing = period_short(newest, row.measure.basis)
        told.append(html.Span(f"Not sent for {missing}", className="small mark"))
    number = "figure" if row.latest.value is not None else "words"
    return [html.Span(_capital(figure_words(row.latest, row.measure)), className=number), *told]


def _change(row: Row) -> Any:
    if row.latest is None:
        return html.Span("–", **aria(hidden="true"))
    term = parse_period(row.latest.period)
    earlier = term.last_year.short_title if isinstance(term, Term) else "a year before"
    return _capital(change_words(row.latest, row.last_year, row.measure, earlier))


def _cell(label: str, content: Any, span: int = 1) -> Component:
    return html.Td(html.Div(content), role="cell", colSpan=span, **aria(data_label=label))


def _beside_cells(row: Row, headings: Sequence[str]) -> list[Component]:
    """England and the region; one cell for both when there is one reason for neither."""
    reason = ""
    if row.measure.unit == "count":
        reason = "A count, so not compared"
    elif row.england is None and row.region is None:
        reason = "Nothing published to compare"
    if reason:
        words = html.Span(reason, className="quiet")
        return [_cell(" and ".join(headings), words, len(headings))]
    return [
        _cell(heading, _beside(row, beside))
        for heading, beside in zip(headings, (row.england, row.region), strict=True)
    ]


def _beside(row: Row, beside: Beside | None) -> list[Any]:
    if beside is None:
        return [html.Span("Not published", className="quiet")]
    period = period_words(beside.point.period, beside.basis)
    context = "" if beside.comparable else ", counted differently"
    return [
        html.Span(figure_words(beside.point, row.measure), className="figure"),
        html.Span(f"{_capital(period)}{context}", className="small"),
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
