"""The dates of a round as a calendar file, for the diaries of those who keep it."""

import datetime as dt
from collections.abc import Iterable, Sequence

from icalendar import Alarm, Calendar, Event

from dashboard.releases.received import senders
from dashboard.releases.steps import STEPS
from dashboard.releases.to_do import term_address
from schemas.area_settings import AreaSettings
from schemas.term import Term

_PROGRAM = "-//SEND dashboard//Termly round//EN"
_BEFORE = {"in a week": 7, "tomorrow": 1}
_AT = 9  # o'clock, when people look
_DO = {
    "data": "Every organisation sends in its sheets, each by its own analyst.",
    "checked": "Somebody who sent none of the figures checks them, and every finding is mended "
    "or explained.",
    "group": "The Partnership Group agrees the figures. Record the minute’s reference.",
    "board": "The Board, or two senior officers, agree the figures. Record the reference.",
    "published": "The publisher makes what was agreed public, at the time that was announced.",
}


def build_calendar(
    area: AreaSettings, terms: Sequence[Term], address: str, now: dt.datetime
) -> bytes:
    """An .ics file with one all-day event for each step of each term, with an alarm a week and a
    day before. A step keeps its name, so that a newer file moves it instead of doubling it.

    Args:
        address: of the area's staff pages, `https://…/staff/E06000005/`.
        now: when the file is made, in UTC.
    """
    calendar = Calendar.new(
        name=f"{area.name}: SEND dashboard dates",
        prodid=_PROGRAM,
        uid=f"send-dashboard-{area.code}",
        subcomponents=list(_events(area, terms, address, now)),
    )
    calendar.validate()
    content: bytes = calendar.to_ical()
    return content


def _events(
    area: AreaSettings, terms: Iterable[Term], address: str, now: dt.datetime
) -> Iterable[Event]:
    for term in terms:
        for step, title in STEPS.items():
            summary = f"{area.name} SEND figures, {term.short_title}: {title[0].lower()}{title[1:]}"
            day = area.rhythm.due_on(term, step)
            event = Event.new(
                summary=summary,
                description=_words(area, term, step, address),
                start=day,
                end=day + dt.timedelta(days=1),
                stamp=now,
                uid=f"send-dashboard-{area.code}-{term_address(term)}-{step}",
                url=f"{address}{term_address(term)}/",
                transparency=None,
            )
            event.add("TRANSP", "TRANSPARENT")  # it does not fill anybody's day
            for words, days in _BEFORE.items():
                before = dt.timedelta(days=-days, hours=_AT)
                event.add_component(Alarm.new_display(f"Due {words}: {summary}", before))
            yield event


def _words(area: AreaSettings, term: Term, step: str, address: str) -> str:
    lines = [f"{STEPS[step]} by the end of this day.", _DO[step]]
    if step == "data":
        named = [one for one in senders(area) if one.organisation]
        lines += [f"{one.organisation}{f' ({one.role})' if one.role else ''}" for one in named]
    return "\n".join([*lines, f"{address}{term_address(term)}/"])
