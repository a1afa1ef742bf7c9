"""Keeps what the owners of measures say about a term: a new text replaces the old, which stays."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from dashboard.access.person import Person
from dashboard.record import add_act, now_text
from dashboard.words.easy_read.lint import find_errors
from loaders.privacy_text import find_kinds
from schemas.commentary import TEXTS, Commentary, find_faults
from schemas.database import Database
from schemas.resources import resource_folder
from schemas.tables import commentary
from schemas.term import parse_term


class CommentaryError(Exception):
    """A commentary that is not kept; the message says every reason in plain sentences, `faults`
    the same by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults.values()))


def add_commentary(database: Database, one: Commentary) -> int:
    """Keeps one commentary in the place of an older one on the same measure and term.

    Returns:
        Its number.

    Raises:
        CommentaryError: it is not about something known, says nothing, names a person, or its
            family sentence is not easy to read.
    """
    one = checked(one)
    with database.writing() as connection:
        return keep(connection, one, None)


def load_sample_commentary(database: Database) -> int:
    """Adds the invented commentary of the demonstration where there is none; says how many."""
    path = resource_folder("data") / "sample" / "commentary.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["commentary"]
    every = [checked(Commentary(**table)) for table in tables]
    with database.writing() as connection:
        new = [one for one in every if not _is_commented(connection, one)]
        for one in new:
            keep(connection, one, None)
    return len(new)


def checked(one: Commentary) -> Commentary:
    """The same with the term as it is stored and no needless spaces.

    Raises:
        CommentaryError: listing everything that stops it from being kept.
    """
    words: dict[str, Any] = {field: spaced(getattr(one, field)) for field in TEXTS}
    one = replace(one, **words)
    faults: dict[str, str] = {}
    for field, said in [*find_faults(one), *_unkeepable(one)]:
        faults[field] = f"{faults[field]} {said}" if field in faults else said
    term = parse_term(one.term)
    if faults or term is None:
        raise CommentaryError(faults)
    return replace(one, term=term.label)


def spaced(words: str) -> str:
    return " ".join(words.split())


def _unkeepable(one: Commentary) -> Iterator[tuple[str, str]]:
    """Personal data in any text, and what is hard to read in the one for families."""
    for field, label in TEXTS.items():
        for said in personal_data(getattr(one, field)):
            yield field, f"{label} {said}"
    for fault in find_errors(one.family_sentence):
        yield "family_sentence", fault.words


def personal_data(words: str) -> list[str]:
    """What looks like personal data, by its kind: the value itself is never repeated."""
    return [f"seems to hold {kind}, which may not be kept." for kind in find_kinds(words)]


def keep(connection: Connection, one: Commentary, actor: Person | None) -> int:
    """Only one may be current, so the old one steps aside before the new one is there."""
    current = and_(_is_about(one), commentary.c.replaced_by_id.is_(None))
    old = connection.scalar(select(commentary.c.id).where(current))
    _replace(connection, old, old)
    row = {
        **vars(one),
        "by_on": one.by_on and one.by_on.isoformat(),
        "family_sentence": one.family_sentence or None,
        "written_at": now_text(),
        "person_id": actor.id if actor else None,
    }
    new = connection.execute(insert(commentary).values(row)).inserted_primary_key
    assert new is not None
    _replace(connection, old, new[0])
    record_commentary(
        connection, actor, "wrote commentary", vars(one), new[0], details={"replaces": old}
    )
    return int(new[0])


def _replace(connection: Connection, old: int | None, new: int | None) -> None:
    if old is not None:
        connection.execute(
            update(commentary).where(commentary.c.id == old).values(replaced_by_id=new)
        )


def record_commentary(
    connection: Connection,
    actor: Person | None,
    what: str,
    row: Mapping[Any, Any],
    number: int,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Which measure and term; the words themselves stay in their own table."""
    add_act(
        connection,
        actor,
        what,
        area_code=row["area_code"],
        subject=f"{row['measure_id']} {row['term']}",
        reason=reason,
        details={"commentary": number, **(details or {})},
    )


def _is_commented(connection: Connection, one: Commentary) -> bool:
    return connection.execute(select(commentary.c.id).where(_is_about(one))).first() is not None


def _is_about(one: Commentary) -> ColumnElement[bool]:
    return and_(
        commentary.c.area_code == one.area_code,
        commentary.c.measure_id == one.measure_id,
        commentary.c.term == one.term,
    )
