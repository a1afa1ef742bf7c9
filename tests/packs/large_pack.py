"""Packs made larger, or full of signs that mean something elsewhere, from the small one."""

from dataclasses import replace
from typing import Any

from dashboard.packs.pack import MeasurePage, Pack, Section, SummaryPage, SummaryRow, Verdict
from dashboard.packs.reworded import with_words
from tests.packs.small_pack import small_pack

_TITLES = (
    "20 weeks, without exceptions",
    "Speech and language: 18 weeks or less",
    "Permanent exclusions per 100 pupils (EHC plan)",
    "Requests refused",
)
_CHANGES = (
    Verdict("Change in a year", "Up 1.0 percentage points", "No clear change", "plain"),
    Verdict("Change in a year", "Almost the same as Summer 2024/25", "Too early to say"),
    Verdict("Change in a year", "Down 3.7 days", "An average: spread not sent"),
)
_BESIDE = (
    (
        Verdict("Beside others", "Better than England", "46.1% in 2025", "good"),
        Verdict("Beside others", "Similar to the North East", "60.5% in 2025", "plain"),
    ),
    (Verdict("Beside others", "A count: areas differ in size", ""),),
    (Verdict("Beside others", "No published figure to compare", ""),),
)
_VARIATION = (
    Verdict("Usual ups and downs", "Common cause: no special change", "", "plain", "common"),
    Verdict("Usual ups and downs", "Special cause: better than usual", "", "good", "improvement"),
)
HOSTILE = '#import "x" <w:p>&amp; {{ x }} $1/0$ *b* \\u{7} \x07\x00 ]]> ' + "W" * 300


def large_pack(count: int, *, pages: bool = True) -> Pack:
    """So many measures with the lengths of words that real ones have, each with a chart."""
    pack = small_pack(kind="full")
    summary = next(one for one in pack.sections[0].pages if isinstance(one, SummaryPage))
    measure = next(one for one in pack.sections[1].pages if isinstance(one, MeasurePage))
    rows = [_row(summary.groups[0][1][0], place) for place in range(count)]
    groups = [(f"Priority {at // 14 + 1}", tuple(rows[at : at + 14])) for at in range(0, count, 14)]
    first = Section("Summary", pack.sections[0].intro, (replace(summary, groups=tuple(groups)),))
    second = Section("Every measure", (), tuple(replace(measure, title=row.title) for row in rows))
    return replace(pack, sections=(first, second) if pages else (first,))


def _row(row: SummaryRow, place: int) -> SummaryRow:
    return replace(
        row,
        title=f"{_TITLES[place % 4]} {place}",
        value="10.98 per 100 pupils" if place % 10 == 1 else "1,165 days" if place % 3 else "61.9%",
        change=_CHANGES[1 if place % 10 == 4 else place % 2 * 2],
        beside=_BESIDE[0 if place % 4 == 0 else 1 + place % 2],
        target=row.target if place % 6 == 0 else Verdict("", "", ""),
        variation=_VARIATION[place % 2],
        quality="Provisional, Coverage noted",
        attention=row.attention if place % 6 == 0 else (),
    )


def hostile_pack() -> Pack:
    """Every text but the icons' names and the logo begins with what a program might obey."""
    pack = small_pack()
    icons = {"improvement", "concern", "good", "bad", "plain", "none", "line", "year", "target"}
    kept: set[Any] = icons | {"limit", "path", "own", "england", "region", "mean", "upper", "lower"}

    def made_hostile(words: str) -> str:
        return words if not words or words in kept else f"=1+1 {HOSTILE} {words}"

    return replace(with_words(pack, made_hostile), kind=pack.kind, numbers=pack.numbers)
