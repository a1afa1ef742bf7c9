"""The folder of backups: a backup is there whole or not at all, and only our own are ever deleted.

A backup is a file and its manifest. Until both are written and proved they end in `.part`; the
manifest takes its name last. When a backup is dropped its manifest becomes a `.part` first. So a
`.part` is what a run left that was killed, and the next run clears it.
"""

import contextlib
import datetime as dt
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from dashboard.operations.fingerprint import Contents

PART = ".part"
_BEGINNING = "send-dashboard-"
_MANIFEST = ".manifest.json"
_LOCK = ".send-dashboard-backups.lock"
_PIECE = 1 << 20


class BackupProblem(Exception):
    """No backup was made, or none can be restored; the message says why and what to do."""


class Manifest(BaseModel):
    """What is known of a backup. `source` tells one database from another without saying where it
    is; `sealed_with` is the name of the key, "" when it is not sealed; `sha256` and `size` (bytes)
    are those of the file as it lies there."""

    model_config = ConfigDict(frozen=True)

    format: Literal["send-dashboard-backup-1"] = "send-dashboard-backup-1"
    made_at: dt.datetime
    program: str
    kind: Literal["sqlite", "postgresql"]
    source: str
    file: str
    size: int
    sha256: str
    sealed_with: str
    contents: Contents


class Kept(NamedTuple):
    """A backup in its folder."""

    file: Path
    manifest: Manifest


class Tidied(NamedTuple):
    """Names of the backups that were dropped, and of those that are damaged where they lie."""

    dropped: tuple[str, ...]
    damaged: tuple[str, ...]


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """One run at a time in a folder; the lock is gone with the process, however it ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise BackupProblem(
                f"Backups cannot be written to {folder}: another run is busy there, or the disk is "
                f"full or read-only ({error})."
            ) from error
        yield


def clear_unfinished(folder: Path) -> None:
    """Takes away what runs left that were killed."""
    for part in sorted(folder.glob(f"{_BEGINNING}*{_MANIFEST}{PART}")):
        manifest = part.with_name(part.name.removesuffix(PART))
        if not manifest.exists():
            manifest.with_name(manifest.name.removesuffix(_MANIFEST)).unlink(missing_ok=True)
        part.unlink()
    for part in folder.glob(f"{_BEGINNING}*{PART}*"):
        part.unlink()


def free_name(folder: Path, made_at: dt.datetime, ending: str) -> str:
    """A dated name that no backup here has, such as `send-dashboard-20261122T170512Z.sqlite3`."""
    stamp = made_at.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    name, number = f"{_BEGINNING}{stamp}{ending}", 1
    while any(folder.glob(f"{name}*")):
        number += 1
        name = f"{_BEGINNING}{stamp}-{number}{ending}"
    return name


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """A new file that its owner alone can read, on the disk before this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def hash_file(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            total.update(piece)
    return total.hexdigest()


def keep(folder: Path, manifest: Manifest) -> Path:
    """Gives a backup that was written as a `.part` its name; the manifest comes last."""
    file = folder / manifest.file
    named = _manifest_of(file)
    written = named.with_name(named.name + PART)
    write_whole(written, [manifest.model_dump_json(indent=2).encode()])
    os.replace(file.with_name(file.name + PART), file)
    os.replace(written, named)
    _sync_folder(folder)
    return file


def find_backups(folder: Path, source: str | None = None) -> list[Kept]:
    """The backups in a folder, newest first; default: of every database."""
    found = []
    for path in folder.glob(f"{_BEGINNING}*{_MANIFEST}"):
        with contextlib.suppress(BackupProblem):
            one = read_backup(path)
            if one.file.is_file() and source in (None, one.manifest.source):
                found.append(one)
    return sorted(found, key=lambda one: (one.manifest.made_at, one.file.name), reverse=True)


def read_backup(path: Path) -> Kept:
    """The backup whose file, or whose manifest, lies at `path`."""
    manifest = path if path.name.endswith(_MANIFEST) else _manifest_of(path)
    try:
        read = Manifest.model_validate_json(manifest.read_bytes())
    except OSError as error:
        raise BackupProblem(f"{path} has no manifest beside it ({manifest.name}).") from error
    except ValidationError as error:
        raise BackupProblem(f"{manifest.name} is not the manifest of a backup.") from error
    file = manifest.with_name(manifest.name.removesuffix(_MANIFEST))
    if file.name != read.file:
        raise BackupProblem(f"{manifest.name} is the manifest of another file, {read.file}.")
    return Kept(file, read)


def is_whole(kept: Kept) -> bool:
    """Whether the bytes are those that were written."""
    return (
        kept.file.stat().st_size == kept.manifest.size
        and hash_file(kept.file) == kept.manifest.sha256
    )


def drop_old(folder: Path, made: Kept, number: int) -> Tidied:
    """Keeps the newest backups of one database that are whole, and drops older ones.

    Nothing else in the folder is touched. One that is damaged does not count and stays, for a
    person to look at; so a good one is never dropped for its sake, and the last good one never.

    Args:
        made: the one that was just made: it counts first, whatever the clock said of the others.
        number: how many are kept, 1 or more.
    """
    good, dropped, damaged = 0, [], []
    others = (one for one in find_backups(folder, made.manifest.source) if one.file != made.file)
    for one in (made, *others):
        if good >= number:
            _drop(one.file)
            dropped.append(one.file.name)
        elif is_whole(one):
            good += 1
        else:
            damaged.append(one.file.name)
    _sync_folder(folder)
    return Tidied(tuple(dropped), tuple(damaged))


def _drop(file: Path) -> None:
    manifest = _manifest_of(file)
    part = manifest.with_name(manifest.name + PART)
    os.replace(manifest, part)
    file.unlink()
    part.unlink()


def _manifest_of(file: Path) -> Path:
    return file.with_name(file.name + _MANIFEST)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows cannot open a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
