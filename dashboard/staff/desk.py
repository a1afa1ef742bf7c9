"""Desk: what a page of the staff side is made from, and how it is rendered."""

from dataclasses import dataclass
from typing import Any

from flask import get_flashed_messages, redirect, request
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from dashboard.access.person import Person
from dashboard.access.tasks import Task, may
from dashboard.hosting import Hosting
from dashboard.pages.render import render
from dashboard.pages.site import Site
from dashboard.staff.doors import PREFIX
from schemas.area_settings import AreaSettings
from schemas.database import Database

# What stands at the top of every page of an area, for those who may: words, address, task.
WAYS = (
    ("Terms", "", Task.see_drafts),
    ("Send in", "send-in", Task.send_in),
    ("Commentary", "commentary", Task.comment),
    ("Notes", "notes", Task.see_drafts),
    ("Improvement plan", "plan", Task.edit_plan),
    ("Families", "families", Task.answer_families),
    ("Definitions", "definitions", Task.see_published),
    ("Record", "record", Task.see_record),
    ("People", "people", Task.manage_people),
    ("Alerts", "alerts", Task.subscribe),
    ("Power BI", "tokens", Task.hold_token),
    ("Operations", "operations", Task.see_operations),
)


@dataclass(frozen=True)
class Desk:
    """Passed to every handler. `person` is who is signed in, as the tables know them now; `area`
    is the area of the address, None where there is none in it."""

    site: Site
    hosting: Hosting
    person: Person | None
    area: AreaSettings | None

    @property
    def database(self) -> Database:
        return self.site.database

    @property
    def who(self) -> Person:
        """Behind a door for people who are signed in there is always one."""
        assert self.person is not None
        return self.person

    @property
    def here(self) -> AreaSettings:
        """Behind a door with `<area>` there is always one."""
        assert self.area is not None
        return self.area

    def may(self, task: Task) -> bool:
        return self.area is not None and may(self.person, task, self.area.code)

    def path(self, rest: str = "") -> str:
        """An address of this area: `/staff/E06000005/...`."""
        return f"{PREFIX}{self.here.code}/{rest}"

    def page(self, template: str, title: str, **facts: Any) -> str:
        """The whole HTML of `templates/staff/<template>`, which extends `staff/page.html`."""
        return render(
            self.site,
            f"staff/{template}",
            title=title,
            desk=self,
            person=self.person,
            area=self.area,
            here=request.path,
            said=get_flashed_messages(with_categories=True),
            csrf=generate_csrf,
            Task=Task,
            ways=WAYS,
            **facts,
        )

    def go(self, rest: str = "") -> Response:
        """After a form: to an address of this area, by GET."""
        return redirect(self.path(rest), 303)
