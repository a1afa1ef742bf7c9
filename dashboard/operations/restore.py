"""Restoring a backup into an empty place, and proving that what is there is what was backed up."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from dashboard.operations.damage import find_damage
from dashboard.operations.fingerprint import Contents, find_differences, take_fingerprint
from dashboard.operations.kept_backups import (
    PART,
    BackupProblem,
    Kept,
    Manifest,
    is_whole,
    read_backup,
    write_whole,
)
from dashboard.operations.places import file_of, refuse_data, show_place
from dashboard.operations.postgresql_dump import put_back
from dashboard.operations.sealed import name_key, pieces_of, unseal
from dashboard.operations.sqlite_file import reading_file
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.migrations.fit import known_revisions, newest_revision


class Restored(NamedTuple):
    """What was restored and compared. `upgraded_from` is the older revision of its tables, "" when
    they were this program's."""

    manifest: Manifest
    found: Contents
    upgraded_from: str


def restore(path: Path, target: URL, *, key: bytes | None = None) -> Restored:
    """Puts a backup into an empty database and compares every table and every published file.

    An older backup is brought forward after the comparison; its published files are compared
    again then.

    Args:
        path: the file of the backup, its manifest beside it.
        target: a SQLite file that is not there yet, or an empty PostgreSQL database.

    Raises:
        BackupProblem: nothing was restored, or what was restored is not equal; it says which.
    """
    kept = read_backup(path)
    _refuse_before(kept, target, key)
    if kept.manifest.kind == "sqlite":
        found = _restore_sqlite(kept, file_of(target), key)
    else:
        found = _restore_postgresql(kept, target, key)
    older = kept.manifest.contents.revision != newest_revision()
    if older:
        _bring_forward(kept.manifest, target)
    return Restored(kept.manifest, found, kept.manifest.contents.revision if older else "")


def _refuse_before(kept: Kept, target: URL, key: bytes | None) -> None:
    """What can be known before a byte is written."""
    manifest = kept.manifest
    if manifest.contents.revision not in known_revisions():
        raise BackupProblem(
            f"The backup was made by a newer program ({manifest.program}, tables "
            f"{manifest.contents.revision}). Install that version or a later one first."
        )
    if not kept.file.is_file() or not is_whole(kept):
        raise BackupProblem(
            f"{kept.file.name} is missing or damaged: its SHA-256 is not that of its manifest. "
            "Nothing was restored. Take another backup."
        )
    if manifest.sealed_with and key is None:
        raise BackupProblem(
            f"The backup is sealed with the key {manifest.sealed_with}. Name its file (--key-file)."
        )
    if manifest.sealed_with and key and name_key(key) != manifest.sealed_with:
        raise BackupProblem(
            f"The backup is sealed with the key {manifest.sealed_with}; this is the key "
            f"{name_key(key)}."
        )
    if target.get_backend_name() != manifest.kind:
        raise BackupProblem(
            f"The backup is of {_NAMES[manifest.kind]}. Restore it there first; "
            "`send-dashboard move` then moves it to the other kind of database."
        )


_NAMES = {"sqlite": "a SQLite database", "postgresql": "a PostgreSQL database"}


def _restore_sqlite(kept: Kept, file: Path, key: bytes | None) -> Contents:
    """The file takes its name when it has been compared: until then it is not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    _refuse_file(file)
    part = file.with_name(file.name + PART)
    try:
        with _bytes_of(kept, key) as pieces:
            write_whole(part, pieces)
        with reading_file(part) as connection:
            found = _compare(connection, kept.manifest, "Nothing was restored.")
        for beside in ("-wal", "-shm"):  # of an empty database that was there
            file.with_name(file.name + beside).unlink(missing_ok=True)
        os.replace(part, file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return found


def _refuse_file(file: Path) -> None:
    if not file.exists():
        return
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as there:
        try:
            empty = there.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
        except sqlite3.DatabaseError:
            empty = False
    if not empty:
        raise BackupProblem(f"{file} is there already. Name a new, empty place.")


def _restore_postgresql(kept: Kept, target: URL, key: bytes | None) -> Contents:
    database = open_database(target)
    try:
        with database.reading() as connection:
            refuse_data(connection, target, tables=True)
        with _bytes_of(kept, key) as pieces:
            put_back(target, pieces)
        with database.reading() as connection:
            return _compare(
                connection,
                kept.manifest,
                f"Do not use {show_place(target)}: drop that database.",
            )
    finally:
        database.close()


@contextmanager
def _bytes_of(kept: Kept, key: bytes | None) -> Iterator[Iterator[bytes]]:
    with kept.file.open("rb") as stream:
        yield _opened(stream, key if kept.manifest.sealed_with else None)


def _opened(stream: IO[bytes], key: bytes | None) -> Iterator[bytes]:
    return unseal(stream, key) if key else pieces_of(stream)


def _compare(connection: Connection, manifest: Manifest, what_now: str) -> Contents:
    found = take_fingerprint(connection)
    faults = find_differences(manifest.contents, found) + find_damage(connection)
    if faults:
        raise BackupProblem(
            "\n".join((f"What was restored is not what was backed up. {what_now}", *faults))
        )
    return found


def _bring_forward(manifest: Manifest, target: URL) -> None:
    database = open_database(target)
    try:
        upgrade(database)
        _compare_files(database, manifest.contents)
    finally:
        database.close()


def _compare_files(database: Database, wanted: Contents) -> None:
    with database.reading() as connection:
        found = take_fingerprint(connection)
        faults = find_damage(connection)
    if wanted.published_files and wanted.published_sha256 != found.published_sha256:
        faults.append("The published files are not the same.")
    if wanted.head != found.head:
        faults.append("The record does not end where it did.")
    if faults:
        raise BackupProblem("\n".join(("The backup could not be brought forward.", *faults)))
