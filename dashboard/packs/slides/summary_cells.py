"""What the cells of a summary on slides say: short forms, and what is usual only once above."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dashboard.packs.pack import SummaryPage, SummaryRow, Verdict
from dashboard.packs.slides.table import Cell
from dashboard.packs.slides.text import Para, Run, words
from dashboard.words.values import capital

HEADINGS: Final = (
    "Measure",
    "Newest",
    "Trend",
    "Change in a year",
    "Beside others",
    "Target",
    "Ups and downs",
    "Attention, data",
)
SPARK, VARIATION = 2, 6  # columns with a picture
SIZE = 11.0
_DASH: Final = "–"
_SPECIAL: Final = "Special cause: "
_DASHES: Final = "A dash: there is nothing to say, or no verdict; the measure’s own slide says why."
_INKS: Final = {"good": "12436D", "bad": "A8400A"}  # the words say it too


@dataclass(frozen=True)
class Usual:
    """The period and the quality of most figures, "" where most have none in common."""

    period: str
    quality: str


def usual_of(page: SummaryPage) -> Usual:
    rows = [row for _, group in page.groups for row in group]
    return Usual(_most([row.period for row in rows]), _most([row.quality for row in rows]))


def usual_words(usual: Usual) -> tuple[str, ...]:
    """What holds where a cell says nothing else."""
    about = [f"of {usual.period}"] if usual.period else []
    about += [usual.quality.lower()] if usual.quality else []
    said = f"Figures are {' and '.join(about)} where nothing else is said. " if about else ""
    return (f"{said}{_DASHES}",)


def cells_of(row: SummaryRow, usual: Usual) -> tuple[Cell, ...]:
    return (
        (words(row.title, SIZE, bold=True),),
        tuple(_newest(row, usual)),
        (words("" if any(one is not None for one in row.spark) else _DASH, SIZE),),
        (_para(row.change, _change(row.change)),),
        (_beside(row.beside),),
        (_para(row.target, _target(row.target)),),
        tuple(_variation(row.variation)),
        tuple(_attention(row, usual)),
    )


def _most(every: Sequence[str]) -> str:
    (said, count), *_ = Counter(every).most_common(1) or [("", 0)]
    return said if count > len(every) / 2 else ""


def _newest(row: SummaryRow, usual: Usual) -> Iterator[Para]:
    yield words(row.value or _DASH, SIZE, bold=True)
    if row.period and row.period != usual.period:
        yield words(row.period, SIZE)


def _change(one: Verdict) -> str:
    """`Up 1.0 percentage points, no clear change`: by how much, and whether that is a change."""
    size = "" if one.phrase == _DASH else one.phrase
    if one.kind == "none":
        return f"{size}, not judged" if size else ""
    return ", ".join(part for part in (size, one.words[:1].lower() + one.words[1:]) if part)


def _beside(every: Sequence[Verdict]) -> Para:
    """In one breath, to stand in few lines."""
    runs: list[Run] = []
    for one in every:
        if one.kind != "none":
            runs += [Run("; ")] if runs else []
            runs += _para(one, _with_figure(one.phrase, one.words)).runs
    return Para(tuple(runs) or (Run(_DASH),), SIZE)


def _target(one: Verdict) -> str:
    """Its heading says that it is about the target."""
    return _with_figure(capital(one.phrase.removeprefix("Target ")), one.words)


def _variation(one: Verdict) -> Iterator[Para]:
    """`Better than usual`: the picture beside it says whether the cause is special."""
    judged = "" if one.kind == "none" else capital(one.phrase.rpartition(": ")[2])
    indent = 1 if one.icon else 0
    yield Para(_para(one, judged).runs, SIZE, level=indent)
    if judged and one.words:
        yield Para((Run(one.words),), SIZE, level=indent)


def _attention(row: SummaryRow, usual: Usual) -> Iterator[Para]:
    if row.attention:
        said = "; ".join(capital(one.removeprefix(_SPECIAL)) for one in row.attention)
        yield words(said, SIZE, bold=True, colour=_INKS["bad"])
    if row.quality and row.quality != usual.quality:
        yield words(row.quality, SIZE)
    elif not row.attention:
        yield words(_DASH, SIZE)


def _with_figure(said: str, figure: str) -> str:
    return f"{said} ({figure})" if said and figure else said or figure


def _para(one: Verdict, said: str) -> Para:
    """Strong and coloured only where the word is good or bad news."""
    colour = _INKS.get(one.kind, "")
    return Para((Run(said or _DASH, bool(colour), colour if said else ""),), SIZE)
