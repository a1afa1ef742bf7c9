"""Breakdowns and categories in words, merged ones as well, and filter by filter."""

from collections.abc import Iterator, Mapping

from dashboard.analysis.disclosure.merge import label_of
from dashboard.words.values import capital
from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import JOIN


def category_words(measure: Measure, breakdown: str, category: str) -> str:
    """`EHC plan`, `Autism, Under 5`; "" for the whole."""
    return ", ".join(by_filter(measure, breakdown, category).values())


def by_filter(measure: Measure, breakdown: str, category: str) -> Mapping[str, str]:
    """The label of each filter of a breakdown: `{"pathway": "Autism", "age_band": "Under 5"}`."""
    if breakdown == ALL:
        return {}
    names, parts = breakdown.split(JOIN), category.split(JOIN)
    return {
        name: capital(label_of(measure, name, part))
        for name, part in zip(names, parts, strict=True)
    }


def breakdown_words(measure: Measure, breakdown: str) -> str:
    """`Phase`, `Pathway and age band`; "" for the whole."""
    names = [heading(measure, name).lower() for name in breakdown.split(JOIN) if name != ALL]
    return capital(" and ".join(names)).replace("Sen status", "SEN status")


def heading(measure: Measure, name: str) -> str:
    """A filter as its sheet heads it: `Age band`; `Wait band` where the columns are the bands."""
    filters = load_extracts()[measure.source.extract].filters
    return next((one.heading for one in filters if one.id == name), _sentence(name))


def place_of(measure: Measure, breakdown: str, category: str) -> tuple[int, ...]:
    """Where a category stands in the order of its sheet; merged ones after the others."""
    names, parts = breakdown.split(JOIN), category.split(JOIN)
    return tuple(
        _place([*_known(measure, name)], part) for name, part in zip(names, parts, strict=True)
    )


def _place(order: list[str], part: str) -> int:
    return order.index(part) if part in order else len(order)


def _known(measure: Measure, name: str) -> Iterator[str]:
    for one in load_extracts()[measure.source.extract].filters:
        if one.id == name:
            yield from (category.id for category in one.categories)
    if name == measure.source.columns_by:
        yield from measure.source.columns


def _sentence(words: str) -> str:
    """`Wait band`, of the columns of a sheet that are the bands."""
    return words.replace("_", " ").capitalize()
