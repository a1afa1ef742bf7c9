"""What a person is told of, on screen: choosing it, ending it, and what there was to tell."""

from collections.abc import Iterator

from flask import flash, request
from werkzeug.wrappers import Response

from dashboard.access.tasks import Task
from dashboard.alerts.choices import (
    NO_ADDRESS,
    Choice,
    ChoiceProblem,
    choose,
    end_choice,
    list_choices,
)
from dashboard.alerts.feed import PATH
from dashboard.alerts.told import Told, list_told
from dashboard.alerts.tries import BEGUN, FAILED, SENT, Try, list_tries
from dashboard.downloads.measure_book import HANDLING, INVENTED
from dashboard.mail import is_address
from dashboard.releases.uk_time import uk_day
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.words.alerts import scope_words, subject_title
from dashboard.words.periods import day_words
from dashboard.words.sentences import theme_words

doors = Doors()
_BY_MAIL, _ON_SCREEN = "mail", "screen"
_NO_SERVER = "No mail server is set up, so you are told on this page and in the feed."
_WENT = {
    SENT: "Sent to you by e-mail on {day}.",
    FAILED: "The e-mail of {day} could not be sent. It is tried again on another day.",
    BEGUN: "The e-mail of {day} was begun, and nobody knows whether it went: the program was "
    "stopped. It is not sent again.",
}


@doors.open("<area>/alerts", Task.subscribe)
def alerts(desk: Desk) -> str:
    return _page(desk)


@doors.open("<area>/alerts", Task.subscribe, methods=("POST",))
def add(desk: Desk) -> Response | tuple[str, int]:
    scope, _, subject = request.form.get("what", "").partition(":")
    by_mail = request.form.get("way", _ON_SCREEN) == _BY_MAIL
    try:
        if by_mail and desk.hosting.mail is None:
            raise ChoiceProblem(_NO_SERVER, "way")
        about = (desk.database, desk.who, desk.here.code, desk.site.settings)
        choose(*about, scope, subject, by_mail)
    except ChoiceProblem as problem:
        return _page(desk, {problem.field: str(problem)}), 422
    flash("You are told of it from now on.", "done")
    return desk.go("alerts#yours")


@doors.open("<area>/alerts/<int:number>/end", Task.subscribe, methods=("POST",))
def end(desk: Desk, number: int) -> Response | tuple[str, int]:
    try:
        end_choice(desk.database, desk.who, desk.here.code, desk.site.settings, number)
    except ChoiceProblem as problem:
        return _page(desk, {problem.field: str(problem)}), 422
    flash("You are told of it no longer.", "done")
    return desk.go("alerts#yours")


def _page(desk: Desk, faults: dict[str, str] | None = None) -> str:
    about = (desk.database, desk.who, desk.here.code)
    tried = list_tries(*about)
    why_no_mail = "" if desk.hosting.mail else _NO_SERVER
    if desk.hosting.mail and not is_address(desk.who.sign_in_name):
        why_no_mail = NO_ADDRESS
    return desk.page(
        "alerts.html",
        "What I am told of",
        problem=bool(faults),
        faults=faults or {},
        chosen=[(one, _words(desk, one)) for one in list_choices(*about)],
        told=[(one, _day(one), _went(tried.get(one.kept.id))) for one in list_told(*about)],
        options=[*_options(desk)],
        what=request.form.get("what", "everything"),
        way=request.form.get("way", _ON_SCREEN if why_no_mail else _BY_MAIL),
        why_no_mail=why_no_mail,
        feed=PATH.format(code=desk.here.code),
        handling=HANDLING,
        invented=INVENTED,
    )


def _options(desk: Desk) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The list to choose from: everything and the themes, then the measures by theme."""
    measures = desk.site.settings.measures_of(desk.here)
    themes = list(dict.fromkeys(one.theme for one in measures))
    yield "Themes", [(f"theme:{one}", theme_words(one)) for one in themes]
    for theme in themes:
        own = [one for one in measures if one.theme == theme]
        yield (
            f"Measures: {theme_words(theme)}",
            [(f"measure:{one.id}", one.short_title) for one in own],
        )


def _words(desk: Desk, one: Choice) -> str:
    titles = {m.id: m.short_title for m in desk.site.settings.measures_of(desk.here)}
    return scope_words(one.scope, subject_title(one.scope, one.subject, titles))


def _day(one: Told) -> str:
    return day_words(uk_day(one.digest.happened_at).isoformat())


def _went(one: Try | None) -> str:
    """What became of the e-mail, if there was to be one."""
    return _WENT[one.what].format(day=day_words(uk_day(one.at).isoformat())) if one else ""
