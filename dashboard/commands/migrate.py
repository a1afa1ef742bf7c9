"""`migrate`: brings the database to this program's tables, when somebody says so."""

import click

from dashboard.commands.terminal import opened


@click.command()
def migrate() -> int:
    """Bring the database's tables to this program's, once, however many copies serve it.

    A server never does it by itself. Make a backup first. Copies of the program before it go on
    meanwhile, unless the release notes say that the change takes something away.
    """
    from dashboard.production.checks import get_revision
    from schemas.database import open_database

    database = open_database()
    try:
        before = get_revision(database)
    finally:
        database.close()
    with opened(upgrading=True) as database:  # says in a sentence what keeps it from doing so
        now = get_revision(database)
    click.echo(_said(before, now))
    return 0


def _said(before: str, now: str) -> str:
    from schemas.migrations.fit import newest_revision

    if now != newest_revision():
        return f"A newer program brought the database to {now} already; this one may use it."
    if before == now:
        return "The database has the newest tables already."
    return f"The database went from {before or 'nothing'} to {now}."
