"""From a figure back to the cells of the file it was made of."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.cells import shown
from loaders.cube import Categories, Cube, Reading
from loaders.derive import running_terms
from loaders.layout import find_layout
from loaders.matching import HeadingChoices
from loaders.observe import Place, observe, places_of
from loaders.typed import SheetReader, Table
from loaders.workbook import Workbook
from schemas.extract import ALL, Extract
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import Key, Observation, term_of
from schemas.term import Month, parse_period

Where = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """One cell. `part` is what it goes into: `counted`, `taken away`, `divided by`."""

    sheet: str
    cell: str
    heading: str
    row: str
    written: str
    part: str


@dataclass(frozen=True)
class Trace:
    """The cells of a figure, and the figure they make now. `made` is None, and there are no
    pieces, when the sheet says nothing of its period: it was worked out from other figures."""

    pieces: tuple[Piece, ...]
    made: Observation | None


def trace(
    workbook: Workbook,
    measure: Measure,
    wanted: Observation,
    today: dt.date,
    choices: HeadingChoices | None = None,
) -> Trace:
    """The cells that one figure of a file is made of.

    Args:
        today: the day the file was sent.
        choices: what its unknown headings were chosen to mean then.
    """
    extract = load_extracts()[measure.source.extract]
    layout = find_layout(workbook, load_extracts(), choices or {})
    found = next((one for one in layout.found if one.extract.id == extract.id), None)
    if found is None:
        return Trace((), None)
    table = SheetReader(found, today).read()
    every = observe(table, [measure], wanted.area_code, wanted.status)
    made = next((one for one in every if one.key == wanted.key), None)
    if made is None:
        return Trace((), None)
    written = dict(found.sheet.rows)
    pieces = (
        Piece(
            table.sheet,
            table.place(row, column),
            extract.heading_of(column),
            _row_words(table, row),
            shown(written[row][table.columns[column]]),
            part,
        )
        for row, column, part in _cells(Cube(table), measure, wanted)
        if column in table.columns
    )
    return Trace(tuple(dict.fromkeys(pieces)), made)


def parts_of(measure: Measure, wanted: Key) -> list[Key]:
    """The figures that one which no sheet holds was worked out from: terms, or months."""
    if wanted.basis in ("ytd", "rolling3"):
        terms = running_terms(wanted.period, wanted.basis)
        return [wanted._replace(period=term, basis="in_term") for term in terms]
    if isinstance(parse_period(wanted.period), Month):
        return []
    months = term_of(wanted.period).months
    if measure.basis == "snapshot":
        return [wanted._replace(period=months[-1].label)]
    return [wanted._replace(period=month.label, basis="in_month") for month in months]


def _cells(cube: Cube, measure: Measure, wanted: Observation) -> Iterator[tuple[int, str, str]]:
    place = next(p for p in places_of(measure, cube.extract) if _is_it(p, wanted))
    source = measure.source
    for row in _rows_of(cube, place.reading, wanted.period, place.top):
        yield from ((row, column, "counted") for column in place.reading.plus)
        yield from ((row, column, "taken away") for column in place.reading.less)
        weight = place.reading.weight
        yield from ((row, column, "multiplied by") for column in ([weight] if weight else []))
    if measure.is_rate:
        below = Reading.sum_of(source.denominator)
        for row in _rows_of(cube, below, wanted.period, place.bottom):
            yield from ((row, column, "divided by") for column in source.denominator)


def _is_it(place: Place, wanted: Observation) -> bool:
    return (place.breakdown, place.category) == (wanted.breakdown, wanted.category)


def _rows_of(
    cube: Cube, reading: Reading, period: str, wheres: Sequence[Categories]
) -> Iterator[int]:
    """The rows that make an amount: the row itself, or those of the parts it is added up from."""
    columns = ["period", *cube.extract.filter_ids]
    rows = {tuple(key): row for row, *key in cube.table.frame[columns].itertuples(name=None)}
    for where in wheres:
        yield from _rows_at(cube, reading, period, where, rows)


def _rows_at(
    cube: Cube, reading: Reading, period: str, where: Where, rows: dict[Where, int]
) -> Iterator[int]:
    if (period, *where) in rows:
        yield rows[period, *where]
        return
    parts = _parts_at(cube, reading, period, where)
    for part in parts:
        yield from _rows_at(cube, reading, period, part, rows)


def _parts_at(cube: Cube, reading: Reading, period: str, where: Where) -> list[Where]:
    """The categories that a whole was put together from, the same way `Cube` does it."""
    for position, split in enumerate(cube.extract.filters):
        if where[position] != ALL or not reading.combine:
            continue
        before, after = where[:position], where[position + 1 :]
        parts = [(*before, category.id, *after) for category in split.categories]
        amounts = [cube.added(reading, period, [part]) for part in parts]
        if reading.combine(amounts, split.complete) is not None:
            return [p for p, amount in zip(parts, amounts, strict=True) if amount is not None]
    return []


def _row_words(table: Table, row: int) -> str:
    """What a row is about, in the words of the sheet: `Autumn term 2025/26, Primary`."""
    extract: Extract = table.extract
    values = table.frame.loc[row]
    labels = [extract.filter(name).label_of(str(values[name])) for name in extract.filter_ids]
    return ", ".join([table.periods[str(values["period"])].title, *labels])
