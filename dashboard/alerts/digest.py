"""Digest: what happened once in an area, for people to be told, as it is kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from dashboard.alerts.kinds import About, Kind
from dashboard.record import now_text
from schemas.plan_tables import digest as table


class Looked(NamedTuple):
    """A measure that was looked at: its theme, and how many tests that made."""

    theme: str
    tests: int


@dataclass(frozen=True)
class Thing:
    """One thing to tell. `title` is the short title of a measure, or of a sheet; `measures` and
    `themes` are those it is about; `words` are a sentence with figures, for whoever is signed in;
    `address` is without the host."""

    kind: Kind
    title: str
    measures: tuple[str, ...]
    themes: tuple[str, ...]
    words: str
    address: str


@dataclass(frozen=True)
class Digest:
    """`occasion` is what happened, once: `published:2025-26-summer.1`. `happened_at` is a stored
    time; `said` is what people wrote of a correction, "" otherwise; `looked_at` holds each measure
    that was looked at; `charts` has, by measure, its figure and its chart in words; `rests_on` are
    the release versions that any of its figures came from."""

    occasion: str
    about: About
    title: str
    happened_at: str
    address: str
    things: tuple[Thing, ...]
    said: str = ""
    version_id: int = 0
    looked_at: Mapping[str, Looked] = field(default_factory=dict)
    charts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rests_on: tuple[int, ...] = ()
    invented: bool = False


@dataclass(frozen=True)
class Kept:
    """A digest with its number, 0 while it is not kept, and when it was made."""

    id: int
    area_code: str
    made_at: str
    digest: Digest


def get_occasions(connection: Connection, area_code: str) -> frozenset[str]:
    """What of an area was made a digest of."""
    query = select(table.c.occasion).where(table.c.area_code == area_code)
    return frozenset(connection.scalars(query))


def get_kept(connection: Connection, area_code: str, since: str = "", most: int = 0) -> list[Kept]:
    """The digests of an area, the newest first.

    Args:
        since: only those made at this stored time or later.
        most: how many; 0 for all.
    """
    query = select(table).where(table.c.area_code == area_code, table.c.made_at >= since)
    query = query.order_by(table.c.id.desc())
    rows = connection.execute(query.limit(most) if most else query)
    return [Kept(row.id, row.area_code, row.made_at, _read(row.content)) for row in rows]


def keep_digest(connection: Connection, area_code: str, made: Digest) -> int:
    """Keeps one in the caller's transaction, unless somebody else was quicker.

    Returns:
        Its number; 0 when what it tells is kept already, or a part of it.
    """
    if is_told(get_occasions(connection, area_code), made.occasion):
        return 0
    row = {"area_code": area_code, "occasion": made.occasion, "made_at": now_text()}
    content = json.dumps(asdict(made), ensure_ascii=False, sort_keys=True, default=_kind)
    new = insert(table).values(row | {"content": content}).returning(table.c.id)
    return int(connection.scalar(new) or 0)


def is_told(occasions: frozenset[str], occasion: str) -> bool:
    """Whether there is a digest of it, or of one of the extracts that it names as late."""
    late = late_in(occasion)
    return occasion in occasions or any(late & late_in(one) for one in occasions)


def late_occasion(term: str, extracts: list[str]) -> str:
    """`late:2025-26 summer:census+ehcp_caseload`."""
    return f"{About.late}:{term}:{'+'.join(sorted(extracts))}"


def late_in(occasion: str) -> frozenset[tuple[str, str]]:
    """The terms and extracts that an occasion calls late."""
    about, _, rest = occasion.partition(":")
    term, _, extracts = rest.partition(":")
    return frozenset((term, one) for one in extracts.split("+") if about == About.late)


def _kind(kind: Kind) -> str:
    return str(kind.value)


def _read(content: str) -> Digest:
    row: dict[str, Any] = json.loads(content)
    row["about"] = About(row["about"])
    row["things"] = tuple(_thing(one) for one in row["things"])
    row["looked_at"] = {key: Looked(*one) for key, one in row["looked_at"].items()}
    row["charts"] = {key: tuple(one) for key, one in row["charts"].items()}
    row["rests_on"] = tuple(row["rests_on"])
    return Digest(**row)


def _thing(row: dict[str, Any]) -> Thing:
    lists = {name: tuple(row[name]) for name in ("measures", "themes")}
    return Thing(**(row | lists | {"kind": Kind(row["kind"])}))
