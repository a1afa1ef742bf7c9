"""The planner in words: what a projection is, how it did, what it comes to. Never a promise."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard.analysis.capacity import Shares
from dashboard.analysis.projection import FADES, Model, Projection, Step, growth_of
from dashboard.analysis.projection_error import AHEAD, ENOUGH, LEAST, Errors, Trial
from dashboard.words.values import listed, number

MARKING = (
    "This is a projection: it carries the growth of the last years forward. Nobody has counted "
    "the numbers for the years to come, and nobody has agreed them."
)
_NAMES = {
    Model.steady: "Steady growth",
    Model.changing: "Changing growth",
    Model.fading: "Fading growth",
    Model.same: "Same as last year",
}
LAST_GROWTH = "Same growth as last year"
_HOW = {
    Model.steady: "The mean yearly growth of all the years goes on (a random walk with drift, "
    "fitted to the logarithms).",
    Model.changing: "The growth follows the newest years more than the old ones (Holt’s linear "
    "trend, fitted to the logarithms).",
    Model.fading: "The growth follows the newest years and fades: each year keeps "
    f"{number(FADES * 10, 0)} tenths of the growth before it (Holt’s damped trend, fitted to the "
    "logarithms).",
    Model.same: "The number stays as it was; the range is as wide as the usual yearly change.",
}
SERIES: Mapping[str, str] = {
    "all": "children and young people with an EHC plan",
    "special": "children and young people with an EHC plan in special schools",
}


def model_name(model: Model) -> str:
    return _NAMES[model]


def model_sentence(projection: Projection) -> str:
    """How it goes on, in a sentence with the model’s own name."""
    return _HOW[projection.model]


def growth_sentence(values: Sequence[float], first: int, last: int) -> str:
    mean, newest = growth_of(values), (values[-1] / values[-2] - 1) * 100
    return (
        f"From January {first} to January {last} the number went from {number(values[0], 0)} to "
        f"{number(values[-1], 0)}: {_percent(mean)} a year on average, {_percent(newest)} in the "
        "newest year."
    )


def assumed(model: Model) -> str:
    """What the projection takes for granted, as a heading."""
    return "If the number stays as it is" if model is Model.same else "If growth goes on"


def headline(model: Model, series: str, step: Step, year: int) -> str:
    """`If growth goes on, there would be about 1,520 … in January 2029 (80% range 1,370 to
    1,690, …).`"""
    low, high = number(step.low80, 0), number(step.high80, 0)
    return (
        f"{assumed(model)}, there would be about {number(step.middle, 0)} "
        f"{SERIES[series]} in January {year} (80% range {low} to {high}, 95% range "
        f"{number(step.low95, 0)} to {number(step.high95, 0)})."
    )


def refused(why: str, series: str, years: int) -> str:
    """Why nothing is projected."""
    what = SERIES[series]
    if why == "small":
        return (
            f"In some years fewer than {LEAST} {what} were counted. So small a number moves by "
            "single children, so nothing is projected."
        )
    counts = "1 January count" if years == 1 else f"{years} January counts"
    return (
        f"There are {counts} of {what} in a row since 2019. It takes {ENOUGH} to carry growth "
        "forward and hold some years back to see how well that does, so nothing is projected."
    )


def trial_sentences(trial: Trial, used: Model) -> Iterator[str]:
    """How the model that is used did on held-back years, good or bad."""
    own, same = trial.errors[used], trial.errors[Model.same]
    name = model_name(used).lower()
    far = f"{number(own.overall, 0)} {_children(own.overall)}"
    beside = f"; “same as last year” was wrong by {number(same.overall, 0)}"
    yield (
        f"On the years held back, “{name}” was wrong by {far} on average"
        f"{'' if used is Model.same else beside}."
    )
    if trial.chosen is Model.same:
        yield (
            "No model was at least as good as “same as last year” for every number of years ahead, "
            "so the planner uses “same as last year” unless you choose another."
        )
    elif used is not trial.chosen:
        yield f"The planner itself would use “{model_name(trial.chosen).lower()}”."
    if used is not Model.same and not own.no_worse_than(same):
        yield "That is worse than “same as last year” for some years ahead: better not use it."
    if trial.last_growth.overall < own.overall:
        yield (
            f"“{LAST_GROWTH}” did better here: {number(trial.last_growth.overall, 0)} on average. "
            "It has no range of its own, so it is not drawn."
        )
    inside80, inside95 = trial.inside
    if used is trial.chosen:
        yield (
            f"Of {trial.total} held-back numbers {inside80} lay inside the 80% range and "
            f"{inside95} inside the 95% range."
        )
        if used is not Model.same:
            yield (
                "The model was chosen for doing best on these same years, so expect it to do a "
                "little worse on years to come."
            )


def error_rows(trial: Trial) -> Iterator[tuple[str, list[str]]]:
    """Each model with its mean absolute error 1, 2 and 3 years ahead, then the yardstick."""
    rows = [(model_name(model), errors) for model, errors in trial.errors.items()]
    for name, errors in (*rows, (LAST_GROWTH, trial.last_growth)):
        yield name, [_error(errors, ahead) for ahead in AHEAD]


def tests_row(trial: Trial) -> list[str]:
    return [number(trial.tests.get(ahead, 0), 0) for ahead in AHEAD]


def shares_sentence(shares: Shares, year: int) -> str:
    """Where the share stands, and that it moves."""
    now = number(shares.now * 100, 1)
    low, high = number(shares.low * 100, 1), number(shares.high * 100, 1)
    return (
        f"In January {year} {now}% of children and young people with a plan were in special "
        f"schools; over the last years the share was between {low}% and {high}%."
    )


def alone_sentence(projection: Projection, year: int) -> str:
    """What those in special schools come to when they are carried forward by themselves."""
    step, name = projection.steps[-1], model_name(projection.model).lower()
    return (
        "The share need not stay. Carried forward by themselves, with the model that did best for "
        f"them (“{name}”), those in special schools would be about {number(step.middle, 0)} in "
        f"January {year} (80% range {number(step.low80, 0)} to {number(step.high80, 0)})."
    )


def short_sentence(found: tuple[int | None, int | None, int | None], until: int) -> str:
    """When the places would run out if nothing else changes."""
    middle, earliest, latest = found
    if earliest is None:
        return f"There would be enough places until January {until}, over the whole range."
    if middle is None:
        said = f"By the middle of the range there would be enough places until January {until}"
    else:
        said = f"There would be fewer places than are needed from January {middle} on"
    end = f"January {latest}" if latest else f"after January {until}"
    return f"{said}; over the range, from January {earliest} at the earliest, {end} at the latest."


def places_label(places: float, extra: int | None) -> str:
    """The line of places on the chart: `Places paid for: 387`, `Places with 30 more: 417`."""
    if not extra:
        return f"Places paid for: {number(places, 0)}"
    way = "more" if extra > 0 else "fewer"
    return f"Places with {number(abs(extra), 0)} {way}: {number(places, 0)}"


def chart_words(series: str, counts: Sequence[tuple[int, float]], steps: Sequence[Step]) -> str:
    """The chart for a person who cannot see it."""
    (first, start), (last, end) = counts[0], counts[-1]
    ahead = [
        f"{number(step.middle, 0)} in January {last + step.ahead} (80% range "
        f"{number(step.low80, 0)} to {number(step.high80, 0)}, 95% range "
        f"{number(step.low95, 0)} to {number(step.high95, 0)})"
        for step in steps
    ]
    return (
        f"Projection, not counted figures, of {SERIES[series]}. Counted: {number(start, 0)} in "
        f"January {first} to {number(end, 0)} in January {last}. Projected, as a broken line with "
        f"its ranges shaded: {listed(ahead)}."
    )


def _error(errors: Errors, ahead: int) -> str:
    found = errors.by_ahead.get(ahead)
    return "not tried" if found is None else number(found, 0)


def _children(count: float) -> str:
    return "child or young person" if number(count, 0) == "1" else "children and young people"


def _percent(value: float) -> str:
    return f"{'up' if value >= 0 else 'down'} {number(abs(value), 1)}%"
