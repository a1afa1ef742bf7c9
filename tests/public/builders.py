"""Figures and releases for everyone, with sensible facts where a test states none."""

import datetime as dt
from typing import Any

from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from schemas.area_settings import load_area_settings
from schemas.measure import load_measures
from schemas.term import parse_term

DARLINGTON = "E06000005"
COUNCIL = "Darlington Borough Council"
_FIGURE = {
    "measure_id": "ehcp_20w_excl",
    "area_code": DARLINGTON,
    "period": "2025-26 summer",
    "period_start": "2026-05-01",
    "period_end": "2026-08-31",
    "basis": "in_term",
    "breakdown": "all",
    "category": "all",
    "numerator": 30.0,
    "denominator": 60.0,
    "value": 50.0,
    "symbol": None,
    "unreliable": False,
    "rounded": False,
    "status": "final",
    "definition_version": 1,
    "source": COUNCIL,
    "version": "2025-26 summer v1.0",
    "as_at_on": "2026-08-31",
    "invented": True,
}


def figure(**facts: Any) -> PublicFigure:
    """A share of 20-week plans in the summer term 2025/26, unless told. With `symbol` and without
    numbers it is hidden: nothing of the numbers is left."""
    if facts.get("symbol"):
        facts = {"numerator": None, "denominator": None, "value": None} | facts
    return PublicFigure(**(_FIGURE | facts))


def release(*figures: PublicFigure, **facts: Any) -> PublicRelease:
    """A publication of the summer term 2025/26 for Darlington; figures of Darlington by its own
    organisations are its own, the others stand beside them."""
    area = facts.get("area") or load_area_settings()[DARLINGTON]
    term = parse_term("2025-26 summer")
    own = tuple(one for one in figures if one.source in area.organisations)
    made = {
        "area": area,
        "name": "2025-26-summer-v1.0",
        "term": term,
        "label": "Summer term 2025/26, version 1.0",
        "published_on": dt.date(2026, 10, 15),
        "invented": any(one.invented for one in own),
        "measures": {
            one.id: one for one in load_measures().values() if one.source.extract in area.extracts
        },
        "own": own,
        "beside": tuple(one for one in figures if one not in own),
    }
    return PublicRelease(**(made | facts))
