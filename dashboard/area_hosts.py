"""Areas by host name: at a host of its own, an area is the only one there is.

Who asks such a host finds that area in every list, and no page at the address of another; what is
done beside requests, such as publishing what is due, is done for all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, request

from dashboard.hosting import Hosting
from schemas.area_settings import AreaSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_HERE: ContextVar[str] = ContextVar("area_of_the_host", default="")
# Every address of an area begins so; a test holds this beside the addresses that the server has.
_AREA = re.compile(
    r"/(?:dashboard|staff|partner/tables|partner/feed|easy-read|data|accessibility|api/v1/areas)"
    r"/([^/.]+)"
)


def area_here() -> str:
    """The code of the area whose host is asked; "" at the others, and outside a request."""
    return _HERE.get()


def is_here(code: str) -> bool:
    """Whether there is such an area at the host that is asked."""
    return _HERE.get() in ("", code)


class AreasHere(Mapping[str, AreaSettings]):
    """The areas by code that there are at the host which is asked."""

    def __init__(self, every: Mapping[str, AreaSettings]) -> None:
        self._every = every
        self._alone = {code: {code: one} for code, one in every.items()}

    def __getitem__(self, code: str) -> AreaSettings:
        return self._here()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._here())

    def __len__(self) -> int:
        return len(self._here())

    def _here(self) -> Mapping[str, AreaSettings]:
        code = _HERE.get()
        return self._alone.get(code, {}) if code else self._every


def stand_at_hosts(server: Flask, areas: Mapping[str, AreaSettings], hosting: Hosting) -> None:
    """Tells each request which area's host it asks, and knows no address of another area there.
    After `add_public`, whose files are sent before Flask is asked, and before `stand_behind`, which
    says what the proxies say of the host."""
    if not hosting.area_hosts:
        return
    names = {name: one.code for one in areas.values() for name in (one.code, one.slug)}

    @server.before_request
    def confine() -> None:
        found = _AREA.match(request.path)
        if found and not is_here(names.get(found[1], area_here())):
            abort(404)

    first: Any = server  # Flask's manual sets it so, its types know it as a method
    first.wsgi_app = _AtHost(server.wsgi_app, hosting.area_hosts)


class _AtHost:
    """A WSGI application before another. The host itself is refused elsewhere if it is not ours."""

    def __init__(self, inner: "WSGIApplication", hosts: Mapping[str, str]) -> None:
        self._inner, self._hosts = inner, hosts

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        host = str(environ.get("HTTP_HOST", "")).partition(":")[0].rstrip(".").casefold()
        before = _HERE.set(self._hosts.get(host, ""))
        try:
            return self._inner(environ, start)
        finally:
            _HERE.reset(before)
