"""Q05: whether parts make their whole."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dashboard.releases.checks.amounts import HAIR, bottom_of, top_of
from dashboard.releases.checks.finding import Check, Finding, listed_places
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure
from dashboard.views.categories import breakdown_title
from dashboard.words.periods import period_short
from dashboard.words.values import number
from schemas.extract import ALL, Filter
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import JOIN, Observation

_PLANS = ("ehcp_active", "ehcp_primary_need", "ehcp_placement")  # the same plans, three times


def find_sums_that_differ(material: Material) -> Iterator[Finding]:
    """Parts that do not make their whole, and plans by need or placement that are not all plans."""
    for measure, ones in material.measured():
        places = [*_wrong_sums(measure, ones)]
        if places:
            words = f"the parts do not make the whole: {listed_places(places)}."
            yield about_measure(material, "Q05", "must", measure, words)
    yield from _other_totals(material)


def _wrong_sums(measure: Measure, ones: Sequence[Observation]) -> Iterator[str]:
    """A median cannot be put together, so it is left out."""
    if measure.source.derive == "only":
        return
    wholes = {(o.period, o.basis): o for o in ones if o.breakdown == ALL}
    parts: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for one in ones:
        if one.breakdown != ALL:
            parts[one.breakdown, one.period, one.basis].append(one)
    for (breakdown, period, basis), group in parts.items():
        whole = wholes.get((period, basis))
        if whole and _are_all(measure, breakdown, group):
            yield from _wrong_sum(measure, whole, group)


def _are_all(measure: Measure, breakdown: str, group: Sequence[Observation]) -> bool:
    """Whether no part is missing that must be there: Q01 has told of those that are."""
    filters = {f.id: f for f in load_extracts()[measure.source.extract].filters}
    given = [set(column) for column in zip(*(o.category.split(JOIN) for o in group), strict=True)]
    names = breakdown.split(JOIN)
    return all(
        name not in filters or _wanted(measure, filters[name]) <= given[place]
        for place, name in enumerate(names)
    ) and (len(names) == 1 or len(group) >= _size(measure, names, filters))


def _wanted(measure: Measure, split: Filter) -> set[str]:
    allowed = measure.source.where.get(split.id)
    every = {c.id for c in split.categories if allowed is None or c.id in allowed}
    return every if split.complete else set()


def _size(measure: Measure, names: Sequence[str], filters: Mapping[str, Filter]) -> int:
    """How many parts a breakdown by several filters has; 0 when some may be left out."""
    size = 1
    for name in names:
        wanted = _wanted(measure, filters[name]) if name in filters else measure.source.columns
        size *= len(wanted)
    return size


def _wrong_sum(measure: Measure, whole: Observation, group: Sequence[Observation]) -> Iterator[str]:
    title = breakdown_title(measure, group[0].breakdown)
    for amounts, total in (
        ([top_of(o) for o in group], whole.numerator),
        ([bottom_of(o) for o in group], whole.denominator),
    ):
        known = [amount for amount in amounts if amount is not None]
        if total is None or len(known) < len(amounts):
            continue
        made = max(known) if measure.source.derive == "maximum" else sum(known)
        if abs(made - total) > _rounding(measure, whole):
            said = f"the parts make {number(made, 0)}, the whole is {number(total, 0)}"
            yield f"{title}, {period_short(whole.period, whole.basis)}: {said}"
            return


def _rounding(measure: Measure, whole: Observation) -> float:
    """How far sums may be apart: means are sent rounded, of the parts and of the whole."""
    if measure.source.derive == "weighted_mean":
        return float(10**-measure.decimals) * max(1.0, whole.denominator or 0)
    return HAIR * max(1.0, abs(whole.numerator or 0))


def _other_totals(material: Material) -> Iterator[Finding]:
    plans = material.get(_PLANS[0], "snapshot")
    for name in _PLANS[1:]:
        other = material.get(name, "snapshot")
        if not plans or not other or plans.value is None or other.value in (None, plans.value):
            continue
        words = (
            f"the plans add up to {number(other.value or 0, 0)}, but there are "
            f"{number(plans.value, 0)} plans on the sheet “EHC plans”."
        )
        yield about_measure(material, "Q05", "must", material.measures[name], words)


CHECKS = (
    Check(
        "Q05",
        "must",
        "Parts make their whole",
        "Every breakdown (phase, need, placement, wait band, SEN status, not recorded included) "
        "added up and set beside its whole; plans by need and placement beside all plans.",
        find_sums_that_differ,
    ),
)
