"""The front door and the plain answers round it: health, robots, downloads, pages not found."""

from flask import Flask, Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from dashboard.address import PREFIX, csv_path, overview_path, parse_address
from dashboard.charts.table import build_table
from dashboard.measure_view import get_measure_view
from dashboard.pages.site import VIEWER, Site
from schemas.resources import resource_folder

_ROBOTS = f"User-agent: *\nDisallow: {PREFIX}\n"


def add_front_door(server: Flask, site: Site) -> None:
    """Plain Flask pages: they work without JavaScript."""
    server.add_url_rule("/", "front", lambda: _front(site))
    server.add_url_rule("/healthz", "health", lambda: _health(site))
    server.add_url_rule("/robots.txt", "robots", lambda: Response(_ROBOTS, mimetype="text/plain"))
    server.add_url_rule(PREFIX, "first", lambda: _first_area(site))
    server.add_url_rule(f"{PREFIX}<area>", "area", lambda area: _area(site, area))
    server.add_url_rule(
        f"{PREFIX}<area>/measure/<name>.csv", "download", lambda area, name: _csv(site, area, name)
    )
    styles = _styles()
    server.context_processor(lambda: {"styles": styles})
    for code in (400, 403, 404, 405, 500):
        server.register_error_handler(code, lambda error: _error(site, error))


def is_file_or_redirect(path: str, site: Site) -> bool:
    """The addresses under the prefix that are answered here and not by Dash."""
    page = parse_address(path.removesuffix(".csv"), "", site.settings)
    is_csv = path.endswith(".csv") and page is not None and page.measure is not None
    return path == PREFIX or is_csv or path.removeprefix(PREFIX) in site.settings.areas


def _styles() -> list[str]:
    """The style sheets with the time they were changed, so that browsers may keep them."""
    files = sorted(resource_folder("assets").glob("*.css"))
    return [f"{PREFIX}assets/{file.name}?m={file.stat().st_mtime:.0f}" for file in files]


def _front(site: Site) -> str:
    shown = site.areas_shown()
    areas = [
        (area, overview_path(area), area.code in shown) for area in site.settings.areas.values()
    ]
    invented = any(one.invented for one in shown.values())
    return render_template("front.html", areas=areas, invented=invented)


def _health(site: Site) -> Answer:
    """Says that the server answers and that its database can be read."""
    site.areas_shown()
    return Response("ok\n", mimetype="text/plain")


def _first_area(site: Site) -> Answer:
    """`/dashboard/` leads to the first area with figures."""
    areas, shown = site.settings.areas, site.areas_shown()
    if not areas:
        return redirect(url_for("front"))
    first = next((code for code in areas if code in shown), next(iter(areas)))
    return redirect(overview_path(areas[first]))


def _area(site: Site, code: str) -> Answer:
    """The address without its last stroke."""
    return redirect(overview_path(site.settings.areas[code]))


def _csv(site: Site, area: str, name: str) -> Answer:
    address = parse_address(f"{PREFIX}{area}/measure/{name}", "", site.settings)
    if address is None or address.measure is None:
        abort(404)
    with site.database.reading() as connection:
        view = get_measure_view(connection, VIEWER, address.measure, address.area)
    response = Response(build_table(view).as_csv(), mimetype="text/csv")
    file_name = csv_path(address.area, address.measure).rsplit("/", 1)[1]
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{file_name.removesuffix(".csv")}_{address.area.code}.csv"'
    )
    return response


_SAID = {
    400: "That request cannot be understood.",
    403: "Requests from other sites are refused.",
    404: "There is no page at this address.",
    405: "That cannot be done at this address.",
    500: "Something went wrong on the server. It has been recorded. Please try again.",
}


def _error(site: Site, error: Exception) -> tuple[str, int]:
    code = getattr(error, "code", 500) or 500
    areas = [(area, overview_path(area)) for area in site.settings.areas.values()]
    return render_template("error.html", said=_SAID.get(code, _SAID[500]), areas=areas), code
