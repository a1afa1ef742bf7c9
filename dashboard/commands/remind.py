"""`remind`: tells people by e-mail what is due; for once a day, from the server's timetable."""

from typing import TYPE_CHECKING

import click

from dashboard.commands.terminal import area_option, opened, settings_of

if TYPE_CHECKING:
    from dashboard.hosting import Hosting
    from dashboard.releases.reminders import Told
    from schemas.area_settings import AreaSettings
    from schemas.database import Database


@click.command()
@area_option
@click.option("--dry-run", is_flag=True, help="Say who would be told what, and send nothing.")
def remind(area: str | None, dry_run: bool) -> int:
    """Send reminders of what is due in one area, or in all of them.

    Each thing is told once to each person, and what is late once a week, so this can run every
    day. Ends with 1 when a message could not be sent; it is tried again the next time.
    """
    from schemas.area_settings import load_area_settings

    areas = [settings_of(area)] if area else [*load_area_settings().values()]
    hosting = None if dry_run else _hosting()
    with opened() as database:
        found = [(one, told) for one in areas for told in _tell(database, one, hosting)]
    for settings, told in found:
        _say(settings, told, dry_run)
    if not found:
        click.echo("Nobody has to be told anything.")
    return int(any(told.failed for _, told in found))


def _hosting() -> "Hosting":
    """With a mail server."""
    from dashboard.hosting import HostingProblem, read_hosting

    try:
        hosting = read_hosting()
    except HostingProblem as problem:
        raise click.ClickException(str(problem)) from problem
    if hosting.demo:
        raise click.ClickException("A demonstration sends no e-mail. Try --dry-run.")
    if hosting.mail is None:
        raise click.ClickException(
            "No mail server is set. SEND_SMTP_HOST and SEND_SMTP_FROM name it. Try --dry-run."
        )
    return hosting


def _tell(database: "Database", area: "AreaSettings", hosting: "Hosting | None") -> "list[Told]":
    from dashboard.releases.reminders import by_person, find_reminders, send_reminders
    from dashboard.settings import Settings

    settings = Settings()
    if hosting and hosting.mail:
        site = hosting.site_of(area.code)
        return send_reminders(database, settings, area, hosting.mail, site)
    with database.reading() as connection:
        return by_person(find_reminders(connection, settings, area))


def _say(area: "AreaSettings", told: "Told", dry_run: bool) -> None:
    """By job title: an address is nobody else's business."""
    done = "would be told" if dry_run else "told"
    if told.problem:
        done = "not told"
    click.echo(
        f"{area.name}, {told.person.words}: {done}{f'. {told.problem}' * bool(told.problem)}"
    )
    for one in told.reminders:
        click.echo(f"    {one.words}")
