"""An authenticator app, and signing in with it as a person does."""

import re

from flask.testing import FlaskClient
from pyotp import TOTP
from sqlalchemy import update
from werkzeug.test import TestResponse

from schemas.database import Database
from schemas.people_tables import second_step
from tests.access.people import PASSWORD
from tests.staff.people import send

CODE = "/staff/sign-in/code"


def secret_on(page: str) -> str:
    """What a page asks somebody to type into their app."""
    found = re.search(r'<p class="code">([A-Z2-7 ]{39})</p>', page)
    assert found, "the page shows no secret"
    return found[1].replace(" ", "")


def code_now(secret: str) -> str:
    return TOTP(secret).now()


def let_time_pass(database: Database) -> None:
    """As if the last code of everyone had been used an hour ago: each is good once."""
    hour = second_step.c.last_counter - 120
    with database.writing() as connection:
        connection.execute(update(second_step).values(last_counter=hour))


class App:
    """It keeps a secret for each sign-in name that was set up with it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.secrets: dict[str, str] = {}

    def begin(
        self, client: FlaskClient, name: str, password: str = PASSWORD, **more: str
    ) -> TestResponse:
        """The password; then the page that asks for a code."""
        answer = send(client, "/staff/sign-in", {"name": name, "password": password, **more})
        assert answer.status_code == 303, answer.text[:2000]
        assert answer.location.startswith(CODE), answer.location
        page = client.get(answer.location)
        assert page.status_code == 200
        if name not in self.secrets:
            self.secrets[name] = secret_on(page.text)
        return page

    def sign_in(
        self, client: FlaskClient, name: str, password: str = PASSWORD, **more: str
    ) -> TestResponse:
        """Both steps."""
        self.begin(client, name, password, **more)
        let_time_pass(self._database)
        answer = send(client, CODE, {"code": code_now(self.secrets[name]), **more})
        assert answer.status_code == 303, answer.text[:2000]
        return answer
