"""How large the tables are on disk."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from tests.scale.pages import Medians
from tests.scale.subject import Subject

_TABLES = ("observation", "extract_file", "public_body", "plan_action", "act")


def measure_size(subjects: Sequence[Subject]) -> Medians:
    """Megabytes of the database, of its largest tables and of the figures' indexes (PostgreSQL)."""
    found: Medians = {}
    for one in subjects:
        with one.database.reading() as connection:
            for kind, number in _sizes(connection).items():
                found.setdefault(kind, {})[one.name] = number
    return found


def _sizes(connection: Connection) -> dict[str, float]:
    asked = {"figures, thousands": "(SELECT count(*) FROM observation) * 1e3"}
    asked |= {"whole database, MB": "pg_database_size(current_database())"}
    asked |= {f"{name}, MB": f"pg_total_relation_size('{name}')" for name in _TABLES}
    asked |= {"of that the indexes of observation, MB": "pg_indexes_size('observation')"}
    row = connection.execute(text("SELECT " + ", ".join(asked.values()))).one()
    return {kind: float(number) / 1e6 for kind, number in zip(asked, row, strict=True)}
