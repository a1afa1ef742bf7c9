"""Q13, Q14: whether the published figures beside ours say where they come from, and agree."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from dashboard.releases.checks.finding import Check, Finding, key_of, listed_places
from dashboard.releases.checks.material import Material, PublishedFigure, PublishedKind
from dashboard.releases.checks.saying import about_measure
from dashboard.words.values import number
from schemas.observation import Observation
from schemas.term import Season, Term

_TOLD = ("file_kind", "publisher", "publication", "release", "as_at_on", "file_name")


def find_unsourced(material: Material) -> Iterator[Finding]:
    """Published figures without a file, release, day or period, and figures on a basis that the
    measure's definition does not take from that file."""
    blanks: dict[str, set[str]] = defaultdict(set)
    strange: dict[str, set[str]] = defaultdict(set)
    for kind in material.kinds:
        missing = [name for name in _TOLD if not getattr(kind, name).strip()]
        name = kind.file_name.strip() or kind.release.strip() or kind.file_kind
        blanks[name] |= {*missing, *(["period"] if kind.blank_period else [])}
        if not _is_defined(material, kind):
            strange[name].add(f"{material.measures[kind.measure_id].short_title} ({kind.basis})")
    for name, missing_of_file in blanks.items():
        if missing_of_file:
            words = f"it does not say its {', '.join(sorted(missing_of_file))}"
            yield _about_file(material, name, words)
    for name, titles in strange.items():
        if titles:
            words = f"its basis is not in the definition of {listed_places(sorted(titles))}"
            yield _about_file(material, name, words)


def _is_defined(material: Material, kind: PublishedKind) -> bool:
    return any(
        (benchmark.file, benchmark.basis) == (kind.file_kind, kind.basis)
        and bool(benchmark.value or benchmark.numerator or benchmark.columns)
        for benchmark in material.measures[kind.measure_id].benchmarks
    )


def _about_file(material: Material, name: str, words: str) -> Finding:
    period = material.version.term_label
    said = f"The published file {name}: {words}. Load it again from its publisher."
    return Finding("Q13", "must", key_of("Q13", name, period), "", "", period, said, "definitions")


class _Pair(NamedTuple):
    ours: Observation
    theirs: PublishedFigure


def find_census_differences(material: Material) -> Iterator[Finding]:
    """Counts of this school year's autumn that differ from the SEN2 return: plans in January, and
    the calendar year that ended then."""
    for ours, theirs in _pairs(material):
        if ours.value is None or not theirs.value:
            continue
        share = abs(ours.value - theirs.value) / theirs.value
        if share > material.area.tolerances.census:
            measure = material.measures[ours.measure_id]
            when = "on 31 December" if ours.basis == "snapshot" else "in the year to December"
            words = (
                f"{number(ours.value, 0)} {when} here, {number(theirs.value, 0)} in the SEN2 "
                f"return ({theirs.publication}, {theirs.release}): {number(100 * share, 1)}% apart."
            )
            facts = (theirs.period, repr(theirs.value), repr(ours.value))
            yield about_measure(material, "Q14", "should", measure, words, facts)


def nothing_to_reconcile(material: Material) -> str:
    if any(True for _ in _pairs(material)):
        return ""
    return (
        "No SEN2 figure of this area has been published for this school year's January, or this "
        "area has no figures of that autumn."
    )


def _pairs(material: Material) -> Iterator[_Pair]:
    autumn = Term(material.term.start_year, Season.autumn)
    january, year = f"{autumn.year + 1}-01", str(autumn.year)
    for theirs in material.own_published:
        basis = {("snapshot", january): "snapshot", ("calendar_year", year): "rolling3"}.get(
            (theirs.basis, theirs.period)
        )
        ours = material.get(theirs.measure_id, basis, term=autumn) if basis else None
        if ours is not None:
            yield _Pair(ours, theirs)


CHECKS = (
    Check(
        "Q13",
        "must",
        "Published figures say where they come from",
        "Publisher, release, file, day and period of every published figure shown beside ours, and "
        "that the measure's definition takes that basis from that file.",
        find_unsourced,
    ),
    Check(
        "Q14",
        "should",
        "Our counts agree with the SEN2 return",
        "Plans at the end of December beside the January census, and three terms ending in "
        "December beside the calendar year, where SEN2 figures of this area are published.",
        find_census_differences,
        nothing_to_reconcile,
    ),
)
