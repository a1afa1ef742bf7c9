"""What follows from what among the counts that are sent, read from one TOML file."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from schemas.definition import Definition, DefinitionError, Fault
from schemas.extract import Extract
from schemas.extracts import load_extracts
from schemas.measure import load_measures

Names = Annotated[tuple[str, ...], Field(min_length=1)]
_FILE = Path(__file__).parent / "relations.toml"


class RelationError(DefinitionError):
    """The file of relations cannot be used."""


class Same(Definition):
    """One number on several sheets, each as `extract.indicator`."""

    counts: Annotated[tuple[str, ...], Field(min_length=2)]


class Flow(Definition):
    """A stock at the start of a term, what came and went, and the stock at its end."""

    extract: str
    opening: str
    came: Names
    went: Names
    closing: str


class AtMost(Definition):
    """Indicators that, added up, are never more than others."""

    extract: str
    small: Names
    big: Names


class Yearly(Definition):
    """Headcounts that are the same in every term of a school year."""

    extract: str
    indicators: Names


class About(Definition):
    """Numbers that are no counts of children, and the indicators that count the children they are
    about, added up."""

    extract: str
    indicators: Names
    children: Names


class NotPart(Definition):
    """A share whose numerator is no part of its denominator."""

    measure: str


class Together(Definition):
    """Categories of a filter that can be shown as one; no `members` means the smallest."""

    filter: str
    id: str
    label: Annotated[str, Field(min_length=1)]
    members: tuple[str, ...] = ()


class Relations(Definition):
    """Everything the file says."""

    same: tuple[Same, ...] = ()
    flow: tuple[Flow, ...] = ()
    at_most: tuple[AtMost, ...] = ()
    yearly: tuple[Yearly, ...] = ()
    about: tuple[About, ...] = ()
    not_part: tuple[NotPart, ...] = ()
    together: tuple[Together, ...] = ()

    @cached_property
    def _about(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {(a.extract, name): a.children for a in self.about for name in a.indicators}

    def is_yearly(self, extract: str, indicators: Iterable[str]) -> bool:
        found = {name for one in self.yearly if one.extract == extract for name in one.indicators}
        return set(indicators) <= found

    def children_of(self, extract: str, indicators: Iterable[str]) -> tuple[str, ...]:
        """The indicators that count the children these are about; none for counts of children."""
        found = {self._about.get((extract, name), ()) for name in indicators}
        return found.pop() if len(found) == 1 else ()

    def together_of(self, filter_id: str) -> Together | None:
        return next((one for one in self.together if one.filter == filter_id), None)


@cache
def load_relations(path: Path = _FILE) -> Relations:
    """What the file says, with every name in it known.

    Raises:
        RelationError: listing every fault of the file.
    """
    try:
        found = Relations.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise RelationError(
            Fault(path.name, ".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RelationError([Fault(path.name, "file", f"is not TOML: {error}")]) from error
    faults = [Fault(path.name, key, f"there is no {name!r}") for key, name in _strangers(found)]
    if faults:
        raise RelationError(faults)
    return found


def _strangers(found: Relations) -> Iterator[tuple[str, str]]:
    """Every name that no extract, measure or filter has, with its place in the file."""
    for key, name in _named(found):
        extract = load_extracts().get(name.partition(".")[0])
        if extract is None or not _has_indicator(extract, name.partition(".")[2]):
            yield key, name
    yield from (("not_part", n.measure) for n in found.not_part if n.measure not in load_measures())
    filters = {f.id: f for extract in load_extracts().values() for f in extract.filters}
    for one in found.together:
        if one.filter not in filters:
            yield "together", one.filter
            continue
        known = {category.id for category in filters[one.filter].categories}
        yield from (("together", name) for name in one.members if name not in known)


def _named(found: Relations) -> Iterator[tuple[str, str]]:
    yield from (("same", name) for one in found.same for name in one.counts)
    for flow in found.flow:
        names = (flow.opening, *flow.came, *flow.went, flow.closing)
        yield from (("flow", f"{flow.extract}.{name}") for name in names)
    for order in found.at_most:
        names = (*order.small, *order.big)
        yield from (("at_most", f"{order.extract}.{name}") for name in names)
    for year in found.yearly:
        yield from (("yearly", f"{year.extract}.{name}") for name in year.indicators)
    for about in found.about:
        names = (*about.indicators, *about.children)
        yield from (("about", f"{about.extract}.{name}") for name in names)


def _has_indicator(extract: Extract, name: str) -> bool:
    return any(indicator.id == name for indicator in extract.indicators)
