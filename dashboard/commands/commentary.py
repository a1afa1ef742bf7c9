"""`commentary`: what the owner of a measure says about a term."""

import datetime as dt

import click

from dashboard.commands.terminal import opened, settings_of


@click.command()
@click.argument("area")
@click.argument("measure")
@click.argument("term")
@click.option("--what", "what_happened", required=True, help="What happened.")
@click.option("--why", required=True, help="Why it happened.")
@click.option("--action", required=True, help="What is being done about it.")
@click.option("--by", "by", type=click.DateTime(["%Y-%m-%d"]), help="When it will be done.")
@click.option(
    "--family", "family_sentence", default="", help="The same for families, easy to read."
)
@click.option("--role", required=True, help="Who says so: a role, such as “Head of SEND”.")
def commentary(
    area: str,
    measure: str,
    term: str,
    what_happened: str,
    why: str,
    action: str,
    by: dt.datetime | None,
    family_sentence: str,
    role: str,
) -> int:
    """Keep commentary on MEASURE in AREA for TERM, such as “Autumn 2026/27”.

    It takes the place of an older one on the same measure and term, which is kept too.
    """
    from dashboard.commentary import CommentaryError, add_commentary
    from schemas.commentary import Commentary

    code, due = settings_of(area).code, by.date() if by else None
    one = Commentary(code, measure, term, what_happened, why, action, role, due, family_sentence)
    with opened() as database:
        try:
            number = add_commentary(database, one)
        except CommentaryError as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Kept as commentary {number}.")
    return 0
