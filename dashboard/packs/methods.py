"""How the figures are made and judged, in short, and the definitions that were used."""

from collections.abc import Sequence

from dashboard.packs.held import Held
from dashboard.packs.pack import PackTable, WordsPage
from dashboard.words.periods import day_words
from schemas.symbol import Symbol

_JUDGED = (
    "A change is judged on the same term a year before, and called better or worse only when "
    "chance alone would seldom make one so large (1 in 20).",
    "A share has a 95% interval (Wilson), a rate one from its count (Byar). An area’s figure is "
    "better or worse than another’s only when the other lies outside its interval.",
    "The usual ups and downs are those of a control chart (XmR, after Making Data Count): limits "
    "need at least six figures, and are trial limits below twelve.",
    "Waiting lists and plans are counts of the same children on different days, and averages come "
    "without their spread, so no test is made of them.",
    "Figures are set beside others for the same period only, counted in the same way. Counts are "
    "not set beside England or the region, because bigger areas have more of everything.",
    "Nothing is compared across a day from which figures were counted in another way.",
)
_COUNTED_BY = (
    "By which version of its definition a measure was counted is said on the measure’s own page."
)
_TITLE = "How the figures are made and judged"
_TRUE = (
    "True figures: small numbers are not hidden, so this paper is for the partnership only. What "
    "everyone may see is published apart from it, with small numbers hidden."
)
_PROTECTED = (
    "Protected figures: small counts of children, and others from which they could be worked out, "
    "are hidden. Everything that is said is worked out from the figures that are shown, so it can "
    "differ from what the partnership sees. Figures of single months are not shown."
)


def methods_pages(held: Held, names: Sequence[str]) -> tuple[WordsPage, ...]:
    """
    Args:
        names: the measures whose definitions are listed.
    """
    judged = WordsPage(_TITLE, (_whose(held),), _JUDGED, (_symbols(),))
    return judged, WordsPage("Definitions used", (), (), (_definitions(held, names),))


def short_methods_page(held: Held) -> WordsPage:
    """How figures are judged, on one page."""
    return WordsPage(_TITLE, (_whose(held),), (*_JUDGED, _COUNTED_BY))


def _whose(held: Held) -> str:
    return _TRUE if held.numbers == "true" else _PROTECTED


def _symbols() -> PackTable:
    rows = tuple((one.value, one.meaning) for one in Symbol)
    return PackTable(
        "Symbols in the files, and their words in this paper", ("Symbol", "Words"), rows
    )


def _definitions(held: Held, names: Sequence[str]) -> PackTable:
    rows = tuple(
        (
            one.title,
            str(held.now.versions.get(one.id, one.version)),
            one.owner,
            day_words(one.next_review.isoformat()),
        )
        for one in (held.views[name].measure for name in names)
    )
    headings = ("Measure", "Version", "Owner", "Next review")
    return PackTable("The definition each measure was counted by", headings, rows)
