"""`plan`: the improvement plan loaded from a workbook, shown, and an empty workbook written."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.commands.terminal import area_option, opened, settings_of, steps

if TYPE_CHECKING:
    from loaders.report import Report


@click.group()
def plan() -> None:
    """The improvement plan: areas, actions and agreed paths to targets."""


@plan.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@area_option
@click.option("--invented", is_flag=True, help="Mark it as invented wherever it is shown.")
def load(file: Path, area: str | None, invented: bool) -> int:
    """Make FILE the improvement plan of the area.

    What the workbook says takes the place of what was there; a row that is no longer in it ends.
    Ends with 0 when it is loaded, 1 when cells are wrong, 2 when the file cannot be read and 3
    when it looks as if it holds personal data.
    """
    from dashboard.plan.load import load_plan

    code = settings_of(area).code
    with opened() as database, steps(f"Reading {file.name}"):
        loaded = load_plan(database, code, file.read_bytes(), file.name, invented=invented)
    _tell(loaded.report)
    for name, (new, changed, ended) in loaded.changes.items():
        click.echo(f"  {name}: {new} new, {changed} changed, {ended} ended")
    return loaded.report.outcome.exit_code


@plan.command()
@area_option
def show(area: str | None) -> int:
    """Show the improvement plan of the area as it stands."""
    from dashboard.queries.plan import get_plan
    from dashboard.words.plan import when_words
    from schemas.plan import STATUS_WORDS

    settings = settings_of(area)
    with opened() as database, database.reading() as connection:
        held = get_plan(connection, settings.code)
    if not held.areas:
        click.echo(f"There is no improvement plan of {settings.name} yet.")
        return 0
    for one in held.areas:
        click.secho(f"{one.number}. {one.title}", bold=True)
        for kept in held.of_area(one.number):
            action = kept.action
            click.echo(f"  {action.number:<6} {STATUS_WORDS[action.status]:<12} {action.task}")
            click.echo(f"  {'':<19} {action.lead}; {when_words(action)}")
    return 0


@plan.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@area_option
def template(file: Path, area: str | None) -> int:
    """Write an empty workbook to FILE, with its headings and drop-down lists."""
    from dashboard.settings import Settings
    from loaders.plan_workbook import plan_workbook

    settings = settings_of(area)
    file.write_bytes(plan_workbook(settings, Settings().measures_of(settings)))
    click.echo(f"Written: {file}")
    return 0


def _tell(report: "Report") -> None:
    click.secho(f"{report.name}: {report.message}", bold=True)
    for problem in report.problems:
        place = "!".join(part for part in (problem.sheet, problem.cell) if part)
        click.echo(f"  {place}: {problem.message}")
    for caution in report.cautions:
        place = "!".join(part for part in (caution.sheet, caution.cell) if part)
        click.echo(f"  Look at {place}: {caution.message}")
