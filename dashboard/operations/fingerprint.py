"""What a database holds, as row counts and hashes that are the same on SQLite and PostgreSQL."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Inspector,
    LargeBinary,
    String,
    column,
    inspect,
    literal_column,
    select,
    table,
)

VERSION_TABLE = "alembic_version"
_encode = json.JSONEncoder(separators=(",", ":")).encode


class TablePrint(BaseModel):
    """The rows of a table, and the SHA-256 of all of them in the order of their key."""

    model_config = ConfigDict(frozen=True)

    rows: int
    sha256: str


class Contents(BaseModel):
    """What a database holds. `revision` is that of its migrations, "" when it has none; `head` is
    the hash of the newest act of the record; `published_files` counts the files of all editions
    that everyone can be sent, `published_sha256` is over the address and hash of each."""

    model_config = ConfigDict(frozen=True)

    revision: str
    tables: dict[str, TablePrint]
    acts: int
    head: str
    published_files: int
    published_sha256: str


def take_fingerprint(connection: Connection) -> Contents:
    """Reads every table there is, whatever version of the program made them. The caller's
    connection has to be one snapshot. 9 s for a million figures, measured."""
    looked = inspect(connection)
    names = find_tables(looked)
    tables = {name: _print_table(connection, looked, name) for name in names}
    files, files_sha256 = _published(connection, names)
    return Contents(
        revision=read_revision(connection, looked),
        tables=tables,
        acts=tables["act"].rows if "act" in tables else 0,
        head=_head(connection) if "act" in tables else "",
        published_files=files,
        published_sha256=files_sha256,
    )


def find_tables(looked: Inspector) -> list[str]:
    """The tables that hold something, each after those that it refers to."""
    ordered = (name for name, _ in looked.get_sorted_table_and_fkc_names() if name is not None)
    return [name for name in ordered if name != VERSION_TABLE]


def read_revision(connection: Connection, looked: Inspector) -> str:
    if not looked.has_table(VERSION_TABLE):
        return ""
    return connection.scalar(select(column("version_num")).select_from(table(VERSION_TABLE))) or ""


def find_differences(wanted: Contents, found: Contents) -> list[str]:
    """A sentence for each table that is not the same, and for the published files."""
    said = list(_table_differences(wanted.tables, found.tables))
    if wanted.head != found.head:
        said.append(f"The record ends with {found.head or 'nothing'}, not with {wanted.head}.")
    if wanted.published_sha256 != found.published_sha256:
        said.append("The published files are not the same.")
    return said


def _table_differences(
    wanted: dict[str, TablePrint], found: dict[str, TablePrint]
) -> Iterator[str]:
    for name in sorted(wanted | found):
        if name not in found:
            yield f"The table {name} is missing."
        elif name not in wanted:
            yield f"There is a table {name} that was not there."
        elif wanted[name].rows != found[name].rows:
            yield f"The table {name} has {found[name].rows} rows, not {wanted[name].rows}."
        elif wanted[name] != found[name]:
            yield f"The table {name} has other contents."


def _print_table(connection: Connection, looked: Inspector, name: str) -> TablePrint:
    """Columns by name, rows by key: SQLite's order of texts is that of their bytes, "C" there."""
    kinds = {one["name"]: one["type"] for one in looked.get_columns(name)}
    names = sorted(kinds)
    packed = [place for place, one in enumerate(names) if isinstance(kinds[one], LargeBinary)]
    total, rows = hashlib.sha256(_encode(names).encode()), 0
    query = select(*(_read_as(one, kinds[one]) for one in names)).select_from(table(name))
    query = query.order_by(*_order(connection, looked, name, kinds))
    for row in connection.execute(query.execution_options(yield_per=500)):
        total.update(_encode(_hashed(row, packed) if packed else tuple(row)).encode())
        total.update(b"\n")
        rows += 1
    return TablePrint(rows=rows, sha256=total.hexdigest())


def _read_as(name: str, kind: Any) -> ColumnElement[Any]:
    """Nought without its sign, which SQLite forgets."""
    value: ColumnElement[Any] = column(name)
    return value + literal_column("0.0") if isinstance(kind, Float) else value


def _order(
    connection: Connection, looked: Inspector, name: str, kinds: dict[str, Any]
) -> list[Any]:
    keys = looked.get_pk_constraint(name)["constrained_columns"] or sorted(kinds)
    by_bytes = connection.dialect.name == "postgresql"
    return [
        column(key, String).collate("C")
        if by_bytes and isinstance(kinds[key], String)
        else column(key)
        for key in keys
    ]


def _hashed(row: Sequence[Any], packed: Sequence[int]) -> list[Any]:
    """The values of a row; of bytes their hash."""
    values = list(row)
    for place in packed:
        if values[place] is not None:
            values[place] = hashlib.sha256(values[place]).hexdigest()
    return values


def _head(connection: Connection) -> str:
    from schemas.round_tables import act

    return connection.scalar(select(act.c.sha256).order_by(act.c.id.desc()).limit(1)) or ""


def _published(connection: Connection, names: Sequence[str]) -> tuple[int, str]:
    """How many files everyone can be sent, and the hash over each address with its hash."""
    from schemas.public_tables import public_bundle, public_file

    if public_file.name not in names:
        return 0, ""
    query = select(
        public_bundle.c.area_code, public_bundle.c.name, public_file.c.path, public_file.c.sha256
    ).join(public_bundle, public_bundle.c.id == public_file.c.bundle_id)
    files = sorted(_encode(list(row)) for row in connection.execute(query))
    return len(files), hashlib.sha256("\n".join(files).encode()).hexdigest()
