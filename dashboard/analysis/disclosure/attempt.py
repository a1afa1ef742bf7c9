"""One attempt at a release: coarsened so far, protected, and made into figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.analysis.disclosure.cell import Protection
from dashboard.analysis.disclosure.coarsen import Step, coarsen
from dashboard.analysis.disclosure.gather import Gathered, Uses, gather
from dashboard.analysis.disclosure.primary import is_primary
from dashboard.analysis.disclosure.problem import Earlier, Problem, Protector, is_unseen, state
from dashboard.analysis.disclosure.quantity import Quantity, children_of
from dashboard.analysis.disclosure.rates import Fates, Figure, make_figure
from schemas.measure import Measure
from schemas.observation import Observation
from schemas.relations import Relations


@dataclass(frozen=True)
class Attempt:
    """What a release comes to with some coarsenings; `figures` are as `gathered.used` is."""

    observations: Sequence[Observation]
    measures: Mapping[str, Measure]
    rules: Relations
    gathered: Gathered
    problem: Problem
    protection: Protection
    figures: tuple[Figure, ...]


class Attempts:
    """Attempts at one release, which share what does not change between them."""

    def __init__(
        self,
        observations: Sequence[Observation],
        measures: Mapping[str, Measure],
        rules: Relations,
        earlier: Earlier,
        elsewhere: Mapping[Quantity, int],
    ) -> None:
        self._observations = observations
        self._measures = measures
        self._rules = rules
        self._earlier = earlier
        self._elsewhere = elsewhere
        self._protector = Protector()
        self._uses = Uses(measures, rules)

    def full(self, steps: Sequence[Step]) -> Attempt:
        """With everything hidden that has to be."""
        gathered = self._gather(steps)
        problem = state(gathered, self._earlier, self._rules, self._elsewhere)
        return self._attempt(gathered, problem, self._protector.protect(problem, self._rules))

    def rough(self, steps: Sequence[Step]) -> Attempt:
        """With only what is too small itself hidden: at least that much will be."""
        gathered = self._gather(steps)
        problem = state(gathered, self._earlier, self._rules, self._elsewhere, tied=False)
        primary = frozenset(
            cell.id
            for cell in problem.cells.values()
            if is_primary(cell) or cell.decided == "hidden"
        )
        found = Protection(primary, frozenset(), frozenset(), {})
        return self._attempt(gathered, problem, found)

    def _gather(self, steps: Sequence[Step]) -> Gathered:
        shown, withheld = coarsen(self._observations, self._measures, steps, self._rules)
        earlier = self._earlier
        return gather(shown, withheld, self._uses, earlier.values, earlier.published)

    def _attempt(self, gathered: Gathered, problem: Problem, found: Protection) -> Attempt:
        cells = problem.cells
        fates = Fates(
            values={one: cell.value for one, cell in cells.items()},
            hidden={one for one, cell in cells.items() if cell.id in found.hidden},
            unseen={
                one
                for one in cells
                if children_of(one, self._rules)
                and is_unseen(one, cells, found.hidden, self._rules)
            },
        )
        figures = tuple(make_figure(one, fates) for one in gathered.used)
        return Attempt(
            self._observations, self._measures, self._rules, gathered, problem, found, figures
        )
