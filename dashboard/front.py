"""The front door and the plain answers round it: robots, files, pages not found."""

from flask import Flask, Response, abort, redirect, request, url_for
from werkzeug.exceptions import MethodNotAllowed, ServiceUnavailable
from werkzeug.wrappers import Response as Answer

from dashboard.address import PREFIX, overview_path
from dashboard.assets import FOLDER
from dashboard.pages.render import render
from dashboard.pages.site import Site
from dashboard.public.headers import door_of
from dashboard.public.notes_shown import area_doors
from dashboard.public.routes import look_of, refuse
from dashboard.public.served import Shelf
from dashboard.unavailable import FAULTS, Unavailable, as_unavailable

_ROBOTS = f"User-agent: *\nAllow: /easy-read/\nAllow: /data/\nDisallow: {PREFIX}\n"


def add_front_door(server: Flask, site: Site, shelf: Shelf) -> None:
    """Everything that is not a page of an area."""
    server.add_url_rule("/", "front", lambda: _front(site, shelf))
    server.add_url_rule("/robots.txt", "robots", lambda: Response(_ROBOTS, mimetype="text/plain"))
    server.add_url_rule(PREFIX, "first", lambda: _first_area(site))
    server.add_url_rule(f"{PREFIX}<area>", "area", lambda area: _area(site, area))
    server.add_url_rule(f"{FOLDER}<path:rest>", "asset", lambda rest: _asset(site))
    for code in (400, 403, 404, 405, 500, 503):
        server.register_error_handler(code, lambda error: _error(site, error))
    for fault in (*FAULTS, OSError):
        server.register_error_handler(fault, lambda error: _error(site, as_unavailable(error)))


def _front(site: Site, shelf: Shelf) -> str:
    shown = site.areas_shown()
    public = {area.code for area, _ in shelf.published()}
    areas = [
        (
            area,
            overview_path(area),
            area.code in shown,
            area_doors(area) if area.code in public else [],
        )
        for area in site.settings.areas.values()
    ]
    invented = any(one.invented for one in shown.values())
    return render(site, "front.html", areas=areas, invented=invented)


def _first_area(site: Site) -> Answer:
    """`/dashboard/` leads to the first area with figures."""
    areas, shown = site.settings.areas, site.areas_shown()
    if not areas:
        return redirect(url_for("front"))
    first = next((code for code in areas if code in shown), next(iter(areas)))
    return redirect(overview_path(areas[first]))


def _area(site: Site, code: str) -> Answer:
    """The address without its last stroke."""
    if code not in site.settings.areas:
        abort(404)
    return redirect(overview_path(site.settings.areas[code]))


def _asset(site: Site) -> Answer:
    if not site.assets.has(request.path):
        abort(404)
    return site.assets.answer(request.path)


_SAID = {
    400: "That request cannot be understood.",
    403: "Requests from other sites are refused.",
    404: "There is no page at this address.",
    405: "That cannot be done at this address.",
    500: "Something went wrong on the server. It has been recorded. Please try again.",
    503: "Two papers are being made already. Try again in a minute.",
}


def _error(site: Site, error: Exception) -> Answer:
    code = getattr(error, "code", 500) or 500
    said = str(error.description) if isinstance(error, Unavailable) else _SAID.get(code, _SAID[500])
    if door_of(request.path):
        answer = refuse(look_of(site.assets), code, said)
    else:
        areas = [(area, overview_path(area)) for area in site.settings.areas.values()]
        page = render(site, "error.html", said=said, areas=areas)
        answer = Response(page, code, mimetype="text/html")
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    if isinstance(error, ServiceUnavailable) and error.retry_after:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer
