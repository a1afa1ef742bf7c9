"""How long a release takes to protect, beside one audit of it by two solver calls for each cell.

Run: `.venv/bin/python -m tests.bench.bench_disclosure`. Not a test: times differ between machines.
"""

import json
from time import process_time

from dashboard.analysis.disclosure.cell import Cell, Protection, Relation
from dashboard.analysis.disclosure.protect import protect
from tests.dashboard.disclosure.made_release import decided, terms_of
from tests.dashboard.disclosure.plain_audit import reach

TERMS = 5


def bench() -> None:
    """Prints, for each publication after another, its size, seconds of the processor, the ratio."""
    cells: list[Cell] = []
    relations: list[Relation] = []
    for new, ties in terms_of(seed=1, terms=TERMS):
        cells, relations = cells + new, relations + ties
        began = process_time()
        found = protect(cells, relations)
        ours = process_time() - began
        print(json.dumps(_line(cells, relations, found, ours)), flush=True)
        cells = decided(cells, found)


def _line(
    cells: list[Cell], relations: list[Relation], found: Protection, ours: float
) -> dict[str, float]:
    some = sorted(found.primary)[::40]
    began = process_time()
    for name in some:
        reach(cells, relations, found, name)
    plain = (process_time() - began) / len(some) * len(found.primary)
    return {
        "cells": len(cells),
        "primary": len(found.primary),
        "secondary": len(found.secondary),
        "seconds": round(ours, 1),
        "plain_audit_seconds": round(plain, 1),
        "ratio": round(ours / plain, 2),
    }


if __name__ == "__main__":
    bench()
