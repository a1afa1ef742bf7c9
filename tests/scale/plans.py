"""How PostgreSQL finds the rows of a statement: which tables it would have to read through."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, event

from schemas.database import Database

# A row a publisher's file, or about one a term and area, 5,508 for all of England: read through in
# a millisecond, which PostgreSQL does where it knows nothing of a table yet.
_SMALL = frozenset(["vintage", "neighbour", "public_notice", "release", "release_version"])


class Statement(NamedTuple):
    """As the driver got it."""

    text: str
    parameters: Any


@contextmanager
def noting(database: Database) -> Iterator[list[Statement]]:
    """Every SELECT that the program reads with meanwhile, once."""
    noted: dict[str, Statement] = {}

    def note(_c: Any, _cursor: Any, text: str, parameters: Any, *_: Any) -> None:
        if text.startswith(("SELECT", "WITH")):
            noted.setdefault(text, Statement(text, parameters))

    found: list[Statement] = []
    event.listen(database.read, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(database.read, "before_cursor_execute", note)
        found.extend(noted.values())


def find_read_through(connection: Connection, statement: Statement) -> set[str]:
    """The tables that grow with the areas and that no index leads into, however many rows they
    have: so a few rows are enough to see it."""
    for way in ("seqscan", "hashjoin", "mergejoin"):  # what suits a few rows only
        connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    asked = f"EXPLAIN (FORMAT JSON) {statement.text}"
    (explained,) = connection.exec_driver_sql(asked, statement.parameters).one()
    return {name for node in _nodes(explained[0]["Plan"]) if (name := _read_through(node))}


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _read_through(node: Mapping[str, Any]) -> str:
    name = str(node.get("Relation Name", ""))
    led = node["Node Type"] == "Bitmap Heap Scan" or "Index Cond" in node
    return "" if led or name in _SMALL else name
