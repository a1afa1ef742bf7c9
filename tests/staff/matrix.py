"""Who may do what at every address and by every service, worked out from the code itself.

`python -m tests.staff.matrix` writes it down in `docs/authorisation.md`.
"""

import ast
import importlib
import pkgutil
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from flask import Flask
from sqlalchemy.engine import URL

import dashboard
from dashboard import create_app
from dashboard.access.service import SERVICES
from dashboard.access.tasks import WHO_MAY, Task
from dashboard.hosting import Hosting
from dashboard.staff.routes import doors
from schemas.database import open_database
from schemas.migrations import upgrade
from schemas.roles import Role

ROOT = Path(dashboard.__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "authorisation.md"
CLOSED = Hosting(
    secret_key="k7Qe-long-and-random-enough-for-a-test-0123", trusted_hosts=("localhost",)
)
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


class Answer(StrEnum):
    """What somebody gets at an address."""

    given = "yes"
    to_sign_in = "sign in"
    refused = "no"
    not_there = "not there"
    with_token = "token"


@dataclass(frozen=True)
class Actor:
    """Somebody who asks. Without a role they are a stranger, or somebody whose account ended."""

    name: str
    role: Role | None = None
    here: bool = False

    @property
    def known(self) -> bool:
        return self.role is not None


STRANGER, ENDED = Actor("anonymous"), Actor("ended account")
HERE = tuple(Actor(f"{role} here", role, True) for role in Role)
ELSEWHERE = tuple(Actor(f"{role} elsewhere", role) for role in Role)
ACTORS = (STRANGER, ENDED, *HERE, *ELSEWHERE)

# Who an address is for: whoever asks, nobody, whoever is signed in, whoever brings a token (and
# being signed in does not help), or who may do a task.
For = Literal["anyone", "nobody", "signed in", "token"] | Task


@dataclass(frozen=True)
class Entry:
    """One address and method."""

    rule: str
    method: str
    open_to: For

    def expected(self, actor: Actor) -> Answer:
        if self.open_to == "anyone":
            return Answer.given
        if self.open_to == "nobody":
            return Answer.not_there
        if self.open_to == "token":
            return Answer.with_token
        if not actor.known:
            return Answer.to_sign_in
        if not isinstance(self.open_to, Task):
            return Answer.given
        may = actor.here and actor.role in WHO_MAY[self.open_to]
        return Answer.given if may else Answer.refused


# Every address outside /staff/, with who it is for on a server that is no demonstration.
OUTSIDE: Mapping[str, For] = {
    "/": "anyone",
    "/healthz": "anyone",
    "/health/live": "anyone",
    "/health/ready": "anyone",  # the details only from the machine itself, or with a key
    "/metrics": "nobody",  # but a program with the key, where one is set
    "/robots.txt": "anyone",
    "/assets/<path:rest>": "anyone",
    "/dashboard/": "signed in",
    "/dashboard/<area>": Task.see_published,
    "/dashboard/<path:rest>": Task.see_published,
    "/staff": "anyone",  # leads to /staff/
    "/easy-read": "anyone",  # leads to /easy-read/, and the next lead on to what is published
    "/easy-read/": "anyone",
    "/easy-read/<path:rest>": "anyone",
    "/data": "anyone",
    "/data/": "anyone",
    "/data/<path:rest>": "anyone",
    "/api/v1/areas/": "anyone",
    "/api/v1/areas/<slug>/versions/": "anyone",
    "/api/<path:rest>": "anyone",
    "/easy-read/<slug>/tell-us/": "anyone",
    "/easy-read/<slug>/tell-us/thanks/": "anyone",
    "/easy-read/<slug>/<edition>/tell-us/": "anyone",
    "/easy-read/<slug>/<edition>/tell-us/thanks/": "anyone",
    "/partner/tables/<area>/": "token",
    "/partner/tables/<area>/<name>.csv": "token",
    "/partner/feed/<area>.atom": "token",
    "/accessibility/<slug>/": "anyone",
    "/accessibility/<slug>/<name>": "anyone",
    "/explore/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": "anyone",
    "/explore/_dash-layout": "anyone",
    "/explore/_dash-dependencies": "anyone",
    "/explore/_dash-update-component": "nobody",
    "/explore/_reload-hash": "nobody",
    "/explore/_favicon.ico": "nobody",
    "/explore/assets/<path:filename>": "nobody",
    "/explore/": "nobody",
    "/explore/<path:path>": "nobody",
}
_STAMP = re.compile(r"^/explore/[0-9a-f]+/")


def build_entries(server: Flask) -> tuple[list[Entry], list[str]]:
    """Every address and method the server knows, and the addresses that nobody listed."""
    known = {(door.rule, door.endpoint): door for door in doors()}
    entries: list[Entry] = []
    unlisted: list[str] = []
    seen: set[tuple[str, str]] = set()
    for rule in server.url_map.iter_rules():
        plain = _STAMP.sub("/explore/", rule.rule)
        if door := known.get((rule.rule, rule.endpoint)):
            open_to: For = door.task or ("signed in" if door.signed_in else "anyone")
        elif plain in OUTSIDE:
            open_to = OUTSIDE[plain]
        else:
            unlisted.append(rule.rule)
            continue
        for method in METHODS:
            # Two doors of one address: what may be asked there is answered by the first.
            if method in (rule.methods or ()) and (rule.rule, method) not in seen:
                seen.add((rule.rule, method))
                entries.append(Entry(rule.rule, method, _by_method(plain, method, open_to)))
    return entries, unlisted


def _by_method(rule: str, method: str, open_to: For) -> For:
    """Dash's own addresses are read only, whatever Dash offers."""
    return "nobody" if rule.startswith("/explore/") and method not in ("GET", "HEAD") else open_to


def closed_server() -> Flask:
    """A server as a council runs it, over an empty database."""
    folder = tempfile.mkdtemp()
    database = open_database(URL.create("sqlite", database=f"{folder}/empty.sqlite3"))
    upgrade(database)
    return create_app(database, hosting=CLOSED)


# Functions that write and are not services, with the reason. A service asks what somebody may do
# by their roles in one area; these have nobody to ask it of, or are asked by one that did.
NOT_SERVICES: Mapping[str, str] = {
    "dashboard.access.council.find_council_person": "signing in comes before every right",
    "dashboard.access.council.note_refusal": "puts a refused sign-in on the record",
    "dashboard.access.demo_people.add_demo_people": "of a demonstration only, by command",
    "dashboard.access.invitations.accept": "whoever holds the link, once",
    "dashboard.access.local.change_password": "everyone may, with the password they have",
    "dashboard.access.local.sign_in": "signing in comes before every right",
    "dashboard.access.throttle.Throttle.begin": "counts tries to sign in",
    "dashboard.access.tokens.admit": "refuses a token; with a good one it asks a service",
    "dashboard.access.second_step.begin": "signing in comes before every right",
    "dashboard.access.second_step.finish": "signing in comes before every right",
    "dashboard.access.service.require": "puts a refusal on the record",
    "dashboard.access.service.service": "is the mark itself",
    "dashboard.access.sessions.begin_session": "signing in comes before every right",
    "dashboard.access.sessions.end_session": "everyone may sign out",
    "dashboard.access.sessions.find_person": "notes when a session was last used",
    "dashboard.access.sessions.sign_out_everywhere": "everyone may end their own sessions",
    "dashboard.alerts.making.make_digests": "by the program: what was published, or is late",
    "dashboard.alerts.sending.send_digests": "by the program, to those who asked and may read it",
    "dashboard.commentary.add_commentary": "by command; on screen by a service",
    "dashboard.commentary.load_sample_commentary": "of a demonstration only, by command",
    "dashboard.families.received.forget_senders": "by the program, after an hour",
    "dashboard.families.received.keep_feedback": "everyone may say what they think, a few an hour",
    "dashboard.operations.move.move": "by command: copies a whole database into an empty one",
    "dashboard.plan.load.load_plan": "by command; on screen by a service",
    "dashboard.releases.demo.publish_invented_drafts": "invented figures only, by command",
    "dashboard.releases.early_readers.read_early": "whoever holds the link, until it ends",
    "dashboard.releases.due.keep_publishing": "by the program, what people planned",
    "dashboard.releases.due.publish_due": "by the program; asks again what the planner may",
    "dashboard.releases.everyone.renew_after_withdrawal": "by withdrawing, which is a service",
    "dashboard.releases.everyone.renew_pages": "by a service, a withdrawal, or command",
    "dashboard.releases.protection.keep_worked_out": "by services: working out, and checking",
    "dashboard.releases.reminders.send_reminders": "by command",
    "dashboard.releases.sent_files.forget_old": "by the program, after the days that are set",
}
# The screens that call one of these, and no others do: a screen that changes something for a
# person goes through a service.
CALLED_BY_SCREENS: Mapping[str, frozenset[str]] = {
    "dashboard.staff.cookies": frozenset(["begin_session", "end_session"]),
    "dashboard.staff.council": frozenset(["find_council_person", "note_refusal"]),
    "dashboard.staff.invitation": frozenset(["accept", "change_password"]),
    "dashboard.staff.preview": frozenset(["read_early"]),
    "dashboard.staff.routes": frozenset(["find_person", "require"]),
    "dashboard.staff.second_step": frozenset(["begin", "finish"]),
    "dashboard.staff.sign_in": frozenset(["end_session", "sign_in", "sign_out_everywhere"]),
}
_FREE = ("dashboard.commands",)  # whoever may run commands on the server has the database anyway


def import_everything() -> None:
    """So that every service is registered."""
    for found in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
        importlib.import_module(found.name)


def find_service(name: str) -> Callable[..., object]:
    found: Callable[..., object] = pkgutil.resolve_name(name)
    return found


def unasked_writers() -> Iterator[str]:
    """Public functions that write, by themselves or through another of their module, and are
    neither services nor listed with a reason."""
    import_everything()
    for path in sorted(Path(dashboard.__file__).parent.rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        if module.startswith(_FREE):
            continue
        for name in _writers(ast.parse(path.read_text(encoding="utf-8"))):
            full = f"{module}.{name}"
            private = name.rpartition(".")[2].startswith("_")
            if not private and full not in SERVICES and full not in NOT_SERVICES:
                yield full


def _writers(tree: ast.Module) -> set[str]:
    """Functions of a module that open `writing()`, or call one that does."""
    functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    for outer in (one for one in tree.body if isinstance(one, ast.ClassDef)):
        methods = (one for one in outer.body if isinstance(one, ast.FunctionDef))
        functions |= {f"{outer.name}.{one.name}": one for one in methods}
    calls = {name: {*_called(function)} for name, function in functions.items()}
    found = {name for name, called in calls.items() if ".writing" in called}
    while more := {n for n, called in calls.items() if called & found and n not in found}:
        found |= more
    return found


def called_by_screens() -> dict[str, frozenset[str]]:
    """What each screen imports of the functions that are no services."""
    plain = {name.rpartition(".")[2]: name.rpartition(".")[0] for name in NOT_SERVICES}
    found: dict[str, frozenset[str]] = {}
    for path in sorted((ROOT / "dashboard" / "staff").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = frozenset(
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
            if alias.name in plain and node.module == plain[alias.name]
        )
        if names:
            found[f"dashboard.staff.{path.stem}"] = names
    return found


def _called(function: ast.FunctionDef) -> Iterator[str]:
    """Names, not only calls: a function may be handed on, as to a thread."""
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and node.attr == "writing":
            yield ".writing"


def build_document(server: Flask) -> str:
    """The matrix as people read it."""
    import_everything()
    entries, unlisted = build_entries(server)
    assert not unlisted, unlisted
    lines = [
        "# Who may do what",
        "",
        "Written by `python -m tests.staff.matrix` from the code; a test says when it is stale, "
        "and asks a real server about every line of it.",
        "",
        "“Here” is the area of the address. Whoever holds the same role in another area only is "
        "refused, and so are strangers and ended accounts: they are led to sign in. A server that "
        "is a demonstration shows `/dashboard/` to everyone. “Token”: being signed in does not "
        "help; a program has to bring a token that somebody made who may read what is published "
        "here. Methods that are not listed are answered by 404 or 405.",
        "",
        "## Addresses",
        "",
        *_table(("Address", "Methods"), _address_rows(entries)),
        "",
        "## Services",
        "",
        "What changes something or shows a draft asks again, whoever calls it; a refusal is on the "
        "record.",
        "",
        *_table(("Service", "Task"), _service_rows()),
        "",
        "## What writes without being a service",
        "",
        *(f"- `{name}`: {why}." for name, why in sorted(NOT_SERVICES.items())),
        "- `dashboard.commands`: whoever may run commands on the server has the database anyway.",
        "",
    ]
    return "\n".join(lines)


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    columns = (*heads, "anonymous, ended", *(role.value for role in Role))
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _address_rows(entries: list[Entry]) -> Iterator[tuple[str, ...]]:
    together: dict[tuple[str, For], list[str]] = {}
    for entry in entries:
        together.setdefault((_STAMP.sub("/explore/…/", entry.rule), entry.open_to), []).append(
            entry.method
        )
    for (rule, open_to), methods in sorted(together.items(), key=lambda one: one[0][0]):
        one = Entry(rule, "", open_to)
        answers = (one.expected(actor).value for actor in (STRANGER, *HERE))
        yield (f"`{rule}`", " ".join(methods), *answers)


def _service_rows() -> Iterator[tuple[str, ...]]:
    for name, task in sorted(SERVICES.items()):
        answers = ("yes" if role in WHO_MAY[task] else "no" for role in Role)
        yield (f"`{name.removeprefix('dashboard.')}`", task.value, "no", *answers)


if __name__ == "__main__":
    DOCUMENT.write_text(build_document(closed_server()), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT} is written.\n")
