"""Release versions: which there are, what is in one, and the hash of its figures."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from schemas.observation import Observation
from schemas.round_tables import attestation
from schemas.tables import extract_file, observation, release, release_version
from schemas.term import Term, parse_term

_FIELDS = [observation.c[name] for name in Observation._fields]
WAS_PUBLISHED = ("published", "corrected", "superseded", "withdrawn")


class NoSuchVersion(Exception):
    """There is no such release version in this area."""


@dataclass(frozen=True)
class Version:
    """One version of a term's release. `label` is None until it is published."""

    id: int
    release_id: int
    area_code: str
    term_label: str
    number: int
    state: str
    invented: bool
    label: str | None
    content_sha256: str | None
    checked_by_id: int | None
    agreed_by_id: int | None
    published_by_id: int | None
    created_at: str
    published_at: str | None

    @property
    def term(self) -> Term:
        found = parse_term(self.term_label)
        assert found is not None
        return found

    @property
    def words(self) -> str:
        """How people call it: `Summer term 2025/26, version 2`."""
        return f"{self.term.title}, version {self.number}"

    @property
    def subject(self) -> str:
        """How the record calls it: `2025-26 summer v2`."""
        return f"{self.term_label} v{self.number}"

    @property
    def was_published(self) -> bool:
        return self.state in WAS_PUBLISHED


def get_version(connection: Connection, area_code: str, version_id: int) -> Version:
    """One version of this area, never of another.

    Raises:
        NoSuchVersion: this area has none with that number.
    """
    row = connection.execute(_versions(area_code).where(release_version.c.id == version_id)).first()
    if row is None:
        raise NoSuchVersion(f"{area_code} has no release version {version_id}.")
    return _version(row)


def get_versions(
    connection: Connection, area_code: str, term_label: str | None = None
) -> list[Version]:
    """The versions of an area (of one term, when it is given), newest term and version first."""
    query = _versions(area_code)
    if term_label is not None:
        query = query.where(release.c.term == term_label)
    query = query.order_by(release.c.term.desc(), release_version.c.number.desc())
    return [_version(row) for row in connection.execute(query)]


def get_latest_version(connection: Connection, area_code: str, term_label: str) -> Version | None:
    """The newest version of a term, whatever its state."""
    return next(iter(get_versions(connection, area_code, term_label)), None)


def hash_content(connection: Connection, version_id: int) -> str:
    """The SHA-256 of a version's figures: changes when any number, symbol, status or definition
    version does, or a figure comes or goes; not with the order they were stored in."""
    query = (
        select(*_FIELDS)
        .where(
            observation.c.release_version_id == version_id,
            observation.c.superseded_by_id.is_(None),
        )
        .order_by(*_FIELDS[:8])
    )
    digest = hashlib.sha256()
    for row in connection.execute(query):
        digest.update(json.dumps(tuple(row)).encode())
    return digest.hexdigest()


def get_senders(connection: Connection, version_id: int) -> frozenset[int]:
    """Who answers for any file of a version: they may neither check nor agree it."""
    query = select(attestation.c.person_id).where(
        attestation.c.extract_file_id.in_(_files_of(version_id))
    )
    return frozenset(connection.scalars(query))


def get_files(connection: Connection, version_id: int) -> list[Row[Any]]:
    """The files a version's figures came from, without their content, oldest first."""
    columns = [column for column in extract_file.c if column.name != "content"]
    query = (
        select(*columns)
        .where(extract_file.c.id.in_(_files_of(version_id)))
        .order_by(extract_file.c.id)
    )
    return list(connection.execute(query))


def get_unanswered(connection: Connection, version_id: int) -> list[Row[Any]]:
    """The files of a version that nobody answers for."""
    query = select(attestation.c.extract_file_id).where(
        attestation.c.extract_file_id.in_(_files_of(version_id))
    )
    answered = frozenset(connection.scalars(query))
    return [file for file in get_files(connection, version_id) if file.id not in answered]


def get_published_before(connection: Connection, version: Version) -> Version | None:
    """The version of the same term that was published last before this one."""
    every = get_versions(connection, version.area_code, version.term_label)
    return next((one for one in every if one.was_published and one.number < version.number), None)


def _files_of(version_id: int) -> Select[tuple[int | None]]:
    return (
        select(observation.c.extract_file_id)
        .where(
            observation.c.release_version_id == version_id,
            observation.c.superseded_by_id.is_(None),
        )
        .distinct()
    )


def _versions(area_code: str) -> Select[Any]:
    return (
        select(release_version, release.c.area_code, release.c.term)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.area_code == area_code)
    )


def _version(row: Row[Any]) -> Version:
    return Version(
        row.id,
        row.release_id,
        row.area_code,
        row.term,
        row.number,
        row.state,
        bool(row.invented),
        row.label,
        row.content_sha256,
        row.checked_by_id,
        row.agreed_by_id,
        row.published_by_id,
        row.created_at,
        row.published_at,
    )
