"""`verify`: whether the record, the figures, the files and the guards are as they were left."""

import click

from dashboard.commands.terminal import json_option, opened, print_json


@click.command()
@click.option("--anchor", default="", metavar="HASH", help="A head of the record, as noted before.")
@json_option
def verify(anchor: str, as_json: bool) -> int:
    """Prove that nothing kept was changed; ends with 1 when something was.

    The last hash of the record (its head) is printed each time. Note it in the minutes: with
    --anchor it proves later that the record was neither cut off nor written anew.
    """
    from dashboard.releases.verifying import verify as look

    with opened() as database, database.reading() as connection:
        found = look(connection, anchor.strip().casefold())
    if as_json:
        print_json([one._asdict() for one in found])
    for one in () if as_json else found:
        click.echo(f"{'Holds' if one.holds else 'WRONG'}  {one.words}")
        for fault in one.faults:
            click.echo(f"       {fault}")
    return 0 if all(one.holds for one in found) else 1
