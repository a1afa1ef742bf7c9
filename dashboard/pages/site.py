"""What every page is made from: the database, the settings, the templates, and who is looking."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.address import Address
from dashboard.assets import Assets
from dashboard.components.explore import Explorer
from dashboard.edition import Edition
from dashboard.queries.editions import (
    AreaShown,
    get_areas_shown,
    get_edition,
    get_newest_edition,
)
from dashboard.settings import Settings
from dashboard.viewer import Viewer
from schemas.database import Database


@dataclass(frozen=True)
class Site:
    """Passed to every page; nothing of it is global. `viewer` is a partner wherever everyone can
    come, and `banner` says on every page of a preview that it is one."""

    database: Database
    settings: Settings
    assets: Assets
    explorer: Explorer
    viewer: Viewer = Viewer.partner
    banner: str = ""

    def areas_shown(self) -> Mapping[str, AreaShown]:
        """The areas of the settings that have published figures, by code."""
        with self.database.reading() as connection:
            shown = get_areas_shown(connection, self.viewer, list(self.settings.areas))
        return {code: shown[code] for code in self.settings.areas if code in shown}


@dataclass(frozen=True)
class Editions:
    """`asked` is the edition of the address, None when it shows the newest."""

    newest: Edition | None
    asked: Edition | None

    @property
    def shown(self) -> Edition | None:
        return self.asked or self.newest


def find_editions(connection: Connection, site: Site, address: Address) -> Editions | None:
    """None when the address asks for an edition that was never published, or was withdrawn. A
    preview's own edition is what the preview shows anyway."""
    newest = get_newest_edition(connection, address.area.code, site.viewer)
    name = address.edition
    if name is None:
        return None if address.names_no_edition else Editions(newest, None)
    if newest and not newest.published_at and name == newest.name:
        return Editions(newest, None)
    asked = get_edition(connection, address.area.code, name)
    return Editions(newest, asked) if asked else None
