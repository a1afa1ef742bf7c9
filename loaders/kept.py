"""The files an area sent, kept whole with their SHA-256."""

import datetime as dt
import hashlib

from sqlalchemy import Connection, insert, select

from loaders.cover import Cover
from schemas.tables import extract_file


def is_kept(connection: Connection, content: bytes) -> bool:
    """Whether this very file was stored before."""
    sha256 = hashlib.sha256(content).hexdigest()
    query = select(extract_file.c.id).where(extract_file.c.sha256 == sha256)
    return connection.execute(query).first() is not None


def keep(
    connection: Connection,
    content: bytes,
    name: str,
    cover: Cover,
    definitions_sha256: str,
    sender_name: str,
) -> int:
    """Stores the file as it came; its id."""
    values = {
        "area_code": cover.area_code,
        "organisation": cover.organisation,
        "prepared_by": cover.prepared_by,
        "name": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
        "as_at_on": cover.as_at_on.isoformat(),
        "status": cover.status,
        "coverage_note": cover.coverage_note,
        "definitions_sha256": definitions_sha256,
        "loaded_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "loaded_by": sender_name,
    }
    file_id = connection.scalar(insert(extract_file).values(values).returning(extract_file.c.id))
    assert file_id is not None
    return int(file_id)
