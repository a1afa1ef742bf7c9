"""Merging: categories shown together, as one, with a name that pages can show."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from schemas.extract import ALL
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import JOIN, Observation, as_parts
from schemas.relations import Together, load_relations
from schemas.symbol import Symbol


def merge(
    rows: Iterable[Observation], measure: Measure, together: Together, members: Sequence[str]
) -> tuple[list[Observation], list[Observation]]:
    """One measure's observations with some categories of a filter put together, and those that
    are gone for it. What cannot be put together (a median) is gone only."""
    groups: dict[Observation, list[Observation]] = defaultdict(list)
    kept: list[Observation] = []
    for one in rows:
        merged = _category(one, together, members)
        if merged == one.category:
            kept.append(one)
        else:
            groups[_blank(one, merged)].append(one)
    gone = [one for parts in groups.values() for one in parts]
    if measure.source.derive == "only":
        return kept, gone
    return kept + [_put_together(measure, blank, parts) for blank, parts in groups.items()], gone


def label_of(measure: Measure, breakdown: str, category: str) -> str:
    """A category in words, merged ones too: `Other needs`, `Autism, Under 5`; "" for the whole."""
    if breakdown == ALL:
        return ""
    pairs = zip(breakdown.split(JOIN), category.split(JOIN), strict=True)
    return ", ".join(_label(measure, name, part) for name, part in pairs)


def _label(measure: Measure, name: str, part: str) -> str:
    extract = load_extracts()[measure.source.extract]
    together = load_relations().together_of(name)
    if together is not None and together.id == part:
        return together.label
    if name in extract.filter_ids:
        return extract.filter(name).label_of(part)
    return extract.indicator(measure.source.columns[part]).heading


def _category(one: Observation, together: Together, members: Sequence[str]) -> str:
    pairs = zip(one.breakdown.split(JOIN), one.category.split(JOIN), strict=True)
    return JOIN.join(
        together.id if name == together.filter and part in members else part for name, part in pairs
    )


def _blank(one: Observation, category: str) -> Observation:
    """What the parts of one merged category share."""
    return one._replace(
        category=category,
        numerator=None,
        denominator=None,
        value=None,
        symbol=None,
        status="",
        definition_version=0,
    )


def _put_together(
    measure: Measure, blank: Observation, parts: Sequence[Observation]
) -> Observation:
    counted = [one for one in parts if one.symbol != Symbol.z] or parts
    most = measure.source.derive == "maximum"
    top = _amount([one.numerator for one in counted], most)
    bottom = _amount([one.denominator for one in counted], most) if measure.is_rate else None
    value, symbol = as_parts(measure.value(Symbol.x if top is None else top, bottom))
    return blank._replace(
        numerator=top,
        denominator=bottom,
        value=value,
        symbol=symbol if any(one.value is not None for one in parts) else parts[0].symbol,
        status=next(s for s in _WEAKEST if s in {one.status for one in parts}),
        definition_version=parts[0].definition_version,
    )


_WEAKEST = ("provisional", "revised", "final")


def _amount(amounts: Sequence[float | None], most: bool) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts) or not known:
        return None
    return max(known) if most else sum(known)


def sizes(
    rows: Iterable[Observation], filter_id: str, used: Mapping[str, Measure]
) -> dict[str, float]:
    """The smallest count of each category over the times of a breakdown by this filter alone."""
    found: dict[str, float] = {}
    for category, size in _sizes(rows, filter_id, used):
        found[category] = min(size, found.get(category, size))
    return found


def _sizes(
    rows: Iterable[Observation], filter_id: str, used: Mapping[str, Measure]
) -> Iterator[tuple[str, float]]:
    for one in rows:
        if one.breakdown == filter_id and one.measure_id in used and one.numerator is not None:
            yield one.category, one.numerator
