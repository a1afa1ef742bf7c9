"""`digest`: tells people what they asked to be told of; a running server does it by itself."""

from typing import TYPE_CHECKING

import click

from dashboard.commands.terminal import area_option, opened, settings_of

if TYPE_CHECKING:
    from dashboard.alerts.sending import Letter
    from dashboard.hosting import Hosting
    from dashboard.settings import Settings
    from schemas.area_settings import AreaSettings
    from schemas.database import Database


@click.command()
@area_option
@click.option("--dry-run", is_flag=True, help="Say who would be told what, and change nothing.")
def digest(area: str | None, dry_run: bool) -> int:
    """Look for what there is to tell in one area, or in all of them, and send it.

    A running server does this by itself every half minute. Each thing is told once, each person at
    most once a day; what failed today is tried once more. Ends with 1 when a message could not be
    sent.
    """
    from dashboard.settings import Settings

    settings = Settings()
    areas = [settings_of(area)] if area else [*settings.areas.values()]
    hosting = None if dry_run else _hosting()
    if hosting and hosting.mail is None:
        click.echo("No mail server is set, so what there is to tell is on screen and in feeds.")
    failed = False
    with opened() as database:
        for one in areas:
            for letter in _tell(database, settings, one, hosting):
                _say(one, letter, dry_run)
                failed = failed or bool(letter.problem)
    return int(failed)


def _hosting() -> "Hosting":
    from dashboard.hosting import HostingProblem, read_hosting

    try:
        return read_hosting()
    except HostingProblem as problem:
        raise click.ClickException(str(problem)) from problem


def _tell(
    database: "Database", settings: "Settings", area: "AreaSettings", hosting: "Hosting | None"
) -> "list[Letter]":
    """What was sent, or would be. Each digest is said as it is made."""
    from dashboard.alerts.making import make_digests, preview_letters
    from dashboard.alerts.sending import send_digests

    if hosting is None:
        made, letters = preview_letters(database, settings, area)
    else:
        made, letters = [one.digest for one in make_digests(database, settings, area)], []
    for one in made:
        click.echo(f"{area.name}: {one.title} ({len(one.things)} to tell).")
    if hosting and hosting.mail:
        site = hosting.site_of(area.code)
        letters = send_digests(database, area, hosting.mail, site, again=True)
    if not made and not letters:
        click.echo(f"{area.name}: nothing new to tell.")
    return letters


def _say(area: "AreaSettings", letter: "Letter", dry_run: bool) -> None:
    """By job title: an address is nobody else's business."""
    done = "would be told" if dry_run else "told"
    if letter.problem:
        done = f"not told. {letter.problem}"
    click.echo(f"{area.name}, {letter.person.words}: {done}")
    for one in letter.told:
        click.echo(f"    {one.title}")
