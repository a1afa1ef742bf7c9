"""What the overview says of one measure, cell by cell: the same on the page and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.analysis.path import judge_path
from dashboard.analysis.verdict import Verdicts
from dashboard.pages.statements import kind_of
from dashboard.view import MeasureView
from dashboard.words.changes import change_phrase, raw_change
from dashboard.words.path import path_phrase
from dashboard.words.periods import period_shortest
from dashboard.words.sentences import a_year_before
from dashboard.words.steadiness import assurance_phrase, variation_phrase
from dashboard.words.values import capital, figure_words, round_value
from dashboard.words.verdicts import comparison_phrase, target_phrase


@dataclass(frozen=True)
class Said:
    """One cell: a phrase, a smaller second line, whether it is good news, and a picture's name.
    `tail` ends the phrase on a screen; on paper there is no room for it."""

    phrase: str
    more: str = ""
    kind: str = "none"
    icon: str = ""
    tail: str = ""


def change_cell(view: MeasureView, verdicts: Verdicts) -> Said:
    """In a year, by how much and whether chance could make it."""
    latest, measure = view.latest, view.measure
    if latest is None:
        return Said("–")
    earlier = a_year_before(latest.period)
    change = verdicts.yearly if view.published_only else verdicts.change
    size = raw_change(change, measure, earlier)
    tail = f" on {earlier}" if size.endswith(f" on {earlier}") else ""
    word = change_phrase(change, measure, view.settings.name)
    kind = kind_of(change.word)
    return Said(capital(size.removesuffix(tail)), word, kind, tail=tail)


def beside_cells(view: MeasureView, verdicts: Verdicts) -> Iterator[Said]:
    """England and the region; one cell when both say the same of why there is no word."""
    found = [_compared(view, verdicts, key) for key in ("england", "region")]
    yield from found[:1] if found[0].phrase == found[1].phrase else found


def _compared(view: MeasureView, verdicts: Verdicts, key: str) -> Said:
    one = verdicts.against(key)
    phrase = comparison_phrase(one, view.measure, view.settings.name)
    if not one.word or not one.other:
        return Said(phrase)
    period = period_shortest(one.other.period, one.other_basis)
    value = figure_words(one.other, view.measure)
    return Said(phrase, f"{value} in {period}", kind_of(one.word))


def target_cell(view: MeasureView, verdicts: Verdicts) -> Said:
    """Whether it is reached, and where the figure is on the agreed path to it; no phrase where
    there is neither."""
    verdict = verdicts.target
    path = path_phrase(judge_path(view)) if view.path else ""
    if verdict.target is None:
        return Said(path)
    phrase = target_phrase(verdict, view.measure, view.settings.name)
    more = [round_value(verdict.target.value, view.measure), path]
    return Said(phrase, ". ".join(filter(None, more)), kind_of(verdict.word))


def variation_cell(view: MeasureView, verdicts: Verdicts) -> Said:
    """The control chart’s word, and whether the target lies within reach of it."""
    control, area = verdicts.control, view.settings.name
    phrase = variation_phrase(control, view.measure, area)
    assured = assurance_phrase(control, view.measure, area) if control.assurance else ""
    icon = control.variation.value if control.variation else ""
    return Said(phrase, assured, kind_of(control.variation), icon)


def quality_cell(view: MeasureView) -> Said:
    """The data-quality mark: how far the newest figure can be leaned on."""
    latest = view.latest
    if latest is None:
        return Said("Nothing sent")
    if view.published_only:
        return Said("Published")
    if view.missing_terms:
        return Said("Late", kind="bad")
    if latest.value is None:
        return Said("No number")
    remark = "Coverage noted" if latest.remark else ""
    return Said(capital(latest.status), remark, "plain")
