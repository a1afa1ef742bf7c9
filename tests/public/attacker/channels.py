"""Every other file of an edition, held against the open table: does any say more?"""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import openpyxl

from tests.public.attacker.facts import HIDDEN, read_rows

Files = Mapping[str, bytes]
Key = tuple[str, ...]
KEY = ("measure_id", "area_code", "period", "basis", "breakdown", "category")
NUMBERS = ("numerator", "denominator", "value")
WHOLE = "data/all.csv"


class Table:
    """The open table of an edition by what each row is about."""

    def __init__(self, files: Files) -> None:
        self.rows = read_rows(files[WHOLE])
        self._said = {(*_about(row), *_numbers(row)) for row in self.rows}

    def says(self, record: Mapping[str, Any]) -> bool:
        """Whether a row says just what the record says."""
        return (*_about(record), *_numbers(record)) in self._said

    def of(self, measure_id: str) -> list[dict[str, str]]:
        return [row for row in self.rows if row["measure_id"] == measure_id]


def differing_csv(files: Files) -> Iterator[str]:
    """CSV tables of one measure: the same rows."""
    table = Table(files)
    for path, body in files.items():
        found = re.fullmatch(r"data/(\w+)/\1\.csv", path)
        if found and read_rows(body) != table.of(found[1]):
            yield path


def differing_json(files: Files) -> Iterator[str]:
    """JSON files and the API: every record with a measure and a period is a row of the table."""
    table = Table(files)
    for path, body in files.items():
        if path.endswith(".json"):
            for record in _records(json.loads(body)):
                if not table.says(record):
                    yield f"{path}: {_about(record)} {_numbers(record)}"


def differing_tables(files: Files) -> Iterator[str]:
    """The star of facts and dimensions, as CSV and as a workbook."""
    table = Table(files)
    periods = read_rows(files["data/tables/dim_period.csv"])
    names = {row["period_id"]: row["period"] for row in periods}
    path = next(path for path in files if re.fullmatch(r"data/tables/.*\.xlsx", path))
    book = openpyxl.load_workbook(io.BytesIO(files[path]), read_only=True)
    facts = _sheet_records(book["Figures"])
    facts += read_rows(files["data/tables/fact_observation.csv"])
    for fact in facts:
        if not table.says({**fact, "period": names[str(fact["period_id"])]}):
            yield f"{path}: {_about(fact)} {_numbers(fact)}"


def differing_sheets(files: Files) -> Iterator[str]:
    """Workbooks: the sheet of all figures has the rows, in their order; other sheets with numbers
    are the DfE's layout or the headline's own table."""
    table = Table(files)
    for path, body in files.items():
        if re.fullmatch(r"data/(\w+)/\1\.xlsx", path):
            book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
            said = _sheet_records(book["All figures"])
            expected = table.of(path.split("/")[1])
            if [_numbers(one) for one in said] != [_numbers(row) for row in expected]:
                yield path
            shown = {float(row[key]) for row in expected for key in NUMBERS if row[key]}
            for number in _loose_numbers(book["Data"].iter_rows(values_only=True, min_row=2)):
                if not any(abs(number - one) < 0.051 for one in shown):
                    yield f"{path}: {number} in the sheet Data"


def differing_dfe(files: Files) -> Iterator[str]:
    """The DfE's layout, alone, in the archive and as sheets: each column has the numbers of its
    measure as often as the table, and no others."""
    zipped = zipfile.ZipFile(io.BytesIO(next(files[p] for p in files if p.endswith(".zip"))))
    for name in zipped.namelist():
        if files.get(f"data/{name}") not in (None, zipped.read(name)):
            yield f"{name}: the archive has another"
    columns = {row["col_name"]: row for row in _columns(files)}
    table = Counter(_table_cells(files))
    book = openpyxl.load_workbook(io.BytesIO(files["data/all.xlsx"]), read_only=True)
    sheets = [record for sheet in book for record in _dfe_records(sheet)]
    plain = (path for path in files if re.fullmatch(r"data/send-[^/]+(?<!\.meta)\.csv", path))
    for rows in (sheets, [row for path in plain for row in read_rows(files[path])]):
        told = Counter(cell for row in rows for cell in _cells(row, columns))
        for cell in told:
            if not cell[2].isalpha() and told[cell] > table[cell]:
                yield f"{cell}: {told[cell]} times, and {table[cell]} times in the open table"


def unread_files(files: Files) -> list[str]:
    """Files of a kind that nothing here reads: they could say anything."""
    known = r".*\.(csv|json|xlsx|html|pdf|zip|css|js|pq)|.*/assets/.*\.(svg|png)|.*/card\.(svg|png)"
    return [path for path in files if not re.fullmatch(known, path)]


def _dfe_records(sheet: Any) -> list[dict[str, Any]]:
    """Those of a sheet that begins as the DfE's tables do."""
    heads = next(sheet.iter_rows(values_only=True), ())
    return _sheet_records(sheet) if heads[:1] == ("time_period",) else []


def _columns(files: Files) -> Iterator[dict[str, str]]:
    for path, body in files.items():
        if path.endswith(".meta.csv"):
            yield from read_rows(body)


def _cells(
    row: Mapping[str, Any], columns: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str, str]]:
    for name, text in row.items():
        column = columns.get(name)
        if column and column["col_type"] == "Indicator":
            title, _, part = column["label"].partition(": ")
            yield title, _PARTS.get(part, "value"), _plain(str(text))


_PARTS = {"number counted": "numerator", "out of": "denominator"}


def _table_cells(files: Files) -> Iterator[tuple[str, str, str]]:
    for row in Table(files).rows:
        for part in NUMBERS:
            yield row["measure"], part, _plain(row[part] or row["symbol"])


def _plain(text: str) -> str:
    """One spelling for one number."""
    try:
        return f"{float(text):.6g}"
    except ValueError:
        return text


_RECORD = {"measure_id", "period", "basis", "category", "value"}


def _sheet_records(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet by the headings of its columns."""
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def _records(found: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(found, Mapping):
        if found.keys() >= _RECORD and _is_figure(found):
            yield found
        for inner in found.values():
            yield from _records(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from _records(inner)


def _is_figure(record: Mapping[str, Any]) -> bool:
    """And not the words that explain what each column means."""
    return all(isinstance(record.get(key), int | float | None) for key in NUMBERS)


def _about(record: Mapping[str, Any]) -> Key:
    return tuple(str(record.get(key) or "") for key in KEY)


def _numbers(record: Mapping[str, Any]) -> tuple[float | None, ...]:
    """Nothing where there is none; of a hidden figure the symbol tells as much."""
    return tuple(
        round(float(record[key]), 6) if record.get(key) not in (None, "", HIDDEN) else None
        for key in NUMBERS
    )


def _loose_numbers(rows: Iterable[tuple[Any, ...]]) -> Iterator[float]:
    for row in rows:
        yield from (float(cell) for cell in row if isinstance(cell, int | float))
