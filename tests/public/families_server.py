"""A server with the pages on which families say something, and with the statement."""

from functools import partial
from typing import Any

from flask import Flask

from dashboard import create_app
from dashboard.assets import Assets
from dashboard.families.received import keep_feedback
from dashboard.hosting import Hosting, demonstration
from dashboard.public.accessibility import add_accessibility
from dashboard.public.tell_us.routes import add_tell_us
from dashboard.settings import Settings
from schemas.area_settings import AreaSettings, load_area_settings
from schemas.database import Database
from schemas.resources import resource_folder
from tests.staff.people import DARLINGTON


def area_with(**public: Any) -> AreaSettings:
    """Darlington with some of its settings for everyone changed."""
    area = load_area_settings()[DARLINGTON]
    assert area.public is not None
    return area.model_copy(update={"public": area.public.model_copy(update=public)})


def families_server(
    database: Database, area: AreaSettings | None = None, hosting: Hosting | None = None
) -> Flask:
    """The whole server; `area` takes the place of Darlington's settings."""
    hosting = hosting or demonstration()
    areas = load_area_settings() | ({area.code: area} if area else {})
    settings = Settings(areas=areas)
    server = create_app(database, settings, hosting)
    if "tell_us.latest" not in server.view_functions:  # until create_app adds them
        keep = partial(keep_feedback, database, hosting.secret_key)
        add_tell_us(server, areas, Assets(resource_folder("assets")), keep)
        add_accessibility(server, areas)
    return server
