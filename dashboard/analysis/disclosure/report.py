"""The assurer's report: what is hidden and why, what is coarser, and how well it is protected."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.analysis.disclosure.cell import ALGORITHM, Cell, Protection
from dashboard.analysis.disclosure.coarsen import Step
from dashboard.analysis.disclosure.primary import EDUCATION_MOST, HEALTH_MOST
from dashboard.analysis.disclosure.rates import Figure
from dashboard.analysis.disclosure.reasons import told_to_everyone, why_primary, why_secondary
from schemas.measure import Measure


def build_report(
    cells: Mapping[str, Cell],
    protection: Protection,
    figures: Sequence[Figure],
    steps: Sequence[Step],
    measures: Mapping[str, Measure],
) -> dict[str, Any]:
    """JSON-able and the same for the same release. It holds true counts: for the assurer only."""
    hidden = [_hidden(cells[name], protection) for name in sorted(protection.hidden & cells.keys())]
    bounds = {name: [found.low, found.high] for name, found in sorted(protection.bounds.items())}
    audit = json.dumps({"hidden": [one["id"] for one in hidden], "bounds": bounds}, sort_keys=True)
    return {
        "algorithm": ALGORITHM,
        "hidden_for_themselves": {"education": [1, EDUCATION_MOST], "health": [1, HEALTH_MOST]},
        "cells": _counts(cells, protection),
        "figures": _figures(figures),
        "hidden": hidden,
        "coarsened": [_coarsened(step, measures[step.measure_id]) for step in steps],
        "unprotected": sorted(protection.unprotected),
        "audit_sha256": hashlib.sha256(audit.encode()).hexdigest(),
    }


def _hidden(cell: Cell, protection: Protection) -> dict[str, Any]:
    primary = cell.id in protection.primary
    found = protection.bounds.get(cell.id)
    return {
        "id": cell.id,
        "count": cell.value,
        "kind": "primary" if primary else "secondary",
        "published": cell.published,
        "why": why_primary(cell) if primary else why_secondary(cell),
        "bounds": [found.low, found.high] if found else None,
    }


def _counts(cells: Mapping[str, Cell], protection: Protection) -> dict[str, int]:
    shown = {name for name, cell in cells.items() if cell.published}
    return {
        "published": len(shown),
        "worked_out": len(cells) - len(shown),
        "hidden_primary": len(protection.primary & shown),
        "hidden_secondary": len(protection.secondary & shown),
        "worked_out_primary": len(protection.primary - shown),
    }


def _figures(figures: Sequence[Figure]) -> dict[str, Any]:
    """How many figures of each measure, how many of them hidden, and for how many reasons."""
    every = Counter(one.observation.measure_id for one in figures)
    gone = Counter(one.observation.measure_id for one in figures if one.is_hidden)
    return {
        "all": len(figures),
        "hidden": sum(gone.values()),
        "why": dict(sorted(Counter(one.why for one in figures if one.is_hidden).items())),
        "by_measure": {name: [gone[name], every[name]] for name in sorted(every)},
    }


def _coarsened(step: Step, measure: Measure) -> dict[str, Any]:
    return {
        "measure": step.measure_id,
        "breakdown": step.breakdown,
        "how": step.how,
        "members": list(step.members),
        "words": told_to_everyone(step, measure),
        "why": step.why,
    }
