"""The data dictionary: what every measure counts, made from its definition."""

from collections.abc import Iterable
from typing import Any

from dashboard.downloads.separated import Rows
from dashboard.public.data.labels import breakdown_words
from dashboard.words.definition import target_words
from dashboard.words.sentences import polarity_words, theme_words
from dashboard.words.values import measured_in
from schemas.measure import Measure
from schemas.observation import JOIN

_SINCE = {"snapshot": "Counted on the last day of the term", "in_term": "Counted in the term"}


def definition_facts(measure: Measure) -> dict[str, Any]:
    """The record of one measure, for machines and for tables; "" where nothing is written."""
    written = measure.definition
    return {
        "measure_id": measure.id,
        "title": measure.title,
        "short_title": measure.short_title,
        "description": measure.description,
        "theme": theme_words(measure.theme),
        "unit": measured_in(measure),
        "decimals": measure.decimals,
        "reading_it": polarity_words(measure.polarity),
        "basis": _SINCE[measure.basis],
        "numerator": written.numerator,
        "denominator": written.denominator,
        "exclusions": written.exclusions,
        "broken_down_by": "; ".join(_breakdowns(measure)),
        "target": target_words(measure.target, measure) if measure.target else "",
        "why_it_matters": measure.why_it_matters,
        "can_mislead": measure.can_mislead,
        "cannot_tell": measure.cannot_tell,
        "owner": measure.owner,
        "authored_by": measure.authored_by,
        "checked_by": measure.checked_by,
        "next_review": measure.next_review.isoformat(),
        "version": measure.version,
    }


def _breakdowns(measure: Measure) -> list[str]:
    named = (JOIN.join(names) for names in measure.source.breakdowns)
    return [breakdown_words(measure, name) for name in named]


def dictionary_rows(measures: Iterable[Measure]) -> Rows:
    """One measure a row."""
    facts = [definition_facts(one) for one in measures]
    return Rows(tuple(facts[0]) if facts else (), tuple(tuple(one.values()) for one in facts))
