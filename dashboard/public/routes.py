"""The public doors: stored files are sent before Flask is asked, it answers everything else."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from flask import Flask, Response, abort, redirect, request
from werkzeug.datastructures import Accept
from werkzeug.exceptions import SecurityError
from werkzeug.http import parse_accept_header
from werkzeug.wrappers import Response as Answer
from werkzeug.wsgi import get_host

from dashboard.assets import SITE_SHEET, Assets
from dashboard.hosting import Hosting
from dashboard.public.files import API, DATA, EASY_READ
from dashboard.public.headers import LATEST, door_headers, door_of, how_long
from dashboard.public.notes_shown import (
    GONE,
    Look,
    areas_json,
    door_page,
    gone_page,
    lost_page,
    problem_json,
    versions_json,
)
from dashboard.public.served import Body, Found, Shelf
from dashboard.public.standing import get_why_withdrawn
from dashboard.server import headers_of
from dashboard.unavailable import FAULTS
from schemas.area_settings import AreaSettings
from schemas.database import Database

PROBLEM = "application/problem+json"
_READS = ("GET", "HEAD")
Start = Callable[..., Any]


class Sent(NamedTuple):
    """An answer, ready to go."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


def add_public(
    server: Flask,
    database: Database,
    areas: Mapping[str, AreaSettings],
    assets: Assets,
    hosting: Hosting,
    today: Callable[[], dt.date] = dt.date.today,
) -> Shelf:
    """Everything behind `/easy-read/`, `/data/` and `/api/`; other rules there come first. Before
    `stand_behind`, so that the files are sent by what the proxies say."""
    shelf = Shelf(database, areas, today=today)
    look = look_of(assets)

    def rest(rest: str) -> Answer:
        return _rest(shelf, look, database)

    for door in (EASY_READ, DATA):
        _add_rule(server, f"/{door}", f"{door}.stroke", lambda door=door: redirect(f"{door}/"))
        _add_rule(server, f"/{door}/", door, lambda door=door: _list(shelf, look, door))
        _add_rule(server, f"/{door}/<path:rest>", f"{door}.rest", rest)
    _add_rule(server, "/api/v1/areas/", "api.areas", lambda: _areas(shelf))
    versions = "/api/v1/areas/<slug>/versions/"
    _add_rule(server, versions, "api.versions", lambda slug: _versions(shelf, slug))
    _add_rule(server, "/api/<path:rest>", "api.rest", rest)

    @server.after_request
    def add_policy(response: Response) -> Response:
        origins = shelf.frame_origins(request.path)
        response.headers.update(door_headers(request.path, response.mimetype or "", origins))
        return response

    first: Any = server  # Flask's manual sets it so, its types know it as a method
    first.wsgi_app = FilesFirst(server.wsgi_app, shelf, hosting)
    return shelf


def look_of(assets: Assets) -> Look:
    return Look(assets.address(SITE_SHEET), assets.address("favicon.svg"))


def refuse(look: Look, code: int, said: str) -> Answer:
    """A refusal behind a public door: a problem of the API, or a page."""
    if door_of(request.path) == API:
        return Response(problem_json(code, said), code, mimetype=PROBLEM)
    return Response(lost_page(look, said), code, mimetype="text/html")


class FilesFirst:
    """Sends what is stored, with the headers that Flask would give it; asks Flask for the rest.
    A file takes 11 µs so; through Flask any answer takes ten times as long."""

    def __init__(self, inner: Start, shelf: Shelf, hosting: Hosting) -> None:
        self._inner = inner
        self._shelf = shelf
        self._hosts = hosting.trusted_hosts
        self._headers = headers_of(hosting)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] in _READS and door_of(path) and self._is_ours(environ):
            sent = self._find(path, environ)
            if sent:
                start(sent.status, sent.headers)
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [sent.body]
        inner: Iterable[bytes] = self._inner(environ, start)
        return inner

    def _find(self, path: str, environ: Mapping[str, Any]) -> Sent | None:
        """None when there is no such file, or Flask is to say why it cannot be sent now."""
        try:
            found = self._shelf.find(path)
            return self._send(path, found, environ) if found else None
        except FAULTS:
            return None  # asked by Flask again, the database fails again, and that is logged

    def _is_ours(self, environ: dict[str, Any]) -> bool:
        """Whether the host is one of ours; Flask refuses what is not."""
        try:
            return not self._hosts or bool(get_host(environ, self._hosts))
        except SecurityError:
            return False

    def _send(self, path: str, found: Found, environ: Mapping[str, Any]) -> Sent:
        body = self._shelf.body(found.stored.sha256, found.note)
        encoding = _choose(environ.get("HTTP_ACCEPT_ENCODING", ""), tuple(body.packed))
        tag = f'"{body.tag}-{encoding}"' if encoding else f'"{body.tag}"'
        headers = {
            **self._headers,
            **door_headers(path, found.stored.kind, self._shelf.frame_origins(path)),
            "Cache-Control": how_long(found.path, found.stored.kind, found.place.latest),
            "ETag": tag,
        }
        if body.packed:
            headers["Vary"] = "Accept-Encoding"
        if _is_known(environ.get("HTTP_IF_NONE_MATCH", ""), body):
            return Sent("304 NOT MODIFIED", [*headers.items()], b"")
        content = body.packed[encoding] if encoding else body.plain
        headers["Content-Type"] = _with_charset(found.stored.kind)
        headers["Content-Length"] = str(len(content))
        if encoding:
            headers["Content-Encoding"] = encoding
        return Sent("200 OK", [*headers.items()], content)


@lru_cache(1024)
def _choose(accepted: str, there: tuple[str, ...]) -> str:
    """The shortest form that the browser says it can read; "" for the plain one."""
    known = parse_accept_header(accepted, Accept)
    return next((encoding for encoding in there if known[encoding] > 0), "")


def _is_known(tags: str, body: Body) -> bool:
    """Whether the reader has these bytes already, in whatever form."""
    if not tags:
        return False
    forms = {f'"{body.tag}"', *(f'"{body.tag}-{encoding}"' for encoding in body.packed), "*"}
    return any(tag.strip().removeprefix("W/") in forms for tag in tags.split(","))


@lru_cache(256)
def _with_charset(kind: str) -> str:
    is_text = kind.startswith("text/") or kind.endswith("+xml")
    return f"{kind}; charset=utf-8" if is_text else kind


def _add_rule(server: Flask, rule: str, name: str, view: Callable[..., Answer]) -> None:
    strict = name not in ("api.areas", "api.versions")
    server.add_url_rule(rule, f"public.{name}", view, strict_slashes=strict)


def _list(shelf: Shelf, look: Look, door: str) -> Answer:
    """Leads on where there is one area only."""
    areas = [area for area, _ in shelf.published()]
    if len(areas) == 1:
        return _latest(redirect(f"{areas[0].slug}/"))
    return _latest(Response(door_page(look, door, areas), mimetype="text/html"))


def _areas(shelf: Shelf) -> Answer:
    return _latest(Response(areas_json(shelf.published()), mimetype="application/json"))


def _versions(shelf: Shelf, slug: str) -> Answer:
    area = shelf.areas.get(slug)
    standing = shelf.standing(area) if area else None
    if area is None or standing is None or not standing.editions:
        abort(404)
    return _latest(Response(versions_json(area, standing), mimetype="application/json"))


def _rest(shelf: Shelf, look: Look, database: Database) -> Answer:
    """An address behind which no file stands: withdrawn, a stroke short, or nothing at all."""
    gone = shelf.gone(request.path)
    if gone:
        return _gone(shelf, look, database, gone.id)
    if further := shelf.leads_on(request.path):
        return _latest(redirect(quote(further)))
    return abort(404)


def _gone(shelf: Shelf, look: Look, database: Database, bundle_id: int) -> Answer:
    place = shelf.place(request.path)
    assert place is not None
    if place.door == API:
        return Response(problem_json(410, GONE), 410, mimetype=PROBLEM)
    with database.reading() as connection:
        whys = get_why_withdrawn(connection, bundle_id)
    page = gone_page(look, place.area.slug, place.door, whys, place.standing)
    return Response(page, 410, mimetype="text/html")


def _latest(answer: Answer) -> Answer:
    answer.headers["Cache-Control"] = LATEST
    answer.add_etag()
    return answer.make_conditional(request)
