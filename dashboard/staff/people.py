"""The people of an area: who has an account and which roles; for its administrators."""

from collections.abc import Callable

import flask
from flask import abort, request, url_for
from werkzeug.wrappers import Response

from dashboard.access import people
from dashboard.access.accounts import AccountProblem, NewPerson, cleaned, find_held_fault
from dashboard.access.person import Held
from dashboard.access.tasks import Task
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from schemas.roles import ROLE_WORDS, ROLES, Role

doors = Doors()
_LINK = "invitation"  # where the link waits in the administrator's own cookie, shown once
_FIELDS = ("sign_in_name", "job_title", "organisation", "kind", "role", "of")


@doors.open("<area>/people", Task.manage_people, methods=("GET", "POST"))
def every(desk: Desk) -> str | tuple[str, int] | Response:
    """The list, and the form for one more."""
    if request.method == "GET":
        return _list(desk, {})
    new, held = _new(), _held(desk)
    faults = new.find_faults() | _role_faults(desk, held)
    if faults or held is None:
        return _list(desk, faults), 422
    try:
        number, token = people.add_person(
            desk.database, desk.who, desk.here.code, desk.here, new, held
        )
    except AccountProblem as problem:
        return _list(desk, {problem.field or "sign_in_name": str(problem)}), 422
    _keep_link(desk, number, token)
    said = "The account is made." if token or new.kind == "entra" else "They have the role now."
    flask.flash(said, "done")
    return desk.go(f"people/{number}")


@doors.open("<area>/people/<int:number>", Task.manage_people)
def one(desk: Desk, number: int) -> str:
    return _person(desk, number, {})


@doors.open("<area>/people/<int:number>/give", Task.manage_people, methods=("POST",))
def give(desk: Desk, number: int) -> tuple[str, int] | Response:
    held = _held(desk)
    faults = _role_faults(desk, held)
    if faults or held is None:
        return _person(desk, number, faults), 422
    return _done(
        desk,
        number,
        lambda: people.give(desk.database, desk.who, desk.here.code, desk.here, number, held),
        f"They are {_a(held.role)} now.",
    )


@doors.open("<area>/people/<int:number>/take", Task.manage_people, methods=("POST",))
def take(desk: Desk, number: int) -> tuple[str, int] | Response:
    held = _held(desk)
    if held is None:
        abort(400)
    return _done(
        desk,
        number,
        lambda: people.take(desk.database, desk.who, desk.here.code, number, held),
        f"They are not {_a(held.role)} any more, and are signed out.",
    )


@doors.open("<area>/people/<int:number>/invite", Task.manage_people, methods=("POST",))
def invite(desk: Desk, number: int) -> tuple[str, int] | Response:
    def make() -> None:
        token = people.invite_again(desk.database, desk.who, desk.here.code, number)
        _keep_link(desk, number, token)

    return _done(desk, number, make, "There is a new link; what they had before is worth nothing.")


@doors.open("<area>/people/<int:number>/end", Task.manage_people, methods=("POST",))
def end(desk: Desk, number: int) -> tuple[str, int] | Response:
    if request.form.get("sure") != "1":
        return _person(desk, number, {"sure": "Tick the box if the account is to end."}), 422
    return _done(
        desk,
        number,
        lambda: people.end(desk.database, desk.who, desk.here.code, number),
        "The account has ended.",
        "people",
    )


def _done(
    desk: Desk, number: int, act: Callable[[], None], said: str, to: str = ""
) -> tuple[str, int] | Response:
    try:
        act()
    except AccountProblem as problem:
        return _person(desk, number, {problem.field or "person": str(problem)}), 422
    flask.flash(said, "done")
    return desk.go(to or f"people/{number}")


def _list(desk: Desk, faults: dict[str, str]) -> str:
    return desk.page(
        "people.html",
        "People",
        problem=bool(faults),
        faults=faults,
        accounts=people.list_accounts(desk.database, desk.who, desk.here.code),
        typed={field: request.form.get(field, "") for field in _FIELDS},
        **_choices(desk),
    )


def _person(desk: Desk, number: int, faults: dict[str, str]) -> str:
    try:
        account = people.get_account(desk.database, desk.who, desk.here.code, number)
    except AccountProblem:
        abort(404)
    return desk.page(
        "person.html",
        account.person.job_title,
        problem=bool(faults),
        faults=faults,
        account=account,
        held=[held for held in account.person.held if held.area_code == desk.here.code],
        link=_link_of(number),
        typed={field: request.form.get(field, "") for field in _FIELDS},
        **_choices(desk),
    )


def _choices(desk: Desk) -> dict[str, object]:
    roles = [(role.value, f"{role.value.capitalize()}: {ROLE_WORDS[role]}") for role in Role]
    organisations = [(name, name) for name in desk.here.organisations]
    return {
        "roles": [("", "Choose a role"), *roles],
        "organisations": [("", "Not an analyst"), *organisations],
    }


def _new() -> NewPerson:
    name, title, organisation = (request.form.get(field, "") for field in _FIELDS[:3])
    return cleaned(name, title, organisation, request.form.get("kind", "local"))


def _held(desk: Desk) -> Held | None:
    role = request.form.get("role", "")
    if role not in ROLES:
        return None
    return Held(Role(role), desk.here.code, request.form.get("of", ""))


def _role_faults(desk: Desk, held: Held | None) -> dict[str, str]:
    if held is None:
        return {"role": "Choose a role."}
    fault = find_held_fault(held, desk.here)
    return {"of": fault} if fault else {}


def _keep_link(desk: Desk, number: int, token: str) -> None:
    if token:
        scheme = "http" if desk.hosting.demo else "https"
        link = url_for("staff.invitation.invitation", token=token, _external=True, _scheme=scheme)
        flask.session[_LINK] = [number, link]


def _link_of(number: int) -> str:
    whose, link = flask.session.pop(_LINK, [0, ""])
    return str(link) if whose == number else ""


def _a(role: Role) -> str:
    return f"an {role.value}" if role.value[0] in "aeiou" else f"a {role.value}"
