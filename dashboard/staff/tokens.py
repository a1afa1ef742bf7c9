"""Tokens for Power BI on screen: the person's own, making one, ending one."""

from flask import flash, request
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task
from dashboard.access.tokens import LONGEST, TokenProblem, end_token, list_tokens, make_token
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors

doors = Doors()
_DAYS = (
    ("30", "30 days"),
    ("90", "90 days"),
    ("180", "180 days"),
    (str(LONGEST), "A year, the longest"),
)


@doors.open("<area>/tokens", Task.hold_token)
def tokens(desk: Desk) -> str:
    return _page(desk)


@doors.open("<area>/tokens", Task.hold_token, methods=("POST",))
def make(desk: Desk) -> str | tuple[str, int]:
    """Answers with the page itself, so that the token is kept nowhere on its way to the reader."""
    days = request.form.get("days", "")
    label = request.form.get("label", "")
    number = int(days) if days.isdecimal() and len(days) < 6 else 0
    try:
        made = make_token(desk.database, desk.who, desk.here.code, label, number)
    except TokenProblem as problem:
        return _page(desk, faults={problem.field: str(problem)}), 422
    return _page(desk, made=made)


@doors.open("<area>/tokens/<int:number>/end", Task.hold_token, methods=("POST",))
def end(desk: Desk, number: int) -> Response | tuple[str, int]:
    try:
        end_token(desk.database, desk.who, desk.here.code, number)
    except TokenProblem as problem:
        return _page(desk, faults={problem.field: str(problem)}), 422
    flash("The token has ended. A program that uses it is refused from now on.", "done")
    return desk.go("tokens")


def _page(desk: Desk, made: str = "", faults: dict[str, str] | None = None) -> str:
    held = list_tokens(desk.database, desk.who, desk.here.code)
    return desk.page(
        "tokens.html",
        "Tokens for Power BI",
        problem=bool(faults),
        faults=faults or {},
        made=made,
        good=[one for one in held if one.good],
        over=[one for one in held if not one.good],
        days=_DAYS,
        typed={"label": "" if made else request.form.get("label", "")},
        chosen=request.form.get("days", "90"),
    )
