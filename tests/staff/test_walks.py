"""Random people take random steps: nothing comes out that others did not check and agree."""

import shutil
import sqlite3
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import URL

from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.record import find_breaks
from dashboard.releases.agreements import agree, record_agreement
from dashboard.releases.corrections import begin_correction, write_notice
from dashboard.releases.due import publish_due
from dashboard.releases.early_readers import add_early_reader
from dashboard.releases.planning import call_off_plan, plan_publication
from dashboard.releases.publishing import publish
from dashboard.releases.refused import StepRefused
from dashboard.releases.sign_off import attest, pass_checks, send_back
from dashboard.releases.versions import NoSuchVersion, Version, get_versions, hash_content
from dashboard.releases.withdrawals import withdraw
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.roles import Role
from schemas.round_tables import (
    act,
    agreement,
    announcement,
    attestation,
    early_reader,
    plan,
    public_notice,
)
from schemas.tables import extract_file, observation, release, release_version
from tests.staff.people import DARLINGTON, demo_people
from tests.staff.signed import agreed, give, in_an_hour, notice
from tests.staff.small import TERM, load_small, small_settings

SETTINGS = small_settings()
FILES = 8
OUT = ("published", "corrected", "superseded", "withdrawn")
TABLES = (release, release_version, observation, attestation, agreement)
MORE_TABLES = (plan, early_reader, public_notice, announcement)
REFUSED = (StepRefused, NotAllowed, NoSuchVersion)
NAMES = (
    "partner",
    "council-analyst",
    "health-analyst",
    "assurer",
    "approver",
    "publisher",
    "administrator",
)


def usually(name: str) -> st.SearchStrategy[str]:
    """Mostly the person whose work it is, else anybody; the partner holds every role here."""
    return st.one_of(st.just(name), st.just("partner"), st.sampled_from(NAMES))


class Walk(RuleBasedStateMachine):
    """`checked` and `agreed` are what this test saw happen, by version: who, on which hash."""

    fresh: Callable[[], Any]
    reached: Counter[str]

    @initialize()
    def begin(self) -> None:
        self.opened = self.fresh()
        self.database: Database = self.opened.__enter__()
        self.people = demo_people(self.database)
        self.loaded = 0
        self.checked: dict[int, tuple[int, str]] = {}
        self.met: dict[int, set[tuple[str, int, str]]] = {}
        self.frozen: dict[int, str] = {}

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    def versions(self) -> list[Version]:
        with self.database.reading() as connection:
            return get_versions(connection, DARLINGTON, TERM)

    def newest(self) -> Version | None:
        return next(iter(self.versions()), None)

    def kept(self) -> list[Any]:
        with self.database.reading() as connection:
            return [
                connection.execute(select(table).order_by(*table.primary_key)).all()
                for table in (*TABLES, *MORE_TABLES)
            ]

    def try_to(self, step: Callable[[], object]) -> bool:
        """Whether it was done; what is refused changes nothing but the record."""
        before = self.kept()
        try:
            step()
        except REFUSED as refused:
            note(f"refused: {refused}")
            self.reached["refused"] += 1
            assert self.kept() == before
            return False
        return True

    def who(self, name: str) -> Person:
        return self.people[name]

    # What people do.

    @rule(name=usually("council-analyst"), answers=st.sampled_from((True, True, True, False)))
    def send_figures(self, name: str, answers: bool) -> None:
        if self.loaded == FILES:
            return
        version = load_small(self.database, self.loaded, self.who(name) if answers else None)
        self.loaded += 1
        self.forget(version.id)

    @rule(name=usually("council-analyst"))
    def answer(self, name: str) -> None:
        with self.database.reading() as connection:
            file = connection.scalar(select(extract_file.c.id).order_by(extract_file.c.id.desc()))
        self.try_to(lambda: attest(self.database, self.who(name), DARLINGTON, file or 1))

    @rule(name=usually("assurer"))
    def check(self, name: str) -> None:
        version = self.newest()
        number = version.id if version else 1
        who = self.who(name)
        if self.try_to(lambda: pass_checks(self.database, who, DARLINGTON, number, SETTINGS)):
            self.checked[number] = who.id, self.hash_of(number)
            self.met[number] = set()

    @rule(name=usually("approver"), forum=st.sampled_from(("group", "board", "officers")))
    def meet(self, name: str, forum: str) -> None:
        version = self.newest()
        if version is None:
            return
        who, one = self.who(name), agreed(forum, version)

        def step() -> object:
            return record_agreement(self.database, who, DARLINGTON, version.id, one)

        if self.try_to(step):
            self.met[version.id].add((forum, who.id, one.content_sha256))

    @rule(name=usually("approver"))
    def put_down_as_agreed(self, name: str) -> None:
        version = self.newest()
        number = version.id if version else 1
        self.try_to(lambda: agree(self.database, self.who(name), DARLINGTON, number))

    @rule(name=usually("assurer"))
    def return_it(self, name: str) -> None:
        version = self.newest()
        number = version.id if version else 1
        why = "Somebody asked what is counted."
        if self.try_to(lambda: send_back(self.database, self.who(name), DARLINGTON, number, why)):
            self.forget(number)

    @rule(name=usually("publisher"))
    def plan_it(self, name: str) -> None:
        version = self.newest()
        number = version.id if version else 1
        at = in_an_hour()
        self.try_to(lambda: plan_publication(self.database, self.who(name), DARLINGTON, number, at))

    @rule(name=usually("publisher"))
    def let_in(self, name: str) -> None:
        version = self.newest()
        number = version.id if version else 1
        args = (number, "Director of Children’s Services", "To answer the press", 24)
        self.try_to(lambda: add_early_reader(self.database, self.who(name), DARLINGTON, *args))

    @rule(name=usually("publisher"))
    def stop_the_plan(self, name: str) -> None:
        version = self.newest()
        number = version.id if version else 1
        self.try_to(lambda: call_off_plan(self.database, self.who(name), DARLINGTON, number))

    @rule(name=usually("publisher"))
    def bring_out(self, name: str) -> None:
        version = self.newest()
        number = version.id if version else 1
        who = self.who(name)
        if self.try_to(lambda: publish(self.database, who, DARLINGTON, number, SETTINGS)):
            self.came_out(number)

    @rule(hours=st.sampled_from((0, 2)))
    def time_passes(self, hours: int) -> None:
        now = in_an_hour().replace(microsecond=0)
        for one in publish_due(self.database, now if hours else None, SETTINGS):
            if not one.why:
                self.came_out(one.version.id)

    @rule(name=usually("council-analyst"))
    def correct(self, name: str) -> None:
        who = self.who(name)
        self.try_to(lambda: begin_correction(self.database, who, DARLINGTON, TERM, notice()))

    @rule(name=usually("council-analyst"))
    def tell(self, name: str) -> None:
        version = self.newest()
        number = version.id if version else 1
        who = self.who(name)
        self.try_to(lambda: write_notice(self.database, who, DARLINGTON, number, notice()))

    @rule(name=usually("approver"), place=st.integers(0, 2), really=st.integers(0, 3))
    def take_away(self, name: str, place: int, really: int) -> None:
        versions = self.versions()
        if not versions or really:
            return
        number = versions[min(place, len(versions) - 1)].id
        words = ("A school was counted twice.", "Two lists.", "Do not use them.")
        self.try_to(lambda: withdraw(self.database, self.who(name), DARLINGTON, number, *words))

    @rule(steps=st.integers(1, 6))
    def go_on(self, steps: int) -> None:
        """The way that is meant, for some steps: else chance alone would seldom come so far."""
        for _ in range(steps):
            version = self.newest()
            if version is None or version.state in ("superseded", "withdrawn"):
                self.send_figures("council-analyst", True)
            elif version.state == "draft":
                self.tell("council-analyst")
                self.check("assurer")
            elif version.state == "checked":
                self.meet("approver", "group")
                self.meet("approver", "board")
            elif version.state == "agreed":
                self.bring_out("publisher")
            else:
                self.correct("council-analyst")

    # What has to be true.

    def forget(self, number: int) -> None:
        self.checked.pop(number, None)
        self.met.pop(number, None)

    def hash_of(self, number: int) -> str:
        with self.database.reading() as connection:
            return hash_content(connection, number)

    def came_out(self, number: int) -> None:
        """By what this test saw, not by what the tables say."""
        content = self.hash_of(number)
        checker, checked = self.checked[number]
        forums = {forum for forum, _, seen in self.met[number] if seen == content}
        approvers = {who for _, who, _ in self.met[number]}
        senders = self.senders(number)
        assert checked == content, "what came out is not what was checked"
        assert "group" in forums
        assert forums & {"board", "officers"}
        assert senders, "nobody answers for it"
        assert checker not in senders | approvers
        assert not approvers & senders
        self.frozen[number] = content
        self.reached[next(one.state for one in self.versions() if one.id == number)] += 1

    def senders(self, number: int) -> set[int]:
        query = text(
            "SELECT DISTINCT a.person_id FROM attestation a JOIN observation o "
            "ON o.extract_file_id = a.extract_file_id "
            "WHERE o.release_version_id = :number AND o.superseded_by_id IS NULL"
        )
        with self.database.reading() as connection:
            return set(connection.scalars(query, {"number": number}))

    @invariant()
    def what_is_out_came_out_so(self) -> None:
        if not hasattr(self, "database"):
            return
        out = {one.id: one for one in self.versions() if one.state in OUT}
        assert out.keys() == self.frozen.keys()
        for number, content in self.frozen.items():
            assert self.hash_of(number) == content == out[number].content_sha256

    @invariant()
    def the_record_holds_together(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.reading() as connection:
            assert [*find_breaks(connection)] == []
            said = connection.scalars(select(act.c.what).where(act.c.what == "published")).all()
        assert len(said) == len(self.frozen)


def made_ready(database: Database) -> None:
    """The partner holds every role as well, so that only four eyes stop them."""
    upgrade(database)
    people = demo_people(database)
    for role in (Role.assurer, Role.approver, Role.publisher):
        give(database, people["partner"], role)


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Any]:
    """A database for each walk, copied from one with its people in it."""
    if request.param == "sqlite":
        return lambda: _sqlite_copy(tmp_path)
    postgresql: URL = request.getfixturevalue("new_postgresql")
    first = open_database(postgresql)
    made_ready(first)
    first.close()  # a database is copied only while nobody is in it
    return lambda: _postgresql_copy(postgresql)


@contextmanager
def _sqlite_copy(folder: Path) -> Iterator[Database]:
    first = folder / "first.sqlite3"
    if not first.exists():
        ready = open_database(URL.create("sqlite", database=str(first)))
        made_ready(ready)
        ready.close()
        with closing(sqlite3.connect(first)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = folder / f"{uuid.uuid4().hex}.sqlite3"
    shutil.copy(first, copy)
    database = open_database(URL.create("sqlite", database=str(copy)))
    yield database
    database.close()
    copy.unlink()


@contextmanager
def _postgresql_copy(url: URL) -> Iterator[Database]:
    name = f"walk_{uuid.uuid4().hex}"
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {url.database}"))
    database = open_database(url.set(database=name))
    yield database
    database.close()
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def test_nothing_comes_out_that_others_did_not_check_and_agree(
    fresh: Callable[[], Any], request: pytest.FixtureRequest
) -> None:
    few = "postgresql" in request.node.name
    Walk.fresh = staticmethod(fresh)  # type: ignore[assignment]
    Walk.reached = Counter()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=6 if few else 10,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
            database=None,
        ),
    )
    print(Walk.reached)
    assert Walk.reached["refused"] > (10 if few else 50)
    assert Walk.reached["published"], "no walk came to the end, so nothing was tested"
    assert few or Walk.reached["corrected"]
