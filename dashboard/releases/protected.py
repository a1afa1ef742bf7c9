"""What was worked out about hiding figures of a version from everyone, as it was kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from dashboard.releases.versions import Version, hash_content
from schemas.public_tables import protection


@dataclass(frozen=True)
class Kept:
    """What was worked out last. `current` unless the figures have changed since; `faults` are
    sentences by check, such as Q17: with any of them nothing goes to everyone."""

    made_at: str
    algorithm: str
    report: Mapping[str, Any]
    current: bool

    @property
    def faults(self) -> list[tuple[str, str]]:
        return [(one["check"], one["words"]) for one in self.report["faults"]]


def get_kept(connection: Connection, version: Version) -> Kept | None:
    """What was worked out last for a version."""
    query = select(protection).where(protection.c.release_version_id == version.id)
    row = connection.execute(query.order_by(protection.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    now = version.content_sha256 or hash_content(connection, version.id)
    report = json.loads(row.report)
    return Kept(row.made_at, row.algorithm, report, row.content_sha256 == now)
