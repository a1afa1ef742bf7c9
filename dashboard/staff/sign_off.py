"""Sign-off of a term: where it stands, what is in the way, and the steps open to this person."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, request
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task, refusal
from dashboard.releases.agreements import agree, record_agreement
from dashboard.releases.meetings import FORUMS, PRESENT, Agreed
from dashboard.releases.refused import StepRefused
from dashboard.releases.sign_off import attest, pass_checks, send_back
from dashboard.releases.signing import see_sign_off
from dashboard.releases.uk_time import time_words
from dashboard.releases.versions import NoSuchVersion
from dashboard.staff.board import read_term
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.words.acts import act_sentence

doors = Doors()
Faults = Mapping[str, str]
Shown = str | tuple[str, int] | Response


@doors.open("<area>/<term>/sign-off", Task.see_drafts)
def sign_off(desk: Desk, term: str) -> Shown:
    return show(desk, term)


def show(desk: Desk, term: str, faults: Faults | None = None, form: str = "") -> Shown:
    """The page; with `faults` of a form that was refused, as it was typed."""
    wanted = read_term(term)
    seen = see_sign_off(desk.database, desk.who, desk.here.code, wanted.label, desk.site.settings)
    if seen is None:
        abort(404)
    page = desk.page(
        "sign_off.html",
        f"Sign-off: {wanted.title}",
        seen=seen,
        term_path=desk.path(f"{term}/"),
        problem=bool(faults),
        problems=in_summary(faults or {}, form),
        **as_typed(faults, form),
        forums=list(FORUMS.items()),
        present=list(PRESENT.items()),
        ticked=request.form.getlist("present") if faults else [],
        act_sentence=act_sentence,
        time_words=time_words,
        refusal=refusal,
    )
    return (page, 422) if faults else page


def as_typed(faults: Faults | None, form: str) -> dict[str, Any]:
    """For the template: which form was refused, what is wrong and what was typed; `blank` is for
    the other forms. Whatever there is not is ""."""
    typed = request.form.items() if faults else ()
    return {
        "form": form,
        "faults": defaultdict(str, faults or {}),
        "typed": defaultdict(str, typed),
        "blank": defaultdict(str),
    }


def in_summary(faults: Faults, form: str) -> Faults:
    """For the summary, which links to the fields: what is wrong with none is about its form."""
    return {field or f"{form}-form": words for field, words in faults.items()}


def take(
    desk: Desk, term: str, form: str, step: Callable[[], str], again: Callable[..., Shown], to: str
) -> Shown:
    """Takes one step and says so, or shows its form again with what is wrong."""
    read_term(term)
    try:
        said = step()
    except StepRefused as refused:
        return again(desk, term, refused.faults, form)
    except NoSuchVersion:
        abort(404)
    flash(said, "done")
    return desk.go(f"{term}/{to}")


def _take(desk: Desk, term: str, form: str, step: Callable[[], str]) -> Shown:
    return take(desk, term, form, step, show, "sign-off")


def number(name: str) -> int:
    """A number that a form of ours holds; -1, which nothing has, for anything else."""
    text = request.form.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


@doors.open("<area>/<term>/sign-off/attest", Task.attest, methods=("POST",))
def answer_for(desk: Desk, term: str) -> Shown:
    def step() -> str:
        attest(desk.database, desk.who, desk.here.code, number("file"))
        return "You answer for the file now."

    return _take(desk, term, "attest", step)


@doors.open("<area>/<term>/sign-off/check", Task.check, methods=("POST",))
def check(desk: Desk, term: str) -> Shown:
    def step() -> str:
        settings = desk.site.settings
        pass_checks(desk.database, desk.who, desk.here.code, number("version"), settings)
        return "Checked. Its figures are fixed from here on."

    return _take(desk, term, "check", step)


@doors.open("<area>/<term>/sign-off/send-back", Task.send_back, methods=("POST",))
def back(desk: Desk, term: str) -> Shown:
    def step() -> str:
        reason = request.form.get("reason", "")
        send_back(desk.database, desk.who, desk.here.code, number("version"), reason)
        return "Sent back: it is a draft again."

    return _take(desk, term, "send-back", step)


@doors.open("<area>/<term>/sign-off/agreement", Task.agree, methods=("POST",))
def agreement(desk: Desk, term: str) -> Shown:
    def step() -> str:
        agreed = _agreed(request.form)
        done = record_agreement(desk.database, desk.who, desk.here.code, number("version"), agreed)
        return "Recorded. It is agreed and can be published." if done else "Recorded."

    return _take(desk, term, "agreement", step)


def _agreed(form: Any) -> Agreed:
    forum = form.get("forum", "")
    if forum == "officers":
        present = (form.get("officer_1", ""), form.get("officer_2", ""))
    else:
        present = tuple(form.getlist("present"))
    return Agreed(
        forum,
        form.get("minute_ref", ""),
        form.get("met_on", ""),
        present,
        form.get("definitions_agreed") == "1",
        form.get("content_sha256", ""),
    )


@doors.open("<area>/<term>/sign-off/agree", Task.agree, methods=("POST",))
def to_agreed(desk: Desk, term: str) -> Shown:
    def step() -> str:
        agree(desk.database, desk.who, desk.here.code, number("version"))
        return "Agreed. It can be published."

    return _take(desk, term, "agree", step)
