"""What a comparison says of single areas and of the neighbours together."""

from collections.abc import Sequence

from dashboard.compared import ComparedArea, CompareView
from dashboard.view import Point
from dashboard.words.rank import missing_words, rank_words
from dashboard.words.values import format_value, listed, number, short_value
from schemas.measure import Measure


def neighbours_label(view: CompareView) -> str:
    """`Statistical neighbours, mean of 9 of 10 with data (2025 model)`."""
    made = view.neighbours
    return (
        f"Statistical neighbours, {made.method} of {made.with_data} of {made.of} with data "
        f"({view.settings.neighbour_model} model)"
    )


def neighbours_missing(view: CompareView) -> str:
    """Which neighbours the value is made without; "" when it has them all."""
    without = [f"{one.name} ({missing_words(one)})" for one in view.near if one.value is None]
    said = f"Without {listed(without)}." if without else ""
    uncounted = sum(1 for one in view.near if one.value is not None) - view.neighbours.with_data
    if uncounted:
        said += f" The whole numbers of {uncounted} are not published, so they are not pooled."
    return said.strip()


def area_words(area: ComparedArea, measure: Measure) -> str:
    """For who points at a mark: `Darlington: 72.5% (121 of 167), 95% interval 65.2% to 78.7%,
    joint 41st`."""
    point = area.point
    assert point is not None
    assert point.value is not None
    parts = [f"{area.name}: {format_value(point.value, measure)}{_counted(point, measure)}"]
    if area.span:
        low, high = (short_value(end, measure) for end in area.span)
        parts.append(f"95% interval {low} to {high}")
    if area.rank:
        parts.append(rank_words(area.rank))
    if point.status == "provisional":
        parts.append("provisional")
    return ", ".join(parts)


def _counted(point: Point, measure: Measure) -> str:
    if measure.source.derive != "ratio" or point.numerator is None or not point.denominator:
        return ""
    between = "of" if measure.unit == "percent" else "for"
    return f" ({number(point.numerator, 0)} {between} {number(point.denominator, 0)})"


def names_with(areas: Sequence[ComparedArea], most: int = 3) -> str:
    """`Rutland`, `Rutland and Camden`, `Rutland and 5 others`."""
    names = [one.name for one in areas]
    return listed(names) if len(names) <= most else f"{names[0]} and {len(names) - 1} others"
