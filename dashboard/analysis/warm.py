"""The slow libraries of the arithmetic: loaded when first needed, or ahead of the first page."""

from importlib import import_module
from typing import Any


def load_statistics() -> None:
    """For a thread at the server's start: without it the first verdict waits seconds."""
    scipy_stats()
    statsmodels_proportion()
    statsmodels_regression()
    statsmodels_smoothing()


# The libraries do not say what types their functions take, hence Any.


def scipy_stats() -> Any:
    return import_module("scipy.stats")


def statsmodels_proportion() -> Any:
    return import_module("statsmodels.stats.proportion")


def statsmodels_regression() -> Any:
    return import_module("statsmodels.regression.linear_model")


def statsmodels_smoothing() -> Any:
    return import_module("statsmodels.tsa.holtwinters")
