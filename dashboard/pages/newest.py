"""The newest figure of a measure: what it is of, and in one sentence."""

from dashboard.analysis.verdict import Verdicts
from dashboard.view import MeasureView, Point
from dashboard.words.changes import raw_change
from dashboard.words.periods import period_words
from dashboard.words.sentences import a_year_before, headline_sentence


def about_newest(latest: Point, view: MeasureView) -> str:
    """What the large figure is of: `EHC plan, Autumn term 2025/26, provisional`."""
    parts = [view.headline_label, period_words(latest.period, view.measure.basis)]
    if latest.status == "provisional":
        parts.append("provisional")
    if view.published_only:
        parts.append("published figure")
    return ", ".join(part for part in parts if part)


def newest_sentence(view: MeasureView, verdicts: Verdicts) -> str:
    """Period, value and change in one breath; there must be a newest figure."""
    latest = view.latest
    assert latest is not None
    earlier = a_year_before(latest.period)
    judged = verdicts.yearly if view.published_only else verdicts.change
    change = raw_change(judged, view.measure, earlier)
    return headline_sentence(view.measure, view.settings.name, view.headline_label, latest, change)
