"""Numbers out: queries, arithmetic, words, charts, pages and the command line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.hosting import Hosting
    from dashboard.settings import Settings
    from schemas.database import Database


def create_app(
    database: "Database | None" = None,
    settings: "Settings | None" = None,
    hosting: "Hosting | None" = None,
) -> "Flask":
    """The whole server: the front door at `/`, the pages of the areas under `/dashboard/`, those
    of the people who run it under `/staff/`.

    Args:
        database: default: the one that `DATABASE_URL` or `SEND_VAR` names.
        settings: default: the areas and measures that travel with the program.
        hosting: default: what the environment says.

    Raises:
        HostingProblem: the environment says too little to be safe.
    """
    from dataclasses import replace
    from functools import partial

    from flask import Flask

    from dashboard.alerts.due import keep_telling
    from dashboard.alerts.feed_door import add_feed
    from dashboard.analysis.warm import load_statistics
    from dashboard.area_hosts import AreasHere, stand_at_hosts
    from dashboard.assets import Assets
    from dashboard.components.explore import CHART_PROGRAM, build_explorer
    from dashboard.families.received import keep_feedback
    from dashboard.front import add_front_door
    from dashboard.hosting import read_hosting
    from dashboard.pages.routes import add_pages
    from dashboard.pages.site import Site
    from dashboard.partner_tables import add_partner_tables
    from dashboard.public.accessibility import add_accessibility
    from dashboard.public.routes import add_public
    from dashboard.public.tell_us.routes import add_tell_us
    from dashboard.releases.due import keep_publishing
    from dashboard.server import add_headers, guard, in_background, stand_behind
    from dashboard.settings import Settings
    from dashboard.staff.routes import add_staff
    from dashboard.watching import add_watching
    from schemas.database import open_database
    from schemas.migrations import prepare
    from schemas.resources import resource_folder

    hosting = hosting or read_hosting()
    server = Flask(__name__, static_folder=None)
    assets = Assets(resource_folder("assets"))
    guard(server)
    add_headers(server, hosting)
    explorer = build_explorer(server, assets.address(CHART_PROGRAM))
    if nobody_else := database is None:
        database = open_database()
        prepare(database)
    settings = settings or Settings()
    areas = AreasHere(settings.areas)
    site = Site(database, replace(settings, areas=areas), assets, explorer)
    today = site.settings.today
    shelf = add_public(server, database, site.settings.areas, assets, hosting, today)
    stand_at_hosts(server, areas, hosting)
    stand_behind(server, hosting)
    add_front_door(server, site, shelf)
    add_pages(server, site)
    add_staff(server, site, hosting)
    add_partner_tables(server, site, hosting)
    add_feed(server, site, hosting)
    keep_words = partial(keep_feedback, database, hosting.secret_key)
    add_tell_us(server, site.settings.areas, assets, keep_words)
    add_accessibility(server, site.settings.areas)
    add_watching(server, site, hosting)  # last: it stands before all of them
    in_background(load_statistics)  # they take seconds, and only a page's first reader needs them
    if nobody_else:  # looks after this database
        keep_publishing(site.database, site.settings)
        keep_telling(site.database, site.settings, hosting)
    return server
