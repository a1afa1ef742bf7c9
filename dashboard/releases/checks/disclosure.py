"""Q17, Q18, Q19: what has to be known before everyone may see the figures."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dashboard.releases.checks.finding import Check, Finding, key_of, listed_places
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure, place_words
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.observation import JOIN, Observation
from schemas.symbol import Symbol

_PARTNERS = "This area publishes to its partners only, so there is nothing for everyone to look at."


def find_revealed(material: Material) -> Iterator[Finding]:
    """Numbers that an earlier version of this term hid, and hidden parts that can be worked out
    because all other parts and the whole are there."""
    for measure, ones in material.measured():
        shown = [o for o in ones if o.value is not None and o.key in material.hidden_before]
        places = [f"{place_words(one, measure)} was hidden when it was published" for one in shown]
        places += _alone(measure, ones)
        if places:
            words = f"{listed_places(places)}."
            yield about_measure(material, "Q18", "should", measure, words, tuple(places))


def _alone(measure: Measure, ones: Sequence[Observation]) -> Iterator[str]:
    wholes = {(o.period, o.basis): o for o in ones if o.breakdown == ALL}
    groups: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for one in ones:
        if one.breakdown != ALL and JOIN not in one.breakdown:
            groups[one.period, one.basis, one.breakdown].append(one)
    for (period, basis, _), group in groups.items():
        whole = wholes.get((period, basis))
        hidden = [one for one in group if one.symbol == Symbol.c]
        others = [one for one in group if one.value is not None or one.symbol == Symbol.z]
        known = whole is not None and whole.value is not None
        if known and len(hidden) == 1 and len(others) == len(group) - 1:
            yield f"{place_words(hidden[0], measure)} is hidden but can be worked out from the rest"


def find_unprotected(material: Material) -> Iterator[Finding]:
    """What stands in the way of hiding small numbers well enough, or that nobody has looked."""
    if material.area.public is None:
        return
    kept = material.protection
    if kept is None or not kept.current:
        since = "The figures changed since it was. " if kept else ""
        words = (
            f"What has to be hidden from everyone is not worked out for these figures. {since}"
            "It takes up to half a minute."
        )
        yield about_outputs(material, "Q17", words)
        return
    yield from _kept_faults(material, "Q17")


def find_easy_read_faults(material: Material) -> Iterator[Finding]:
    """What is wrong with the easy-read pages that these figures would make."""
    if material.area.public is not None:
        yield from _kept_faults(material, "Q19")


def _kept_faults(material: Material, check_id: str) -> Iterator[Finding]:
    kept = material.protection
    for found, words in kept.faults if kept and kept.current else ():
        if found == check_id:
            yield about_outputs(material, check_id, words)


def about_outputs(material: Material, check_id: str, words: str) -> Finding:
    """Of everything that everyone would see together, so of no measure."""
    link = f"privacy/{material.version.id}/"
    return Finding(check_id, "must", key_of(check_id, words), "", "", "", words, link)


def only_partners(material: Material) -> str:
    return "" if material.area.public else _PARTNERS


def not_looked_at(material: Material) -> str:
    """Why the easy-read pages cannot be looked at: Q17 has told of it already."""
    if material.area.public is None:
        return _PARTNERS
    kept = material.protection
    return "" if kept and kept.current else "They are made when it is worked out what is hidden."


CHECKS = (
    Check(
        "Q17",
        "must",
        "No output points at a child",
        "All outputs of a version together: pages, easy read, files and charts.",
        find_unprotected,
        only_partners,
    ),
    Check(
        "Q18",
        "should",
        "Nothing that was hidden is revealed",
        "Figures that an earlier version hid, and single hidden parts that can be worked out. What "
        "is hidden from everyone stays hidden: that is part of Q17.",
        find_revealed,
    ),
    Check(
        "Q19",
        "must",
        "Easy read says the published numbers",
        "Every number of the easy-read pages beside the published one, reading checks, and the "
        "words of pictures.",
        find_easy_read_faults,
        not_looked_at,
    ),
)
