"""What every page is made from: the database, the settings, and who is looking."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.queries import AreaShown, get_areas_shown
from dashboard.settings import Settings
from dashboard.viewer import Viewer
from schemas.database import Database

VIEWER = Viewer.partner  # these pages show what is published, whoever asks


@dataclass(frozen=True)
class Site:
    """Passed to every page; nothing of it is global."""

    database: Database
    settings: Settings

    def areas_shown(self) -> Mapping[str, AreaShown]:
        """The areas of the settings that have published figures, by code."""
        with self.database.reading() as connection:
            shown = get_areas_shown(connection, VIEWER, list(self.settings.areas))
        return {code: shown[code] for code in self.settings.areas if code in shown}
