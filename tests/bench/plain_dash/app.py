"""The app itself: Pages, an overview of tiles, and a measure page with two dropdowns."""

from typing import Any

import dash
from dash import Dash, Input, Output, html
from sqlalchemy import create_engine

from tests.bench.plain_dash.measure_page import figures, measure_layout
from tests.bench.plain_dash.overview_page import overview_layout


def make_app(database: str) -> Dash:
    engine = create_engine(database)
    pages: Any = dash  # Dash gives it no types
    app: Any = Dash(
        __name__,
        use_pages=True,
        pages_folder="",
        suppress_callback_exceptions=True,  # as Dash's guide to pages says
        compress=True,
    )
    pages.register_page(
        "overview",
        path_template="/<area>/",
        title="SEND dashboard",
        layout=lambda area="", **_: overview_layout(engine, area),
    )
    pages.register_page(
        "measure",
        path_template="/<area>/measure/<measure>",
        title="SEND dashboard",
        layout=lambda area="", measure="", **_: measure_layout(area, measure),
    )
    app.layout = html.Div([html.H1("SEND dashboard"), dash.page_container])

    @app.callback(
        Output("headline", "children"),
        Output("trend", "figure"),
        Output("bars", "figure"),
        Output("multiples", "figure"),
        Output("table", "children"),
        Input("area", "value"),
        Input("measure", "value"),
    )
    def update(area: str, measure: str) -> Any:
        return figures(engine, area, measure)

    made: Dash = app
    return made
