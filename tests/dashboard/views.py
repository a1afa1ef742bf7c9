"""Builders of what a page shows, with defaults, so that a test states only its own facts."""

import datetime as dt
from typing import Any

from dashboard.view import Line, MeasureView, Point
from schemas.area_settings import AreaSettings, load_area_settings
from schemas.measure import Measure, load_measures
from schemas.term import parse_term, sen2_census_on

DARLINGTON: AreaSettings = load_area_settings()["E06000005"]


def measure(name: str = "ehcp_20w_excl", **changed: Any) -> Measure:
    return load_measures()[name].model_copy(update=changed)


def point(period: str, value: float | str | None, **given: Any) -> Point:
    """A term's flow unless dates are given; a text is a symbol."""
    if "start" not in given:
        term = parse_term(period)
        assert term is not None
        window = term.flow_window
        given |= {"start": window.start.isoformat(), "end": window.end.isoformat()}
    number = None if isinstance(value, str) else value
    default: dict[str, Any] = {
        "symbol": value if isinstance(value, str) else None,
        "numerator": None,
        "denominator": None,
        "status": "final",
        "source": "Darlington Borough Council",
        "vintage": f"{period} v1",
        "as_at_on": "2026-01-12",
    }
    return Point(period=period, value=number, **(default | given))


def stock(period: str, value: float | str, **given: Any) -> Point:
    """A term's last day."""
    term = parse_term(period)
    assert term is not None
    day = term.flow_window.end.isoformat()
    return point(period, value, start=day, end=day, **given)


def year(number: int, value: float) -> Point:
    """A published calendar year."""
    return point(str(number), value, start=f"{number}-01-01", end=f"{number}-12-31")


def january(number: int, value: float) -> Point:
    """A published January census."""
    day = sen2_census_on(number).isoformat()
    return point(f"{number}-01", value, start=day, end=day)


def month(number: str, value: float) -> Point:
    first = dt.date.fromisoformat(f"{number}-01")
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return point(number, value, start=first.isoformat(), end=last.isoformat())


def line(key: str, *points: Point, basis: str = "calendar_year", **given: Any) -> Line:
    names = {"england": "England", "region": "North East", "neighbours": "Statistical neighbours"}
    return Line(key, names.get(key, key), basis, points, **given)


def view(*points: Point, about: Measure | None = None, **given: Any) -> MeasureView:
    about = about or measure()
    default: dict[str, Any] = {
        "settings": DARLINGTON,
        "headline_label": "",
        "months": None,
        "comparators": (),
        "breakdowns": (),
        "invented": False,
    }
    terms = Line("own", DARLINGTON.name, about.basis, points)
    return MeasureView(measure=about, terms=terms, **(default | given))
