"""The files an area sent, kept whole with their SHA-256."""

import datetime as dt
import hashlib

from sqlalchemy import Connection, insert, select

from loaders.cover import Cover
from loaders.prepare import Prepared
from schemas.tables import extract_file


def find_kept(connection: Connection, content: bytes, area_code: str | None = None) -> int | None:
    """The number of this very file, if it was stored before (for this area)."""
    sha256 = hashlib.sha256(content).hexdigest()
    query = select(extract_file.c.id).where(extract_file.c.sha256 == sha256)
    if area_code is not None:
        query = query.where(extract_file.c.area_code == area_code)
    return connection.scalar(query)


def is_kept(connection: Connection, content: bytes, area_code: str | None = None) -> bool:
    """Whether this very file was stored before."""
    return find_kept(connection, content, area_code) is not None


def keep(connection: Connection, prepared: Prepared, cover: Cover, definitions_sha256: str) -> int:
    """Stores the file as it came; its id."""
    values = {
        "area_code": cover.area_code,
        "organisation": cover.organisation,
        "prepared_by": cover.prepared_by,
        "name": prepared.report.name,
        "sha256": hashlib.sha256(prepared.content).hexdigest(),
        "content": prepared.content,
        "as_at_on": cover.as_at_on.isoformat(),
        "status": cover.status,
        "coverage_note": cover.coverage_note,
        "definitions_sha256": definitions_sha256,
        "loaded_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "loaded_by": prepared.sender.name,
    }
    file_id = connection.scalar(insert(extract_file).values(values).returning(extract_file.c.id))
    assert file_id is not None
    return int(file_id)
