"""Where the guides are walked: the demonstration, as `make demo` leaves it, on a real server."""

import datetime as dt
from pathlib import Path

from dashboard.access.demo_people import add_demo_people
from dashboard.plan.sample import load_sample_plan
from dashboard.releases.everyone import renew_pages
from dashboard.settings import Settings
from schemas.area_settings import load_area_settings
from schemas.database import Database
from tests.dashboard.published import load_published
from tests.public.families_server import area_with
from tests.staff.people import DARLINGTON

# What the analyst's guide is walked with.
AREA, TERM = "County Durham", "Summer term 2025/26"
# What everyone sees begins late, so that their pages are made in seconds. The day stays, since the
# guides are about the summer term and it is not under way for ever.
SETTINGS = Settings(
    areas=load_area_settings() | {DARLINGTON: area_with(since="2025-26 summer")},
    today=lambda: dt.date(2026, 9, 21),
)


def load_demonstration(folder: Path) -> Database:
    """Twelve invented terms of Darlington, its plan and its pages for everyone; County Durham has
    sent nothing yet; an account for each role."""
    database = load_published(folder)
    load_sample_plan(database)
    add_demo_people(database, load_area_settings().values())
    assert renew_pages(database, None, DARLINGTON, SETTINGS) == ""
    return database
