"""Which tables have to be shown more coarsely: too much of them hidden, or not to be protected."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.analysis.disclosure.attempt import Attempt
from dashboard.analysis.disclosure.coarsen import MOST_HIDDEN, Step, Table, is_about, next_step
from schemas.extract import ALL
from schemas.observation import JOIN


def further_steps(attempt: Attempt, steps: Sequence[Step], roughly: bool = False) -> list[Step]:
    """The coarsenings an attempt shows to be needed; none when it can stand.

    What cannot be protected comes first. Then, of the tables of which too much is hidden, those by
    the most filters: without them less of the others may have to be hidden. `roughly` takes all.
    """
    wanted = _unprotected(attempt)
    if not wanted:
        wanted = _too_hidden(attempt)
        if not roughly and wanted:
            most = max(_depth(table) for table in wanted)
            wanted = {table: why for table, why in wanted.items() if _depth(table) == most}
    found: list[Step] = []
    for table in sorted(wanted):
        step = next_step(
            table,
            attempt.measures,
            attempt.observations,
            [*steps, *found],
            attempt.rules,
            wanted[table],
        )
        found += [step] if step else []
    return [*found, *_crosses(found, attempt, steps)]


def _crosses(found: Sequence[Step], attempt: Attempt, steps: Sequence[Step]) -> Iterator[Step]:
    """What goes by one filter goes by that and others too: nobody misses the finer table, and it
    would tell the coarser one."""
    gone = {(s.measure_id, s.breakdown) for s in (*found, *steps) if s.how == "without_breakdown"}
    for measure_id, breakdown in sorted({used.table for used in attempt.gathered.used}):
        parts = {(measure_id, name) for name in breakdown.split(JOIN)}
        if JOIN in breakdown and parts & gone and (measure_id, breakdown) not in gone:
            why = "the table by one of its filters is not shown"
            yield Step(measure_id, breakdown, "without_breakdown", "", (), why)


def still_needed(steps: Iterable[Step], rough: Attempt) -> list[Step]:
    """The coarsenings in a publication before that stay: categories that were shown together, so
    that terms can be compared, and months, where some figure would not be safe without. What was
    left out is asked anew: a term of larger numbers need not pay for one of small ones."""
    hidden = [one.observation for one in rough.figures if one.is_hidden]
    lasting = (step for step in steps if step.how in ("together", "without_months"))
    latest = {(step.measure_id, step.breakdown, step.how): step for step in lasting}
    return [step for step in latest.values() if any(is_about(step, one) for one in hidden)]


def told_by_us(attempt: Attempt) -> list[str]:
    """The counts that cannot be protected and that something published here is about. What others
    have published tells a count whether we publish or not."""
    tables = _tables(attempt)
    return [name for name in sorted(attempt.protection.unprotected) if _near(attempt, tables, name)]


def _depth(table: Table) -> int:
    return len(table[1].split(JOIN))


def _too_hidden(attempt: Attempt) -> dict[Table, str]:
    every: Counter[Table] = Counter()
    gone: Counter[Table] = Counter()
    for used, figure in zip(attempt.gathered.used, attempt.figures, strict=True):
        if used.observation.breakdown != ALL and used.observation.value is not None:
            every[used.table] += 1
            gone[used.table] += figure.is_hidden
    return {
        table: f"{gone[table]} of {count} figures would be hidden"
        for table, count in every.items()
        if gone[table] > MOST_HIDDEN * count
    }


def _unprotected(attempt: Attempt) -> dict[Table, str]:
    """One table for each count that cannot be protected: of those that show it, or show what it
    is worked out with, the one by most filters."""
    wanted: dict[Table, str] = {}
    tables = _tables(attempt)
    for name in sorted(attempt.protection.unprotected):
        near = tables.get(name) or {
            t for one in _beside(attempt, name) for t in tables.get(one, ())
        }
        if near:
            table = max(near, key=lambda table: (_depth(table), table[1] != ALL, table))
            wanted[table] = f"{name} cannot be protected"
    return wanted


def _near(attempt: Attempt, tables: Mapping[str, set[Table]], name: str) -> set[Table]:
    beside = (table for one in _beside(attempt, name) for table in tables.get(one, ()))
    return tables.get(name) or set(beside)


def _tables(attempt: Attempt) -> dict[str, set[Table]]:
    found: dict[str, set[Table]] = defaultdict(set)
    for used in attempt.gathered.used:
        for quantity in used.quantities:
            found[quantity.id].add(used.table)
    return found


def _beside(attempt: Attempt, name: str) -> Iterator[str]:
    for relation in attempt.problem.relations:
        names = [part for part, _ in relation.parts]
        if name in names:
            yield from names
