"""The part of a page that Dash runs: one Plotly chart, which takes the place of the drawn one."""

import hashlib
import importlib
import json
import re
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, dcc
from dash.exceptions import DependencyException
from flask import Flask
from werkzeug.exceptions import NotFound

FOLDER = "/explore/"
CHART_PROGRAM = "vendor/plotly-scatter-4.1.1.min.js"
_CONFIG: Any = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "scrollZoom": False,
    "doubleClick": False,
    "responsive": False,
}
_USED = ("_dash-component-suites/dash/deps/", "/dash-renderer/", "/dash/dcc/")
_WARM = (
    "_dash-component-suites/dash/dcc/async-graph.js",
    "_dash-layout",
    "_dash-dependencies",
)
_TOLD = (
    "url_base_pathname",
    "requests_pathname_prefix",
    "ui",
    "props_check",
    "update_title",
    "disable_version_check",
    "show_undo_redo",
    "suppress_callback_exceptions",
    "serve_locally",
    "validate_callbacks",
    "csrf_token_name",
    "csrf_header_name",
)


@dataclass(frozen=True)
class Explorer:
    """What a page needs so that its script can start Dash: its settings, its files in order, and
    what Dash will ask for once it runs, so that it need not wait for that."""

    config: str
    files: tuple[str, ...]
    warm: tuple[str, ...]


class _Parts(Dash):
    """Dash as a supplier of its parts: the pages around it are ours."""

    parts: dict[str, str]

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
    ) -> Any:
        self.parts = {"config": config, "scripts": scripts}
        fill: Any = super().interpolate_index
        return fill(metas, title, css, config, scripts, app_entry, favicon, renderer)


def build_explorer(server: Flask, chart_program: str) -> Explorer:
    """Adds Dash to a server under an address that changes with its versions.

    Args:
        chart_program: where the browser finds Plotly.
    """
    # Plotly imports numpy at the first request; two at once then fail (`dash.md`).
    importlib.import_module("numpy")
    folder = f"{FOLDER}{_stamp()}/"
    make: Any = _Parts  # Dash's types know neither a Flask server nor update_title=None
    app: _Parts = make(
        __name__,
        server=server,
        url_base_pathname=folder,
        assets_folder="",
        pages_folder="",
        use_pages=False,
        update_title=None,
        serve_locally=True,
        enable_mcp=False,
        websocket_callbacks=False,
        add_log_handler=False,
    )
    app.layout = _layout()
    _register(app)
    server.register_error_handler(  # Dash raises for a file that it does not have
        DependencyException, lambda _: server.handle_user_exception(NotFound())
    )
    with server.test_request_context(folder):
        index: Any = app.index  # without types as well
        index()
    scripts = re.findall(r'src="([^"]+)"', app.parts["scripts"])
    files = [file for file in scripts if any(part in file for part in _USED)]
    warm = tuple(f"{folder}{name}" for name in _WARM)
    return Explorer(_config(app.parts["config"]), (chart_program, *files), warm)


def _layout() -> list[Any]:
    return [
        dcc.Store(id="shown"),
        dcc.Graph(id="trend", figure={"data": [], "layout": {}}, config=_CONFIG),
    ]


def _register(app: Dash) -> None:
    """The figure follows what the page shows; it comes with the page, so no server is asked."""
    in_browser: Any = app.clientside_callback  # Dash gives it no types
    in_browser(
        ClientsideFunction("page", "figure"), Output("trend", "figure"), Input("shown", "data")
    )


def _stamp() -> str:
    """Of everything that decides what Dash sends: its version and our layout."""
    said = f"{version('dash')} {version('plotly')} {_layout()!r} {_CONFIG}"
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _config(script: str) -> str:
    """Dash's settings without the versions of what runs here and without unused components."""
    found = re.search(r">(\{.*\})<", script, re.S)
    assert found is not None, script
    told = json.loads(found[1])
    kept = {key: told[key] for key in _TOLD if key in told}
    kept["children_props"] = {"dash_core_components": {"Graph": [], "Store": []}}
    return json.dumps(kept).replace("<", "\\u003c")
