"""Check and load a workbook of five sheets of 2,000 rows, against the plain way."""

import tempfile
from pathlib import Path

from sqlalchemy.engine import URL

from schemas.database import open_database
from schemas.migrations import upgrade
from tests.bench.big_workbook import big_workbook
from tests.bench.our_load import load
from tests.bench.timing import Command, Taken, python, side_by_side


def measure(folder: Path) -> dict[str, Taken]:
    workbook = folder / "big.xlsx"
    workbook.write_bytes(big_workbook())
    return side_by_side(
        {
            "plain": lambda: _plain(workbook, folder / "plain.sqlite3"),
            "ours": lambda: _ours(workbook, folder / "ours.sqlite3"),
        }
    )


def _plain(workbook: Path, database: Path) -> Command:
    database.unlink(missing_ok=True)
    return python("tests.bench.plain_load", workbook, database)


def _ours(workbook: Path, path: Path) -> Command:
    for part in path.parent.glob(f"{path.name}*"):
        part.unlink()
    database = open_database(URL.create("sqlite", database=str(path)))
    upgrade(database)
    database.close()
    return python("tests.bench.our_load", workbook, path)


def observations() -> int:
    """How many observations the workbook makes."""
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "big.xlsx"
        workbook.write_bytes(big_workbook())
        _ours(workbook, Path(folder) / "ours.sqlite3")
        return load(workbook, Path(folder) / "ours.sqlite3")
