"""The gaps of a profile: pupils with SEND beside pupils without, and the area beside England."""

from collections.abc import Iterator

from dashboard.analysis.gaps import By, Gap, Standing, rank_gaps
from dashboard.packs.held import Held
from dashboard.packs.pack import PackTable, WordsPage
from dashboard.pages.sen_gap import SenShown, sen_facts
from dashboard.views.gaps import SenGap
from dashboard.words.gap_headings import looked_at, standing_words
from dashboard.words.gaps import gap_figures, gap_sentence

_MOST = 10
_WIDE = (Standing.behind, Standing.chance, Standing.untested)
_UNTESTED = (
    "Pupils with an EHC plan and with SEN support set against pupils with no SEN, here and in "
    "England. No test is made of these gaps. Pupils differ in age and kind of school, so a gap "
    "does not say why."
)
_RANKED = (
    "The order is by the size of the gap as a share of England’s figure, so that days and "
    "percentages can stand in one list. Measures are never added up to one score."
)


def gap_pages(held: Held) -> Iterator[WordsPage]:
    yield _sen_page(held)
    yield _widest_page(held)


def _sen_page(held: Held) -> WordsPage:
    shown = [(one, sen_facts(held.address, one)) for one in held.sen]
    if not shown:
        none = f"No figures by SEN status have been published for {held.area.name} yet."
        return WordsPage("The SEND gap", (none,))
    points = tuple(words for _, one in shown for words in _sentences(one))
    return WordsPage(
        "The SEND gap", (_UNTESTED,), points, tuple(_sen_table(gap, one) for gap, one in shown)
    )


def _sentences(one: SenShown) -> Iterator[str]:
    yield from (f"{one.title}. {words}" for words in one.sentences)
    yield f"{one.title}. {one.england}"


def _sen_table(gap: SenGap, one: SenShown) -> PackTable:
    period = f", {one.england_period}" if one.england_period else ""
    headings = (
        "Pupils",
        gap.own.area,
        "Number counted",
        "Out of",
        "Beside no SEN",
        f"England{period}",
        "England, beside no SEN",
    )
    rows = tuple(
        (row.group, row.own, row.counted, row.out_of, row.gap, row.england, row.england_gap)
        for row in one.rows
    )
    return PackTable(one.caption, headings, rows)


def _widest_page(held: Held) -> WordsPage:
    pairs = [
        (view, held.now.judged[name])
        for name, view in held.now.views.items()
        if view.measure.polarity != "neutral"
    ]
    gaps = rank_gaps(pairs, By.england)
    worse = [one for one in gaps if one.standing in _WIDE and (one.relative or 0) > 0][:_MOST]
    tables = (_widest_table(worse),) if worse else ()
    paragraphs = (looked_at(gaps, By.england), _RANKED)
    return WordsPage("The widest gaps beside England", paragraphs, (), tables)


def _widest_table(gaps: list[Gap]) -> PackTable:
    rows = tuple(
        (
            one.view.measure.title,
            standing_words(one.standing, By.england),
            gap_sentence(one),
            gap_figures(one),
        )
        for one in gaps
    )
    headings = ("Measure", "Standing", "The gap", "The figures")
    return PackTable("Where the area is on the worse side, the widest gap first", headings, rows)
