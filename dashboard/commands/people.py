"""`people`: accounts and roles, from the machine the server runs on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from dashboard.commands.terminal import json_option, opened, print_json, settings_of
from schemas.roles import ROLES

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dashboard.access.person import Held, Person
    from schemas.area_settings import AreaSettings

Command = Callable[..., Any]


@click.group()
def people() -> None:
    """Accounts: list, add, give and take away roles, invite again, end.

    People are known by their sign-in name and called by their job title.
    """


def _role_options(command: Command) -> Command:
    of = click.option("--of", "organisation", default="", help="Whose figures an analyst sends.")
    area = click.option("--area", required=True, help="The area's code, such as E06000005.")
    role = click.option("--role", required=True, type=click.Choice(ROLES), help="What they may do.")
    return role(area(of(command)))


@people.command("list")
@json_option
def list_people(as_json: bool) -> int:
    """List the accounts that have not ended, with their roles."""
    from sqlalchemy import select

    from dashboard.access.person import get_person
    from schemas.people_tables import person

    with opened() as database, database.reading() as connection:
        numbers = list(connection.scalars(select(person.c.id).order_by(person.c.id)))
        found = [one for number in numbers if (one := get_person(connection, number))]
    if as_json:
        print_json([_told(one) for one in found])
        return 0
    for one in found:
        click.echo(f"{one.sign_in_name}: {one.words}, {one.organisation}")
        for held in one.held:
            of = f" for {held.organisation}" if held.organisation else ""
            click.echo(f"    {held.role.value} in {held.area_code}{of}")
    return 0


@people.command()
@click.argument("name")
@click.option("--title", required=True, help="Job title: how the record calls them.")
@click.option("--organisation", "employer", required=True, help="Where they work.")
@click.option("--council", is_flag=True, help="They sign in with their council account.")
@_role_options
def add(
    name: str,
    title: str,
    employer: str,
    council: bool,
    role: str,
    area: str,
    organisation: str,
) -> int:
    """Make an account for NAME with a first role, and a link to choose a password by."""
    from dashboard.access.accounts import add_account, cleaned, give_role
    from dashboard.access.invitations import invite
    from dashboard.access.person import get_person

    settings = settings_of(area)
    new = cleaned(name, title, employer, "entra" if council else "local")
    with _changing() as connection:
        number = add_account(connection, None, settings.code, new)
        give_role(connection, None, settings, number, _held(role, settings, organisation))
        made = get_person(connection, number)
        assert made is not None
        token = "" if council else invite(connection, None, settings.code, made)
    click.echo(f"{made.words} has an account.")
    _tell_link(token)
    return 0


@people.command()
@click.argument("name")
@_role_options
def give(name: str, role: str, area: str, organisation: str) -> int:
    """Give NAME one more role."""
    from dashboard.access.accounts import give_role

    settings = settings_of(area)
    with _changing() as connection:
        whom = _known(connection, name)
        give_role(connection, None, settings, whom.id, _held(role, settings, organisation))
    click.echo(f"{whom.words} has the role.")
    return 0


@people.command()
@click.argument("name")
@_role_options
def take(name: str, role: str, area: str, organisation: str) -> int:
    """Take a role of NAME away; they are signed out everywhere."""
    from dashboard.access.accounts import take_role

    settings = settings_of(area)
    with _changing() as connection:
        whom = _known(connection, name)
        take_role(connection, None, whom.id, _held(role, settings, organisation))
    click.echo(f"{whom.words} does not have the role any more.")
    return 0


@people.command()
@click.argument("name")
def invite(name: str) -> int:
    """Make a new link for NAME to choose a new password; the old one stops working now."""
    from dashboard.access.invitations import invite as make

    with _changing() as connection:
        whom = _known(connection, name)
        token = make(connection, None, _area_of(whom), whom)
    click.echo(f"{whom.words} can choose a new password.")
    _tell_link(token)
    return 0


@people.command()
@click.argument("names", nargs=-1, required=True)
def end(names: tuple[str, ...]) -> int:
    """End the accounts of NAMES for good; what they did stays on the record."""
    from dashboard.access.accounts import end_account

    with _changing() as connection:
        every = [_known(connection, name) for name in dict.fromkeys(names)]
        for whom in every:
            end_account(connection, None, _area_of(whom), whom)
    for whom in every:
        click.echo(f"The account of {whom.words} has ended.")
    return 0


@contextmanager
def _changing() -> Iterator["Connection"]:
    """One transaction for the whole command: it is done wholly or not at all."""
    from dashboard.access.accounts import AccountProblem

    try:
        with opened() as database, database.writing() as connection:
            yield connection
    except AccountProblem as problem:
        raise click.ClickException(str(problem)) from problem


def _known(connection: "Connection", name: str) -> "Person":
    from dashboard.access.accounts import find_account

    whom = find_account(connection, name)
    if whom is None:
        raise click.ClickException(
            f"Nobody has an account named {name}. `send-dashboard people list` shows them all."
        )
    return whom


def _held(role: str, settings: "AreaSettings", organisation: str) -> "Held":
    from dashboard.access.person import Held
    from schemas.roles import Role

    return Held(Role(role), settings.code, organisation)


def _area_of(whom: "Person") -> str:
    """Where the record shows it; nowhere in particular when it concerns several areas."""
    return whom.area_codes[0] if len(whom.area_codes) == 1 else ""


def _tell_link(token: str) -> None:
    from dashboard.access.invitations import PATH

    if token:
        click.echo(
            "They choose a password at this address of your server. It works once, within 48 "
            "hours, and is not shown again:"
        )
        click.echo(f"{PATH}{token}")


def _told(one: "Person") -> dict[str, Any]:
    return {
        "sign_in_name": one.sign_in_name,
        "person": one.id,
        "job_title": one.job_title,
        "organisation": one.organisation,
        "roles": [vars(held) | {"role": held.role.value} for held in one.held],
    }
