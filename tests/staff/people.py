"""People who are signed in, for tests: a client of the server for each role."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access.demo_people import add_demo_people
from dashboard.access.person import Person
from dashboard.access.sessions import begin_session
from schemas.area_settings import load_area_settings
from schemas.database import Database

DARLINGTON, DURHAM = "E06000005", "E06000047"


def demo_people(database: Database, *codes: str) -> dict[str, Person]:
    """The ready-made people by the end of their sign-in names (`council-analyst`, `assurer`, ...),
    with roles in these areas (default: Darlington)."""
    areas = [load_area_settings()[code] for code in codes or (DARLINGTON,)]
    made = add_demo_people(database, areas)
    return {person.sign_in_name.removeprefix("demo-"): person for person in made}


def signed_in(server: Flask, database: Database, person: Person) -> FlaskClient:
    """A client whose browser holds a session of this person."""
    client = server.test_client()
    name = "session" if server.config["SESSION_COOKIE_NAME"] == "form" else "__Host-session"
    client.set_cookie(name, begin_session(database, person, "test"))
    return client


def send(client: FlaskClient, path: str, fields: Mapping[str, Any] | None = None) -> TestResponse:
    """Sends a form as a browser does: with the token of a page that was loaded before."""
    page = client.get("/staff/sign-in").text
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "the page holds no form"
    data = {"csrf_token": found[1], **(fields or {})}
    return client.post(path, data=data, content_type="multipart/form-data")
