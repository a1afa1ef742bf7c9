"""Coarsening: what is shown together or not at all, when hiding single numbers does not do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from dashboard.analysis.disclosure.merge import merge, sizes
from dashboard.analysis.disclosure.primary import EDUCATION_MOST
from dashboard.analysis.disclosure.quantity import Members
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.observation import JOIN, Observation
from schemas.relations import Relations, Together
from schemas.term import Month, parse_period

How = Literal["without_months", "together", "without_breakdown", "without_terms", "left_out"]
MOST_HIDDEN = 0.3  # of a table's figures; above it the table is coarsened
FEWEST_TOGETHER = 10  # children in a merged category, in every period
Table = tuple[str, str]  # a measure's id and a breakdown


class Step(NamedTuple):
    """One coarsening of a measure, and why, in a clause for the assurer. `filter` and `members`
    are the categories that are shown together."""

    measure_id: str
    breakdown: str
    how: How
    filter: str
    members: tuple[str, ...]
    why: str


def coarsen(
    observations: Sequence[Observation],
    measures: Mapping[str, Measure],
    steps: Sequence[Step],
    rules: Relations,
) -> tuple[list[tuple[Observation, Members]], list[Observation]]:
    """What is left to show, with the members of merged categories, and what is held back."""
    by_measure: dict[str, list[Observation]] = defaultdict(list)
    for one in observations:
        by_measure[one.measure_id].append(one)
    shown: list[tuple[Observation, Members]] = []
    withheld: list[Observation] = []
    for name, rows in by_measure.items():
        members: dict[str, tuple[str, ...]] = {}
        for step in steps:
            if step.measure_id != name:
                continue
            rows, gone = _take(rows, measures[name], step, rules)
            withheld += gone
            members |= _made(step, rules)
        shown += [(one, members) for one in rows]
    known = {one.key for one in observations}
    return shown, [one for one in withheld if one.key in known]


def _take(
    rows: list[Observation], measure: Measure, step: Step, rules: Relations
) -> tuple[list[Observation], list[Observation]]:
    if step.how == "together":
        together = rules.together_of(step.filter)
        assert together is not None, f"nothing is shown together by {step.filter}"
        return merge(rows, measure, together, step.members)
    gone = [one for one in rows if is_about(step, one)]
    return [one for one in rows if not is_about(step, one)], gone


def is_about(step: Step, one: Observation) -> bool:
    """Whether a step puts an observation with others, or leaves it out."""
    if one.measure_id != step.measure_id:
        return False
    if step.how == "together":
        return step.filter in one.breakdown.split(JOIN)
    if step.how == "left_out":
        return True
    if step.how == "without_terms":
        return one.basis in ("in_term", "in_month")
    if step.how == "without_months":
        return one.breakdown == step.breakdown and _is_of_month(one)
    return one.breakdown == step.breakdown


def _is_of_month(one: Observation) -> bool:
    return isinstance(parse_period(one.period), Month)


def _made(step: Step, rules: Relations) -> Members:
    together = rules.together_of(step.filter) if step.how == "together" else None
    return {together.id: step.members} if together else {}


def next_step(
    table: Table,
    measures: Mapping[str, Measure],
    observations: Sequence[Observation],
    steps: Sequence[Step],
    rules: Relations,
    why: str,
) -> Step | None:
    """How a table is coarsened next; None when its measure is left out already.

    Its months go first. A breakdown by several filters goes before anything is merged for it: each
    of its filters has a table of its own, which keeps its detail.
    """
    measure_id, breakdown = table
    measure = measures[measure_id]
    done = [step for step in steps if step.measure_id == measure_id]
    here = {step.how for step in done if step.breakdown == breakdown}
    table_rows = [o for o in observations if (o.measure_id, o.breakdown) == table]
    if "without_months" not in here and any(map(_is_of_month, table_rows)):
        return Step(measure_id, breakdown, "without_months", "", (), why)
    if JOIN not in breakdown and "together" not in here and measure.source.derive != "only":
        together = rules.together_of(breakdown)
        members = _members(together, measure, observations, (), measures, steps) if together else ()
        if members:
            return Step(measure_id, breakdown, "together", breakdown, members, why)
    if breakdown != ALL and "without_breakdown" not in here:
        return Step(measure_id, breakdown, "without_breakdown", "", (), why)
    hows = {step.how for step in done}
    if "without_terms" not in hows and measure.bases:
        return Step(measure_id, ALL, "without_terms", "", (), why)
    return None if "left_out" in hows else Step(measure_id, ALL, "left_out", "", (), why)


def first_steps(
    observations: Sequence[Observation],
    measures: Mapping[str, Measure],
    few_places: Mapping[str, Sequence[str]],
    rules: Relations,
) -> list[Step]:
    """Categories of few establishments are never shown by themselves: they are put together with
    others, or the breakdown goes."""
    tables = {(o.measure_id, o.breakdown) for o in observations if o.breakdown != ALL}
    found: dict[tuple[str, str], Step] = {}
    for measure_id, breakdown in sorted(tables, key=lambda t: (len(t[1].split(JOIN)), t)):
        for name in breakdown.split(JOIN):
            few = few_places.get(name, ())
            if not _has(observations, measure_id, breakdown, name, few):
                continue
            together = rules.together_of(name)
            measure = measures[measure_id]
            earlier = list(found.values())
            members = (
                _members(together, measure, observations, few, measures, earlier)
                if together
                else ()
            )
            why = f"{', '.join(few)} have few places"
            step = Step(measure_id, breakdown, "without_breakdown", "", (), why)
            if members:
                step = Step(measure_id, name, "together", name, members, why)
            found.setdefault((measure_id, step.breakdown), step)
    return list(found.values())


def _has(
    observations: Iterable[Observation],
    measure_id: str,
    breakdown: str,
    name: str,
    few: Sequence[str],
) -> bool:
    place = breakdown.split(JOIN).index(name)
    return bool(few) and any(
        one.category.split(JOIN)[place] in few
        for one in observations
        if (one.measure_id, one.breakdown) == (measure_id, breakdown)
    )


def _members(
    together: Together,
    measure: Measure,
    observations: Iterable[Observation],
    few: Sequence[str],
    measures: Mapping[str, Measure],
    steps: Iterable[Step],
) -> tuple[str, ...]:
    """The categories to be put together, the same for all measures of a sheet.

    Those that the file names; else those with few places or few children, and then the smallest,
    until they are enough. Nobody is in an empty one: it stays.
    """
    extract = measure.source.extract
    chosen = next(
        (
            s.members
            for s in steps
            if s.filter == together.filter and measures[s.measure_id].source.extract == extract
        ),
        together.members,
    )
    every = list(observations)
    own = {
        one.category
        for one in every
        if (one.measure_id, one.breakdown) == (measure.id, together.filter)
    }
    if not chosen:
        counts = {
            m.id: m
            for m in measures.values()
            if m.source.extract == extract and m.source.derive == "sum"
        }
        chosen = _smallest(sizes(every, together.filter, counts), few)
    mine = tuple(name for name in chosen if name in own)
    return mine if 1 < len(mine) < len(own) else ()


def _smallest(size: Mapping[str, float], few: Sequence[str]) -> tuple[str, ...]:
    chosen = [name for name in size if name in few or 1 <= size[name] <= EDUCATION_MOST]
    for name in sorted(size.keys() - set(chosen), key=lambda name: (size[name], name)):
        if len(chosen) > 1 and sum(size[one] for one in chosen) >= FEWEST_TOGETHER:
            break
        if size[name] > 0 and chosen:
            chosen.append(name)
    return tuple(sorted(chosen))
