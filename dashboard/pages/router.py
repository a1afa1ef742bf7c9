"""From the address in the browser to the page: one callback, registered on one app."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.address import parse_address
from dashboard.pages.measure import measure_page
from dashboard.pages.not_found import not_found_page
from dashboard.pages.overview import overview_page
from dashboard.pages.page import Page
from dashboard.pages.site import Site


def frame() -> Component:
    """What never changes: where the page goes, and where it is announced."""
    return html.Div(
        [
            dcc.Location(id="address", refresh=False),
            dcc.Store(id="facts"),
            html.Div(html.P("Loading the figures…", className="width loading"), id="page"),
            html.Div(id="announce", role="status", className="unseen"),
        ]
    )


def build_page(site: Site, path: object, search: object) -> Page:
    """The page at an address, whatever was asked for."""
    address = parse_address(path, search, site.settings)
    if address is None:
        return not_found_page(site)
    return measure_page(site, address) if address.measure else overview_page(site, address)


def register_callbacks(app: Dash, site: Site) -> None:
    """The page follows the address; the browser then names, focuses and announces it."""

    @app.callback(
        Output("page", "children"),
        Output("facts", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
    )
    def show(path: object, search: object) -> tuple[Any, Any]:
        if path is None:
            return no_update, no_update
        page = build_page(site, path, search)
        return page.body, {"title": page.title, "path": path, "status": page.status}

    in_browser: Any = app.clientside_callback  # Dash gives it no types
    in_browser(
        ClientsideFunction("page", "arrive"), Output("announce", "children"), Input("facts", "data")
    )
    in_browser(
        ClientsideFunction("page", "fit"),
        Output("trend", "figure"),
        Input("trend-layouts", "data"),
        State("trend", "figure"),
    )
