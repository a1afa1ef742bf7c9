"""Q11: how much is not recorded."""

from collections.abc import Iterator

from dashboard.releases.checks.finding import Check, Finding
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure
from dashboard.words.values import number
from schemas.extract import ALL

_UNKNOWN = ("nr", "unknown")  # the categories that say “not recorded”


def find_unknown(material: Material) -> Iterator[Finding]:
    """Breakdowns in which more than the settings let pass is not recorded."""
    most = material.area.tolerances.unknown
    for measure, ones in material.measured():
        whole = material.get(measure.id, measure.basis)
        if not whole or not whole.numerator or measure.source.derive != "sum":
            continue
        for one in ones:
            here = (one.period, one.basis) == (material.version.term_label, measure.basis)
            if not here or one.breakdown == ALL or one.category not in _UNKNOWN:
                continue
            share = (one.numerator or 0) / whole.numerator
            if share > most:
                words = (
                    f"{number(one.numerator or 0, 0)} of {number(whole.numerator, 0)} are not "
                    f"recorded: {number(100 * share, 1)}%, and {number(100 * most, 0)}% is usual."
                )
                facts = (one.breakdown, repr(one.numerator))
                yield about_measure(material, "Q11", "should", measure, words, facts)


CHECKS = (
    Check(
        "Q11",
        "should",
        "Little is not recorded",
        "The share of plans without a recorded need or placement.",
        find_unknown,
    ),
)
