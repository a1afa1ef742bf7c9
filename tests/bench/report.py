"""The kept numbers of the benchmarks → the page people read, each ratio with its aim beside it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.bench.markdown import table
from tests.bench.report_everyone import everyone
from tests.bench.report_pages import change, first_visit, server
from tests.bench.report_production import production

Held = Mapping[str, Any]
_TOP = """# Performance

Written by `make bench` from `performance.json`: medians, the ways side by side in one run on one
machine. Trust the ratios, not the seconds.

{machines}.
"""
_LOAD = """The plain way stores 10,000 rows as they are. Ours stores {observations:,} observations:
every measure by every breakdown, year to date and three terms running. At most 1.5 is the aim."""
_FILES = """At most 2.5 and 450 MB is the aim. In the first file most rows are by ethnicity, age and
the like and are checked but not stored; in the second every row becomes an observation."""


def report(held: Held) -> str:
    """The whole page; a part that was never measured says so."""
    machines = sorted({part["machine"] for part in held.values()})
    parts = [
        _section("Check and load a workbook of five sheets of 2,000 rows", held, "load", _load),
        _section("Load a published CSV of 900,000 rows", held, "files", _files),
        _section("One measure page's queries", held, "queries", _queries),
        _section("A page, first visit", held, "pages", first_visit),
        _section("Changing the measure", held, "pages", change),
        _section("Server", held, "server", server),
        _section("Everyone", held, "everyone", everyone),
        _section("Production", held, "production", production),
    ]
    return _TOP.format(machines="; ".join(machines)) + "".join(parts)


def _section(title: str, held: Held, name: str, write: Callable[[Held], Iterator[str]]) -> str:
    words = write(held[name]) if name in held else iter(["Not measured yet."])
    return f"\n## {title}\n\n" + "\n\n".join(words) + "\n"


def _load(part: Held) -> Iterator[str]:
    plain, ours = part["ways"]["plain"], part["ways"]["ours"]
    names = {
        "plain: pandas, openpyxl, pandera, `to_sql`": (plain, "1.00"),
        "ours: gate, limited child process, every rule, observations, versions": (
            ours,
            f"**{ours['seconds'] / plain['seconds']:.2f}**",
        ),
    }
    yield table(
        ("way", "seconds", "memory, MB", "ratio"),
        (
            (name, f"{one['seconds']:.2f}", f"{one['megabytes']:.0f}", ratio)
            for name, (one, ratio) in names.items()
        ),
    )
    yield _LOAD.format(observations=part["observations"])


def _files(part: Held) -> Iterator[str]:
    names = {"suspensions": "suspensions by characteristic", "lait": "long, every row a figure"}
    heads = ("file", "size, MB", "`sqlite3 .import`, unchecked, s", "ours, checked, s", "ratio")
    yield table(
        (*heads, "memory, MB", "observations"),
        (
            (
                names[name],
                f"{one['megabytes']:.0f}",
                f"{one['import_seconds']:.2f}",
                f"{one['load_seconds']:.2f}",
                f"**{one['ratio']:.2f}**",
                f"{one['peak_mb']:.0f}",
                f"{one['observations']:,.0f}",
            )
            for name, one in part["files"].items()
        ),
    )
    yield _FILES


def _queries(part: Held) -> Iterator[str]:
    times = part["milliseconds"]
    first = next(iter(times.values()))
    rows = ((name, f"{ms:.1f}", f"{ms / first:.2f}") for name, ms in times.items())
    yield table(("areas loaded", "milliseconds", "ratio"), rows)
    yield "At most 1.5 is the aim."
