"""`demo`, `serve` and `init`: from a fresh machine to a page in the browser."""

import logging
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.commands.terminal import opened, steps

if TYPE_CHECKING:
    from dashboard.hosting import Hosting
    from schemas.database import Database

_host = click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
_port = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=lambda: int(os.environ.get("PORT", "8050")),
    show_default="PORT or 8050",
    help="The port.",
)


@click.command()
def init() -> int:
    """Make the database and load the published figures that travel with the program."""
    with opened(upgrading=True) as database:
        _load_packaged(database)
    click.echo("The database is ready.")
    return 0


@click.command()
@_host
@_port
@click.option("--production", is_flag=True, help="Several processes, every setting checked.")
@click.option(
    "--settings",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="SEND_SETTINGS",
    help="A TOML file of settings for --production; variables win over it.",
)
@click.option("--check", is_flag=True, help="With --production: say every fault and stop.")
@click.pass_context
def serve(
    context: click.Context,
    host: str,
    port: int,
    production: bool,
    settings: Path | None,
    check: bool,
) -> int:
    """Serve the dashboard to the people who have accounts.

    It needs SEND_SECRET_KEY and SEND_HOSTS, and an HTTPS proxy before it (SEND_PROXIES says how
    many there are). It says everything that is missing before it starts. With --production it
    changes nothing in the database but what people do: `init` and `migrate` make its tables.
    """
    from dashboard.hosting import HostingProblem, read_hosting

    try:
        if production:
            return _serve_production(context, settings, check)
        hosting = read_hosting()
    except HostingProblem as problem:
        raise click.ClickException(f"The server was not started.\n{problem}") from problem
    _refuse_busy(host, port)
    with opened() as database:
        _serve(database, hosting, host, port)
    return 0


def _serve_production(context: click.Context, file: Path | None, check: bool) -> int:
    """What is said on the command line wins over the variables, and they over the file."""
    from dashboard.production.checks import read_checked
    from dashboard.production.server import run

    said = {"host": "SEND_LISTEN", "port": "PORT"}
    for name, variable in said.items():
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            os.environ[variable] = str(context.params[name])
    settings = read_checked(file)
    if check:
        click.echo("Nothing keeps this server from being started.")
        return 0
    _refuse_busy(settings.listen.address, settings.listen.port)
    where = f"{settings.listen.address}:{settings.listen.port}"
    click.echo(f"Serving https://{settings.hosts[0]}/ at {where} behind its proxy.")
    run(settings)
    return 0


@click.command()
@_host
@_port
@click.option("--load-only", is_flag=True, help="Load everything and stop.")
def demo(host: str, port: int, load_only: bool) -> int:
    """Load the invented sample terms, publish them and serve the dashboard.

    Everyone who can reach it can use its ready-made accounts.
    """
    from dashboard.hosting import demonstration

    if not load_only:
        _refuse_busy(host, port)
    with opened(upgrading=True) as database:
        _load_packaged(database)
        _load_sample(database)
        if not load_only:
            _begin_public(database)
            _serve(database, demonstration(), host, port)
    return 0


def _refuse_busy(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used: {error.strerror}. Something else may be "
                f"running there. Choose another, such as PORT={port + 1}."
            ) from error


def _load_packaged(database: "Database") -> None:
    from loaders.benchmarks import load_packaged
    from schemas.measure import load_measures

    with steps("Loading published figures"):
        load_packaged(database, load_measures())


def _load_sample(database: "Database") -> None:
    from dashboard.access.demo_people import add_demo_people
    from dashboard.commentary import load_sample_commentary
    from dashboard.plan.sample import load_sample_plan
    from dashboard.releases.demo import holds_real_figures, publish_invented_drafts
    from loaders.load import load_file
    from loaders.report import Sender
    from schemas.area_settings import load_area_settings
    from schemas.resources import resource_folder

    if holds_real_figures(database):
        raise click.ClickException(
            "This database holds an area's own figures. The demonstration would mix invented "
            "ones with them. Set SEND_VAR to another folder and try again."
        )
    click.echo("Loading the invented sample terms (those already there are passed over)...")
    for path in sorted((resource_folder("data") / "sample").glob("*.xlsx")):
        with steps(f"Loading {path.name}") as progress:
            sender = Sender("demonstration", invented=True)
            report = load_file(database, path.read_bytes(), path.name, sender, progress=progress)
        if report.problems or not (report.loaded or report.already_loaded):
            raise click.ClickException(f"{path.name}: {report.message}")
    publish_invented_drafts(database)
    load_sample_commentary(database)
    load_sample_plan(database)
    add_demo_people(database, load_area_settings().values())


def _begin_public(database: "Database") -> None:
    """The pages for everyone are made while the others can be looked at already."""
    from dashboard.releases.everyone import find_areas_without_pages
    from dashboard.server import in_background
    from dashboard.settings import Settings

    if find_areas_without_pages(database, Settings()):
        click.echo("Making the pages for families and everyone. They appear in about a minute.")
        in_background(lambda: _make_public(database))


def _make_public(database: "Database") -> None:
    from dashboard.releases.everyone import find_areas_without_pages, renew_pages
    from dashboard.settings import Settings

    settings = Settings()
    for code in find_areas_without_pages(database, settings):
        why = renew_pages(database, None, code, settings)
        if why:
            click.echo(f"{settings.areas[code].name}: no pages for everyone. {why}", err=True)


def _serve(database: "Database", hosting: "Hosting", host: str, port: int) -> None:
    import waitress

    from dashboard import create_app
    from dashboard.alerts.due import keep_telling
    from dashboard.hosting import HostingProblem
    from dashboard.releases.due import keep_publishing
    from dashboard.settings import Settings
    from schemas.database import check_whole

    check_whole(database)
    if hosting.demo:
        _warn_of_demonstration(database, host)
    try:
        application = create_app(database, hosting=hosting)
    except HostingProblem as problem:
        raise click.ClickException(f"The server was not started.\n{problem}") from problem
    keep_publishing(database, Settings())
    keep_telling(database, Settings(), hosting)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of each busy moment
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    click.echo(f"Open http://{shown}:{port}/ in a browser. Stop with Ctrl+C.")
    waitress.serve(
        application,
        host=host,
        port=port,
        threads=8,
        ident=None,
        _quiet=True,
        clear_untrusted_proxy_headers=False,  # the application knows whom to believe
    )


def _warn_of_demonstration(database: "Database", host: str) -> None:
    from dashboard.releases.demo import holds_real_figures

    if holds_real_figures(database):
        raise click.ClickException(
            "SEND_DEMO opens everything to everyone, and this database holds an area's own "
            "figures. Serve it without SEND_DEMO."
        )
    if host not in ("127.0.0.1", "localhost", "::1"):
        click.echo(
            "This is a demonstration: everyone who can reach this address can use it, with its "
            "ready-made accounts too.",
            err=True,
        )
