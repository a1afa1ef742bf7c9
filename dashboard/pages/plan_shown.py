"""What the improvement plan's page and its files are made of, read once."""

import datetime as dt
from dataclasses import dataclass

from dashboard.address import Address
from dashboard.pages.plan_rows import ActionRow, action_rows
from dashboard.pages.site import Editions, Site, find_editions
from dashboard.queries.plan import Plan, get_plan
from dashboard.view import MeasureView
from dashboard.views.overview import get_overview


@dataclass(frozen=True)
class PlanShown:
    """What the page and its files are made of. `today` is the day by which something is late: the
    day of the edition where the address asks for one, so that its page stays the same for ever,
    else today's."""

    editions: Editions
    plan: Plan
    views: dict[str, MeasureView]
    rows: tuple[ActionRow, ...]
    today: dt.date

    @property
    def invented(self) -> bool:
        return self.plan.invented or any(view.invented for view in self.views.values())


def read_plan_shown(site: Site, address: Address) -> PlanShown | None:
    """None when there is no such edition."""
    area, settings = address.area, site.settings
    measures = settings.measures_of(area)
    with site.database.reading() as connection:
        editions = find_editions(connection, site, address)
        if editions is None:
            return None
        asked = editions.asked
        plan = get_plan(connection, area.code, asked)
        overview = get_overview(connection, site.viewer, area, measures, settings.notes, asked)
    views = {view.measure.id: view for view in overview.views}
    shown_at = max(asked.published_at, asked.notes_at) if asked else ""
    today = dt.date.fromisoformat(shown_at[:10]) if shown_at else settings.today()
    return PlanShown(editions, plan, views, action_rows(address, plan, views, today), today)
