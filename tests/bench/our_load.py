"""Our way, as the command does it: gate, child process, every check, observations, versions."""

import sys
from pathlib import Path

from loaders.workbook import start_reading


def load(workbook: Path, path: Path) -> int:
    """Checks and stores the workbook; returns the number of observations. The tables are there."""
    content = workbook.read_bytes()
    reading = start_reading(
        content, workbook.name
    )  # while the rest gets ready, as the command does
    from sqlalchemy.engine import URL

    from loaders.load import load_file
    from schemas.database import open_database
    from tests.bench.big_workbook import definitions

    database = open_database(URL.create("sqlite", database=str(path)))
    report = load_file(database, content, workbook.name, definitions=definitions, reading=reading)
    database.close()
    assert report.loaded, report
    return report.observations


if __name__ == "__main__":
    print(load(Path(sys.argv[1]), Path(sys.argv[2])))
