"""`benchmarks load`, `refresh` and `list`: the published figures."""

import click

from dashboard.commands.terminal import json_option, opened, print_json


@click.group()
def benchmarks() -> None:
    """Published figures to set an area beside."""


@benchmarks.command("list")
@json_option
def list_vintages(as_json: bool) -> int:
    """List every published file that was loaded: publisher, release, as-at date, hash."""
    from dashboard.queries import get_vintages

    with opened() as database, database.reading() as connection:
        found = get_vintages(connection)
    if as_json:
        print_json(found)
        return 0
    for one in found:
        click.echo(
            f"{one['file_kind']:24} {one['publisher']}, {one['publication']}, {one['release']}, "
            f"as at {one['as_at_on']}: {one['observations']:,} observations ({one['file_name']})"
        )
    if not found:
        click.echo("No published figures are loaded yet. Try: send-dashboard init")
    return 0
