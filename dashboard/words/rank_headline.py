"""The message of a comparison in a few words, and how much of England it covers."""

from dashboard.analysis.rank import Apart
from dashboard.compared import CompareView
from dashboard.words.rank import half_words, rank_words
from schemas.measure import Measure

_MOST = 0.9  # of the others must have an interval before the heading counts who differs clearly


def chart_headline(view: CompareView) -> str:
    """The message in at most ten words. Where there are intervals, only what is clear of chance is
    called a difference."""
    own, apart = view.own, view.apart
    if own.value is None:
        return _short(f"{own.name} has no published figure here", own.name)
    if apart and apart.others >= _MOST * (len(view.areas) - 1) > 0:
        return _short(f"{own.name} {_clearly(apart, view.measure)}", own.name)
    if own.rank:
        place = f"{rank_words(own.rank)} of {len(view.areas)}"
        start = "" if view.measure.polarity != "neutral" else ", from the highest"
        return _short(f"{own.name} is {place}{start}", own.name)
    return _short(f"{own.name} is {half_words(view)} of {len(view.areas)} areas", own.name)


def _clearly(apart: Apart, measure: Measure) -> str:
    words = {
        "higher_better": ("worse", "better"),
        "lower_better": ("better", "worse"),
        "neutral": ("lower", "higher"),
    }
    lower, higher = words[measure.polarity]
    if apart.alike == apart.others:
        return "is not distinguishable from any other"
    if apart.alike > max(apart.below, apart.above):
        return f"is not distinguishable from {apart.alike} of {apart.others} others"
    if apart.below >= apart.above:
        return f"is clearly {higher} than {apart.below} of {apart.others} others"
    return f"is clearly {lower} than {apart.above} of {apart.others} others"


def _short(words: str, name: str) -> str:
    return words if len(words.split()) <= 10 else words.replace(name, "This area", 1)


def coverage_sentence(view: CompareView) -> str:
    """Warns where the published files hold few of England's councils; "" where they hold most."""
    absent = sum(1 for one in view.without if one.point is None)
    if view.choice.among != "england" or absent <= len(view.areas) / 4:
        return ""
    return (
        f"The published files loaded here hold {len(view.areas)} of England’s councils for this "
        f"period, so this {'does not cover' if view.is_count else 'is not a rank in'} all England."
    )
