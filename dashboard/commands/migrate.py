"""`migrate`: brings the database to this program's tables, when somebody says so."""

import click

from dashboard.commands.terminal import opened


@click.command()
def migrate() -> int:
    """Bring the database's tables to this program's, once, before its servers are started.

    A production server never does it by itself. Make a backup first.
    """
    from dashboard.operations.revisions import newest_revision
    from dashboard.production.checks import get_revision
    from schemas.database import open_database

    database = open_database()
    try:
        before = get_revision(database)
    finally:
        database.close()
    with opened() as database:  # which upgrades, and says in a sentence what keeps it from doing so
        now = get_revision(database)
    assert now == newest_revision()
    click.echo(
        "The database has the newest tables already."
        if before == now
        else f"The database went from {before or 'nothing'} to {now}."
    )
    return 0
