"""The registry of extracts: every module in this folder that defines `EXTRACT`."""

import importlib
import pkgutil
from functools import cache

from schemas.extract import Extract

_ORDER = (
    "ehc_plans",
    "ehc_plans_by_need",
    "ehc_plans_by_placement",
    "ehc_requests",
    "ehc_timeliness",
    "annual_reviews",
    "nd_waits",
    "therapy_waits",
    "exclusions",
    "attendance",
    "out_of_school",
    "special_places",
    "appeals",
)


@cache
def load_extracts() -> dict[str, Extract]:
    """Every extract by its id, in the order of the contract; new ones come last, by name."""
    names = {module.name for module in pkgutil.iter_modules(__path__)}
    ordered = [name for name in _ORDER if name in names] + sorted(names - set(_ORDER))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in ordered)
    return {module.EXTRACT.id: module.EXTRACT for module in modules}
