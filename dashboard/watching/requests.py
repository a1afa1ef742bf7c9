"""Every request is timed, counted and told in one line: from its first byte to its last."""

import datetime as dt
import re
import time
import uuid
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request
from werkzeug.wsgi import ClosingIterator

from dashboard.hosting import Hosting
from dashboard.settings import Settings
from dashboard.watching.logs import REQUEST_ID, write_event
from dashboard.watching.metrics import count_request
from dashboard.watching.slow import Slow, SlowRequests

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-Id"
_SANE = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_METHODS = frozenset(["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"])
_ENDPOINT, _PERSON = "dashboard.endpoint", "dashboard.person"
_PAGES = ("measure", "compare", "gaps", "plan", "planner", "packs", "index", "v1", "areas", "all")
_TERM = r"\d{4}-\d\d-(autumn|spring|summer)(-v\d{1,2}\.\d{1,2})?"
_PLAIN = re.compile(rf"(?P<stem>[A-Za-z0-9_-]*|{_TERM})(?P<kind>\.[a-z]{{2,5}})?")
_KINDS = re.compile(r"\.(atom|css|csv|docx|html|jpg|js|json|pdf|png|pptx|svg|txt|xlsx|zip)")
_NUMBER = re.compile(r"\d{1,6}")  # a row's; a telephone or NHS number is longer
HIDDEN = "…"


def watch_requests(server: Flask, settings: Settings, hosting: Hosting, slow: SlowRequests) -> None:
    """Stands before everything else of a server, which has all its addresses by now."""
    known = known_parts(server, settings)

    @server.after_request
    def note(response: Response) -> Response:
        person = g.get("person")
        request.environ[_ENDPOINT] = request.endpoint or "none"
        request.environ[_PERSON] = person.id if person else None
        return response

    behind: Any = server  # Flask's manual sets it so, its types know it as a method
    behind.wsgi_app = _Watch(server.wsgi_app, known, hosting.proxies > 0, slow)


def plain_path(path: str, known: frozenset[str]) -> str:
    """The path with only those parts that the program itself knows, terms, and numbers of rows;
    anything else, which may be a name, a link's secret or a file's name, is `…`."""
    parts = path.split("/")[:12]
    return "/".join(part if _is_plain(part, known) else HIDDEN for part in parts)


def _is_plain(part: str, known: frozenset[str]) -> bool:
    found = _PLAIN.fullmatch(part)
    if found is None or (found["kind"] and not _KINDS.fullmatch(found["kind"])):
        return False
    stem = found["stem"]
    return not stem or stem in known or bool(_NUMBER.fullmatch(stem) or re.fullmatch(_TERM, stem))


def known_parts(server: Flask, settings: Settings) -> frozenset[str]:
    rules = (rule.rule for rule in server.url_map.iter_rules())
    literal = {part.partition(".")[0] for rule in rules for part in rule.split("/")}
    areas = {word for one in settings.areas.values() for word in (one.code, one.slug)}
    return frozenset({*literal, *areas, *settings.measures, *_PAGES})


class _Watch:
    """A WSGI application before another."""

    def __init__(
        self, inner: "WSGIApplication", known: frozenset[str], behind: bool, slow: SlowRequests
    ) -> None:
        self.inner, self.known, self.behind, self.slow = inner, known, behind, slow

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        number = self._request_id(environ)
        REQUEST_ID.set(number)
        began, told = time.perf_counter(), {"status": 500, "bytes": 0}

        def begin(status: str, headers: list[tuple[str, str]], fault: Any = None) -> Any:
            told["status"] = int(status[:3])
            kept = [one for one in headers if one[0].lower() != HEADER.lower()]
            return start(status, [*kept, (HEADER, number)], fault)

        try:
            answer = self.inner(environ, begin)
        except BaseException:
            self._tell(environ, number, time.perf_counter() - began, told)
            raise
        seconds = time.perf_counter() - began  # until the answer was there, however slow its way
        return ClosingIterator(
            _counted(answer, told),
            [
                *([answer.close] if hasattr(answer, "close") else []),
                lambda: self._tell(environ, number, seconds, told),
            ],
        )

    def _request_id(self, environ: "WSGIEnvironment") -> str:
        """The proxy's, if there is one and it is a plain number; else a new one."""
        given = str(environ.get("HTTP_X_REQUEST_ID", "")) if self.behind else ""
        return given if _SANE.fullmatch(given) else uuid.uuid4().hex

    def _tell(
        self, environ: "WSGIEnvironment", number: str, seconds: float, told: dict[str, int]
    ) -> None:
        method = str(environ["REQUEST_METHOD"])
        method = method if method in _METHODS else "other"
        endpoint = str(environ.get(_ENDPOINT, "none"))
        count_request(endpoint, method, told["status"], seconds)
        self.slow.add(Slow(endpoint, method, seconds, dt.datetime.now(dt.UTC), number))
        facts = {
            "request": number,
            "person": environ.get(_PERSON),
            "method": method,
            "path": plain_path(str(environ.get("PATH_INFO", "")), self.known),
            "endpoint": endpoint,
            "status": told["status"],
            "ms": round(seconds * 1000),
            "bytes": told["bytes"],
        }
        write_event("request", facts)


def _counted(answer: Iterable[bytes], told: dict[str, int]) -> Iterator[bytes]:
    for piece in answer:
        told["bytes"] += len(piece)
        yield piece
