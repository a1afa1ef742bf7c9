"""What guards every answer: cross-site posts, Dash's own addresses, headers, size."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.components.explore import FOLDER
from dashboard.hosting import Hosting
from dashboard.packing import brotli_form

_OFFERED = ("_dash-component-suites/", "_dash-layout", "_dash-dependencies")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",  # Plotly sets styles on its elements
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
}
_YEAR = 31_536_000  # seconds
_ONLY_HTTPS = {"Strict-Transport-Security": f"max-age={_YEAR}; includeSubDomains"}
_log = logging.getLogger(__name__)
_KEPT_FILES = 60  # there are about 25; an address with a false fingerprint must not fill memory


def in_background(work: Callable[[], object]) -> None:
    """Does something that may take its time beside the first requests."""
    threading.Thread(target=work, daemon=True).start()


def guard(server: Flask) -> None:
    """Refuses what this server does not offer, before anything of Dash runs. No callback of Dash
    runs here: the interactive chart is drawn from what the page brings."""

    @server.before_request
    def refuse() -> None:
        if isinstance(request.routing_exception, SecurityError):
            _log.warning("a host that is not ours was asked for")
            raise request.routing_exception  # a host that is not ours, before anything else
        if request.method == "POST":
            _refuse_other_sites()
        if request.path.startswith(FOLDER):
            offered = request.path.removeprefix(FOLDER).partition("/")[2]
            if not offered.startswith(_OFFERED):
                abort(404)
            if request.method not in ("GET", "HEAD"):
                abort(405)


def _refuse_other_sites() -> None:
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none") or (origin and urlsplit(origin).netloc != request.host):
        _log.warning("a form of another site was refused")
        abort(403)


def stand_behind(server: Flask, hosting: Hosting) -> None:
    """Believes what exactly so many proxies say of who asks, and answers to known names only."""
    if hosting.trusted_hosts:
        server.config["TRUSTED_HOSTS"] = list(hosting.trusted_hosts)
    if hosting.proxies:
        hops = hosting.proxies
        behind: Any = server  # Flask's manual sets it so, its types know it as a method
        behind.wsgi_app = ProxyFix(server.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)


def headers_of(hosting: Hosting) -> Mapping[str, str]:
    """What every answer says unless it says something else itself."""
    return _HEADERS if hosting.demo else _HEADERS | _ONLY_HTTPS


def add_headers(server: Flask, hosting: Hosting) -> None:
    """The same headers on every answer; those behind a public door bring a policy of their own
    (`dashboard.public.headers`). Dash's files stand under an address that changes with
    their content, so browsers may keep them for good; they are packed once."""
    kept: dict[str, bytes] = {}
    headers = headers_of(hosting)

    @server.after_request
    def add(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(FOLDER) and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
            _pack(response, kept)
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


def _pack(response: Response, kept: dict[str, bytes]) -> None:
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["br"] <= 0:
        return
    response.direct_passthrough = False
    source = response.response
    packed = kept.get(request.path)
    if packed is None:
        packed = brotli_form(response.get_data(), 9)
        if len(kept) < _KEPT_FILES:
            kept[request.path] = packed
    if hasattr(source, "close"):
        source.close()  # the file it would have been sent from
    response.set_data(packed)
    response.headers["Content-Encoding"] = "br"
