"""Publication of a term: the day announced, the plan, early readers, corrections, withdrawal."""

import datetime as dt
from collections.abc import Callable, Mapping

from flask import abort, request

from dashboard.access.tasks import Task, refusal
from dashboard.releases.early_readers import LONGEST, MOST, add_early_reader, end_early_reader
from dashboard.releases.everyone import renew
from dashboard.releases.outlook import see_publication
from dashboard.releases.planning import announce, call_off_plan, plan_publication
from dashboard.releases.publishing import publish
from dashboard.releases.refused import StepRefused
from dashboard.releases.uk_time import UK, time_words
from dashboard.releases.versions import NoSuchVersion
from dashboard.staff.board import read_term
from dashboard.staff.desk import Desk
from dashboard.staff.doors import PREFIX, Doors
from dashboard.staff.sign_off import Shown, as_typed, in_summary, number, take

doors = Doors()


@doors.open("<area>/<term>/publish", Task.see_drafts)
def publication(desk: Desk, term: str) -> Shown:
    return show(desk, term)


def show(
    desk: Desk,
    term: str,
    faults: Mapping[str, str] | None = None,
    form: str = "",
    link: str = "",
) -> Shown:
    """The page; with `faults` of a form that was refused, as it was typed; with `link` once, when
    an early reader was let in."""
    wanted = read_term(term)
    seen = see_publication(desk.database, desk.who, desk.here.code, wanted.label)
    if seen is None:
        abort(404)
    page = desk.page(
        "publish.html",
        f"Publication: {wanted.title}",
        seen=seen,
        term_path=desk.path(f"{term}/"),
        problem=bool(faults),
        problems=in_summary(faults or {}, form),
        **as_typed(faults, form),
        link=link,
        longest=LONGEST,
        most=MOST,
        time_words=time_words,
        refusal=refusal,
    )
    return (page, 422) if faults else page


def _take(desk: Desk, term: str, form: str, step: Callable[[], str]) -> Shown:
    return take(desk, term, form, step, show, "publish")


@doors.open("<area>/<term>/publish/announce", Task.plan, methods=("POST",))
def announce_day(desk: Desk, term: str) -> Shown:
    def step() -> str:
        day = _day(request.form.get("on_day", ""), "on_day")
        announce(desk.database, desk.who, desk.here.code, read_term(term).label, day)
        return "Announced. The overview says so from now on."

    return _take(desk, term, "announce", step)


@doors.open("<area>/<term>/publish/plan", Task.plan, methods=("POST",))
def plan(desk: Desk, term: str) -> Shown:
    def step() -> str:
        day, clock = request.form.get("day", ""), request.form.get("time", "")
        at = dt.datetime.combine(_day(day, "day"), _clock(clock), UK)
        plan_publication(desk.database, desk.who, desk.here.code, number("version"), at)
        return f"Planned for {time_words(at.isoformat())}."

    return _take(desk, term, "plan", step)


def _day(text: str, field: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise StepRefused({field: "Give the day as a date, such as 2026-12-11."}) from None


def _clock(text: str) -> dt.time:
    try:
        found = dt.time.fromisoformat(text)
    except ValueError:
        raise StepRefused({"time": "Give the time as hours and minutes, such as 09:30."}) from None
    return found.replace(tzinfo=None)


@doors.open("<area>/<term>/publish/call-off", Task.plan, methods=("POST",))
def call_off(desk: Desk, term: str) -> Shown:
    def step() -> str:
        call_off_plan(desk.database, desk.who, desk.here.code, number("version"))
        return "Called off. It stays agreed."

    return _take(desk, term, "call-off", step)


@doors.open("<area>/<term>/publish/now", Task.publish, methods=("POST",))
def now(desk: Desk, term: str) -> Shown:
    def step() -> str:
        settings = desk.site.settings
        done = publish(desk.database, desk.who, desk.here.code, number("version"), settings)
        return f"Published: {done.words}, as {done.label}."

    return _take(desk, term, "now", step)


@doors.open("<area>/<term>/publish/renew", Task.publish, methods=("POST",))
def renew_everyone(desk: Desk, term: str) -> Shown:
    def step() -> str:
        read_term(term)
        renew(desk.database, desk.who, desk.here.code, desk.site.settings)
        return "The pages for everyone are made anew."

    return _take(desk, term, "renew", step)


@doors.open("<area>/<term>/publish/readers", Task.plan, methods=("POST",))
def add_reader(desk: Desk, term: str) -> Shown:
    read_term(term)
    reader, why = request.form.get("reader", ""), request.form.get("why", "")
    args = (number("version"), reader, why, number("hours"))
    try:
        token = add_early_reader(desk.database, desk.who, desk.here.code, *args)
    except StepRefused as refused:
        return show(desk, term, refused.faults, "readers")
    except NoSuchVersion:
        abort(404)
    return show(desk, term, link=f"{request.host_url.rstrip('/')}{PREFIX}early/{token}/")


@doors.open("<area>/<term>/publish/readers/end", Task.plan, methods=("POST",))
def end_reader(desk: Desk, term: str) -> Shown:
    def step() -> str:
        args = (number("version"), number("reader"))
        end_early_reader(desk.database, desk.who, desk.here.code, *args)
        return "The link has ended."

    return _take(desk, term, "end-reader", step)
