"""Categories and breakdowns in the words and the order of the sheet they came from."""

from collections.abc import Callable

from dashboard.queries.shown import Shown
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure


def category_label(measure: Measure, breakdown: str, category: str) -> str:
    """A category in the words of its filter: `EHC plan`, `Autism, Under 5`; "" for the whole."""
    if breakdown == ALL:
        return ""
    extract = load_extracts()[measure.source.extract]
    filters = {f.id: f for f in extract.filters}
    labels = []
    for name, part in zip(breakdown.split("+"), category.split("+"), strict=True):
        if name in filters:
            labels.append(filters[name].label_of(part))
        else:
            labels.append(extract.indicator(measure.source.columns[part]).heading)
    return ", ".join(labels)


def breakdown_title(measure: Measure, breakdown: str) -> str:
    """`Phase`, `Pathway and age band`, `Wait band`."""
    extract = load_extracts()[measure.source.extract]
    headings = {f.id: f.heading for f in extract.filters}
    names = [headings.get(name, name.replace("_", " ")).lower() for name in breakdown.split("+")]
    return " and ".join(names).capitalize().replace("Sen status", "SEN status")


def category_place(measure: Measure, breakdown: str) -> Callable[[Shown], tuple[int, ...]]:
    """Where a category stands in the order of its filter: `Early years` before `Primary`."""
    filters = {f.id: f for f in load_extracts()[measure.source.extract].filters}
    orders = [
        [category.id for category in filters[name].categories]
        if name in filters
        else [*measure.source.columns]
        for name in breakdown.split("+")
    ]

    def place(one: Shown) -> tuple[int, ...]:
        parts = one.observation.category.split("+")
        return tuple(
            order.index(part) if part in order else len(order)
            for order, part in zip(orders, parts, strict=True)
        )

    return place
