"""A backup while the server runs: of one moment, looked through, whole or not there at all."""

import datetime as dt
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from dashboard.operations.damage import find_damage
from dashboard.operations.fingerprint import Contents, find_tables, take_fingerprint
from dashboard.operations.kept_backups import (
    PART,
    BackupProblem,
    Kept,
    Manifest,
    Tidied,
    clear_unfinished,
    drop_old,
    free_name,
    hash_file,
    hold_folder,
    keep,
    write_whole,
)
from dashboard.operations.places import file_of, name_source, refuse_missing, show_place
from dashboard.operations.postgresql_dump import dumping, read_through
from dashboard.operations.revisions import program_version
from dashboard.operations.sealed import name_key, pieces_of, seal, unseal
from dashboard.operations.sqlite_file import copy_online, reading_file
from schemas.database import DatabaseProblem, open_database

_ENDINGS = {"sqlite": ".sqlite3", "postgresql": ".pgdump"}


class Made(NamedTuple):
    """A backup that was just made, and what was tidied away after it."""

    kept: Kept
    tidied: Tidied


def make_backup(url: URL, folder: Path, *, key: bytes | None = None, number: int = 30) -> Made:
    """Writes a backup of the database at `url` into `folder`, proves it, then drops old ones.

    The database is not changed: an older one is not brought forward first, so that a backup can
    be made before an upgrade.

    Args:
        key: the backup is sealed with it.
        number: how many good backups of this database are kept.

    Raises:
        DatabaseProblem: the database is damaged, missing or empty; nothing was written.
        BackupProblem: no backup was made; older ones are as they were.
    """
    refuse_missing(url)
    kind: Literal["sqlite", "postgresql"] = (
        "sqlite" if url.get_backend_name() == "sqlite" else "postgresql"
    )
    ending = _ENDINGS[kind] + (".sealed" if key else "")
    with _plain_words(url, folder), _held(url, folder, key):
        made_at = dt.datetime.now(dt.UTC)
        part = folder / (free_name(folder, made_at, ending) + PART)
        with _nothing_half(part):
            copy = _copy_sqlite if kind == "sqlite" else _copy_postgresql
            contents = copy(url, part, key)
            manifest = Manifest(
                made_at=made_at,
                program=program_version(),
                kind=kind,
                source=name_source(url),
                file=part.name.removesuffix(PART),
                size=part.stat().st_size,
                sha256=hash_file(part),
                sealed_with=name_key(key) if key else "",
                contents=contents,
            )
            kept = Kept(keep(folder, manifest), manifest)
        return Made(kept, drop_old(folder, kept, number))


@contextmanager
def _held(url: URL, folder: Path, key: bytes | None) -> Iterator[None]:
    """Only this run writes here. What is to be sealed is first copied beside the database, so that
    where sealed backups lie nothing is ever written that is not sealed."""
    folders = {folder.resolve()}
    if key and url.get_backend_name() == "sqlite":
        folders.add(file_of(url).resolve().parent)
    with ExitStack() as held:
        for one in sorted(folders):
            held.enter_context(hold_folder(one))
            clear_unfinished(one)
        yield


def _copy_sqlite(url: URL, part: Path, key: bytes | None) -> Contents:
    """The copy is looked through, not the database, so nobody waits for that."""
    source = file_of(url)
    plain = source.with_name(part.name.replace(".sealed", ".plain")) if key else part
    with _nothing_half(plain):
        copy_online(source, plain)
        with reading_file(plain) as connection:
            contents = _look_through(connection, url)
        with plain.open("r+b") as stream:
            os.fsync(stream.fileno())
            if key:
                write_whole(part, seal(stream, key))
        if key:
            _prove_sealed(part, key, plain)
            plain.unlink()
    return contents


def _copy_postgresql(url: URL, part: Path, key: bytes | None) -> Contents:
    """What is looked through and what is dumped are one snapshot. Nothing waits on the disk
    unsealed: the dump is sealed as it comes."""
    database = open_database(url)
    try:
        with database.reading() as connection:
            snapshot = str(connection.scalar(text("SELECT pg_export_snapshot()")))
            contents = _look_through(connection, url)
            with dumping(url, snapshot) as stream:
                write_whole(part, seal(stream, key) if key else pieces_of(stream))
    finally:
        database.close()
    with part.open("rb") as stream:
        read_through(unseal(stream, key) if key else pieces_of(stream))
    return contents


def _look_through(connection: Connection, url: URL) -> Contents:
    where = show_place(url)
    if not find_tables(inspect(connection)):
        raise DatabaseProblem(f"There is nothing to back up at {where}: it has no tables.")
    damage = find_damage(connection)
    if damage:
        raise DatabaseProblem(
            "\n".join(
                (
                    f"The database is damaged: {where}. No backup was made of it, and the older "
                    "ones are as they were. Stop the server and restore the newest.",
                    *damage,
                )
            )
        )
    return take_fingerprint(connection)


def _prove_sealed(part: Path, key: bytes, plain: Path) -> None:
    opened = hashlib.sha256()
    with part.open("rb") as stream:
        for piece in unseal(stream, key):
            opened.update(piece)
    if opened.hexdigest() != hash_file(plain):
        raise BackupProblem("What was sealed does not open to what it was. No backup was made.")


@contextmanager
def _nothing_half(part: Path) -> Iterator[None]:
    """Whatever goes wrong, what was written so far is gone."""
    try:
        yield
    except BaseException:
        for one in (part, part.with_name(part.name + "-journal")):
            one.unlink(missing_ok=True)
        raise


@contextmanager
def _plain_words(url: URL, folder: Path) -> Iterator[None]:
    """Says in a sentence what went wrong: with the database, or with the folder."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise BackupProblem(
            f"No backup was written to {folder}: {error}. Is the disk full or the folder not "
            "writable? Older backups are as they were."
        ) from error
    except (sqlite3.DatabaseError, DBAPIError) as error:
        why = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]
        raise DatabaseProblem(
            f"The database at {show_place(url)} is damaged or cannot be read: {why}. No backup was "
            "made, and the older ones are as they were."
        ) from error
