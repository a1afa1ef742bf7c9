"""What the dashboard needs besides its database: which areas and measures it shows, and the day."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from schemas.area_settings import AreaSettings, load_area_settings
from schemas.measure import Measure, load_measures
from schemas.note import Note, load_notes


@dataclass(frozen=True)
class Settings:
    """`today` is asked each time, so that a server which runs for weeks knows what is overdue."""

    areas: Mapping[str, AreaSettings] = field(default_factory=load_area_settings)
    measures: Mapping[str, Measure] = field(default_factory=load_measures)
    notes: tuple[Note, ...] = field(default_factory=load_notes)
    today: Callable[[], dt.date] = dt.date.today

    def measures_of(self, area: AreaSettings) -> tuple[Measure, ...]:
        """The measures whose extract this area sends, with the area's own targets."""
        return tuple(
            area.measure_for(m) for m in self.measures.values() if m.source.extract in area.extracts
        )
