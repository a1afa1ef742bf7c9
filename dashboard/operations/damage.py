"""Whether what a database holds is what was written: its pages, its record, its files."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator

import brotli
from sqlalchemy import Connection, inspect, select

from dashboard.operations.fingerprint import find_tables, read_revision
from dashboard.record import look_through
from dashboard.releases.verifying import verify
from schemas.migrations.fit import newest_revision
from schemas.public_tables import public_body
from schemas.round_tables import act

# The other things `verify` looks at are of what people did, not of what broke.
_BREAKS = ("record", "figures", "files")
_FEW = 5


def find_damage(connection: Connection) -> list[str]:
    """A sentence for each thing that is damaged: pages, rows that refer to nothing, the record,
    figures that were checked, files that were sent, files that everyone is sent."""
    if connection.dialect.name == "sqlite" and (broken := list(_pages(connection))):
        return broken  # whatever else is said of such a file rests on nothing
    looked = inspect(connection)
    names = find_tables(looked)
    found: list[str] = []
    if read_revision(connection, looked) == newest_revision():
        found += [
            fault or one.words
            for one in verify(connection)
            if one.about in _BREAKS and not one.holds
            for fault in (one.faults or ("",))
        ]
    elif act.name in names:
        found += [f"Act {one.act_id} {one.why}." for one in look_through(connection).breaks]
    if public_body.name in names:
        found += _published(connection)
    return found


def _pages(connection: Connection) -> Iterator[str]:
    """PostgreSQL keeps watch over its own pages; of SQLite's we look at every one."""
    for (said,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_FEW})"):
        if said != "ok":
            yield f"The database file is damaged: {said}."
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_FEW):
        yield f"Row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there."


def _published(connection: Connection) -> Iterator[str]:
    query = select(public_body).order_by(public_body.c.sha256)
    for row in connection.execute(query.execution_options(yield_per=50)):
        if hashlib.sha256(row.body).hexdigest() != row.sha256:
            yield f"The published file {row.sha256} is not the file that was published."
        elif not _same_packed(row.body, row.gzip, row.brotli):
            yield f"The packed form of the published file {row.sha256} is damaged."


def _same_packed(body: bytes, as_gzip: bytes | None, as_brotli: bytes | None) -> bool:
    """Browsers are sent the packed forms, so they are unpacked as a browser would."""
    try:
        return (as_gzip is None or gzip.decompress(as_gzip) == body) and (
            as_brotli is None or brotli.decompress(as_brotli) == body
        )
    except (OSError, EOFError, zlib.error, brotli.error):
        return False
