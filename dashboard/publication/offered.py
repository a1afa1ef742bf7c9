"""Which figures everyone is offered at all, before any of them is hidden.

Every further sum is another way to work out a part. Months, and sums of terms by every group, are
for partners.
"""

from collections.abc import Iterable, Iterator, Mapping

from loaders.derive import running_terms
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.observation import Observation
from schemas.term import Month, parse_period

SUMS = ("ytd", "rolling3")


def offered(
    observations: Iterable[Observation], measures: Mapping[str, Measure], since: str
) -> Iterator[Observation]:
    """Whole terms; sums of terms for the whole and for the headline's own groups, and only of terms
    that everyone may see: a sum that reaches further back would tell of those that they may not."""
    for one in observations:
        if one.measure_id not in measures or isinstance(parse_period(one.period), Month):
            continue
        if one.basis not in SUMS or _is_offered(one, measures[one.measure_id], since):
            yield one


def _is_offered(one: Observation, measure: Measure, since: str) -> bool:
    if one.breakdown not in (ALL, measure.headline.breakdown):
        return False
    return running_terms(one.period, one.basis)[0] >= since
