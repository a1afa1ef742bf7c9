"""A measure's record as terms and words: what it counts, who answers for it, what it cannot say."""

from collections.abc import Iterator

from dashboard.words.periods import day_words
from dashboard.words.sentences import polarity_words
from dashboard.words.values import round_value
from schemas.measure import Measure, Target

Entry = tuple[str, str]


def definition_entries(measure: Measure) -> Iterator[Entry]:
    """Why it is counted, what, out of what, and how to read it."""
    written = measure.definition
    yield "Why it matters", measure.why_it_matters
    yield "What it counts" if not written.denominator else "Number counted", written.numerator
    if written.denominator:
        yield "Out of", written.denominator
    if written.exclusions:
        yield "Left out", written.exclusions
    yield "Reading it", polarity_words(measure.polarity)
    if measure.target:
        yield "Target", target_words(measure.target, measure)


def keeping_entries(measure: Measure) -> Iterator[Entry]:
    """Who keeps the definition, and until when."""
    yield "Owner", measure.owner
    yield "Written by", measure.authored_by
    yield "Checked by", measure.checked_by
    yield "Next review", day_words(measure.next_review.isoformat())
    yield "Definition", f"Version {measure.version}"


def limits_entries(measure: Measure) -> Iterator[Entry]:
    """What the number cannot say, and how it can mislead."""
    if measure.cannot_tell:
        yield "What this number cannot tell you", measure.cannot_tell
    yield "How it can mislead", measure.can_mislead


def target_words(target: Target, measure: Measure) -> str:
    """The line, where it is written, and the days it holds from and is to be reached by."""
    since = f", from {day_words(target.since_on.isoformat())}" if target.since_on else ""
    until = f", to reach by {day_words(target.by_on.isoformat())}" if target.by_on else ""
    return f"{round_value(target.value, measure)}: {target.source}{since}{until}."
