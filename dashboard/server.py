"""What guards every answer: unknown addresses and callbacks, cross-site posts, headers, size."""

import gzip
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from dashboard.address import PREFIX

CALLBACK = f"{PREFIX}_dash-update-component"
_TECHNICAL = (f"{PREFIX}_dash-component-suites/", f"{PREFIX}assets/")
_DASH = (f"{PREFIX}_dash-layout", f"{PREFIX}_dash-dependencies")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg+xml")
_SMALL = 860  # bytes: below this one packet carries it anyway
_KEPT_FILES = 60  # there are about 25; an address with a false fingerprint must not fill memory
_YEAR = 31_536_000


def guard(
    server: Flask, is_page: Callable[[str], bool], callbacks: Mapping[str, Mapping[str, Any]]
) -> None:
    """Refuses what this server does not offer, before anything of Dash runs.

    Args:
        is_page: whether a path under the prefix is a page or a file of ours.
        callbacks: Dash's own map of outputs; it may still grow.
    """

    @server.before_request
    def refuse() -> None:
        if request.method == "POST":
            _refuse_other_sites()
        if request.path == CALLBACK:
            _refuse_unknown_callback(callbacks)
        elif request.path.startswith(PREFIX) and not _is_offered(request.path, is_page):
            abort(404)


def _is_offered(path: str, is_page: Callable[[str], bool]) -> bool:
    return path in _DASH or path.startswith(_TECHNICAL) or is_page(path)


def _refuse_other_sites() -> None:
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none") or (origin and urlsplit(origin).netloc != request.host):
        abort(403)


def _refuse_unknown_callback(callbacks: Mapping[str, Mapping[str, Any]]) -> None:
    if request.method != "POST":
        abort(405)
    body = request.get_json(silent=True)
    known = callbacks.get(str(body.get("output"))) if isinstance(body, dict) else None
    if not isinstance(body, dict) or known is None or not _has_shape(body, known):
        abort(400)


def _has_shape(body: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Only what the browser's half of Dash sends: these inputs and states, these outputs."""
    ids = [body.get("outputs"), body.get("changedPropIds", [])]
    if not all(isinstance(value, list) for value in ids):
        return False
    outputs = [f"{one['id']}.{one['property']}" for one in ids[0] if _is_property(one)]
    expected = str(body["output"]).strip(".").split("...")
    return (
        outputs == expected
        and all(isinstance(one, str) for one in ids[1])
        and _match(body.get("inputs"), known["inputs"])
        and _match(body.get("state", []), known["state"])
    )


def _match(given: object, expected: Sequence[Mapping[str, Any]]) -> bool:
    if not isinstance(given, list) or not all(_is_property(one) for one in given):
        return False
    wanted = [(one["id"], one["property"]) for one in expected]
    return [(one["id"], one["property"]) for one in given] == wanted


def _is_property(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("id"), str) and "property" in one


def add_headers(server: Flask, script_hashes: Sequence[str]) -> None:
    """The same headers on every answer; only files with a fingerprint are kept by browsers.

    Args:
        script_hashes: of Dash's inline scripts, for the content security policy; it may still grow.
    """

    @server.after_request
    def add(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _policy(script_hashes))
        if request.path.startswith(f"{PREFIX}assets/") and request.args.get("m"):
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        elif not request.path.startswith(_TECHNICAL):
            response.headers.setdefault("Cache-Control", "no-cache")
        return response


def _policy(script_hashes: Sequence[str]) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *script_hashes)),
            "style-src 'self' 'unsafe-inline'",  # Plotly sets styles on its elements
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def add_compression(server: Flask) -> None:
    """Sends text compressed. Files of the program are compressed once and kept; pages, which are
    small, each time."""
    kept: dict[tuple[str, str], bytes] = {}

    @server.after_request
    def compress(response: Response) -> Response:
        if not _may_compress(response):
            return response
        response.direct_passthrough = False
        source = response.response
        key = (request.full_path, response.headers.get("ETag", ""))
        packed = kept.get(key)
        if packed is None:
            is_file = request.path.startswith(_TECHNICAL)
            packed = gzip.compress(response.get_data(), 9 if is_file else 5, mtime=0)
            if is_file and len(kept) < _KEPT_FILES:
                kept[key] = packed
        if hasattr(source, "close"):
            source.close()  # the file it would have been sent from
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
        response.headers.add("Vary", "Accept-Encoding")
        return response


def _may_compress(response: Response) -> bool:
    accepted = request.accept_encodings["gzip"] > 0
    kind = (response.mimetype or "").startswith(_COMPRESSIBLE)
    long = (response.content_length or 0) >= _SMALL
    plain = "Content-Encoding" not in response.headers
    return accepted and kind and long and plain and response.status_code == 200
