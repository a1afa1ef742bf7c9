"""`publish-due`: publishes what is planned and due, for a timer of the machine."""

import click

from dashboard.commands.terminal import json_option, opened, print_json


@click.command("publish-due")
@json_option
def publish_due(as_json: bool) -> int:
    """Publish what is planned and due.

    A running server does this by itself every half minute. Each plan is carried out in the name of
    the person who made it, once, however many servers and timers look.
    """
    from dashboard.releases import due

    with opened() as database:
        done = due.publish_due(database)
    if as_json:
        print_json(
            [
                {"area": one.version.area_code, "version": one.version.subject, "why_not": one.why}
                for one in done
            ]
        )
    elif not done:
        click.echo("Nothing is due.")
    for one in () if as_json else done:
        said = f"not published. {one.why}" if one.why else "published."
        click.echo(f"{one.version.area_code}, {one.version.words}: {said}")
    return 1 if any(one.why for one in done) else 0
