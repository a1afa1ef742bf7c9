"""What a file would change, in words: grouped by measure and period, the biggest change first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from dashboard.downloads.separated import Rows
from dashboard.views.categories import category_label
from dashboard.words.periods import period_words
from dashboard.words.values import amount_words, format_value, number, symbol_words
from loaders.compare import Changes
from schemas.measure import Measure
from schemas.observation import Observation

MOST_ROWS = 50  # of one measure and period; the rest are in the file
MOST_ON_PAGE = 1000
_HEADINGS = (
    "What happens",
    "Measure",
    "Period",
    "Basis",
    "Breakdown",
    "Category",
    "Now",
    "Why there is no figure now",
    "In the file",
    "Why there is no figure in the file",
)
_WHAT = {"new": "new", "changed": "changed", "vanished": "vanished"}


@dataclass(frozen=True)
class Line:
    """One figure: `old` is "" for a new one, `new` for one that vanishes. `size` sorts lines."""

    what: str
    old: str
    new: str
    change: str
    size: float


@dataclass(frozen=True)
class Group:
    """The lines of one measure and period, the biggest change first; `count` of them in all."""

    title: str
    when: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """`new`, `changed`, `vanished` or `restated`, which are set apart."""

    name: str
    count: int
    groups: tuple[Group, ...]


class _Pair:
    """A figure as it is and as it would be; one of them may be missing."""

    def __init__(self, old: Observation | None, new: Observation | None) -> None:
        self.old, self.new = old, new
        one = new or old
        assert one is not None
        self.one = one

    @property
    def what(self) -> str:
        return "changed" if self.old and self.new else "new" if self.new else "vanished"


def sections(changes: Changes, measures: Mapping[str, Measure]) -> list[Section]:
    """The four kinds of change, in the order in which they are read; each figure is in one."""
    by_name: dict[str, list[_Pair]] = {
        name: [] for name in ("restated", "changed", "vanished", "new")
    }
    for pair in _pairs(changes):
        by_name["restated" if pair.one.key in changes.restated else pair.what].append(pair)
    left = MOST_ON_PAGE
    found = []
    for name, pairs in by_name.items():
        groups = []
        for group in _groups(pairs, measures):
            shown = group.lines[: max(min(MOST_ROWS, left), 0)]
            left -= len(shown)
            groups.append(Group(group.title, group.when, group.count, shown))
        found.append(Section(name, len(pairs), tuple(groups)))
    return found


def headlines(changes: Changes, measures: Mapping[str, Measure]) -> list[tuple[Measure, Line]]:
    """The newest headline figure that would be another, of each measure where there is one."""
    found: dict[str, _Pair] = {}
    for pair in _pairs(changes):
        one, measure = pair.one, measures[pair.one.measure_id]
        is_headline = (one.breakdown, one.category) == (
            measure.headline.breakdown,
            measure.headline.category,
        )
        if is_headline and one.basis == measure.basis and " " in one.period:
            newest = found.get(measure.id)
            if newest is None or newest.one.period < one.period:
                found[measure.id] = pair
    return [
        (measure, _line(found[name], measure))
        for name, measure in measures.items()
        if name in found
    ]


def touched(changes: Changes, measures: Mapping[str, Measure]) -> list[tuple[Measure, int]]:
    """Each measure whose chart would be another, with the number of figures."""
    counts: dict[str, int] = defaultdict(int)
    for pair in _pairs(changes):
        counts[pair.one.measure_id] += 1
    return [(measure, counts[name]) for name, measure in measures.items() if name in counts]


def change_rows(changes: Changes, measures: Mapping[str, Measure]) -> Rows:
    """Every change for a file, unrounded."""
    rows = []
    for pair in _pairs(changes):
        one, old, new = pair.one, pair.old, pair.new
        what = _WHAT[pair.what] + (", history" if one.key in changes.restated else "")
        rows.append(
            (
                what,
                measures[one.measure_id].title,
                one.period,
                one.basis,
                one.breakdown,
                one.category,
                *_raw(old),
                *_raw(new),
            )
        )
    return Rows(_HEADINGS, tuple(rows))


def _raw(one: Observation | None) -> tuple[float | str, str]:
    if one is None:
        return "", ""
    return ("" if one.value is None else one.value), one.symbol or ""


def _pairs(changes: Changes) -> Iterator[_Pair]:
    return chain(
        (_Pair(old, new) for old, new in changes.changed),
        (_Pair(old, None) for old in changes.vanished),
        (_Pair(None, new) for new in changes.new),
    )


def _groups(pairs: Iterable[_Pair], measures: Mapping[str, Measure]) -> list[Group]:
    by_place: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for pair in pairs:
        one = pair.one
        line = _line(pair, measures[one.measure_id])
        by_place[one.measure_id, one.period, one.basis].append(line)
    order = {name: place for place, name in enumerate(measures)}
    found = []
    for (name, period, basis), lines in by_place.items():
        lines.sort(key=lambda line: -line.size)
        group = Group(
            measures[name].short_title, period_words(period, basis), len(lines), tuple(lines)
        )
        found.append((-lines[0].size, order[name], period, group))
    return [group for *_, group in sorted(found, key=lambda item: item[:3])]


def _line(pair: _Pair, measure: Measure) -> Line:
    one, old, new = pair.one, pair.old, pair.new
    what = category_label(measure, one.breakdown, one.category) or "All"
    change, size = _change(old, new, measure) if old and new else ("", 0.0)
    return Line(what, _figure(old, measure), _figure(new, measure), change, size)


def _figure(one: Observation | None, measure: Measure) -> str:
    if one is None:
        return ""
    return symbol_words(one.symbol) if one.value is None else format_value(one.value, measure)


def _change(old: Observation, new: Observation, measure: Measure) -> tuple[str, float]:
    """In words, and how large it is beside what was there."""
    if old.value is None or new.value is None:
        if old.symbol == new.symbol:
            return _beside_the_value(old, new), 0.0
        return ("becomes a figure" if old.value is None else "no longer a figure"), float("inf")
    step = new.value - old.value
    if step == 0:
        return _beside_the_value(old, new), 0.0
    size = abs(step) / max(abs(old.value), 1.0)
    words = amount_words(step, measure)
    return f"{'up' if step > 0 else 'down'} {words}", size


def _beside_the_value(old: Observation, new: Observation) -> str:
    """What is different in a figure whose value is the same."""
    if (old.numerator, old.denominator) != (new.numerator, new.denominator):
        return f"same value, {_counts(old)} becomes {_counts(new)}"
    if old.status != new.status:
        return f"same value, {old.status} becomes {new.status}"
    return "same value, by a newer definition"


def _counts(one: Observation) -> str:
    parts = ["no count" if n is None else number(n, 0) for n in (one.numerator, one.denominator)]
    return " of ".join(parts)
