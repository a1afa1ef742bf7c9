"""One measure: headline, trend beside the others, breakdown, small multiples and a table."""

import pandas as pd
import plotly.express as px
from dash import dcc, html
from plotly.graph_objects import Figure
from sqlalchemy import Engine

from schemas.area_settings import load_area_settings
from schemas.measure import Measure, load_measures
from tests.bench.plain_dash.data import (
    breakdown_of,
    comparators,
    headline,
    own_terms,
    read_measure,
    read_neighbours,
)

COLUMNS = ["period", "breakdown", "category", "numerator", "denominator", "value", "symbol"]


def measure_layout(area: str, measure: str) -> html.Div:
    areas = {code: one.name for code, one in load_area_settings().items()}
    measures = {name: one.title for name, one in load_measures().items()}
    return html.Div(
        [
            html.Div([dcc.Link("Overview", href=f"/{area}/")]),
            html.Label(["Area", dcc.Dropdown(areas, area, id="area", clearable=False)]),
            html.Label(["Measure", dcc.Dropdown(measures, measure, id="measure", clearable=False)]),
            html.Div(id="headline"),
            dcc.Graph(id="trend"),
            dcc.Graph(id="bars"),
            dcc.Graph(id="multiples"),
            html.Div(id="table"),
        ]
    )


def figures(
    engine: Engine, area: str, measure_id: str
) -> tuple[html.Div, Figure, Figure, Figure, html.Table]:
    """What the callback returns for the chosen area and measure."""
    measure = load_measures()[measure_id]
    frame = read_measure(engine, area, measure_id)
    own = own_terms(frame, area, measure)
    whole = headline(own, measure)
    beside = comparators(frame, area, read_neighbours(engine, area), measure)
    parts = breakdown_of(own)
    return (
        _headline(whole, measure),
        _trend(whole, beside, load_area_settings()[area].name, measure),
        _bars(parts, measure),
        _multiples(parts, measure),
        _table(own),
    )


def _headline(whole: pd.DataFrame, measure: Measure) -> html.Div:
    if whole.empty:
        return html.Div([html.H2(measure.title), html.P("No data")])
    latest = whole.iloc[-1]
    value = "–" if pd.isna(latest["value"]) else f"{latest['value']:.{measure.decimals}f}"
    words = f"{value} ({measure.unit}), {latest['period']}"
    return html.Div([html.H2(measure.title), html.P(words), html.P(measure.description)])


def _trend(whole: pd.DataFrame, beside: pd.DataFrame, area: str, measure: Measure) -> Figure:
    lines = pd.concat([whole.assign(series=area), beside])
    figure = px.line(
        lines, x="period_end", y="value", color="series", markers=True, title=measure.title
    )
    if measure.target:
        figure.add_hline(measure.target.value, line_dash="dash", annotation_text="Target")
    return figure


def _bars(parts: pd.DataFrame, measure: Measure) -> Figure:
    latest = parts[parts["period_end"] == parts["period_end"].max()]
    title = f"{measure.title}: latest term"
    return px.bar(latest, x="value", y="category", orientation="h", title=title)


def _multiples(parts: pd.DataFrame, measure: Measure) -> Figure:
    title = f"{measure.title}: by category"
    return px.line(
        parts, x="period_end", y="value", facet_col="category", facet_col_wrap=4, title=title
    )


def _table(own: pd.DataFrame) -> html.Table:
    heading = html.Thead(html.Tr([html.Th(name) for name in COLUMNS]))
    rows = [html.Tr([html.Td(value) for value in row]) for row in own[COLUMNS].to_numpy().tolist()]
    return html.Table([heading, html.Tbody(rows)])
