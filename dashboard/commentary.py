"""Keeps what the owners of measures say about a term: a new text replaces the old, which stays."""

import datetime as dt
import tomllib
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from loaders.privacy_text import find_kinds
from schemas.commentary import Commentary, find_faults, texts_of
from schemas.database import Database
from schemas.resources import resource_folder
from schemas.tables import commentary
from schemas.term import parse_term


class CommentaryError(Exception):
    """A commentary that is not kept; the message says every reason in plain sentences."""


def add_commentary(database: Database, one: Commentary) -> int:
    """Keeps one commentary in the place of an older one on the same measure and term.

    Returns:
        Its number.

    Raises:
        CommentaryError: it is not about something known, says nothing or names a person.
    """
    one = _checked(one)
    with database.writing() as connection:
        return _keep(connection, one)


def load_sample_commentary(database: Database) -> int:
    """Adds the invented commentary of the demonstration where there is none; says how many."""
    path = resource_folder("data") / "sample" / "commentary.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["commentary"]
    every = [_checked(Commentary(**table)) for table in tables]
    with database.writing() as connection:
        new = [one for one in every if not _is_commented(connection, one)]
        for one in new:
            _keep(connection, one)
    return len(new)


def _checked(one: Commentary) -> Commentary:
    """The same with the term as it is stored and no needless spaces."""
    one = replace(
        one,
        what_happened=_spaced(one.what_happened),
        why=_spaced(one.why),
        action=_spaced(one.action),
        written_by_role=_spaced(one.written_by_role),
    )
    faults = [*find_faults(one), *_personal_data(one)]
    term = parse_term(one.term)
    if faults or term is None:
        raise CommentaryError(" ".join(faults))
    return replace(one, term=term.label)


def _spaced(words: str) -> str:
    return " ".join(words.split())


def _personal_data(one: Commentary) -> list[str]:
    """What looks like personal data, by its kind: the value itself is never repeated."""
    found = [(label, kind) for label, words in texts_of(one) for kind in find_kinds(words)]
    return [f"{label} seems to hold {kind}, which may not be kept." for label, kind in found]


def _keep(connection: Connection, one: Commentary) -> int:
    """Only one may be current, so the old one steps aside before the new one is there."""
    current = and_(_is_about(one), commentary.c.replaced_by_id.is_(None))
    old = connection.scalar(select(commentary.c.id).where(current))
    _replace(connection, old, old)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    row = {**vars(one), "by_on": one.by_on and one.by_on.isoformat(), "written_at": now}
    new = connection.execute(insert(commentary).values(row)).inserted_primary_key
    assert new is not None
    _replace(connection, old, new[0])
    return int(new[0])


def _replace(connection: Connection, old: int | None, new: int | None) -> None:
    if old is not None:
        connection.execute(
            update(commentary).where(commentary.c.id == old).values(replaced_by_id=new)
        )


def _is_commented(connection: Connection, one: Commentary) -> bool:
    return connection.execute(select(commentary.c.id).where(_is_about(one))).first() is not None


def _is_about(one: Commentary) -> ColumnElement[bool]:
    return and_(
        commentary.c.area_code == one.area_code,
        commentary.c.measure_id == one.measure_id,
        commentary.c.term == one.term,
    )
