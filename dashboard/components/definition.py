"""What a measure is, who answers for it and what it cannot say, beside its numbers."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.shell import aria
from dashboard.words.periods import day_words
from dashboard.words.sentences import polarity_words
from dashboard.words.values import round_value
from schemas.measure import Measure

Entry = tuple[str, Any]


def definition(measure: Measure, today: dt.date, related: list[Component]) -> Component:
    """The whole record; an overdue review shows. `related` are links to its siblings."""
    entries = [*_entries(measure), *_keeping(measure, today)]
    if related:
        entries.append(("Related measures", html.Ul([html.Li(one) for one in related])))
    listed = [part for term, words in entries for part in (html.Dt(term), html.Dd(words))]
    return html.Aside(
        [html.H2("About this measure", id="about"), html.Dl(listed)],
        className="about",
        **aria(labelledby="about"),
    )


def _entries(measure: Measure) -> Iterator[Entry]:
    written = measure.definition
    yield "Why it matters", measure.why_it_matters
    yield "What it counts" if not written.denominator else "Number counted", written.numerator
    if written.denominator:
        yield "Out of", written.denominator
    if written.exclusions:
        yield "Left out", written.exclusions
    yield "Reading it", polarity_words(measure.polarity)
    if measure.target:
        target = measure.target
        since = f", from {day_words(target.since_on.isoformat())}" if target.since_on else ""
        until = f", to reach by {day_words(target.by_on.isoformat())}" if target.by_on else ""
        yield "Target", f"{round_value(target.value, measure)}: {target.source}{since}{until}."
    yield "What can mislead", measure.can_mislead
    if measure.cannot_tell:
        yield "What it cannot tell", measure.cannot_tell


def _keeping(measure: Measure, today: dt.date) -> Iterator[Entry]:
    yield "Owner", measure.owner
    yield "Written by", measure.authored_by
    yield "Checked by", measure.checked_by
    day = day_words(measure.next_review.isoformat())
    overdue = measure.next_review < today
    yield "Next review", html.Span([day, html.Strong(" – overdue")]) if overdue else day
    yield "Definition", f"Version {measure.version}"
