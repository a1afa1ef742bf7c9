"""A typed sheet + a measure → observations, for the whole and for every breakdown."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from loaders.typed import Table
from schemas.extract import ALL, Filter
from schemas.measure import Measure
from schemas.observation import JOIN, Observation, as_parts
from schemas.symbol import Symbol, add_symbols
from schemas.term import Period, Term

Amount = float | Symbol | None  # None: the sheet says nothing of it
Categories = tuple[str, ...]


def observe(
    table: Table, measures: Sequence[Measure], area_code: str, status: str
) -> list[Observation]:
    """Every observation these measures make of one sheet, as sent: by term and by month."""
    cube = Cube(table)
    return [
        observation
        for measure in measures
        if measure.source.extract == table.extract.id
        for observation in _observe_one(cube, measure, area_code, status)
    ]


class Cube:
    """Every cell of a sheet by period and categories, with wholes worked out from their parts."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.extract = table.extract
        self._rows: dict[tuple[str, ...], int] = {
            tuple(values): row
            for row, *values in table.frame[["period", *table.extract.filter_ids]].itertuples(
                name=None
            )
        }
        self._by_period: dict[str, list[Categories]] = {}
        for period, *where in self._rows:
            self._by_period.setdefault(period, []).append(tuple(where))
        self._columns = {
            i.id: dict(zip(table.frame.index, table.frame[i.id], strict=True))
            for i in table.extract.indicators
        }
        self._known: dict[tuple[object, ...], Amount] = {}

    def amount(self, read: "Reading", period: str, where: Categories) -> Amount:
        """The amount at these categories; where there is no row, its parts put together."""
        key = (read.name, period, where)
        if key not in self._known:
            row = self._rows.get((period, *where))
            self._known[key] = (
                read.at(self, row) if row is not None else self._from_parts(read, period, where)
            )
        return self._known[key]

    def has_parts(self, period: str, wheres: Sequence[Categories]) -> bool:
        """Whether any row of the period lies inside these categories."""
        return any(
            all(wanted in (ALL, given) for wanted, given in zip(where, row, strict=True))
            for where in wheres
            for row in self._by_period.get(period, ())
        )

    def at(self, indicator: str, row: int) -> float | Symbol:
        """One cell."""
        number = self._columns[indicator][row]
        return number if number == number else self.table.symbols[row, indicator]

    def _from_parts(self, read: "Reading", period: str, where: Categories) -> Amount:
        for position, split in enumerate(self.extract.filters):
            if where[position] != ALL or not read.combine:
                continue
            parts = [
                self.amount(read, period, _with(where, position, category.id))
                for category in split.categories
            ]
            if (whole := read.combine(parts, split.complete)) is not None:
                return whole
        return None

    def added(self, read: "Reading", period: str, wheres: Sequence[Categories]) -> Amount:
        """The amount over several sets of categories that do not overlap."""
        if len(wheres) == 1:
            return self.amount(read, period, wheres[0])
        return add_up([self.amount(read, period, where) for where in wheres], False)


Combine = Callable[[Sequence[Amount], bool], Amount]


class Reading:
    """How an amount is read at one row, and how parts make a whole (None: they cannot)."""

    def __init__(
        self, name: str, at: Callable[[Cube, int], float | Symbol], combine: Combine | None
    ) -> None:
        self.name = name
        self.at = at
        self.combine = combine


def add_up(parts: Sequence[Amount], complete: bool) -> Amount:
    """The sum of the parts. A part that is not applicable adds nothing; one that is hidden or
    missing makes the sum a symbol, or nothing at all where the sheet leaves a needed part out."""
    present = [part for part in parts if part is not None]
    if not present or (complete and len(present) < len(parts)):
        return None
    numbers = [part for part in present if not isinstance(part, Symbol)]
    symbols = [s for s in present if isinstance(s, Symbol) and not (numbers and s is Symbol.z)]
    return add_symbols(symbols) if symbols else sum(numbers)


def highest(parts: Sequence[Amount], complete: bool) -> Amount:
    """The highest of the parts, under the same rules as a sum."""
    total = add_up(parts, complete)
    numbers = [part for part in parts if part is not None and not isinstance(part, Symbol)]
    return max(numbers) if isinstance(total, float | int) and numbers else total


def _observe_one(
    cube: Cube, measure: Measure, area_code: str, status: str
) -> Iterator[Observation]:
    extract = cube.extract
    for label, period in cube.table.periods.items():
        for breakdown in ((), *measure.source.breakdowns):
            filters = [extract.filter(name) for name in breakdown]
            for categories in product(*(_categories(measure, f) for f in filters)):
                at = dict(zip(breakdown, categories, strict=True))
                for column, numerator in _numerators(measure):
                    amounts = _amounts(cube, measure, numerator, label, at)
                    if amounts is not None:
                        names = (*breakdown, *((measure.source.columns_by,) if column else ()))
                        place = (JOIN.join(names) or ALL, JOIN.join((*categories, *column)) or ALL)
                        yield _observation(measure, area_code, period, place, amounts, status)


def _categories(measure: Measure, split: Filter) -> Sequence[str]:
    allowed = measure.source.where.get(split.id)
    return [c.id for c in split.categories if allowed is None or c.id in allowed]


def _numerators(measure: Measure) -> Iterator[tuple[tuple[str, ...], "Reading"]]:
    """The measure's numerator, and one for each category that is a column of the sheet."""
    source = measure.source
    yield (), _reading(measure)
    for category, indicator in source.columns.items():
        yield (category,), _sum_of((indicator,))


def _reading(measure: Measure) -> Reading:
    source = measure.source
    if source.derive == "only":
        return Reading(
            source.numerator[0], lambda cube, row: cube.at(source.numerator[0], row), None
        )
    if source.derive == "maximum":
        name = source.numerator[0]
        return Reading(f"max:{name}", lambda cube, row: cube.at(name, row), highest)
    if source.derive == "weighted_mean":
        return _product_of(source.numerator[0], source.denominator[0])
    return _sum_of(source.numerator, source.less)


def _sum_of(plus: tuple[str, ...], less: tuple[str, ...] = ()) -> Reading:
    def at(cube: Cube, row: int) -> float | Symbol:
        added = add_up([cube.at(name, row) for name in plus], True)
        taken = add_up([cube.at(name, row) for name in less], True) if less else 0.0
        symbols = [amount for amount in (added, taken) if isinstance(amount, Symbol)]
        if symbols:
            return add_symbols(symbols)
        assert isinstance(added, float | int)
        assert isinstance(taken, float | int)
        return added - taken

    return Reading(f"{'+'.join(plus)}-{'-'.join(less)}", at, add_up)


def _product_of(value: str, weight: str) -> Reading:
    """A mean times the number it is the mean of, so that means of parts make the mean of all."""

    def at(cube: Cube, row: int) -> float | Symbol:
        mean, count = cube.at(value, row), cube.at(weight, row)
        if isinstance(count, Symbol):
            return count
        if count == 0:
            return 0.0
        return mean if isinstance(mean, Symbol) else mean * count

    return Reading(f"{value}*{weight}", at, add_up)


def _amounts(
    cube: Cube, measure: Measure, numerator: Reading, period: str, at: Mapping[str, str]
) -> tuple[Amount, Amount] | None:
    """The numerator and denominator at these categories; None where the sheet says nothing.

    A whole whose parts are not all there is said to be not available, so that nobody takes an
    old total for the sum of new parts.
    """
    source = measure.source
    wheres = _wheres(cube, source.where, at)
    top = cube.added(numerator, period, wheres)
    if top is None and not (numerator.combine and cube.has_parts(period, wheres)):
        return None
    if not measure.is_rate:
        return top, None
    below = source.where_denominator or source.where
    bottom = cube.added(_sum_of(source.denominator), period, _wheres(cube, below, at))
    return top, bottom


def _wheres(
    cube: Cube, where: Mapping[str, tuple[str, ...]], at: Mapping[str, str]
) -> list[Categories]:
    choices = [(at[f.id],) if f.id in at else where.get(f.id, (ALL,)) for f in cube.extract.filters]
    return list(product(*choices))


def _with(where: Categories, position: int, category: str) -> Categories:
    return (*where[:position], category, *where[position + 1 :])


def _observation(
    measure: Measure,
    area_code: str,
    period: Period,
    place: tuple[str, str],
    amounts: tuple[Amount, Amount],
    status: str,
) -> Observation:
    numerator, denominator = amounts
    value = measure.value(
        Symbol.x if numerator is None else numerator,
        Symbol.x if denominator is None and measure.is_rate else denominator,
    )
    number, symbol = as_parts(value)
    return Observation(
        measure.id,
        area_code,
        period.label,
        *_span(measure, period),
        _basis(measure, period),
        *place,
        as_parts(numerator)[0],
        as_parts(denominator)[0],
        number,
        symbol,
        status,
        measure.version,
    )


def _span(measure: Measure, period: Period) -> tuple[str, str]:
    """First and last day; a stock is on the last day of its term or month."""
    window = period.window(measure.clock) if isinstance(period, Term) else period.window
    if measure.basis == "snapshot":
        end = (period.flow_window if isinstance(period, Term) else period.window).end
        return end.isoformat(), end.isoformat()
    return window.start.isoformat(), window.end.isoformat()


def _basis(measure: Measure, period: Period) -> str:
    if measure.basis == "snapshot":
        return "snapshot"
    return "in_term" if isinstance(period, Term) else "in_month"
