"""What readers wait for and what it costs the server, in tables with the aims beside them."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.crowd import CLIENTS
from tests.bench.markdown import table

Held = Mapping[str, Any]
_FIRST = """Chromium, nothing kept, a processor four times slower, 1.6 Mbit/s down, 0.75 up, 150 ms.
Readable: headline, chart and table are painted. Beside it a plain Dash app as most people write it
(`tests/bench/plain_dash`: the same figures, Plotly Express, `compress=True`) and the very same
HTML as files, compressed ahead, from nginx."""
_CHANGE = """From the click to the painted result, after the first page has everything."""
_SERVER = """Processor time of the server, median over the measures of an area, asked once after
a start and then again; and {clients} readers for 20 seconds who look at each page for a second."""


def first_visit(part: Held) -> Iterator[str]:
    yield _FIRST
    measure, overview = part["measure"], part["overview"]
    ours, plain = measure["ours"], measure["plain"]
    rows = [
        _ratio("measure page readable; its last chart there, s", ours["readable"], plain["charts"]),
        _ratio("last interactive chart, s", ours["charts"], plain["charts"], 0.35),
        _ratio("kilobytes of the measure page", ours["kilobytes"], plain["kilobytes"], 0.35, 1),
        _ratio(
            "overview readable, all tiles, s",
            overview["ours"]["readable"],
            overview["plain"]["readable"],
        ),
    ]
    if "nginx" in measure:
        served = measure["nginx"]["readable"]
        rows.append(_ratio("measure page readable; from nginx, s", ours["readable"], served, 1.5))
    yield table(("what", "ours", "beside it", "ratio", "at most"), rows)
    if "nginx" not in measure:
        yield "nginx is not installed here: the comparison with it was left out."


def change(part: Held) -> Iterator[str]:
    yield _CHANGE
    slow, free = part["change, slow"], part["change"]
    quick = free["ours"]["changed"]
    rows = [
        _ratio("slow line and processor, s", *(_changed(slow)), 0.3),
        _ratio("neither slowed, s", *(_changed(free)), None),
    ]
    yield table(("what", "ours", "plain Dash app", "ratio", "at most"), rows)
    yield f"Neither slowed, ours takes {quick:.0f} ms; at most 60 is the aim."


def _changed(ways: Held) -> tuple[float, float]:
    return ways["ours"]["changed"], ways["plain"]["changed"]


def _ratio(
    what: str, ours: float, beside: float, aim: float | None = 0.06, scale: float = 1000
) -> tuple[str, ...]:
    """Times are kept in milliseconds and shown in seconds; other numbers have scale 1."""
    shown = [f"{value / scale:.2f}" if scale != 1 else f"{value:,.0f}" for value in (ours, beside)]
    return (what, *shown, f"**{ours / beside:.3f}**", "" if aim is None else f"{aim:g}")


def server(part: Held) -> Iterator[str]:
    yield _SERVER.format(clients=CLIENTS)
    loaded = list(part["cpu"])
    heads = [f"{words}, ms, {areas}" for areas in loaded for words in ("first", "again")]
    rows = []
    for name in part["cpu"][loaded[0]]:
        times = [part["cpu"][areas][name] for areas in loaded]
        rows.append((name, *(f"{one[when]:.1f}" for one in times for when in ("first", "again"))))
    yield table(("what", *heads), rows)
    yield "At most 4 ms for ours, the same with one area and with all, is the aim."
    yield table(
        ("readers at once", "median, ms", "p95, ms", "errors", "requests a second"),
        (
            (
                name,
                f"{one['median']:.0f}",
                f"**{one['p95']:.0f}**",
                f"{one['errors']:.0f}",
                f"{one['a_second']:.0f}",
            )
            for name, one in part["crowd"].items()
        ),
    )
    yield "A p95 under 200 ms and no errors is the aim."
