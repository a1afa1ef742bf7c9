"""Publishers' figures of the same kind, by the periods that they are for."""

from collections.abc import Iterable, Sequence

from dashboard.compared import Choice, PublishedPeriod
from dashboard.queries.shown import Shown
from schemas.measure import Measure


def counted_alike(measure: Measure, shown: Sequence[Shown]) -> list[Shown]:
    """Without the files that count in another way than the period's preferred one: areas are set
    side by side only when their figures are of the same kind."""
    files: dict[tuple[str, str], set[str]] = {}
    for one in shown:
        if one.observation.value is not None:
            files.setdefault(_when(one), set()).add(one.file_kind)
    alike = {when: _alike(measure, when[1], found) for when, found in files.items()}
    return [one for one in shown if one.file_kind in alike.get(_when(one), ())]


def _when(one: Shown) -> tuple[str, str]:
    return one.observation.period, one.observation.basis


def _alike(measure: Measure, basis: str, files: Iterable[str]) -> set[str]:
    """The preferred file of a period, and those whose figures the definition lets stand for it."""
    found = [b for b in measure.benchmarks if b.file in files and b.basis == basis]
    if not found:
        return set(files)
    first = found[0]
    return {b.file for b in found if b.note == first.note or (b.comparable and first.comparable)}


def periods_of(shown: Iterable[Shown], councils: frozenset[str]) -> tuple[PublishedPeriod, ...]:
    """Newest first."""
    found: dict[tuple[str, str, str], int] = {}
    for one in shown:
        o = one.observation
        if o.value is not None and o.area_code in councils:
            key = (o.period_end, o.period, o.basis)
            found[key] = found.get(key, 0) + 1
    newest = sorted(found.items(), reverse=True)
    return tuple(PublishedPeriod(basis, period, many) for (_, period, basis), many in newest)


def of_period(shown: Iterable[Shown], choice: Choice) -> dict[str, Shown]:
    wanted = (choice.period, choice.basis)
    return {one.observation.area_code: one for one in shown if _when(one) == wanted}
