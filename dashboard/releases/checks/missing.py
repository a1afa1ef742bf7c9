"""Q01: whether everything is there."""

from collections import defaultdict
from collections.abc import Iterator

from dashboard.releases.checks.finding import Check, Finding, listed_places
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure, about_sheet
from schemas.extract import ALL, Extract
from schemas.extracts import load_extracts
from schemas.measure import Measure
from schemas.observation import JOIN, Observation
from schemas.symbol import Symbol


def find_missing(material: Material) -> Iterator[Finding]:
    """A sheet that has not come, a measure or a part of one that is not there, and a figure that
    is “not available” without a word why."""
    for name in material.area.extracts:
        extract = load_extracts()[name]
        measures = [m for m in material.measures.values() if m.source.extract == name]
        absent = [m for m in measures if not _of_term(material, m)]
        if measures and len(absent) == len(measures):
            who = material.area.sender_of(name)
            words = f"The sheet “{extract.sheet}” has not come{f' from {who}' if who else ''}."
            yield about_sheet(material, "Q01", "must", name, words)
            continue
        for measure in absent:
            yield about_measure(material, "Q01", "must", measure, "there is no figure of the term.")
        yield from _missing_parts(material, extract, [m for m in measures if m not in absent])
    yield from _unexplained(material)


def _of_term(material: Material, measure: Measure) -> list[Observation]:
    label = material.version.term_label
    return [
        one
        for one in material.by_measure[measure.id]
        if one.period == label and one.basis == measure.basis
    ]


def _missing_parts(
    material: Material, extract: Extract, measures: list[Measure]
) -> Iterator[Finding]:
    """Categories that every term must have, one finding for each list of a sheet."""
    for split in extract.filters:
        gone: set[str] = set()
        for measure in measures:
            if (split.id,) not in measure.source.breakdowns:
                continue
            given = set(_categories(_of_term(material, measure), split.id))
            allowed = measure.source.where.get(split.id)
            wanted = {c.id for c in split.categories if allowed is None or c.id in allowed}
            gone |= wanted - given if split.complete else (set() if given else {ALL})
        if gone:
            labels = "; ".join(c.label for c in split.categories if c.id in gone)
            lacks = f"has no row for {labels}" if labels else "has no rows by it"
            words = (
                f"The sheet “{extract.sheet}” by {split.heading.lower()} {lacks}. "
                "Send the rows, with z or x where there is no number."
            )
            yield about_sheet(material, "Q01", "must", extract.id, words, (split.id, *sorted(gone)))


def _categories(ones: list[Observation], name: str) -> Iterator[str]:
    """The categories of a filter that figures have, alone or crossed with another filter."""
    for one in ones:
        names = one.breakdown.split(JOIN)
        if name in names:
            yield one.category.split(JOIN)[names.index(name)]


def _unexplained(material: Material) -> Iterator[Finding]:
    """“Not available” needs a reason, and the place for it is the file's coverage note."""
    found: dict[int, set[str]] = defaultdict(set)
    for one, file_id in material.figures:
        sent = one.measure_id in material.measures and one.basis in ("in_term", "snapshot")
        silent = not material.files[file_id].coverage_note.strip()
        if sent and silent and one.symbol == Symbol.x and one.period == material.version.term_label:
            found[file_id].add(material.measures[one.measure_id].short_title)
    for file_id, titles in found.items():
        name = material.files[file_id].name
        words = (
            f"The file {name} says that figures are not available (x) and its coverage note does "
            f"not say why: {listed_places(sorted(titles))}."
        )
        yield about_sheet(material, "Q01", "must", str(file_id), words)


CHECKS = (
    Check(
        "Q01",
        "must",
        "Everything is there",
        "Every sheet the area sends, every measure and every category of the term; “not available” "
        "needs a reason in the coverage note.",
        find_missing,
    ),
)
