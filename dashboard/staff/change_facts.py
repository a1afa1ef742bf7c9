"""What a page needs to show what a file would change."""

from typing import Any

from dashboard.address import Address
from dashboard.releases.comparing import Comparison
from dashboard.staff.change_words import headlines, sections, touched
from dashboard.staff.desk import Desk


def change_facts(desk: Desk, comparison: Comparison) -> dict[str, Any]:
    """The sections, and the charts and headline figures that would be others."""
    measures = {one.id: one for one in desk.site.settings.measures_of(desk.here)}
    known = desk.site.settings.measures
    charts = [
        (measure.short_title, Address(desk.here, "measure", measure).url, count)
        for measure, count in touched(comparison.changes, known)
        if measure.id in measures
    ]
    return {
        "comparison": comparison,
        "sections": sections(comparison.changes, known),
        "charts": charts,
        "headlines": headlines(comparison.changes, known),
    }
