"""Q17, Q18, Q19: what has to be known before everyone may see the figures. Most of it cannot be
decided yet, and what cannot be decided has not been passed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dashboard.releases.checks.finding import Check, Finding, listed_places
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.saying import about_measure, place_words
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.observation import JOIN, Observation
from schemas.symbol import Symbol

_EVERYONE = (
    "It does not hold back publishing to partners. It will hold back publishing to everyone."
)


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


def nothing(_material: Material) -> tuple[Finding, ...]:
    return ()


def no_disclosure_control(_material: Material) -> str:
    return (
        f"Hiding small numbers in all outputs together is not part of this program yet. {_EVERYONE}"
    )


def only_as_sent(_material: Material) -> str:
    return (
        "Only what the senders hid is looked at. What this program hides for the public is not "
        f"decided here yet. {_EVERYONE}"
    )


def no_easy_read(_material: Material) -> str:
    return f"There are no easy-read pages yet. {_EVERYONE}"


CHECKS = (
    Check(
        "Q17",
        "must",
        "No output points at a child",
        "All outputs of a version together: pages, easy read, files and charts.",
        nothing,
        no_disclosure_control,
    ),
    Check(
        "Q18",
        "should",
        "Nothing that was hidden is revealed",
        "Figures that an earlier version hid, and single hidden parts that can be worked out.",
        find_revealed,
        only_as_sent,
    ),
    Check(
        "Q19",
        "must",
        "Easy read says the published numbers",
        "Every number of the easy-read pages beside the published one, reading checks, and the "
        "words of pictures.",
        nothing,
        no_easy_read,
    ),
)
