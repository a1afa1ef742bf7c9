"""What a right file would change, beside the versions that it would open again."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from dashboard.releases.versions import WAS_PUBLISHED, Version, get_latest_version
from loaders.compare import Changes, compare
from loaders.prepare import Prepared
from schemas.database import Database
from schemas.observation import term_of


class ChangedMeanwhile(Exception):
    """What the file would change is no longer what was shown; the message says so."""


class NotRight(Exception):
    """The file can no longer be stored as it is; the message says why."""


@dataclass(frozen=True)
class Comparison:
    """What a file would do. `signed` are versions that are checked or agreed and would be drafts
    again; `published` are those of terms that would get a new version."""

    prepared: Prepared
    changes: Changes
    signed: tuple[Version, ...]
    published: tuple[Version, ...]

    @property
    def needs_reason(self) -> bool:
        return bool(self.changes.restated)


def compared(
    database: Database,
    area_code: str,
    prepared: Prepared,
    extracts: Collection[str] | None = None,
) -> Comparison:
    """For services: the changes, and the versions that they would open again."""
    refuse_wrong(prepared)
    with database.reading() as connection:
        changes = compare(connection, prepared, extracts)
        latest = [get_latest_version(connection, area_code, term) for term in _terms(changes)]
    there = [version for version in latest if version]
    return Comparison(
        prepared,
        changes,
        tuple(version for version in there if version.state in ("checked", "agreed")),
        tuple(version for version in there if version.state in WAS_PUBLISHED),
    )


def same_as_shown(
    connection: Connection,
    prepared: Prepared,
    shown_sha256: str,
    extracts: Collection[str] | None,
    shown_extracts: Collection[str] | None = None,
) -> Changes:
    """For services: the changes as they are now, of the sheets that are wanted.

    Raises:
        ChangedMeanwhile: they are not those that were shown.
    """
    changes = compare(connection, prepared, shown_extracts)
    if changes.sha256 != shown_sha256:
        raise ChangedMeanwhile(
            "Other figures came since this page was made, so nothing was stored. This is what the "
            "file would change now."
        )
    return changes if extracts is None else compare(connection, prepared, extracts)


def refuse_wrong(prepared: Prepared) -> None:
    """Raises NotRight for a file that cannot be stored as it is."""
    if not prepared.can_be_stored:
        raise NotRight(prepared.report.message)


def _terms(changes: Changes) -> list[str]:
    ones = (*changes.new, *(change.new for change in changes.changed), *changes.vanished)
    return sorted({term_of(period).label for period in {one.period for one in ones}})
