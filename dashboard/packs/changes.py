"""What changed since the edition before: verdicts, attention, corrected figures, definitions."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dashboard.analysis.comparison import Compared
from dashboard.analysis.difference import Changed
from dashboard.analysis.icons import Variation
from dashboard.analysis.verdict import Verdicts
from dashboard.packs.held import Figures, Held
from dashboard.packs.pack import PackTable, WordsPage
from dashboard.pages.notices import Notice
from dashboard.view import MeasureView, Point
from dashboard.words.attention import attention_phrase
from dashboard.words.changes import change_phrase
from dashboard.words.periods import period_short
from dashboard.words.steadiness import variation_phrase
from dashboard.words.values import capital, figure_words
from dashboard.words.verdicts import comparison_phrase, other_name, target_phrase

_TITLE = "Since last time"
_NO_WORD = "No word"
_FIRST = "Nothing was published before this edition, so there is nothing to set it beside."


def changes_page(held: Held) -> WordsPage:
    """Against the edition published before this one, on the same measures."""
    now, before = held.now, held.before
    if before is None:
        return WordsPage(_TITLE, (_FIRST,))
    said = _table("What is said now and was not", "About", [*_new_words(now, before)])
    corrected = _table("Figures that were corrected", "Period", [*_corrected(now, before)])
    tables = tuple(one for one in (said, corrected) if one.rows)
    points = (*_attention(now, before), *_sent(now, before), *_counted(now, before))
    lead = f"Set beside {before.words}, as it stood when it came out."
    told = tuple(map(_notice, held.since))
    quiet = () if tables or points or told else ("Nothing that this paper says has changed.",)
    return WordsPage(_TITLE, (lead, *quiet, *told), points, tables)


def _table(caption: str, second: str, rows: list[tuple[str, ...]]) -> PackTable:
    return PackTable(caption, ("Measure", second, "Now", "Last time"), tuple(rows))


def _new_words(now: Figures, before: Figures) -> Iterator[tuple[str, ...]]:
    """Every verdict that is another one than last time, where either says more than that nothing
    differs."""
    for name, view in now.views.items():
        then = _said_of(before, name)
        for about, said in _said_of(now, name).items():
            old = then.get(about, _SILENT)
            if said.words != old.words and (said.tells or old.tells):
                yield view.measure.short_title, about, said.words or _NO_WORD, old.words or _NO_WORD


class _Word(NamedTuple):
    """A verdict's words, "" without any; it `tells` when it says that something differs."""

    words: str
    tells: bool


_SILENT = _Word("", False)


def _said_of(figures: Figures, name: str) -> Mapping[str, _Word]:
    """What each verdict is about, and its word."""
    if name not in figures.views:
        return {}
    return dict(_words(figures.views[name], figures.judged[name]))


def _words(view: MeasureView, verdicts: Verdicts) -> Iterator[tuple[str, _Word]]:
    measure, area = view.measure, view.settings.name
    changes = (("same term last year", verdicts.change), ("published years", verdicts.yearly))
    for about, change in changes:
        tells = change.word is not Changed.no_clear_change
        phrase = change_phrase(change, measure, area)
        yield f"Change, {about}", _Word(phrase, tells) if change.word else _SILENT
    for one in verdicts.comparisons:
        tells = one.word is not Compared.similar
        phrase = comparison_phrase(one, measure, area)
        yield f"Beside {other_name(one)}", _Word(phrase, tells) if one.word else _SILENT
    target, control = verdicts.target, verdicts.control
    yield "Target", _Word(target_phrase(target, measure, area), True) if target.word else _SILENT
    tells = control.variation is not Variation.common
    phrase = variation_phrase(control, measure, area)
    yield "Usual ups and downs", _Word(phrase, tells) if control.variation else _SILENT


def _corrected(now: Figures, before: Figures) -> Iterator[tuple[str, ...]]:
    """Headline figures of a term that both editions have and that are not the same."""
    for name, view in now.views.items():
        then = {one.period: one for one in _points(before, name)}
        for point in view.terms.points:
            old = then.get(point.period)
            if old and (old.value, old.symbol) != (point.value, point.symbol):
                measure = view.measure
                period = period_short(point.period, measure.basis)
                figures = [capital(figure_words(one, measure)) for one in (point, old)]
                yield measure.short_title, period, *figures


def _attention(now: Figures, before: Figures) -> Iterator[str]:
    """Which measures call for attention newly, and which no longer do."""
    for name, view in now.views.items():
        new = now.judged[name].attention
        old = before.judged[name].attention if name in before.judged else ()
        title = view.measure.title
        began = "; ".join(attention_phrase(one) for one in new if one not in old)
        ended = "; ".join(attention_phrase(one) for one in old if one not in new)
        if began:
            yield f"{title} needs attention newly: {began}."
        if ended:
            rest = "" if new else " It needs no attention now."
            yield f"{title}, no longer: {ended}.{rest}"


def _sent(now: Figures, before: Figures) -> Iterator[str]:
    """Measures that were sent for the first time, and those newly late."""
    for name, view in now.views.items():
        title, had = view.measure.title, _points(before, name)
        if view.terms.points and not had:
            yield f"{title}: new, there were no figures last time."
        if had and not view.terms.points:
            yield f"{title}: the figures of last time are no longer there."
        if view.missing_terms and name in before.views and not before.views[name].missing_terms:
            yield f"{title}: not sent for the newest term."


def _counted(now: Figures, before: Figures) -> Iterator[str]:
    for name, version in now.versions.items():
        old = before.versions.get(name)
        if name in now.views and old and old != version:
            title = now.views[name].measure.title
            yield f"{title}: counted by version {version} of its definition, last time {old}."


def _points(figures: Figures, name: str) -> tuple[Point, ...]:
    return figures.views[name].terms.points if name in figures.views else ()


def _notice(one: Notice) -> str:
    return " ".join([one.lead, *(f"{head}: {words}" for head, words in one.parts)])
