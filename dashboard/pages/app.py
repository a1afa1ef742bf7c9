"""The Dash application under its prefix: our own HTML page, local files only, nothing extra on."""

import importlib
from html import escape
from typing import Any

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, request
from werkzeug.exceptions import NotFound

from dashboard.address import PREFIX, SITE, parse_address
from dashboard.pages.router import frame, register_callbacks
from dashboard.pages.site import Site
from schemas.resources import resource_folder

_INDEX = """<!DOCTYPE html>
<html lang="en-GB">
<head>
  {%metas%}
  <title>{%title%}</title>
  <link rel="icon" href="PREFIXassets/favicon.svg" type="image/svg+xml">
  {%css%}
</head>
<body>
  <a class="skip" href="#main">Skip to main content</a>
  {%app_entry%}
  <noscript><p class="width">This page needs JavaScript to show its figures.
  <a href="/">The front page</a> does not.</p></noscript>
  {%config%}
  {%scripts%}
  {%renderer%}
</body>
</html>
""".replace("PREFIX", PREFIX)
_ENTRY = '<div id="react-entry-point"><p class="width loading">Loading the figures…</p></div>'


class TitledDash(Dash):
    """Dash whose HTML already carries the title of the page that was asked for."""

    site: Site

    def interpolate_index(  # Dash's own parameters, which it gives no types
        self,
        metas: Any = "",
        title: Any = "",
        css: Any = "",
        config: Any = "",
        scripts: Any = "",
        app_entry: Any = "",
        favicon: Any = "",
        renderer: Any = "",
    ) -> str:
        address = parse_address(request.path, "", self.site.settings)
        named = escape(address.title if address else SITE)
        fill: Any = super().interpolate_index
        return str(fill(metas, named, css, config, scripts, _ENTRY, "", renderer))


def build_dash(server: Flask, site: Site) -> Dash:
    """Adds the Dash pages to a server."""
    # Plotly imports numpy at the first request; two at once then fail (`dash.md`).
    importlib.import_module("numpy")
    make: Any = TitledDash  # Dash's types know neither a Flask server nor update_title=None
    app: TitledDash = make(
        __name__,
        server=server,
        url_base_pathname=PREFIX,
        assets_folder=str(resource_folder("assets")),
        pages_folder="",
        use_pages=False,
        title=SITE,
        update_title=None,
        index_string=_INDEX,
        serve_locally=True,
        suppress_callback_exceptions=True,
        enable_mcp=False,
        websocket_callbacks=False,
        add_log_handler=False,
    )
    app.site = site
    app.layout = frame
    register_callbacks(app, site)
    server.register_error_handler(  # Dash raises for a file that it does not have
        DependencyException, lambda _: server.handle_user_exception(NotFound())
    )
    return app
