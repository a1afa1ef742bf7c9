"""How long a 900,000-row published file takes to load, beside `sqlite3 .import` of the same file.

Run: `.venv/bin/python -m tests.bench.bench_benchmark`. Not a test: times differ between machines.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from loaders.benchmarks import load_benchmark_file
from loaders.benchmarks.known import known
from schemas.area import Area, load_areas
from schemas.database import database_url, open_database
from schemas.measure import Benchmark, Measure, load_measures
from schemas.migrations import upgrade

ROWS = 900_000
_BASIS = {"january": "snapshot"}
_GROUPS = {
    "Total": 1,
    "Gender": 2,
    "FSM": 2,
    "SEN provision": 3,
    "SEN primary need": 13,
    "Ethnicity major": 6,
    "Ethnicity minor": 19,
    "NC year group": 15,
    "Age": 20,
}
_SEN = ("SEN with statement or EHC", "SEN without statement", "No SEN")


def bench() -> dict[str, dict[str, float]]:
    """Prints and returns, for each file, seconds, the ratio to `.import` and the peak in MB."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, make in {"suspensions": _suspensions, "lait": _lait}.items():
            path = Path(folder) / f"{name}.csv"
            make().head(ROWS).write_csv(path)
            found[name] = _measure(name, path)
            print(name, json.dumps(found[name]))
    return found


def _measure(name: str, path: Path) -> dict[str, float]:
    imported = min(_seconds(lambda: _import(path)) for _ in range(3))
    runs = [_load_in_child(name, path) for _ in range(3)]
    best = min(run["seconds"] for run in runs)
    return {
        "megabytes": round(path.stat().st_size / 1e6, 1),
        "import_seconds": round(imported, 2),
        "load_seconds": round(best, 2),
        "ratio": round(best / imported, 2),
        "peak_mb": max(run["peak_mb"] for run in runs),
        "observations": runs[0]["observations"],
    }


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _import(path: Path) -> None:
    program = shutil.which("sqlite3")
    assert program, "needs Debian's sqlite3 (apt-get install sqlite3)"
    target = path.with_suffix(".import.sqlite3")
    target.unlink(missing_ok=True)
    subprocess.run([program, target, ".mode csv", f".import {path} t"], check=True)


def _load_in_child(name: str, path: Path) -> dict[str, float]:
    """In a process of its own, so that the peak is the loader's and not the maker's."""
    command = [sys.executable, "-m", "tests.bench.bench_benchmark", name, str(path)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(answer.stdout)
    return result


def load_once(name: str, path: Path) -> dict[str, float]:
    measures = load_measures() if name == "suspensions" else _lait_measures()
    target = path.with_suffix(".sqlite3")
    for file in path.parent.glob(f"{target.name}*"):
        file.unlink()
    database = open_database(database_url(target))
    upgrade(database)
    start = time.perf_counter()
    load = load_benchmark_file(database, path, measures)
    seconds = time.perf_counter() - start
    database.close()
    return {"seconds": seconds, "peak_mb": _peak_mb(), "observations": load.observations}


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    return round(int(peak.split()[1]) / 1024, 1)


def _suspensions() -> pl.DataFrame:
    """The termly file by characteristic, with all its groups."""
    terms = [
        {"time_identifier": f"{season} term", "time_period": f"{year}{(year + 1) % 100}"}
        for year in range(2019, 2025)
        for season in ("Autumn", "Spring", "Summer")
    ]
    phases = ["Total", "State-funded primary", "State-funded secondary", "State-funded special"]
    frame = pl.DataFrame(terms).join(_places(), how="cross")
    frame = frame.join(pl.DataFrame({"education_phase": phases}), how="cross")
    frame = frame.join(pl.DataFrame(_characteristics()), how="cross").with_row_index("n")
    n = pl.col("n")
    return frame.with_columns(
        headcount=n % 9_000 + 1,
        perm_excl=n % 7,
        perm_excl_rate=(n % 7) * 100 / (n % 9_000 + 1),
        suspension=n % 311,
        susp_rate=(n % 311) * 100 / (n % 9_000 + 1),
        one_plus_susp=n % 101,
        one_plus_susp_rate=(n % 101) * 100 / (n % 9_000 + 1),
    ).drop("n")


def _characteristics() -> list[dict[str, str]]:
    rows = [
        {"characteristic_group": group, "characteristic": f"{group} {number}"}
        for group, count in _GROUPS.items()
        for number in range(count)
        if group not in ("SEN provision", "Total")
    ]
    rows.append({"characteristic_group": "Total", "characteristic": "Total"})
    return rows + [{"characteristic_group": "SEN provision", "characteristic": s} for s in _SEN]


def _places() -> pl.DataFrame:
    areas = load_areas()
    england, regions = areas.get("E92000001"), []
    assert england
    for number in range(1, 10):
        region = areas.get(f"E1200000{number}")
        assert region
        regions.append(region)
    rows = [_place("National", None, None)]
    rows += [_place("Regional", region, None) for region in regions]
    rows += [
        _place("Local authority", region, area)
        for region in regions
        for area in areas.within(region.code)
    ]
    return pl.DataFrame(rows)


def _place(level: str, region: Area | None, area: Area | None) -> dict[str, str]:
    return {
        "geographic_level": level,
        "country_code": "E92000001",
        "country_name": "England",
        "region_code": region.code if region else "",
        "region_name": region.name if region else "",
        "new_la_code": area.code if area else "",
        "old_la_code": area.old_code if area else "",
        "la_name": area.name if area else "",
    }


def _lait() -> pl.DataFrame:
    """The tool's table, with more years than it has so that each row is an observation."""
    items = [item for listed in known("lait_clocks").values() for item in listed][:100]
    names = [(a.name, f"{a.old_code}.0") for a in load_areas().local_authorities() if a.old_code]
    frame = pl.DataFrame({"Short Desc": items, "Data item": items})
    frame = frame.join(pl.DataFrame({"Years": [str(y) for y in range(1940, 2025)]}), how="cross")
    places = pl.DataFrame(names, schema=["LA and Regions", "LA Number"], orient="row")
    frame = frame.join(places, how="cross").with_row_index("n")
    value = pl.when(pl.col("n") % 9 == 0).then(pl.lit("-")).otherwise((pl.col("n") % 997) / 10)
    return frame.select(
        "Short Desc",
        "Data item",
        "Years",
        "LA and Regions",
        value.alias("Values"),
        "LA Number",
        pl.lit("North East").alias("Region"),
    )


def _lait_measures() -> dict[str, Measure]:
    base = load_measures()["ehcp_20w_excl"]
    found = {}
    for clock, items in known("lait_clocks").items():
        for number, item in enumerate(items):
            benchmark = Benchmark.model_validate(
                {
                    "file": "lait",
                    "basis": _BASIS.get(clock, clock),
                    "value": "value",
                    "where": {"item": [item]},
                }
            )
            name = f"{clock}_{number}"
            found[name] = base.model_copy(update={"id": name, "benchmarks": (benchmark,)})
    return found


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(load_once(sys.argv[1], Path(sys.argv[2]))))
    else:
        bench()
