"""People as a closed server knows them: their accounts are not the demonstration's."""

from flask import Flask
from flask.testing import FlaskClient

from dashboard.access.accounts import add_account, cleaned, give_role
from dashboard.access.invitations import accept, invite
from dashboard.access.person import Held, Person, get_person
from dashboard.hosting import Hosting
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.roles import Role
from tests.staff.people import DARLINGTON

SECRET = "k7Qe-long-and-random-enough-for-a-test-0123"
CLOSED = Hosting(secret_key=SECRET, trusted_hosts=("localhost",))
PASSWORD = "violet kettle mountain 9"
HTTPS = "https://localhost"


def held_role(role: str = "assurer", code: str = DARLINGTON) -> Held:
    """A role; an analyst's is for the first organisation of the area."""
    first = load_area_settings()[code].organisations[0] if role == "analyst" else ""
    return Held(Role(role), code, first)


def account(
    database: Database, name: str = "kestrel", *held: Held, kind: str = "local", password: str = ""
) -> Person:
    """Somebody with an account and these roles (default: checks in Darlington)."""
    areas = load_area_settings()
    with database.writing() as connection:
        new = cleaned(name, "Data officer", "Darlington Borough Council", kind)
        number = add_account(connection, None, DARLINGTON, new)
        for one in held or (held_role(),):
            give_role(connection, None, areas[one.area_code], number, one)
        found = get_person(connection, number)
        assert found is not None
        token = invite(connection, None, DARLINGTON, found) if password else ""
    return accept(database, token, password) if token else found


def closed_client(server: Flask) -> FlaskClient:
    """A browser that reaches a closed server over HTTPS."""
    client = server.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    client.environ_base["SERVER_PORT"] = "443"
    client.environ_base["HTTP_HOST"] = "localhost"
    return client
