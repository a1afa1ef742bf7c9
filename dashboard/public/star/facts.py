"""The rows of the figures; of a hidden one nothing is written but that it is hidden."""

from collections.abc import Iterator

from dashboard.public.figures import PublicFigure
from dashboard.public.star.keys import breakdown_id, period_id, source_id
from dashboard.public.star.shape import Cell, Row
from dashboard.public.star.star import Star
from schemas.symbol import Symbol


def fact_rows(star: Star) -> Iterator[Row]:
    """In the order of `star.figures`, one at a time."""
    for figure in star.figures():
        headline = star.measures[figure.measure_id].headline
        yield (
            star.edition.name,
            figure.measure_id,
            figure.area_code,
            period_id(figure),
            figure.basis,
            breakdown_id(figure.breakdown, figure.category),
            figure.breakdown,
            figure.category,
            (figure.breakdown, figure.category) == (headline.breakdown, headline.category),
            *numbers(figure),
            figure.symbol,
            figure.unreliable,
            figure.rounded,
            figure.status,
            figure.definition_version,
            source_id(figure),
        )


def numbers(figure: PublicFigure) -> tuple[Cell, Cell, Cell]:
    """Numerator, denominator and value. Whoever made the figure took a hidden number out already;
    should it be there all the same, it goes no further."""
    if figure.symbol == Symbol.c:
        return None, _plain(figure.denominator), None
    return _plain(figure.numerator), _plain(figure.denominator), _plain(figure.value)


def _plain(number: float | None) -> Cell:
    """As it is kept; a whole number without a point."""
    if number is None:
        return None
    return int(number) if number == int(number) else number
