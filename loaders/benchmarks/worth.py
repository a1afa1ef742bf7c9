"""What `Measure.value` says, for whole columns at once; a test holds the two together."""

from typing import NamedTuple

import polars as pl

from schemas.measure import Measure
from schemas.symbol import Symbol

# A figure published to one decimal may stand 0.05 from its parts; floats need a little more.
ROUNDING = 0.051


class Amount(NamedTuple):
    """A number or a symbol; both null where the file says nothing."""

    number: pl.Expr
    symbol: pl.Expr


NOTHING = Amount(pl.lit(None, dtype=pl.Float64), pl.lit(None, dtype=pl.String))


def value_of(measure: Measure, numerator: Amount, denominator: Amount) -> Amount:
    """The value from its parts; nothing at all where a part is missing from the file."""
    if not measure.is_rate:
        return numerator
    divided = numerator.number * measure.multiplier / denominator.number
    no_base = denominator.number == 0
    mark = pl.coalesce(
        numerator.symbol,
        denominator.symbol,
        pl.when(numerator.number.is_not_null() & no_base).then(pl.lit(Symbol.z.value)),
    )
    return Amount(pl.when(mark.is_null() & ~no_base).then(divided), mark)


def published_or(
    published: Amount, derived: Amount, denominator: Amount, measure: Measure
) -> Amount:
    """As published, else from the parts. A rate of nothing is not applicable (`traps.md` 11)."""
    no_base = (denominator.number == 0).fill_null(False) & pl.lit(measure.is_rate)
    silent = published.number.is_null() & published.symbol.is_null()
    number = pl.when(silent).then(derived.number).when(~no_base).then(published.number)
    mark = (
        pl.when(silent)
        .then(derived.symbol)
        .when(no_base & published.number.is_not_null())
        .then(pl.lit(Symbol.z.value))
        .otherwise(published.symbol)
    )
    return Amount(number, mark)


def disagree(published: Amount, derived: Amount) -> pl.Expr:
    """Rows whose published value is not what its parts make, rounding aside."""
    return ((published.number - derived.number).abs() > ROUNDING).fill_null(False)
