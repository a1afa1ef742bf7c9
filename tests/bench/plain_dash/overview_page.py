"""The overview: a tile with a sparkline for each measure the area sends."""

import pandas as pd
import plotly.express as px
from dash import dcc, html
from sqlalchemy import Engine

from schemas.area import ENGLAND
from schemas.area_settings import load_area_settings
from schemas.measure import Measure, load_measures
from tests.bench.plain_dash.data import ANNUAL, headline, own_terms, read_area


def overview_layout(engine: Engine, area: str) -> html.Div:
    settings = load_area_settings()[area]
    measures = [one for one in load_measures().values() if one.source.extract in settings.extracts]
    frame = read_area(engine, area, [one.id for one in measures])
    by_measure = dict(list(frame.groupby("measure_id")))
    tiles = [_tile(by_measure.get(one.id, frame[:0]), area, one) for one in measures]
    return html.Div([html.H2(settings.name), html.Div(tiles, className="tiles")])


def _tile(frame: pd.DataFrame, area: str, measure: Measure) -> html.Div:
    whole = headline(own_terms(frame, area, measure), measure)
    link = dcc.Link(measure.short_title, href=f"/{area}/measure/{measure.id}")
    if whole.empty:
        return html.Div([html.H3(link), html.P("No data")], className="tile")
    latest = whole.iloc[-1]
    words = [html.P(f"{latest['value']:.{measure.decimals}f}, {latest['period']}")]
    return html.Div(
        [html.H3(link), *words, *_change(whole, measure), *_england(frame, measure), _graph(whole)],
        className="tile",
    )


def _change(whole: pd.DataFrame, measure: Measure) -> list[html.P]:
    if len(whole) < 4:
        return []
    change = whole.iloc[-1]["value"] - whole.iloc[-4]["value"]
    return [html.P(f"{change:+.{measure.decimals}f} on the same term last year")]


def _england(frame: pd.DataFrame, measure: Measure) -> list[html.P]:
    found = frame[(frame["area_code"] == ENGLAND) & frame["basis"].isin(ANNUAL)]
    found = headline(found, measure).dropna(subset="value")
    if found.empty:
        return []
    latest = found.iloc[-1]
    return [html.P(f"England: {latest['value']:.{measure.decimals}f}, {latest['period']}")]


def _graph(whole: pd.DataFrame) -> dcc.Graph:
    figure = px.line(whole, x="period_end", y="value", height=80)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return dcc.Graph(figure=figure, config={"displayModeBar": False})
