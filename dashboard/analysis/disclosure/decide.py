"""Disclosure control of a whole release: from its observations to the figures everyone may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from dashboard.analysis.disclosure.attempt import Attempt, Attempts
from dashboard.analysis.disclosure.coarsen import Step, first_steps
from dashboard.analysis.disclosure.elsewhere import counts_elsewhere
from dashboard.analysis.disclosure.needed import further_steps, still_needed, told_by_us
from dashboard.analysis.disclosure.problem import Decided, Earlier, Fate, is_shown
from dashboard.analysis.disclosure.quantity import quantity_from
from dashboard.analysis.disclosure.rates import Figure
from dashboard.analysis.disclosure.reasons import told_to_everyone, why_unprotected
from dashboard.analysis.disclosure.report import build_report
from schemas.measure import Measure
from schemas.observation import Observation, term_of
from schemas.relations import load_relations
from schemas.term import Term, academic_year_label

_REACH = 4  # terms before this one whose figures hang together with it: three terms of three terms


@dataclass(frozen=True)
class Facts:
    """What an area's settings and others' publications say. `few_places` are categories, by filter,
    never shown by themselves; `elsewhere` publishers' figures of this area."""

    few_places: Mapping[str, Sequence[str]] = field(default_factory=dict)
    elsewhere: Sequence[Observation] = ()


@dataclass(frozen=True)
class Before:
    """What publications before decided: their `cells` (id → [count, fate]), the ids that any of
    them hid, and what they showed more coarsely. JSON-able."""

    cells: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    ever_hidden: frozenset[str] = frozenset()
    coarsened: tuple[Step, ...] = ()

    def after(self, decision: "Decision") -> "Before":
        """The same with one more publication."""
        hidden = {name for name, (_, fate) in decision.cells.items() if fate == "hidden"}
        return Before(
            {**self.cells, **decision.cells}, self.ever_hidden | hidden, decision.coarsened
        )


class LeftOut(NamedTuple):
    """What is shown together or not at all, and the sentence that tells everyone."""

    measure_id: str
    breakdown: str
    words: str


@dataclass(frozen=True)
class Decision:
    """The figures everyone may see of one term's release, and what the next publication and the
    assurer have to know. With any of `faults` nothing may be published."""

    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...]
    cells: Mapping[str, tuple[int, Fate]]
    coarsened: tuple[Step, ...]
    report: Mapping[str, Any]
    faults: tuple[str, ...]


def decide(
    observations: Sequence[Observation],
    measures: Mapping[str, Measure],
    facts: Facts | None = None,
    before: Before | None = None,
) -> Decision:
    """What everyone may see of the current observations of one term's release.

    Hides what is too small, what it could be worked out with, and shows together or leaves out
    what cannot be protected otherwise. Deterministic: the order of observations does not matter.
    """
    facts, before, rules = facts or Facts(), before or Before(), load_relations()
    rows = sorted((one for one in observations if one.measure_id in measures), key=_place)
    outside = counts_elsewhere(facts.elsewhere, measures, rules)
    attempts = Attempts(rows, measures, rules, _earlier(before, rows), outside)
    kept = still_needed(before.coarsened, attempts.rough([]))
    steps = _joined(kept, first_steps(rows, measures, facts.few_places, rules))
    while more := further_steps(attempts.rough(steps), steps, roughly=True):
        steps += more
    found = attempts.full(steps)
    while more := further_steps(found, steps):
        steps += more
        found = attempts.full(steps)
    return _decision(found, tuple(steps), measures)


def decide_terms(
    terms: Iterable[Sequence[Observation]],
    measures: Mapping[str, Measure],
    facts: Facts | None = None,
    before: Before | None = None,
) -> list[Decision]:
    """Several terms' releases, the oldest first, each respecting those before it."""
    before = before or Before()
    found: list[Decision] = []
    for observations in terms:
        found.append(decide(observations, measures, facts, before))
        before = before.after(found[-1])
    return found


def _place(one: Observation) -> tuple[str, ...]:
    return (*one.key, one.period_end)


def _joined(kept: Iterable[Step], first: Iterable[Step]) -> list[Step]:
    """Both, each once: what is shown together now and was before is together with all of them."""
    found = {step[:4]: step for step in kept}
    for step in first:
        before = found.get(step[:4], step)
        members = tuple(sorted({*before.members, *step.members}))
        found[step[:4]] = step._replace(members=members)
    return list(found.values())


def _earlier(before: Before, rows: Sequence[Observation]) -> Earlier:
    """What was decided of this term and those shortly before it."""
    if not rows:
        return Earlier()
    term = max(term_of(one.period) for one in rows)
    ends = tuple(end for back in range(_REACH + 1) for end in _ends(term.shifted(-back)))
    decided = {
        quantity_from(name): Decided(count, fate)
        for name, (count, fate) in before.cells.items()
        if name.endswith(ends)
    }
    return Earlier(decided, before.ever_hidden)


def _ends(term: Term) -> tuple[str, ...]:
    """How the ids of counts of a term end."""
    year = f"of {academic_year_label(term.start_year)}"
    return (term.label, year, *(f" {month.label}" for month in term.months))


def _decision(found: Attempt, steps: tuple[Step, ...], measures: Mapping[str, Measure]) -> Decision:
    hidden = found.protection.hidden
    now = {**found.gathered.worked_out, **found.gathered.published}
    cells = {one: found.problem.cells[one] for one in now}
    by_id = {cell.id: cell for cell in found.problem.cells.values()}
    return Decision(
        figures=found.figures,
        left_out=tuple(
            LeftOut(s.measure_id, s.breakdown, told_to_everyone(s, measures[s.measure_id]))
            for s in steps
        ),
        cells={
            cell.id: (cell.value, _fate(is_shown(cell, hidden), cell.published))
            for cell in sorted(cells.values(), key=lambda cell: cell.id)
        },
        coarsened=steps,
        report=build_report(by_id, found.protection, found.figures, steps, measures),
        faults=tuple(
            why_unprotected(by_id[name], found.protection.bounds[name])
            for name in told_by_us(found)
        ),
    )


def _fate(shown: bool, published: bool) -> Fate:
    return "shown" if shown else "hidden" if published else "unpublished"
