"""How good the figures are, in short: what is wrong, how many have nothing wrong, who sent what."""

from collections.abc import Iterator

from dashboard.packs.held import Held
from dashboard.packs.pack import PackTable, WordsPage
from dashboard.packs.quality import quality_intro, sheet_rows, small_words
from dashboard.words.periods import period_short
from dashboard.words.values import listed, symbol_words


def short_quality_page(held: Held) -> WordsPage:
    """Only measures of which something is late, was not sent, has no number or is too small to be
    judged; each reason once, with the measures it is about."""
    said: dict[str, list[str]] = {}
    wrong = 0
    for name, view in held.views.items():
        faults = [*_faults(held, name)]
        wrong += bool(faults)
        for words in faults:
            said.setdefault(words, []).append(view.measure.short_title)
    points = tuple(f"{words} ({'; '.join(of)})" for words, of in said.items())
    intro = (*quality_intro(held), _fine(len(held.views) - wrong, len(held.views)))
    return WordsPage("How good the figures are", intro, points, (_senders(held),))


def _faults(held: Held, name: str) -> Iterator[str]:
    view = held.views[name]
    latest, basis = view.latest, view.measure.basis
    if view.missing_terms:
        yield f"Not sent for {listed([period_short(one, basis) for one in view.missing_terms])}."
    if latest is None:
        yield f"{held.nothing}."
    elif latest.value is None:
        yield f"No newest number: {symbol_words(latest.symbol)}."
    yield from dict.fromkeys((*small_words(held.now.judged[name]), *held.left_out.get(name, ())))


def _fine(fine: int, every: int) -> str:
    if fine == every:
        return "Nothing is late, missing or too small to be judged."
    verb = "has" if fine == 1 else "have"
    return f"{fine} of {every} measures {verb} a newest number, on time and large enough. Not so:"


def _senders(held: Held) -> PackTable:
    """One row for each sender's sheets of the same term and state."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for sheet, *about in sheet_rows(held):
        sender, term, state = about
        rows.setdefault((sender, term, state), []).append(sheet)
    made = tuple(
        (sender, "; ".join(sheets), term, state) for (sender, term, state), sheets in rows.items()
    )
    return PackTable("Who sent what", ("Sent by", "Sheets", "Newest term", "State"), made)
