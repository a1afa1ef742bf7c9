"""The plain way to do it: pandas reads, pandera checks, `to_sql` writes. Kept to compare with.

It has no gate, no limits, no symbols, no places, no versions: what most people would write.
"""

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from sqlalchemy import create_engine

from tests.bench.big_workbook import SHEETS, definitions


def load(workbook: Path, database: Path) -> int:
    """Checks and stores every sheet; returns the number of rows."""
    known = definitions().extracts
    sheets = pd.read_excel(workbook, sheet_name=[known[name].sheet for name in SHEETS])
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        for name in SHEETS:
            frame = _schema(name).validate(sheets[known[name].sheet], lazy=True)
            frame.to_sql(name, connection, if_exists="replace", index=False)
    return sum(len(frame) for frame in sheets.values())


def _schema(name: str) -> pa.DataFrameSchema:
    extract = definitions().extracts[name]
    columns = {"Period": pa.Column(str)}
    for split in extract.filters:
        columns[split.heading] = pa.Column(str, pa.Check.isin([c.label for c in split.categories]))
    for indicator in extract.indicators:
        columns[indicator.heading] = pa.Column(float, pa.Check.ge(0), coerce=True)
    keys = ["Period", *(split.heading for split in extract.filters)]
    return pa.DataFrameSchema(columns, unique=keys)


if __name__ == "__main__":
    print(load(Path(sys.argv[1]), Path(sys.argv[2])))
