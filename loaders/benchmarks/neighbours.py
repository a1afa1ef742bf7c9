"""Reader of the DfE's statistical neighbour workbooks: ten areas like each area, by closeness."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from loaders.benchmarks.areas import find_area
from loaders.benchmarks.csvfile import Progress
from loaders.benchmarks.frames import Edition, Frame, Headings
from loaders.benchmarks.problems import BenchmarkRefused, Findings
from loaders.benchmarks.sheets import read_sheets
from schemas.tables import neighbour

KIND = "statistical_neighbours"
_NUMBER, _NAME = "LA num", "LA Name"
_RANKS = range(1, 11)
# Below these words stand groups of councils that are gone, from older models.
_OLD = "Old SNs:"


@dataclass(frozen=True)
class Neighbour:
    """One place in an area's group; `closeness` is one of the publisher's words."""

    area_code: str
    rank: int
    neighbour_code: str
    closeness: str


class NeighbourReader:
    """A sheet with two junk rows above `LA num, LA Name, …, SN1, SNP, … SN10, SNP`."""

    id = KIND
    title = "Statistical neighbours (workbook)"

    def fits(self, headings: Headings) -> bool:
        return any({_NUMBER, "SN1", "SN10", "SNP"} <= set(row) for row in headings)

    def read(self, path: Path, findings: Findings, progress: Progress | None) -> Iterator[Frame]:
        """No observations: see `read_neighbours`."""
        yield from ()

    def edition(self, kind: str, newest: str, basis: str) -> Edition:
        publication = "Local Authority Interactive Tool: statistical neighbours"
        return Edition("Department for Education", publication, f"model {newest}")


def read_neighbours(path: Path, findings: Findings) -> list[Neighbour]:
    """Every area's neighbours.

    Raises:
        BenchmarkRefused: an area is not known or a group is not ten different areas.
    """
    rows = read_sheets(path)[0].rows
    start = next(at for at, row in enumerate(rows) if _NUMBER in row)
    found: list[Neighbour] = []
    for line, row in enumerate(rows[start + 1 :], start=start + 2):
        if _OLD in row:
            break
        if row[0] != "":
            found += _group(rows[start], row, line, findings)
            findings.rows += 1
    findings.refuse_if_faulty(path.name)
    return found


def _group(
    headings: Sequence[Any], row: Sequence[Any], line: int, findings: Findings
) -> Iterator[Neighbour]:
    cells = dict(zip(headings, row, strict=False))
    area = find_area("", _text(cells[_NUMBER]), _text(cells[_NAME]))
    if area is None:
        label = f"{_text(cells[_NAME])} {_text(cells[_NUMBER])}"
        findings.unmatched[label] = findings.unmatched.get(label, 0) + 1
        return
    if _text(row[headings.index("SN1")]) == "-":
        findings.skip(f"{area.name} has no neighbours in this model", 1)
        return
    seen = set()
    for rank in _RANKS:
        at = headings.index(f"SN{rank}")
        number, closeness = _text(row[at]), _text(row[at + 1]).capitalize()
        near = find_area("", number)
        if near is None or near.code in seen or near.code == area.code or not closeness:
            findings.fault(line, f"SN{rank}", f"{number!r} ({closeness!r}) cannot be a neighbour.")
            continue
        seen.add(near.code)
        yield Neighbour(area.code, rank, near.code, closeness)


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip().removesuffix(".0")


def model_year(path: Path, released_on: dt.date | None) -> str:
    """The model's year: the sheet does not say it, so its date of issue or its name must.

    Raises:
        BenchmarkRefused: neither does.
    """
    if released_on is not None:
        return str(released_on.year)
    digits = [part for part in path.stem.replace("-", "_").split("_") if part.isdigit()]
    years = [part for part in digits if len(part) == 4]
    if not years:
        raise BenchmarkRefused(
            f"{path.name} does not say which year's neighbours it holds: give the date on which "
            "it was released."
        )
    return years[0]


def has_model(connection: Connection, model: str) -> bool:
    """Whether the groups of this model are there."""
    query = select(neighbour.c.rank).where(neighbour.c.model == model).limit(1)
    return connection.execute(query).first() is not None


def store_neighbours(
    connection: Connection, found: Sequence[Neighbour], model: str, vintage_id: int
) -> None:
    """The groups of one model; a re-issue of the same model takes the place of the old groups."""
    connection.execute(neighbour.delete().where(neighbour.c.model == model))
    rows = [
        {
            "model": model,
            "area_code": one.area_code,
            "rank": one.rank,
            "neighbour_code": one.neighbour_code,
            "closeness": one.closeness,
            "vintage_id": vintage_id,
        }
        for one in found
    ]
    connection.execute(insert(neighbour), rows)
