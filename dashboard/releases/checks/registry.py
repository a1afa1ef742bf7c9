"""Every check, in the order of `releases.md`."""

from dashboard.releases.checks import (
    benchmarks,
    change,
    covers,
    disclosure,
    flows,
    missing,
    order,
    parts,
    ranges,
    unknown,
    vocabulary,
    years,
)
from dashboard.releases.checks.finding import Check

_FAMILIES = (
    missing,
    covers,
    ranges,
    parts,
    flows,
    years,
    order,
    change,
    unknown,
    benchmarks,
    vocabulary,
    disclosure,
)

CHECKS: tuple[Check, ...] = tuple(
    sorted((check for family in _FAMILIES for check in family.CHECKS), key=lambda check: check.id)
)
