"""Runs the benchmarks, keeps their numbers in `docs/performance.json` and writes the page of them.

`--only pages` runs one part; the numbers of the others stay as they were.
"""

import argparse
import json
import os
import platform
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench import (
    bench_benchmark,
    bench_everyone,
    bench_load,
    bench_pages,
    bench_production,
    bench_query,
    bench_requests,
)
from tests.bench.report import report

DOCS = Path(__file__).resolve().parents[2] / "docs"
Part = Callable[[Path], Mapping[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", choices=PARTS, help="run one part and keep the others' numbers")
    only = parser.parse_args().only
    data = DOCS / "performance.json"
    held = json.loads(data.read_text(encoding="utf-8")) if data.exists() else {}
    for name, part in PARTS.items():
        if only in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                held[name] = {"machine": _machine(), **_rounded(part(Path(folder)))}
            data.write_text(json.dumps(held, indent=2) + "\n", encoding="utf-8")
    page = report(held)
    (DOCS / "performance.md").write_text(page, encoding="utf-8")
    print(page)


def _load(folder: Path) -> Mapping[str, Any]:
    ways = {name: asdict(taken) for name, taken in bench_load.measure(folder).items()}
    return {"ways": ways, "observations": bench_load.observations()}


def _files(_: Path) -> Mapping[str, Any]:
    return {"files": bench_benchmark.bench()}


def _queries(folder: Path) -> Mapping[str, Any]:
    return {"milliseconds": bench_query.measure(folder)}


def _pages(folder: Path) -> Mapping[str, Any]:
    return bench_pages.measure(folder)


def _server(folder: Path) -> Mapping[str, Any]:
    return bench_requests.measure(folder)


def _everyone(folder: Path) -> Mapping[str, Any]:
    return bench_everyone.measure(folder)


def _production(folder: Path) -> Mapping[str, Any]:
    return bench_production.measure(folder)


PARTS: Mapping[str, Part] = {
    "load": _load,
    "files": _files,
    "queries": _queries,
    "pages": _pages,
    "server": _server,
    "everyone": _everyone,
    "production": _production,
}


def _machine() -> str:
    cores = os.cpu_count()
    return f"{platform.system()}, Python {platform.python_version()}, {cores} cores"


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _rounded(one) for key, one in value.items()}
    return round(value, 3) if isinstance(value, float) else value


if __name__ == "__main__":
    main()
