"""Previews: what a version would look like to partners if it were published now."""

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.releases.versions import Version, get_version
from schemas.database import Database

STATES = ("draft", "checked", "agreed")


@service(Task.see_drafts)
def see_preview(database: Database, actor: Person, area_code: str, /, version_id: int) -> Version:
    """The version to be shown, for whoever may see drafts.

    Raises:
        NoSuchVersion: this area has none with that number.
    """
    with database.reading() as connection:
        return get_version(connection, area_code, version_id)


def preview_words(version: Version) -> str:
    """What stands on top of every page of it."""
    return f"Preview of {version.words}, {version.state}: not published. Not for sharing."
