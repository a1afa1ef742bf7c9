"""A measure, or everything, as JSON: definitions once, then one object for each figure."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dashboard.charts.table import Raw
from dashboard.public.data.about import attribution, licence_code, settings_of, symbol_entries
from dashboard.public.data.dictionary import definition_facts
from dashboard.public.data.long import COLUMNS
from dashboard.public.release import PublicRelease
from schemas.measure import Measure

_TRUTHS = ("unreliable", "rounded", "invented")
# In the CSV these stand in every row; here they would double the file.
_SAID_ONCE = ("measure", "theme", "unit", "basis_words", "breakdown_words", "symbol_words")
_Cells = tuple[Raw, ...]


def measure_json(release: PublicRelease, measure: Measure, rows: Iterable[_Cells]) -> bytes:
    """One measure: its definition, and every figure."""
    return _written(
        {
            **_about(release),
            "measure": definition_facts(measure),
            "figures": [*_figures(rows)],
        }
    )


def all_json(release: PublicRelease, rows: Iterable[_Cells]) -> bytes:
    """Every measure and every figure; what is the same for all figures of a measure stands with
    the measure."""
    return _written(
        {
            **_about(release),
            "measures": [definition_facts(one) for one in release.measures.values()],
            "left_out": [
                {"measure_id": one.measure_id, "breakdown": one.breakdown, "words": one.words}
                for one in release.left_out
            ],
            "figures": [*_figures(rows)],
        }
    )


def _about(release: PublicRelease) -> dict[str, Any]:
    return {
        "release": _release(release),
        "symbols": dict(symbol_entries()),
        "columns": {name: words for name, words in COLUMNS.items() if name not in _SAID_ONCE},
    }


def _release(release: PublicRelease) -> dict[str, Any]:
    return {
        "name": release.name,
        "label": release.label,
        "area_code": release.area.code,
        "area_name": release.area.name,
        "partnership": release.area.partnership,
        "published_on": release.published_on.isoformat(),
        "licence": settings_of(release).licence,
        "licence_address": settings_of(release).licence_address,
        "licence_code": licence_code(release) or None,
        "attribution": attribution(release),
        "invented": release.invented,
    }


def _figures(rows: Iterable[_Cells]) -> Iterator[dict[str, Any]]:
    for cells in rows:
        named = zip(COLUMNS, cells, strict=True)
        yield {name: _value(name, cell) for name, cell in named if name not in _SAID_ONCE}


def _value(name: str, cell: Raw) -> Raw | bool | None:
    if name in _TRUTHS:
        return cell == "yes"
    return None if cell == "" else cell


def _written(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
