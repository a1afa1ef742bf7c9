"""Decides, term by term, what everyone may see: of terms that are new or changed, and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.analysis.disclosure.cell import ALGORITHM
from dashboard.analysis.disclosure.decide import Decision, Facts, decide
from dashboard.public.figures import PublicFigure
from dashboard.public.release import LeftOut
from dashboard.publication.before import Decided, TermDecided
from dashboard.publication.offered import offered
from dashboard.publication.reading import Reading, TermFigures
from schemas.observation import Observation


@dataclass(frozen=True)
class Decisions:
    """All terms as decided, the reports of those that were decided now (by term), and sentences
    about counts that nothing protects: with any, nothing may be published."""

    decided: Decided
    reports: Mapping[str, Mapping[str, Any]]
    faults: tuple[str, ...]


def decide_all(reading: Reading, before: Decided) -> Decisions:
    """A term whose version is the one that was decided stays as it is, when all before it do."""
    assert reading.area.public is not None
    facts = Facts(reading.area.public.few_places, reading.published)
    terms = dict(_unchanged(reading.terms, before))
    reports: dict[str, Mapping[str, Any]] = {}
    faults: list[str] = []
    ever_hidden = set(before.ever_hidden)
    for term in reading.terms:
        label = term.version.term_label
        if label in terms:
            continue
        known = Decided(ALGORITHM, _with_steps(terms, before), frozenset(ever_hidden))
        shown = list(offered(term.observations, reading.measures, reading.area.public.since))
        found = decide(shown, reading.measures, facts, known.before(terms))
        terms[label] = _term_decided(term, found)
        ever_hidden |= {name for name, (_, fate) in found.cells.items() if fate == "hidden"}
        reports[label] = found.report
        faults += found.faults
    return Decisions(Decided(ALGORITHM, terms, frozenset(ever_hidden)), reports, tuple(faults))


def _unchanged(terms: Iterable[TermFigures], before: Decided) -> Iterable[tuple[str, TermDecided]]:
    """The first terms, up to the first that is new or has another version: what comes after it
    hangs together with it."""
    for term in terms:
        one = before.terms.get(term.version.term_label)
        if one is None or one.version_id != term.version.id or before.algorithm != ALGORITHM:
            return
        yield term.version.term_label, one


def _with_steps(terms: Mapping[str, TermDecided], before: Decided) -> Mapping[str, TermDecided]:
    """Those decided so far; of the rest only what was shown more coarsely."""
    return {**before.terms, **terms}


def _term_decided(term: TermFigures, found: Decision) -> TermDecided:
    return TermDecided(
        version_id=term.version.id,
        figures=tuple(
            _figure(one.observation, one.unreliable, one.rounded, term) for one in found.figures
        ),
        left_out=tuple(LeftOut(*one) for one in found.left_out),
        cells=found.cells,
        coarsened=found.coarsened,
    )


def _figure(one: Observation, unreliable: bool, rounded: bool, term: TermFigures) -> PublicFigure:
    """A merged category is of the file its parts came in: the newest of the measure's period."""
    source, as_at_on = term.sources.get(one.key) or _source_like(one, term)
    return PublicFigure(
        **{name: getattr(one, name) for name in _SAME},
        unreliable=unreliable,
        rounded=rounded,
        source=source,
        version=f"{term.version.term_label} v{term.version.label or term.version.number}",
        as_at_on=as_at_on,
        invented=term.version.invented,
    )


_SAME = tuple(name for name in Observation._fields if name in PublicFigure._fields)


def _source_like(one: Observation, term: TermFigures) -> tuple[str, str]:
    alike = (
        source
        for key, source in term.sources.items()
        if (key.measure_id, key.period, key.basis) == (one.measure_id, one.period, one.basis)
    )
    return max(alike, key=lambda source: source[1])
