"""`report`: a paper for a meeting, as slides, a document or PDF."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.commands.terminal import opened, settings_of, steps

if TYPE_CHECKING:
    from dashboard.edition import Edition
    from dashboard.packs.asked import Asked
    from dashboard.packs.files import OwnTemplates
    from dashboard.settings import Settings
    from schemas.area_settings import AreaSettings
    from schemas.database import Database

_FORMATS = ("pptx", "docx", "pdf")
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_folder = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("area")
@click.option(
    "--template",
    type=click.Choice(["exceptions", "full", "theme", "profile"]),
    default="exceptions",
    help="What needs attention, every measure, one theme, or the JSNA SEND profile.",
)
@click.option("--theme", help="For the template theme: a theme or a priority, such as plans.")
@click.option(
    "--numbers",
    type=click.Choice(["true", "protected"]),
    default="true",
    help="True figures, for the partnership, or those everyone may see.",
)
@click.option("--edition", "name", help="An edition as addresses name it; else the newest.")
@click.option("--term", help="The newest edition of this term, such as “Spring 2025/26”.")
@click.option(
    "--format", "formats", type=click.Choice(_FORMATS), multiple=True, help="May be repeated."
)
@click.option("--into", type=_folder, default=Path(), help="The folder to write to.")
@click.option("--potx", type=_file, help="Your own slides to draw on (.potx or .pptx).")
@click.option("--dotx", type=_file, help="Your own document to draw on (.dotx or .docx).")
def report(
    area: str,
    template: str,
    theme: str | None,
    numbers: str,
    name: str | None,
    term: str | None,
    formats: Sequence[str],
    into: Path,
    potx: Path | None,
    dotx: Path | None,
) -> int:
    """Write the paper of AREA, such as E06000005, for a meeting.

    The same edition gives the same files, whenever they are made. Without --format all three
    are written: PowerPoint, Word and PDF.
    """
    from dashboard.settings import Settings

    settings, area_settings = Settings(), settings_of(area)
    asked = _asked(settings, area_settings, template, theme, numbers)
    own = _templates(area_settings, potx, dotx)
    with opened() as database:
        edition = _edition(database, area_settings, name, term)
        _write(database, settings, area_settings, edition, asked, formats or _FORMATS, into, own)
    return 0


def _asked(
    settings: "Settings", area: "AreaSettings", template: str, theme: str | None, numbers: str
) -> "Asked":
    from dashboard.packs.asked import ask, theme_choices

    measures = settings.measures_of(area)
    choices = theme_choices(area, measures)
    if template == "theme" and theme not in choices:
        known = ", ".join(f"{key} ({words})" for key, words in choices.items())
        about = f"There is no theme {theme}." if theme else "Which theme?"
        raise click.ClickException(f"{about} Give --theme with one of: {known}.")
    if template != "theme" and theme:
        raise click.ClickException("--theme goes with --template theme.")
    query = {"template": template, "theme": theme or "", "numbers": numbers}
    return ask(area, measures, query)


def _templates(area: "AreaSettings", potx: Path | None, dotx: Path | None) -> "OwnTemplates":
    """Those given here, else those of the area's settings."""
    from dashboard.packs.files import OwnTemplates, templates_of

    own = templates_of(area)
    return OwnTemplates(
        potx.read_bytes() if potx else own.slides, dotx.read_bytes() if dotx else own.document
    )


def _edition(
    database: "Database", area: "AreaSettings", name: str | None, term: str | None
) -> "Edition":
    from dashboard.edition import parse_edition
    from dashboard.packs.editions import get_edition_of_term
    from dashboard.queries.editions import get_edition, get_newest_edition
    from schemas.term import parse_term

    if name and term:
        raise click.ClickException("Give --edition or --term, not both.")
    parsed, named = parse_term(term or ""), parse_edition(name or "")
    if term and parsed is None:
        raise click.ClickException(f"“{term}” is not a term. Write it like “Autumn 2026/27”.")
    if name and named is None:
        raise click.ClickException(f"“{name}” names no edition, such as 2025-26-summer.1.34.6.")
    with database.reading() as connection:
        if named:
            found = get_edition(connection, area.code, named)
        elif parsed:
            found = get_edition_of_term(connection, area.code, parsed.label)
        else:
            found = get_newest_edition(connection, area.code)
    if found is None:
        about = f" of {name or term}" if name or term else ""
        raise click.ClickException(f"Nothing{about} has been published for {area.name}.")
    return found


def _write(
    database: "Database",
    settings: "Settings",
    area: "AreaSettings",
    edition: "Edition",
    asked: "Asked",
    formats: Sequence[str],
    into: Path,
    own: "OwnTemplates",
) -> None:
    from dashboard.packs.files import draw_file, file_name
    from dashboard.packs.gather import build_pack
    from dashboard.packs.package import TemplateRefused
    from dashboard.packs.refused import PackRefused

    with steps("The paper") as step:
        step("Reading the figures")
        try:
            pack = build_pack(database, settings, area, edition, asked)
            made = {}
            for kind in dict.fromkeys(formats):
                step(f"Drawing {kind}")
                made[kind] = draw_file(pack, kind, own)
            into.mkdir(parents=True, exist_ok=True)
            for kind, content in made.items():  # only when no template was refused
                path = into / file_name(area, asked, str(edition.name), kind)
                path.write_bytes(content)
                click.echo(f"Written: {path}")
        except (PackRefused, TemplateRefused) as refused:
            raise click.ClickException(str(refused)) from refused
        except OSError as error:
            raise click.ClickException(f"{into} cannot be written to: {error.strerror}") from error
