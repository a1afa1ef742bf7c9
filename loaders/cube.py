"""A sheet as amounts by period and categories, with wholes worked out from their parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.typed import Table
from schemas.extract import ALL
from schemas.measure import Source
from schemas.symbol import Symbol, add_symbols

if TYPE_CHECKING:
    import pandas as pd

Amount = float | Symbol | None  # None: the sheet says nothing of it
Categories = tuple[str, ...]
Combine = Callable[[Sequence[Amount], bool], Amount]


def add_up(parts: Sequence[Amount], complete: bool) -> Amount:
    """The sum of the parts. A part that is not applicable adds nothing; one that is hidden or
    missing makes the sum a symbol, or nothing at all where a needed part is left out."""
    total = 0.0
    numbers = 0
    symbols: list[Symbol] = []
    for part in parts:
        if isinstance(part, Symbol):
            symbols.append(part)
        elif part is not None:
            total += part
            numbers += 1
    said = numbers + len(symbols)
    if not said or (complete and said < len(parts)):
        return None
    telling = [s for s in symbols if not (numbers and s is Symbol.z)]
    return add_symbols(telling) if telling else total


def highest(parts: Sequence[Amount], complete: bool) -> Amount:
    """The highest of the parts, under the same rules as a sum."""
    total = add_up(parts, complete)
    numbers = [part for part in parts if part is not None and not isinstance(part, Symbol)]
    return max(numbers) if numbers and not isinstance(total, Symbol | None) else total


@dataclass(frozen=True)
class Reading:
    """What is read of a row: indicators added, less others, or one weighted by another.
    `combine` makes a whole of parts; None where they cannot be put together (a median)."""

    plus: tuple[str, ...]
    less: tuple[str, ...] = ()
    weight: str = ""
    combine: Combine | None = add_up

    @classmethod
    def of(cls, source: Source) -> "Reading":
        """The numerator of a measure."""
        if source.derive == "only":
            return cls(source.numerator, combine=None)
        if source.derive == "maximum":
            return cls(source.numerator, combine=highest)
        if source.derive == "weighted_mean":
            return cls(source.numerator, weight=source.denominator[0])
        return cls(source.numerator, source.less)

    @classmethod
    def sum_of(cls, plus: tuple[str, ...]) -> "Reading":
        return cls(plus)

    def numbers(self, frame: "pd.DataFrame") -> "list[float]":
        """The amount of every row; not a number where any part is a symbol."""
        total = frame[list(self.plus)].sum(axis=1, skipna=False)
        if self.less:
            total = total - frame[list(self.less)].sum(axis=1, skipna=False)
        if self.weight:
            # Nobody seen: there is no mean, and it adds nothing.
            total = (total * frame[self.weight]).where(frame[self.weight] != 0, 0.0)
        return total.tolist()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.plus, *self.less, *((self.weight,) if self.weight else ()))


class Cube:
    """Amounts of one sheet, each worked out once."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.extract = table.extract
        keys = table.frame[["period", *table.extract.filter_ids]]
        self._places = list(keys.itertuples(index=False, name=None))
        self._amounts: dict[Reading, dict[tuple[str, ...], Amount]] = {}

    def added(self, reading: Reading, period: str, wheres: Sequence[Categories]) -> Amount:
        """The amount over several sets of categories that do not overlap."""
        amounts = self._amounts.get(reading) or self._read(reading)
        if len(wheres) > 1:
            parts = [self._amount(reading, amounts, (period, *where)) for where in wheres]
            return add_up(parts, False)
        key = (period, *wheres[0])
        return amounts[key] if key in amounts else self._amount(reading, amounts, key)

    def is_part_known(self, reading: Reading, period: str, wheres: Sequence[Categories]) -> bool:
        """Whether some of the parts of a whole are there: then the whole is "not available", so
        that nobody takes an old total for the sum of new parts."""
        return reading.combine is not None and any(
            place[0] == period
            and all(wanted in (ALL, given) for wanted, given in zip(where, place[1:], strict=True))
            for where in wheres
            for place in self._places
        )

    def _read(self, reading: Reading) -> dict[tuple[str, ...], Amount]:
        frame, symbols = self.table.frame, self.table.symbols
        amounts: dict[tuple[str, ...], Amount] = {}
        for place, row, number in zip(
            self._places, frame.index, reading.numbers(frame), strict=True
        ):
            amounts[place] = (
                number
                if number == number
                else add_symbols(symbols[row, c] for c in reading.columns if (row, c) in symbols)
            )
        self._amounts[reading] = amounts
        return amounts

    def _amount(
        self, reading: Reading, amounts: dict[tuple[str, ...], Amount], key: tuple[str, ...]
    ) -> Amount:
        if key not in amounts:
            amounts[key] = self._from_parts(reading, amounts, key)
        return amounts[key]

    def _from_parts(
        self, reading: Reading, amounts: dict[tuple[str, ...], Amount], key: tuple[str, ...]
    ) -> Amount:
        for position, split in enumerate(self.extract.filters, 1):
            if key[position] != ALL or not reading.combine:
                continue
            before, after = key[:position], key[position + 1 :]
            parts = [
                self._amount(reading, amounts, (*before, category.id, *after))
                for category in split.categories
            ]
            if (whole := reading.combine(parts, split.complete)) is not None:
                return whole
        return None
