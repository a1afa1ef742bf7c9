"""Corrections, revisions and withdrawals of what is published: their forms."""

from collections.abc import Mapping
from typing import Any

from flask import abort, request

from dashboard.access.tasks import Task
from dashboard.releases.corrections import begin_correction, write_notice
from dashboard.releases.notices import Notice
from dashboard.releases.outlook import see_publication
from dashboard.releases.withdrawals import withdraw
from dashboard.staff.board import read_term
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.staff.publishing import show
from dashboard.staff.sign_off import Shown, as_typed, in_summary, number, take

doors = Doors()


@doors.open("<area>/<term>/publish/correct", Task.correct, methods=("POST",))
def correct(desk: Desk, term: str) -> Shown:
    def step() -> str:
        label = read_term(term).label
        made = begin_correction(
            desk.database, desk.who, desk.here.code, label, _notice(request.form)
        )
        return f"{made.words} is a draft with the same figures. Send in those that are right."

    return take(desk, term, "correct", step, show, "publish")


@doors.open("<area>/<term>/publish/notice", Task.correct, methods=("POST",))
def notice(desk: Desk, term: str) -> Shown:
    def step() -> str:
        told = _notice(request.form)
        write_notice(desk.database, desk.who, desk.here.code, number("version"), told)
        return "Written. Everyone is told when this version is published."

    return take(desk, term, "notice", step, show, "publish")


def _notice(form: Any) -> Notice:
    return Notice(*(form.get(name, "") for name in ("kind", "what", "found_on", "cause", "effect")))


@doors.open("<area>/<term>/publish/withdraw", Task.withdraw, methods=("GET", "POST"))
def withdraw_version(desk: Desk, term: str) -> Shown:
    """A page of its own, so that nobody comes to it by chance."""
    if request.method == "GET":
        return _withdrawal(desk, term)

    def step() -> str:
        what, cause, effect = (request.form.get(name, "") for name in ("what", "cause", "effect"))
        withdraw(desk.database, desk.who, desk.here.code, number("version"), what, cause, effect)
        return "Withdrawn. Every page and every link says why."

    return take(desk, term, "withdraw", step, _withdrawal, "publish")


def _withdrawal(
    desk: Desk, term: str, faults: Mapping[str, str] | None = None, form: str = "withdraw"
) -> Shown:
    wanted = read_term(term)
    seen = see_publication(desk.database, desk.who, desk.here.code, wanted.label)
    if seen is None or seen.stands is None:
        abort(404)
    page = desk.page(
        "publish_withdraw.html",
        f"Withdraw: {wanted.title}",
        seen=seen,
        term_path=desk.path(f"{term}/"),
        problem=bool(faults),
        problems=in_summary(faults or {}, form),
        **as_typed(faults, form),
    )
    return (page, 422) if faults else page
