"""The production server by processes, in tables: beside nginx, and for partners."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.asking import READERS
from tests.bench.markdown import table

Held = Mapping[str, Any]
_EVERYONE = """`send-dashboard serve --production` (granian), the front family page, the very same
bytes as from nginx (one process) over the export. {readers} readers (ApacheBench, on the same
machine) who ask again as soon as they are answered; one server at a time, in turn."""
_PARTNERS = """Signed in, one page asked again and again by {readers} readers, with the check of the
session and of what the reader may see each time; nothing else runs. More processes than processors
bring nothing: the client has its share of them too."""


def production(part: Held) -> Iterator[str]:
    yield _EVERYONE.format(readers=READERS)
    fresh, kept = part["everyone"]["fresh"], part["everyone"]["kept"]
    heads = ("a connection for each, a second", "of nginx", "p95, ms")
    heads += ("one for many, a second", "of nginx", "p95, ms")
    rows = [(_way(name), *_row(fresh, name), *_row(kept, name)) for name in fresh]
    yield table(("way", *heads), rows)
    if "nginx" not in fresh:
        yield "nginx is not installed here: the comparison with it was left out."
    yield _PARTNERS.format(readers=READERS)
    yield table(
        ("page", "database", "processes", "requests a second", "p95, ms"),
        (
            (page, name, workers, f"{one['a_second']:,.0f}", f"**{one['p95']:.0f}**")
            for name, pages in part["partners"].items()
            for page, by_workers in pages.items()
            for workers, one in by_workers.items()
        ),
    )


def _way(name: str) -> str:
    ours, _, workers = name.partition(", ")
    return f"{ours}, {workers} process{'es' * (workers != '1')}" if workers else name


def _row(ways: Held, name: str) -> tuple[str, str, str]:
    one, beside = ways[name], ways.get("nginx")
    of = f"**{one['a_second'] / beside['a_second']:.2f}**" if beside else ""
    return f"{one['a_second']:,.0f}", of, f"{one['p95']:.1f}"
