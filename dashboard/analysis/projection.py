"""Growth continued: yearly counts carried forward by simple named models, with 80% and 95% ranges.

All models work on logarithms, so that growth is a share of what is there. A range holds what one
would see if the model were right and its ups and downs stayed as they were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.analysis.warm import scipy_stats, statsmodels_regression, statsmodels_smoothing

Numbers = NDArray[np.float64]

FADES = 0.9  # of last year's growth that is left each year when growth fades
_LEVELS = (0.2, 0.4, 0.6, 0.8, 1.0)
_TRENDS = (0.0, 0.1, 0.2, 0.4, 0.6)
_FITTED = 2  # a level's and a trend's weight


class Model(StrEnum):
    """`steady`: a random walk with drift. `changing`: Holt's linear trend. `fading`: Holt's damped
    trend. `same`: as many as last year."""

    steady = "steady"
    changing = "changing"
    fading = "fading"
    same = "same"


class Step(NamedTuple):
    """So many years ahead: the middle (as likely above as below) and the ends of both ranges."""

    ahead: int
    middle: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True)
class Projection:
    """`parameters` are those that were fitted, by name, on the scale of logarithms."""

    model: Model
    steps: tuple[Step, ...]
    parameters: Mapping[str, float]


class _Fit(NamedTuple):
    """On the scale of logarithms: middles, their standard errors and degrees of freedom."""

    middles: Numbers
    errors: Numbers
    freedom: int
    parameters: Mapping[str, float]


@lru_cache(maxsize=512)
def project(values: tuple[float, ...], ahead: int, model: Model) -> Projection:
    """
    Args:
        values: yearly counts above 0, oldest first, four or more.
        ahead: years to carry forward.
    """
    logs = np.log(np.asarray(values, dtype=np.float64))
    fit = _FITS[model](logs, np.arange(1, ahead + 1, dtype=np.float64))
    t80, t95 = (scipy_stats().t.ppf(p, fit.freedom) for p in (0.9, 0.975))
    ends = (fit.middles + t * fit.errors for t in (0.0, -t80, t80, -t95, t95))
    columns = zip(*(np.exp(end).tolist() for end in ends), strict=True)
    steps = tuple(Step(place, *found) for place, found in enumerate(columns, start=1))
    return Projection(model, steps, fit.parameters)


def _steady(logs: Numbers, years: Numbers) -> _Fit:
    """The mean of the yearly growths goes on; the range allows for that mean being uncertain."""
    growth = np.diff(logs)
    found = statsmodels_regression().OLS(growth, np.ones(len(growth))).fit()
    drift, spread = float(found.params[0]), float(found.scale) ** 0.5
    errors = spread * np.sqrt(years + years**2 / len(growth))
    return _Fit(logs[-1] + drift * years, errors, int(found.df_resid), {"drift": drift})


def _changing(logs: Numbers, years: Numbers) -> _Fit:
    return _holt(logs, years, 1.0)


def _fading(logs: Numbers, years: Numbers) -> _Fit:
    return _holt(logs, years, FADES)


def _same(logs: Numbers, years: Numbers) -> _Fit:
    growth = np.diff(logs)
    spread = float(np.sqrt(np.mean(growth**2)))
    return _Fit(np.repeat(logs[-1], len(years)), spread * np.sqrt(years), len(growth), {})


def _holt(logs: Numbers, years: Numbers, damping: float) -> _Fit:
    """The weights that fit best among a few: with so few years finer ones would be pretence."""
    start = float(logs[-1] - logs[0]) / (len(logs) - 1)
    begun = statsmodels_smoothing().Holt(
        logs,
        damped_trend=damping < 1,
        initialization_method="known",
        initial_level=float(logs[0]) - damping * start,
        initial_trend=start,
    )
    given: dict[str, Any] = {"damping_trend": damping} if damping < 1 else {}
    fits = (
        begun.fit(smoothing_level=level, smoothing_trend=trend, optimized=False, **given)
        for level, trend in product(_LEVELS, _TRENDS)
        if trend <= level
    )
    best = min(fits, key=lambda fit: round(float(fit.sse), 12))
    level, trend = (float(best.params[f"smoothing_{name}"]) for name in ("level", "trend"))
    freedom = max(len(logs) - 1 - _FITTED, 1)
    spread = (float(best.sse) / freedom) ** 0.5
    # What a surprise adds to the value so many years later: the usual formula for these models.
    weights = level + level * trend * np.cumsum(damping**years)
    errors = spread * np.sqrt(1 + np.concatenate([[0.0], np.cumsum(weights[:-1] ** 2)]))
    middles = np.asarray(best.forecast(len(years)), dtype=np.float64)
    parameters = {"level": level, "trend": trend, "damping": damping, "start": start}
    return _Fit(middles, errors, freedom, parameters)


_FITS = {
    Model.steady: _steady,
    Model.changing: _changing,
    Model.fading: _fading,
    Model.same: _same,
}


def growth_of(values: Sequence[float]) -> float:
    """The mean yearly growth in per cent."""
    return float((values[-1] / values[0]) ** (1 / (len(values) - 1)) - 1) * 100
