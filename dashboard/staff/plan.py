"""The improvement plan on screen: loading a workbook, adding, editing and ending actions."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from flask import abort, flash, request
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task
from dashboard.plan.edit import (
    Typed,
    add_action,
    edit_action,
    end_action,
    find_action,
    read_whole_plan,
)
from dashboard.plan.fault import PlanFault
from dashboard.plan.load import Loaded, send_plan
from dashboard.queries.plan import KeptAction, Plan
from dashboard.releases.uk_time import time_words
from dashboard.staff.attached import attached
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.plan_shown import action_facts, loaded_words, typed_of
from loaders.plan_workbook import plan_workbook
from schemas.plan import STATUS_WORDS

doors = Doors()
Page = str | Response | tuple[str, int]
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@doors.open("<area>/plan", Task.edit_plan)
def plan(desk: Desk) -> str:
    return _page(desk)


@doors.open("<area>/plan", Task.edit_plan, methods=("POST",))
def load(desk: Desk) -> Page:
    """Makes a workbook the plan; with anything wrong in it, nothing is changed."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(desk, {"file": "Choose the workbook of the plan"}), 422
    loaded = send_plan(
        desk.database,
        desk.who,
        desk.here.code,
        file.read(),
        file.filename,
        invented=desk.hosting.demo,
    )
    if loaded.report.outcome.exit_code:
        return _page(desk, {"file": loaded.report.message}, loaded), 422
    flash(loaded_words(loaded), "done")
    return desk.go("plan")


@doors.open("<area>/plan/template.xlsx", Task.edit_plan)
def template(desk: Desk) -> Response:
    body = plan_workbook(desk.here, desk.site.settings.measures_of(desk.here))
    return attached(body, f"improvement_plan_template_{desk.here.slug}.xlsx", _XLSX)


@doors.open("<area>/plan/workbook.xlsx", Task.edit_plan)
def workbook(desk: Desk) -> Response:
    """The plan as it stands, to be edited and loaded again."""
    held = read_whole_plan(desk.database, desk.who, desk.here.code)
    measures = desk.site.settings.measures_of(desk.here)
    body = plan_workbook(desk.here, measures, held.book)
    return attached(body, f"improvement_plan_{desk.here.slug}.xlsx", _XLSX)


@doors.open("<area>/plan/add", Task.edit_plan)
def new(desk: Desk) -> str:
    first = request.args.get("in", "")
    return _form(desk, "Add an action", Typed("", first, "", ""), {})


@doors.open("<area>/plan/add", Task.edit_plan, methods=("POST",))
def add(desk: Desk) -> Page:
    typed = typed_of(request.form)
    try:
        add_action(desk.database, desk.who, desk.here.code, typed, invented=desk.hosting.demo)
    except PlanFault as error:
        return _form(desk, "Add an action", typed, error.faults), 422
    flash(f"Action {typed.number} is in the plan.", "done")
    return desk.go("plan")


@doors.open("<area>/plan/<int:number>", Task.edit_plan)
def action(desk: Desk, number: int) -> Page:
    """The form of one row; of a row that has ended, its history."""
    kept, history = _found(desk, number)
    if kept.written.ended_at:
        return _history(desk, kept, history)
    return _edit(desk, kept, {}, typed=None)


@doors.open("<area>/plan/<int:number>", Task.edit_plan, methods=("POST",))
def edit(desk: Desk, number: int) -> Page:
    kept, _ = _found(desk, number)
    typed = replace(typed_of(request.form), number=kept.action.number)
    try:
        row_id = edit_action(desk.database, desk.who, desk.here.code, number, typed)
    except PlanFault as error:
        return _edit(desk, kept, error.faults, typed, error), 422
    same = row_id == number
    flash("Nothing was changed." if same else f"Action {typed.number} is changed.", "done")
    return desk.go("plan")


@doors.open("<area>/plan/<int:number>/end", Task.edit_plan, methods=("POST",))
def end(desk: Desk, number: int) -> Page:
    kept, _ = _found(desk, number)
    reason = request.form.get("reason", "")
    try:
        end_action(desk.database, desk.who, desk.here.code, number, reason)
    except PlanFault as error:
        return _edit(desk, kept, error.faults, None, error, reason), 422
    flash(f"Action {kept.action.number} is no longer in the plan. It stays in its history.", "done")
    return desk.go("plan")


@doors.open("<area>/plan/<int:number>/history", Task.edit_plan)
def history(desk: Desk, number: int) -> str:
    return _history(desk, *_found(desk, number))


def _found(desk: Desk, number: int) -> tuple[KeptAction, tuple[KeptAction, ...]]:
    found = find_action(desk.database, desk.who, desk.here.code, number)
    if found is None:
        abort(404)
    return found


def _page(
    desk: Desk, problem: Mapping[str, str] | None = None, loaded: Loaded | None = None
) -> str:
    held = read_whole_plan(desk.database, desk.who, desk.here.code)
    return desk.page(
        "plan.html",
        "Improvement plan",
        plan=held,
        statuses=STATUS_WORDS,
        problem=problem or {},
        report=loaded.report if loaded else None,
    )


def _form(desk: Desk, title: str, typed: Typed, faults: Mapping[str, str], **more: Any) -> str:
    held: Plan = read_whole_plan(desk.database, desk.who, desk.here.code)
    facts = {"kept": None, "stale": False, "now_id": 0, "reason": "", **more}
    return desk.page(
        "plan_action.html",
        title,
        typed=asdict(typed),
        faults=faults,
        problem=bool(faults),
        **action_facts(desk, held, typed),
        **facts,
    )


def _edit(
    desk: Desk,
    kept: KeptAction,
    faults: Mapping[str, str],
    typed: Typed | None,
    error: PlanFault | None = None,
    reason: str = "",
) -> str:
    """What somebody typed stays in the form, also when another was quicker."""
    held = {name: vars(kept.action)[name] for name in Typed.__dataclass_fields__}
    return _form(
        desk,
        f"Action {kept.action.number}",
        typed or Typed(**held),
        faults,
        kept=kept,
        written=time_words(kept.written.at),
        stale=error is not None and error.stale,
        now_id=error.now_id if error else 0,
        reason=reason,
    )


def _history(desk: Desk, kept: KeptAction, every: tuple[KeptAction, ...]) -> str:
    times = {one.written.id: time_words(one.written.at) for one in every}
    ended = {
        one.written.id: time_words(one.written.ended_at) for one in every if one.written.ended_at
    }
    return desk.page(
        "plan_history.html",
        f"History of action {kept.action.number}",
        every=every,
        times=times,
        ended=ended,
        statuses=STATUS_WORDS,
        measures=desk.site.settings.measures,
    )
