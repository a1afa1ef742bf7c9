"""One invented child at a time, for tests of a single fact, and what is counted of it."""

import datetime as dt
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from loaders.sen2.derived import Derived, Wanted, derive
from schemas.area import load_areas
from schemas.term import parse_term
from tests.sen2 import invented_return as invented

DARLINGTON = "E06000005"
AUTUMN = "Autumn 2025/26"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def child(born: str = "2015-05-05", place: int = 1) -> invented.Child:
    """A child without a request, in Primary in autumn 2025."""
    return invented._child(place, random.Random(place)) | {"born": day(born)}


def with_plan(
    start: str = "2025-10-01", received: str | None = "2025-06-02", **facts: Any
) -> invented.Child:
    """A child with a plan; `facts` of the plan, or `week20`, `transfer`, `born`, `meeting`."""
    one = child(facts.pop("born", "2015-05-05"), facts.pop("place", 1))
    on = {"received": day(received) if received else None, "outcome": "Y" if received else "H"}
    of = invented.request(one, **on, outcome_on=day(received) if received else None)
    week20 = facts.pop("week20", "0")
    asked = {
        name: facts.pop(name) for name in ("transfer", "meeting", "decided_on") if name in facts
    }
    ended = {"outcome": "Y", "outcome_on": day(start)} if received else {"outcome": "H"}
    invented.plan(invented.assessment(of, week20=week20, **ended), day(start), **facts)
    active = invented.active(of, random.Random(5), **asked)
    active["needs"] = [(1, "ASD")]
    place = invented.placement(day("2024-09-01"), random.Random(1))
    active["placements"] = [place | {"setting": "EHE", "urn": "", "ukprn": ""}]
    return one


def wanted(term: str = AUTUMN, **choices: Any) -> Wanted:
    area, found = load_areas().get(DARLINGTON), parse_term(term)
    assert area is not None
    assert found is not None
    return Wanted(area, found, **choices)


def counted(
    folder: Path, children: Sequence[invented.Child], term: str = AUTUMN, **choices: Any
) -> Derived:
    """What is counted of these children's XML."""
    path = folder / "return.xml"
    path.write_bytes(invented.as_xml(children))
    return derive([path], wanted(term, **choices))


def cell(result: Derived, extract: str, column: str, **where: str) -> Any:
    """One cell of the sheets."""
    assert result.rows is not None, [str(one) for one in result.told]
    [row] = [r for r in result.rows[extract] if where.items() <= r.items()]
    return row[column]


def rules(result: Derived) -> dict[str, tuple[int, ...]]:
    """Rule → row numbers."""
    return {one.rule: one.rows for one in result.told}
