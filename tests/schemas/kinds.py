"""What a migration did to what was there before it, told from the tables before and after."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Inspector, inspect, text

from schemas.database import Database


class Shape(NamedTuple):
    """The tables: columns with type, whether they may be empty and have a default; rules by table;
    triggers by name."""

    columns: dict[tuple[str, str], tuple[str, bool, bool]]
    rules: dict[str, frozenset[str]]
    triggers: dict[str, tuple[str, str]]


def read_shape(database: Database) -> Shape:
    with database.reading() as connection:
        looked = inspect(connection)
        names = looked.get_table_names()
        return Shape(
            {
                (name, one["name"]): (str(one["type"]), one["nullable"], _filled(one))
                for name in names
                for one in looked.get_columns(name)
            },
            {name: frozenset(_rules(looked, name)) for name in names},
            _triggers(connection),
        )


def find_narrowed(before: Shape, after: Shape) -> Iterator[str]:
    """What was dropped, renamed or tightened of what was there, in words."""
    tables = set(before.rules)
    for key, was in before.columns.items():
        now = after.columns.get(key)
        if now is None:
            yield f"{'.'.join(key)} is gone"
        elif now != was:
            yield f"{'.'.join(key)} was {was} and is {now}"
    for (table, name), (_, may_be_empty, filled) in after.columns.items():
        if table in tables and (table, name) not in before.columns and not (may_be_empty or filled):
            yield f"{table}.{name} is new and has to be written"
    for table in tables & set(after.rules):
        for rule in after.rules[table] ^ before.rules[table]:
            yield f"{table}: {rule}"
    for name, said in before.triggers.items():
        if after.triggers.get(name) != said:
            yield f"the guard {name} is another or gone"
    for name in set(after.triggers) - set(before.triggers):
        if after.triggers[name][0] in tables:
            yield f"{name} guards {after.triggers[name][0]}, which was there"


def _filled(column: Any) -> bool:
    return column["default"] is not None or bool(column.get("autoincrement") is True)


def _rules(looked: Inspector, table: str) -> Iterator[str]:
    """Whatever may refuse a row."""
    yield f"key {looked.get_pk_constraint(table)['constrained_columns']}"
    for one in looked.get_foreign_keys(table):
        yield f"refers {one['constrained_columns']} to {one['referred_table']}"
    for check in looked.get_check_constraints(table):
        yield f"checks {check['sqltext']}"
    for unique in looked.get_unique_constraints(table):
        yield f"once {unique['column_names']}"
    for index in looked.get_indexes(table):
        if index["unique"]:
            where = (f"{key} {value}" for key, value in index["dialect_options"].items())
            yield f"once by index {index['column_names']} {' '.join(where)}"


def _triggers(connection: Connection) -> dict[str, tuple[str, str]]:
    if connection.dialect.name == "sqlite":
        query = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid) || p.prosrc FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal"
        )
    return {name: (table, said) for name, table, said in connection.execute(text(query))}
