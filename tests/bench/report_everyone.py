"""What everyone sees, in tables with the aims beside them: how fast it is made, sent and read."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.markdown import table

Held = Mapping[str, Any]
_HALF = 0.5
_SENT = """The front family page, {kilobytes:.1f} KB packed, the very same bytes from each. One
client (ApacheBench, eight connections) asks one server at a time, in turn."""
_WAYS = {
    "nginx": "nginx, the folder of `send-dashboard export`",
    "ours": "ours, `send-dashboard serve` (waitress)",
    "waitress": "waitress with these bytes alone, no program under it",
    "granian": "ours under granian, one worker (optional, not installed with it)",
}
_LIMIT = """With the same bytes and no program under it waitress reaches {fresh:.2f} of nginx with a
connection for each request and {kept:.2f} with one for many{so}.
nginx over `send-dashboard export` is 1.0 by definition."""
_SO = ", so the server in front is the limit"
_READ = """Chromium, nothing kept, a phone of 360 by 640, a processor four times slower,
1.6 Mbit/s down, 0.75 up, 150 ms. Readable: the last text and every picture are painted. nginx sends
the same files and headers. Both send gzip here; browsers take brotli too, which ours has: its rows
say so."""
_PAGES = {"front": "front family page", "topic": "page of one topic"}
_MADE = """The demonstration's newest term: {observations:,.0f} figures sent in. Its disclosure
control comes with an audit of each hidden count by an integer solver."""


def everyone(part: Held) -> Iterator[str]:
    yield from _made(part["made"])
    yield from _sent(part["a_second"], part["page_bytes"])
    yield from _read(part["visits"])


def _made(made: Held) -> Iterator[str]:
    yield _MADE.format(**made)
    cells = f"{made['cells']:,.0f} counts, {made['worked_out']:,.0f} more worked out"
    files = f"{made['files']:,.0f} files, {made['megabytes']:.1f} MB"
    rows = [
        ("disclosure control, by itself", "", f"**{made['alone']:.1f}**", "20"),
        (
            f"disclosure control after {made['earlier']:.0f} earlier terms",
            cells,
            f"**{made['after']:.1f}**",
            "20",
        ),
        ("every file built and looked through", files, f"{made['build']:.1f}", ""),
        ("every file packed, gzip and brotli", files, f"{made['pack']:.1f}", ""),
        (
            f"all of a first publication, {made['earlier'] + 1:.0f} terms decided",
            "",
            f"{made['whole']:.1f}",
            "",
        ),
    ]
    yield table(("what", "how much", "seconds", "at most"), rows)


def _sent(a_second: Held, size: float) -> Iterator[str]:
    yield _SENT.format(kilobytes=size / 1000)
    fresh, kept = a_second["fresh"], a_second["kept"]
    rows = [
        (words, *_share(fresh, name), *_share(kept, name))
        for name, words in _WAYS.items()
        if name in fresh
    ]
    heads = ("a connection for each, a second", "of nginx", "one for many, a second", "of nginx")
    yield table(("way", *heads), rows)
    if "nginx" not in fresh:
        yield "nginx is not installed here: the comparison with it was left out."
        return
    yield f"At least {_HALF} of nginx is the aim."
    bare = {kind: each["waitress"] / each["nginx"] for kind, each in a_second.items()}
    yield _LIMIT.format(**bare, so=_SO if max(bare.values()) < _HALF else "")


def _share(rates: Held, name: str) -> tuple[str, str]:
    beside = rates.get("nginx")
    return f"{rates[name]:,.0f}", f"**{rates[name] / beside:.2f}**" if beside else ""


def _read(visits: Held) -> Iterator[str]:
    yield _READ
    rows = [row for page, words in _PAGES.items() for row in _visit(words, visits[page])]
    yield table(("what", "ours", "nginx", "ratio", "at most"), rows)


def _visit(words: str, ways: Held) -> Iterator[tuple[str, ...]]:
    ours, nginx, brotli = ways["ours"], ways.get("nginx"), ways["brotli"]
    seconds, ratio = f"{ours['readable'] / 1000:.2f}", ""
    if nginx:
        ratio = f"**{ours['readable'] / nginx['readable']:.3f}**"
    beside = f"{nginx['readable'] / 1000:.2f}" if nginx else ""
    sent = f"{nginx['kilobytes']:.1f}" if nginx else ""
    yield f"{words} readable, s", seconds, beside, ratio, "1.2"
    yield f"{words} with brotli readable, s", f"{brotli['readable'] / 1000:.2f}", "", "", ""
    yield f"{words}, kilobytes with pictures", f"**{ours['kilobytes']:.1f}**", sent, "", "60"
    yield f"{words} with brotli, kilobytes", f"**{brotli['kilobytes']:.1f}**", "", "", "60"
    asked = f"{ours['requests']:.0f}"
    yield f"{words}, requests; to other hosts", f"{asked}; **{ours['elsewhere']:.0f}**", "", "", "0"
