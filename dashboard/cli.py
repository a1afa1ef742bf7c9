"""The command line: the same services as the screens, for people and for scripts."""

import sys
from collections.abc import Sequence

import click

from dashboard.commands.backup import backup, move, restore
from dashboard.commands.benchmarks import benchmarks
from dashboard.commands.commentary import commentary
from dashboard.commands.derive import derive
from dashboard.commands.digest import digest
from dashboard.commands.export import export
from dashboard.commands.files import check, load, template
from dashboard.commands.migrate import migrate
from dashboard.commands.people import people
from dashboard.commands.plan import plan
from dashboard.commands.publish import publish_due
from dashboard.commands.remind import remind
from dashboard.commands.report import report
from dashboard.commands.serving import demo, init, serve
from dashboard.commands.showing import measures, show
from dashboard.commands.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="send-dashboard")
def commands() -> None:
    """A SEND data dashboard for English local areas.

    Figures are kept in var/ under the folder you are in, or in SEND_VAR, or in the PostgreSQL
    database that DATABASE_URL names.
    """


for command in (
    demo,
    serve,
    init,
    migrate,
    template,
    check,
    load,
    derive,
    benchmarks,
    show,
    measures,
    commentary,
    plan,
    people,
    publish_due,
    remind,
    digest,
    report,
    export,
    verify,
    backup,
    restore,
    move,
):
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its result is the exit code. Every fault is a plain sentence."""
    from dashboard.hosting import HostingProblem
    from dashboard.production.settings import use_settings_file
    from schemas.database import DatabaseProblem
    from schemas.definition import DefinitionError

    try:
        use_settings_file()
        done = commands.main(args=arguments, standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (DatabaseProblem, DefinitionError, HostingProblem) as error:
        click.echo(str(error), err=True)
        return 2
    return done if isinstance(done, int) else 0


if __name__ == "__main__":
    sys.exit(main())
