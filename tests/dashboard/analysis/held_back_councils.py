"""Which model wins, and how far off it is, in every council whose plans are published.

Run it for the table of `docs/projection.md`: `python -m tests.dashboard.analysis.held_back_councils
FOLDER`, the folder that holds the publishers' files.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from dashboard.analysis.projection import Model, project
from dashboard.analysis.projection_error import AHEAD, Trial, hold_back, why_not_tried

_FILE = Path("lait") / "bds_long_send_measures_all_areas.csv"
_ITEM = "SEN_CASES_JAN"
YEARS = range(2019, 2026)


def council_series(folder: Path) -> dict[str, tuple[float, ...]]:
    """Plans each January of every area that has all years and is large enough."""
    found: dict[str, dict[str, float]] = {}
    with (folder / _FILE).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Short Desc"] == _ITEM and row["Values"].replace(".", "").isdigit():
                found.setdefault(row["LA and Regions"], {})[row["Years"]] = float(row["Values"])
    whole = (
        (name, tuple(years.get(str(year), 0.0) for year in YEARS)) for name, years in found.items()
    )
    return {name: values for name, values in whole if not why_not_tried(values)}


def tried(folder: Path) -> dict[str, Trial]:
    return {name: hold_back(values) for name, values in council_series(folder).items()}


def unseen_errors(folder: Path) -> list[tuple[float, float]]:
    """For the newest year, which the choice of the model never saw: the error of the chosen model
    and of “same as last year”, each in per cent of the year before."""
    found = []
    for values in council_series(folder).values():
        known, truth = values[:-1], values[-1]
        step = project(known, 1, hold_back(known).chosen).steps[0]
        found.append(
            tuple(abs(guess - truth) / known[-1] * 100 for guess in (step.middle, known[-1]))
        )
    return [(own, same) for own, same in found]


def _report(folder: Path) -> Iterator[str]:
    trials = tried(folder)
    sizes = {name: values[-1] for name, values in council_series(folder).items()}
    yield f"{len(trials)} areas. Chosen: {Counter(t.chosen.value for t in trials.values())}"
    for model in Model:
        errors = [
            fmean(t.errors[model].by_ahead[ahead] / sizes[n] * 100 for n, t in trials.items())
            for ahead in AHEAD
        ]
        yield f"{model.value}: {[round(error, 1) for error in errors]} per cent of the newest count"
    last = [
        fmean(t.last_growth.by_ahead[ahead] / sizes[n] * 100 for n, t in trials.items())
        for ahead in AHEAD
    ]
    yield f"last growth: {[round(error, 1) for error in last]}"
    total = sum(t.total for t in trials.values())
    for place, name in enumerate(("80%", "95%")):
        yield f"inside {name}: {sum(t.inside[place] for t in trials.values()) / total:.2f}"
    unseen = unseen_errors(folder)
    chosen, same = fmean(a for a, _ in unseen), fmean(b for _, b in unseen)
    yield f"unseen year: chosen {chosen:.1f}, same {same:.1f}"
    yield f"worse than same on it: {sum(a > b for a, b in unseen)} of {len(unseen)}"


if __name__ == "__main__":
    for line in _report(Path(sys.argv[1])):
        print(line)
