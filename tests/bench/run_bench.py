"""Runs every benchmark and writes `docs/performance.md`: ratios side by side in one run."""

import platform
import tempfile
from pathlib import Path

from tests.bench import bench_benchmark, bench_load, bench_query

ROOT = Path(__file__).resolve().parents[2]

PAGE = """# Performance

Written by `make bench`: medians, the ways side by side in one run on one machine. Trust the ratios, not the seconds.

{machine}.

## Check and load a workbook of five sheets of 2,000 rows

| way | seconds | memory, MB | ratio |
|---|---|---|---|
| plain: pandas, openpyxl, pandera, `to_sql` | {plain.seconds:.2f} | {plain.megabytes:.0f} | 1.00 |
| ours: gate, limited child process, every rule, observations, versions | {ours.seconds:.2f} | {ours.megabytes:.0f} | **{load:.2f}** |

The plain way stores 10,000 rows as they are. Ours stores {observations:,} observations: every measure by every breakdown, year to
date and three terms running. At most 1.5 is the aim.

## Load a published CSV of 900,000 rows

| file | size, MB | `sqlite3 .import`, unchecked, s | ours, checked, s | ratio | memory, MB | observations |
|---|---|---|---|---|---|---|
{files}

At most 2.5 and 450 MB is the aim. In the first file most rows are by ethnicity, age and the like and are checked but not
stored; in the second every row becomes an observation.

## One measure page's queries

| areas loaded | milliseconds | ratio |
|---|---|---|
{queries}

At most 1.5 is the aim.
"""  # noqa: E501


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        load = bench_load.measure(Path(folder))
        queries = bench_query.measure(Path(folder))
    files = bench_benchmark.bench()
    plain, ours = load["plain"], load["ours"]
    first = next(iter(queries.values()))
    page = PAGE.format(
        machine=f"{platform.system()}, Python {platform.python_version()}, 2 cores",
        plain=plain,
        ours=ours,
        load=ours.seconds / plain.seconds,
        observations=bench_load.observations(),
        files="\n".join(_file_row(name, one) for name, one in files.items()),
        queries="\n".join(f"| {n} | {ms:.1f} | {ms / first:.2f} |" for n, ms in queries.items()),
    )
    (ROOT / "docs" / "performance.md").write_text(page, encoding="utf-8")
    print(page)


def _file_row(name: str, one: dict[str, float]) -> str:
    kinds = {"suspensions": "suspensions by characteristic", "lait": "long, every row a figure"}
    return (
        f"| {kinds[name]} | {one['megabytes']:.0f} | {one['import_seconds']:.2f} | "
        f"{one['load_seconds']:.2f} | **{one['ratio']:.2f}** | {one['peak_mb']:.0f} | "
        f"{one['observations']:,.0f} |"
    )


if __name__ == "__main__":
    main()
