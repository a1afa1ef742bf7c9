"""`backup`, `restore` and `move`: keeping everything, getting it back, taking it elsewhere."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.commands.terminal import json_option, print_json, steps

if TYPE_CHECKING:
    from dashboard.operations.fingerprint import Contents

_key_option = click.option(
    "--key-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The key that seals backups, as `backup --new-key` made it.",
)


@click.command()
@click.option(
    "--into",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: (
        os.environ.get("SEND_BACKUPS") or f"{os.environ.get('SEND_VAR') or 'var'}/backups"
    ),
    show_default="SEND_BACKUPS, else backups/ beside the database",
    help="The folder of backups.",
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    help="How many good backups of this database are kept.",
)
@_key_option
@click.option(
    "--new-key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Make a new key in this file, and no backup.",
)
@json_option
def backup(
    folder: Path, keep: int, key_file: Path | None, new_key: Path | None, as_json: bool
) -> int:
    """Back up the whole database while the server runs.

    The copy is of one moment. Its pages, the record and every file are looked through before it
    takes its name; a manifest beside it has the row count and hash of each table. Older backups
    of this database go when there are more than --keep good ones; no other file is touched.

    Ends with 1 when no backup could be written, with 2 when the database is damaged.
    """
    from dashboard.operations.backup import make_backup
    from dashboard.operations.sealed import make_key, read_key
    from schemas.database import database_url

    with _plain_words():
        if new_key:
            click.echo(f"The key {make_key(new_key)} is in {new_key}.")
            click.echo("Keep a copy away from the backups. Without it nobody can open them.")
            return 0
        key = read_key(key_file) if key_file else None
        with steps("Backing up"):
            made = make_backup(database_url(), folder, key=key, number=keep)
    manifest = made.kept.manifest
    if as_json:
        print_json(manifest.model_dump(mode="json"))
        return 0
    click.echo(f"{made.kept.file} ({manifest.size:,} bytes, SHA-256 {manifest.sha256})")
    click.echo(_said(manifest.contents))
    for name in made.tidied.dropped:
        click.echo(f"Dropped {name}.")
    for name in made.tidied.damaged:
        click.echo(f"DAMAGED where it lies: {name}. It was left for you to look at.", err=True)
    return 0


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--into",
    "place",
    help="An empty folder or a PostgreSQL address. [default: SEND_VAR or DATABASE_URL]",
)
@_key_option
@json_option
def restore(file: Path, place: str | None, key_file: Path | None, as_json: bool) -> int:
    """Restore the backup FILE into an empty place, and prove that it is equal.

    Every table and every published file is compared by its hash. Into a folder of its own this is
    the drill: it touches nothing that is in use.
    """
    from dashboard.operations.places import read_place, show_place
    from dashboard.operations.restore import restore as put
    from dashboard.operations.sealed import read_key
    from schemas.database import database_url

    with _plain_words():
        target = read_place(place) if place else database_url()
        key = read_key(key_file) if key_file else None
        with steps("Restoring"):
            done = put(file, target, key=key)
    if as_json:
        print_json(done.manifest.model_dump(mode="json"))
        return 0
    _print_tables(done.found)
    click.echo(f"{show_place(target)} is equal to the backup of {done.manifest.made_at}.")
    if done.upgraded_from:
        click.echo(f"Its tables were brought forward from {done.upgraded_from}.")
    return 0


@click.command()
@click.option("--to", "place", required=True, help="A PostgreSQL address, or a folder for SQLite.")
def move(place: str) -> int:
    """Move everything into an empty database of another kind.

    Stop the server first: until the move is done nobody can write, and what was written to the
    old database afterwards is not in the new one.
    """
    from dashboard.operations.move import move as carry
    from dashboard.operations.places import read_place, show_place
    from schemas.database import database_url

    with _plain_words():
        target = read_place(place)
        with steps("Moving"):
            done = carry(database_url(), target)
    _print_tables(done.target)
    click.echo(f"{show_place(target)} is equal. Name it in DATABASE_URL (or SEND_VAR) from now on.")
    return 0


@contextmanager
def _plain_words() -> Iterator[None]:
    """Every fault is a sentence and an exit code."""
    from sqlalchemy.exc import DBAPIError

    from dashboard.operations.kept_backups import BackupProblem
    from dashboard.operations.sealed import SealProblem

    try:
        yield
    except (BackupProblem, SealProblem, OSError) as error:
        raise click.ClickException(str(error)) from error
    except DBAPIError as error:
        why = str(error.orig).strip().splitlines()[0]
        raise click.ClickException(f"The database cannot be used: {why}") from error


def _print_tables(contents: "Contents") -> None:
    """What was compared: each table with its rows and hash."""
    for name, one in sorted(contents.tables.items()):
        click.echo(f"equal  {name:<16} {one.rows:>9,} rows  {one.sha256}")
    click.echo(f"equal  {contents.published_files:,} published files, each by its SHA-256")
    click.echo(_said(contents))


def _said(contents: "Contents") -> str:
    rows = sum(one.rows for one in contents.tables.values())
    head = f" Head: {contents.head}" if contents.head else ""
    return (
        f"{len(contents.tables)} tables, {rows:,} rows, {contents.published_files:,} published "
        f"files, {contents.acts:,} acts on the record.{head}"
    )
