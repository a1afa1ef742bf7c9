"""A publisher's headings under the names used here, and columns that stand twice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import polars as pl

from loaders.benchmarks.csvfile import Batch
from loaders.benchmarks.known import known
from loaders.benchmarks.problems import Findings

# pandas writes the second `name` as `name.1`.
_PANDAS_REPEAT = re.compile(r"(.+)\.\d+")


@dataclass(frozen=True)
class Headings:
    """`names` has one entry for each column; a repeat is called `name#2` and is in `repeats`."""

    names: list[str]
    repeats: dict[str, str]

    def drop_repeats(self, batch: Batch, findings: Findings) -> pl.DataFrame:
        """The columns once each. A repeat that says something else makes the file unreadable."""
        for repeat, name in self.repeats.items():
            differs = batch.table[repeat].ne_missing(batch.table[name])
            if differs.any():
                at = batch.first_line + int(differs.arg_true()[0])
                message = "this heading stands twice, with different numbers under it."
                findings.fault(at, name, message, int(differs.sum()))
            findings.note(f"The heading {name!r} stands twice; the two columns are the same.")
        return batch.table.drop(list(self.repeats))


def name_headings(headings: Sequence[str], kind: str) -> Headings:
    """The headings of a file of this kind by the names used here (`known/columns.toml`)."""
    aliases = known("columns").get(kind, {}).get("alias", {})
    lowered = [heading.strip().casefold() for heading in headings]
    names: list[str] = []
    repeats: dict[str, str] = {}
    for heading in lowered:
        found = _PANDAS_REPEAT.fullmatch(heading)
        name = _alias(found[1] if found and found[1] in lowered else heading, aliases)
        if name in names:
            repeat = f"{name}#{names.count(name) + len(repeats) + 1}"
            repeats[repeat] = name
            name = repeat
        names.append(name)
    return Headings(names, repeats)


def _alias(heading: str, aliases: Mapping[str, str]) -> str:
    if heading in aliases:
        return aliases[heading]
    patterns = (pattern for pattern in aliases if "?" in pattern)
    return next((aliases[p] for p in patterns if fnmatchcase(heading, p)), heading)
