"""How good the figures are: what was sent, what is late, provisional or hidden, what was said."""

from collections import Counter
from collections.abc import Iterator

from dashboard.analysis.reason import Reason
from dashboard.analysis.verdict import Verdicts
from dashboard.packs.held import Held
from dashboard.packs.pack import PackTable, WordsPage
from dashboard.pages.cells import quality_cell
from dashboard.view import MeasureView
from dashboard.views.published import as_published
from dashboard.words.periods import period_short
from dashboard.words.reasons import reason_phrase
from dashboard.words.values import capital, listed, symbol_words
from schemas.extracts import load_extracts

_SMALL = (Reason.too_few, Reason.unreliable, Reason.rounds_to_nought, Reason.hidden)


def quality_pages(held: Held) -> tuple[WordsPage, ...]:
    """By sheet, by measure, and what was said of it."""
    return (
        WordsPage("What was sent", quality_intro(held), tuple(late_words(held)), (_sheets(held),)),
        WordsPage("Each measure’s figures", (), (), (_measures(held),)),
        WordsPage("What must be known of the figures", (), tuple(_remarks(held))),
    )


def quality_intro(held: Held) -> tuple[str, ...]:
    early = sum(
        1 for one in held.views.values() if one.latest and one.latest.status == "provisional"
    )
    said = f"{early or 'None'} of {len(held.views)} newest figures may still change: provisional."
    notices = (" ".join([one.lead, *(words for _, words in one.parts)]) for one in held.notices)
    return (said, *notices)


def late_words(held: Held) -> Iterator[str]:
    for view in held.views.values():
        if view.missing_terms:
            basis = view.measure.basis
            terms = listed([period_short(term, basis) for term in view.missing_terms])
            yield f"{view.measure.title}: not sent for {terms}."


def _sheets(held: Held) -> PackTable:
    """Each sheet that the area sends: who sends it and the newest term of it that came."""
    headings = ("Sheet", "Sent by", "Newest term", "State")
    return PackTable("Sheets that are sent each term", headings, tuple(sheet_rows(held)))


def sheet_rows(held: Held) -> Iterator[tuple[str, str, str, str]]:
    """Sheet, who sends it, its newest term and its state."""
    for extract in held.area.extracts:
        views = [one for one in held.views.values() if one.measure.source.extract == extract]
        if not views:
            continue
        newest = max((x.latest.period for x in views if x.latest), default="")
        late = any(one.missing_terms for one in views)
        state = "Nothing shown" if not newest else "Late" if late else "Sent"
        term = period_short(newest, "in_term") if newest else "–"
        sender = held.area.sender_of(extract) or "–"
        yield load_extracts()[extract].sheet, sender, term, state


def _measures(held: Held) -> PackTable:
    rows = tuple(_row(held, view) for view in held.views.values())
    headings = ("Measure", "Newest figure", "Terms with a number", "No number, and why")
    return PackTable("Each measure: how far its figures can be leaned on", headings, rows)


def _row(held: Held, own: MeasureView) -> tuple[str, ...]:
    view, points = as_published(own), own.terms.points
    cell = quality_cell(view)
    state = ", ".join(part for part in (cell.phrase, cell.more) if part)
    without = Counter(symbol_words(one.symbol) for one in points if one.value is None)
    why = "; ".join(f"{count}: {words}" for words, count in without.items())
    numbers = sum(1 for one in points if one.value is not None)
    counted = f"{numbers} of {len(points)}" if points else "–"
    return (
        own.measure.short_title,
        state if view.latest else held.nothing,
        counted,
        capital(why) or "–",
    )


def _remarks(held: Held) -> Iterator[str]:
    """What senders said of coverage, what was written beside charts, what is left out, and where
    numbers are too small to judge: each once, with the sheets or the measures it is about."""
    said: dict[str, dict[str, None]] = {}
    for name, view in held.views.items():
        sheet = load_extracts()[view.measure.source.extract].sheet
        about = [(words, sheet) for words in _sender(view)]
        said_of = (*small_words(held.now.judged[name]), *held.left_out.get(name, ()))
        about += [(words, view.measure.short_title) for words in said_of]
        for words, what in about:
            said.setdefault(words, {})[what] = None
    yield from (f"{words} ({'; '.join(of)})" for words, of in said.items())
    for name, view in held.views.items():
        yield from (f"{view.measure.title}. {words}" for words in held.beside.get(name, ()))


def _sender(view: MeasureView) -> Iterator[str]:
    if view.latest and view.latest.remark:
        yield f"The sender says of the newest file: “{view.latest.remark}”"


def small_words(verdicts: Verdicts) -> Iterator[str]:
    changes = [one.reason for one in (verdicts.change, verdicts.yearly)]
    reasons = [*changes, *(one.reason for one in verdicts.comparisons)]
    yield from dict.fromkeys(f"{reason_phrase(one)}." for one in reasons if one in _SMALL)
