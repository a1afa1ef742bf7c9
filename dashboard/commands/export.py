"""`export`: what everyone sees, as files for any web server."""

from pathlib import Path

import click

from dashboard.commands.terminal import area_option, opened, settings_of


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@area_option
def export(folder: Path, area: str | None) -> int:
    """Write the easy-read pages, the open data, the API and the
    accessibility statements into DIR, as a static site.

    They are the bytes that the server sends: the newest edition and every earlier one, with
    .gz and .br beside each file and an example for nginx. DIR must be new or written by export; it
    changes to the new files at once. Export again after each publication and each withdrawal.

    Nobody answers a form there: in its place is a link to the form at the address of the area's
    settings, where the program runs. Without an address families are told to phone or write.
    """
    from dashboard.public.accessibility import build_site_files
    from dashboard.public.exporting import ExportRefused, export_site
    from schemas.area_settings import load_area_settings

    every = load_area_settings()
    chosen = {one.code: one for one in ([settings_of(area)] if area else every.values())}
    with opened() as database:
        try:
            statements = build_site_files(chosen.values())
            count = export_site(database, chosen, folder, statements)
        except ExportRefused as refused:
            raise click.ClickException(str(refused)) from refused
    click.echo(f"{folder} holds {count} files.")
    return 0
