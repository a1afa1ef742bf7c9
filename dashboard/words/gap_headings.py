"""The headings of the gaps page and how much was looked at, in plain words."""

from collections.abc import Sequence

from dashboard.analysis.gaps import By, Gap, Standing

_BY = {
    By.england: "England",
    By.neighbours: "Statistical neighbours",
    By.target: "The target",
    By.direction: "A year before",
}
_BESIDE = {
    Standing.behind: "Worse than {}",
    Standing.chance: "Similar to {}: chance alone could make the gap",
    Standing.untested: "Gaps that cannot be tested",
    Standing.ahead: "Better than {}",
    Standing.not_compared: "Not set beside {}, and why",
}
_OF_TARGET = {
    Standing.behind: "Target not met",
    Standing.chance: "Target not met, by no more than chance alone could make",
    Standing.untested: "Target not met, and the gap cannot be tested",
    Standing.ahead: "Target met",
    Standing.not_compared: "Not set against a target, and why",
}
_OF_CHANGE = {
    Standing.behind: "Got worse",
    Standing.chance: "No clear change: chance alone could make it",
    Standing.untested: "Changes that cannot be tested",
    Standing.ahead: "Improved",
    Standing.not_compared: "No change is shown, and why",
}
_SET = {
    By.england: "set beside England",
    By.neighbours: "set beside statistical neighbours",
    By.target: "set against a target",
    By.direction: "set beside a year before",
}


def by_words(by: By) -> str:
    return _BY[by]


def standing_words(standing: Standing, by: By) -> str:
    """The heading of one kind of gap: `Worse than England`."""
    if by is By.target:
        return _OF_TARGET[standing]
    if by is By.direction:
        return _OF_CHANGE[standing]
    return _BESIDE[standing].format("England" if by is By.england else "statistical neighbours")


def looked_at(gaps: Sequence[Gap], by: By) -> str:
    """`37 measures were looked at. 5 could be set beside England, and 4 of these tested: 1 is
    worse, 1 similar and 2 better.`"""
    of = {one: sum(gap.standing is one for gap in gaps) for one in Standing}
    sized = len(gaps) - of[Standing.not_compared]
    said = f"{_measures(len(gaps))} looked at. {sized or 'None'} could be {_SET[by]}"
    if not sized:
        return f"{said}."
    if by is By.target:
        return f"{said}: {of[Standing.ahead]} met it, {sized - of[Standing.ahead]} did not."
    tested = sized - of[Standing.untested]
    words = ("got worse", "show no clear change", "improved")
    words = words if by is By.direction else ("worse", "similar", "better")
    kinds = (Standing.behind, Standing.chance, Standing.ahead)
    found = [f"{of[kind]} {word}" for kind, word in zip(kinds, words, strict=True)]
    counted = f"{found[0]}, {found[1]} and {found[2]}"
    return f"{said}, and {tested} of these tested: {counted}."


def _measures(count: int) -> str:
    return "1 measure was" if count == 1 else f"{count} measures were"
