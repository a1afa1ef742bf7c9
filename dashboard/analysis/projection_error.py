"""How well a projection did on years that were held back, beside two simple yardsticks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from dashboard.analysis.projection import Model, project

AHEAD = (1, 2, 3)  # years ahead that are tried
FEWEST = 4  # years that a trial begins with
ENOUGH = FEWEST + 2  # years that leave two to hold back
LEAST = 50  # a smaller count moves by single children
MODELS = (Model.steady, Model.changing, Model.fading)

Values = tuple[float, ...]


@dataclass(frozen=True)
class Errors:
    """Mean absolute error, in what is counted, by how many years ahead."""

    by_ahead: Mapping[int, float]
    overall: float

    def no_worse_than(self, other: "Errors") -> bool:
        """However far ahead one looks, and on the whole."""
        each = all(error <= other.by_ahead[ahead] for ahead, error in self.by_ahead.items())
        return each and self.overall <= other.overall


@dataclass(frozen=True)
class Trial:
    """`tests` is how many held-back years there were, by how many years ahead. `inside` are how
    many of them fell inside the chosen model's 80% and 95% ranges."""

    errors: Mapping[Model, Errors]
    last_growth: Errors
    tests: Mapping[int, int]
    chosen: Model
    inside: tuple[int, int]

    @property
    def total(self) -> int:
        return sum(self.tests.values())


def why_not_tried(values: Sequence[float]) -> str:
    """`short` or `small`; "" when there is enough to project and to hold back."""
    if len(values) < ENOUGH:
        return "short"
    return "small" if min(values) < LEAST else ""


@lru_cache(maxsize=256)
def hold_back(values: Values) -> Trial:
    """From the fourth year on, each year in turn is taken for the newest and the next three are
    projected from it and those before. The chosen model has the least error of those that are
    nowhere worse than “same as last year”; where none is, it is “same as last year”."""
    errors = {model: _errors(values, _middles(model)) for model in Model}
    same = errors[Model.same]
    fair = [model for model in MODELS if errors[model].no_worse_than(same)]
    chosen = min(fair, key=lambda model: errors[model].overall, default=Model.same)
    tests = {ahead: max(len(values) - FEWEST - ahead + 1, 0) for ahead in AHEAD}
    kept = {ahead: tests[ahead] for ahead in AHEAD if tests[ahead]}
    last = _errors(values, _last_growth)
    return Trial(errors, last, kept, chosen, _inside(values, chosen))


def _middles(model: Model) -> Callable[[Values], Sequence[float]]:
    return lambda known: [step.middle for step in project(known, AHEAD[-1], model).steps]


def _last_growth(known: Values) -> Sequence[float]:
    """As many more as there were more last year."""
    return [known[-1] + ahead * (known[-1] - known[-2]) for ahead in AHEAD]


def _errors(values: Values, guess: Callable[[Values], Sequence[float]]) -> Errors:
    found: dict[int, list[float]] = {}
    for origin in range(FEWEST, len(values)):
        guessed = guess(values[:origin])
        for ahead, truth in zip(AHEAD, values[origin:], strict=False):
            found.setdefault(ahead, []).append(abs(guessed[ahead - 1] - truth))
    by_ahead = {ahead: fmean(errors) for ahead, errors in found.items()}
    return Errors(by_ahead, fmean(error for errors in found.values() for error in errors))


def _inside(values: Values, model: Model) -> tuple[int, int]:
    inside80 = inside95 = 0
    for origin in range(FEWEST, len(values)):
        steps = project(values[:origin], AHEAD[-1], model).steps
        for step, truth in zip(steps, values[origin:], strict=False):
            inside80 += step.low80 <= truth <= step.high80
            inside95 += step.low95 <= truth <= step.high95
    return inside80, inside95
