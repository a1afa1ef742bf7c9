"""What somebody with the whole database in their hands could do, for tests that find it out."""

from sqlalchemy import Connection, text


def unguard(connection: Connection, *tables: str) -> None:
    """Takes the guards off these tables (default: the record)."""
    for table in tables or ("act",):
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            continue
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"
        for name in list(connection.scalars(text(query), {"table": table})):
            connection.execute(text(f"DROP TRIGGER {name}"))
