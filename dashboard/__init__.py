"""Numbers out: queries, arithmetic, words, charts, pages and the command line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.settings import Settings
    from schemas.database import Database


def create_app(database: "Database | None" = None, settings: "Settings | None" = None) -> "Flask":
    """The whole server: the front door at `/`, the Dash pages under `/dashboard/`.

    Args:
        database: default: the one that `DATABASE_URL` or `SEND_VAR` names.
        settings: default: the areas and measures that travel with the program.
    """
    from flask import Flask

    from dashboard.address import PREFIX, parse_address
    from dashboard.front import add_front_door, is_file_or_redirect
    from dashboard.pages.app import build_dash
    from dashboard.pages.site import Site
    from dashboard.server import add_compression, add_headers, guard
    from dashboard.settings import Settings
    from schemas.database import open_database

    site = Site(database or open_database(), settings or Settings())
    server = Flask(__name__, static_folder=None)

    def is_page(path: str) -> bool:
        known = parse_address(path, "", site.settings) is not None
        return known or is_file_or_redirect(path, site)

    callbacks: dict[str, dict[str, object]] = {}
    script_hashes: list[str] = []
    guard(server, is_page, callbacks)
    add_compression(server)
    add_headers(server, script_hashes)
    add_front_door(server, site)
    app = build_dash(server, site)
    server.test_client().get(f"{PREFIX}_dash-layout")  # Dash completes itself at its first request
    callbacks.update(app.callback_map)
    script_hashes.extend(app.csp_hashes())
    return server
