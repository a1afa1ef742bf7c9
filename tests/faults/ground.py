"""A deployment to do harm to: a database with a published edition, people who are signed in, the
next edition agreed, and readers who say what they saw."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import update
from sqlalchemy.engine import URL

from dashboard.access.person import Person
from dashboard.access.sessions import begin_session
from dashboard.releases.corrections import begin_correction
from dashboard.releases.planning import plan_publication
from dashboard.releases.versions import Version, get_latest_version
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.people_tables import person
from tests.production.ground import environment, free_port
from tests.staff.people import DARLINGTON, demo_people
from tests.staff.signed import notice, to_agreed, to_published
from tests.staff.small import TERM, load_small, small_settings

NAME = "send.council.example"
EASY_READ = "/easy-read/darlington/"
SEND_IN = f"/staff/{DARLINGTON}/send-in"
_PATIENCE = 60  # seconds for one answer: the machine may be busy


def prepare(url: URL) -> dict[str, Person]:
    """Darlington's first edition, out; its correction, agreed and not yet planned. The people are
    those of the demonstration under other names, as a production server refuses them.

    Returns:
        The people by what they do: `council-analyst`, `publisher` and so on.
    """
    database = open_database(url)
    upgrade(database)
    people = demo_people(database)
    settings = small_settings(for_everyone=True)
    to_published(database, people, load_small(database, 0, people["council-analyst"]), settings)
    begin_correction(database, people["council-analyst"], DARLINGTON, TERM, notice())
    with database.reading() as connection:
        newest = get_latest_version(connection, DARLINGTON, TERM)
    assert newest is not None
    to_agreed(database, people, newest, settings)
    rename(database, people)
    database.close()
    return people


def rename(database: Database, people: Mapping[str, Person]) -> None:
    """Gives people of the demonstration names that a production server lets in."""
    with database.writing() as connection:
        for name, one in people.items():
            new = {"sign_in_name": f"{name}@council.example"}
            connection.execute(update(person).where(person.c.id == one.id).values(new))


def plan_next(database: Database, people: Mapping[str, Person], at: dt.datetime) -> Version:
    """The agreed edition is to come out at this time, to the second."""
    with database.reading() as connection:
        newest = get_latest_version(connection, DARLINGTON, TERM)
    assert newest is not None
    plan_publication(database, people["publisher"], DARLINGTON, newest.id, at)
    return newest


def in_seconds(seconds: float) -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)


def told_of(url: URL, folder: Path, **more: str) -> dict[str, str]:
    """What a production server is told to serve this database."""
    folder.mkdir(exist_ok=True)
    told = environment(folder, free_port(), **more)
    if url.get_backend_name() == "postgresql":
        told["DATABASE_URL"] = url.render_as_string(hide_password=False)
    return told


@dataclass(frozen=True)
class Seen:
    """What somebody saw: 0 when nobody answered."""

    status: int
    body: str
    headers: Mapping[str, str]

    @property
    def in_a_sentence(self) -> bool:
        """A page or a problem in plain words, and nothing of the program's inside."""
        inside = ("Traceback", "sqlalchemy", "psycopg", "sqlite3", ".py", "Internal Server Error")
        said = re.sub(r"<[^>]*>", " ", self.body)
        return bool(re.search(r"[A-Z][^.]{15,}\.", said)) and not any(w in said for w in inside)


class Reader:
    """Somebody before a browser; with a token, somebody who is signed in."""

    def __init__(self, port: int, token: str = "") -> None:
        self._site = f"http://127.0.0.1:{port}"
        self._token = token
        self._asking = requests.Session()
        self._asking.trust_env = False
        self._asking.headers.update({"Host": NAME, "X-Forwarded-Proto": "https"})
        self._asking.headers["X-Forwarded-For"] = "203.0.113.9"
        self._form = ""

    def get(self, path: str, **headers: str) -> Seen:
        return self._ask("GET", path, headers=headers)

    def send(self, path: str, fields: Mapping[str, str], files: Any = None) -> Seen:
        """A form, with the token of a page that was loaded before."""
        page = self.get("/staff/sign-in")
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.body)
        if found is None:
            return page
        data = {"csrf_token": found[1], **fields}
        return self._ask("POST", path, data=data, files=files)

    def _ask(self, method: str, path: str, headers: Any = None, **more: Any) -> Seen:
        cookies = [f"__Host-session={self._token}"] * bool(self._token) + [self._form]
        headers = {"Cookie": "; ".join(filter(None, cookies)), **(headers or {})}
        options = {"timeout": _PATIENCE, "allow_redirects": False}
        try:
            answer = self._asking.request(
                method, self._site + path, headers=headers, **options, **more
            )
        except requests.RequestException:
            return Seen(0, "", {})
        if form := re.search(r"__Host-form=[^;]+", answer.headers.get("Set-Cookie", "")):
            self._form = form[0]  # a browser keeps it; requests does not without HTTPS
        self._asking.cookies.clear()
        return Seen(answer.status_code, answer.text, answer.headers)


def signed_in(port: int, database: Database, someone: Person) -> Reader:
    return Reader(port, begin_session(database, someone, "test"))
