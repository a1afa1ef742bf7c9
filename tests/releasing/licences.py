"""Writes docs/licences.md from what is installed: `python -m tests.releasing.licences`."""

from collections.abc import Iterator

from tests.releasing.allowed import FLAGGED, PERMISSIVE, flags_of
from tests.releasing.carried import CARRIED
from tests.releasing.distributions import ROOT, Needed, find_needed

PATH = ROOT / "docs" / "licences.md"
_HEAD = """# Licences

Written by `python -m tests.releasing.licences`; a test says when it is out of date. Our own code is
MIT (`LICENSE`).

## Carried in our files

These are in the wheel and in what people are sent, so their licences travel with them.

| what | version | licence | for | licence text |
|---|---|---|---|---|
"""
_NEEDED = """
Published figures (`data/benchmarks/`) are used under the Open Government Licence v3.0; `SOURCES.md`
there says from where.

## Installed beside it

Everything that `pip install '.[postgresql]'` brings, on Linux with Python 3.11. None of it is in
our wheel; a container image or a copied virtual environment holds all of it, with the licence texts
in each `*.dist-info/`. What only the tests use is not listed.

| distribution | version | licence | asked for by |
|---|---|---|---|
"""
_INSIDE = """
Wheels with compiled code hold libraries of others. Those of cryptography, granian, pillow, polars,
psycopg, pydantic, resvg and typst list them in `*.dist-info/sboms/`. Looked through in November
2026: all permissive, but for `option-ext` (MPL-2.0, in typst) and what psycopg's wheel has from the
system it was built on (`libkeyutils`, `libcrypt`: LGPL-2.1, as libraries of their own). Pillow's
list also names libimagequant (GPL-3.0) and FriBiDi (LGPL-2.1) as options; neither is in the wheel,
and a test looks for the first.

## What is allowed

"""


def render() -> str:
    """The whole page."""
    return "".join((_HEAD, *_carried(), _NEEDED, *map(_row, find_needed()), _INSIDE, *_rules()))


def _carried() -> Iterator[str]:
    for one in CARRIED:
        cells = (f"{one.name} (`{one.folder}/`)", one.version, one.licence, one.use)
        yield f"| {' | '.join(cells)} | `{one.notice}` |\n"


def _row(one: Needed) -> str:
    by = ", ".join(name or "**this program**" for name in one.by)
    mark = " (see below)" if flags_of(one.licence) else ""
    return f"| {one.name} | {one.version} | {one.licence or 'not said'}{mark} | {by} |\n"


def _rules() -> Iterator[str]:
    permissive = ", ".join(sorted(PERMISSIVE))
    yield f"- Without a further word: {permissive}. They ask that the notice is kept.\n"
    for name, why in FLAGGED.items():
        yield f"- {name}: {why}.\n"
    yield (
        "- Nothing else. GPL and AGPL would make the whole program theirs when it is passed on; a "
        "licence for research only, or against some uses, cannot be used by a council. A test "
        "refuses them, and what says no licence at all.\n"
    )


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
