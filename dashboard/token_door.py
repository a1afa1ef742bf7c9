"""What stands before answers to programs of partners: a token opens it, and nothing else does."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, abort, g, json, request

from dashboard.access.local import Given
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.access.throttle import Throttle, Wait
from dashboard.access.tokens import TokenRefused, admit
from dashboard.hosting import Hosting
from dashboard.pages.site import Site
from dashboard.public.star.star import NOT_FOR_SHARING
from schemas.area_settings import AreaSettings

SHARING = {"Cache-Control": "private, no-store", "X-Sharing": NOT_FOR_SHARING}
_ASK = {"WWW-Authenticate": 'Basic realm="SEND dashboard: for partners", charset="UTF-8"'}
_TITLES = {401: "A token is needed", 403: "Not allowed", 404: "Not found", 429: "Wait"}


def open_by_token(
    site: Site, hosting: Hosting, code: str, answer: Callable[[Person, AreaSettings], Response]
) -> Response:
    """The answer for the token's holder in that area, or a problem in JSON (401, 403, 404, 429).

    Who asks is looked at first: whether there is such an area is nobody's business.
    """
    given = _given()
    if given is None:
        return problem(401, "This needs a token.", _ASK)
    try:
        who = admit(Throttle(site.database, hosting.secret_key), given, code, hosting.demo)
        g.person = who  # for the log line: whose program it was
        if code not in site.settings.areas:
            abort(404)
        return answer(who, site.settings.areas[code])
    except TokenRefused as refused:
        return problem(401, str(refused), _ASK)
    except Wait as wait:
        return problem(429, str(wait), {"Retry-After": str(wait.seconds)})
    except NotAllowed as refused:
        return problem(403, str(refused))


def problem(status: int, said: str, more: Mapping[str, str] | None = None) -> Response:
    """Why there is no answer, as programs are told it."""
    told = {"type": "about:blank", "title": _TITLES[status], "status": status, "detail": said}
    answer = json_answer(told, status, "application/problem+json")
    answer.headers.update(more or {})
    return answer


def json_answer(told: Any, status: int = 200, kind: str = "application/json") -> Response:
    """An answer in JSON that nobody but the asker keeps."""
    answer = Response(json.dumps(told), status, content_type=kind)
    answer.headers.update(SHARING)
    return answer


def _given() -> Given | None:
    """What the program gives of itself; None when that is nothing, and nothing is counted then."""
    said, address = request.authorization, request.remote_addr or ""
    if said is None:
        return None
    if said.type == "basic" and said.password:
        return Given(said.username or "", said.password, address)
    return Given("", said.token, address) if said.type == "bearer" and said.token else None
