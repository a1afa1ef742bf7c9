"""The built files of the family pages behind a small server, with the policy of public pages."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs

from dashboard.public.easy_read.build import draw_files
from dashboard.public.files import EASY_READ, PublicFile
from tests.public.builders import figure, release
from tests.public.family_pages import easy_read

DOOR = "/easy-read/darlington/"
PAGES = {
    "front": DOOR,
    "plans": f"{DOOR}plans-on-time/",
    "waits": f"{DOOR}waits/",
    "words": f"{DOOR}hard-words/",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)


class Door:
    """A WSGI application; `sent` are the forms that reached it."""

    def __init__(self) -> None:
        self.files = {_address(one): one for one in draw_files(release(figure()), easy_read())}
        self.sent: list[Mapping[str, list[str]]] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] == "POST":
            length = int(environ["CONTENT_LENGTH"])
            self.sent.append(parse_qs(environ["wsgi.input"].read(length).decode()))
            path = DOOR
        found = self.files.get(path)
        kind = found.kind if found else "text/plain"
        kind += "; charset=utf-8" if kind.startswith("text/") else ""
        headers = [("Content-Type", kind), ("Content-Security-Policy", POLICY)]
        start("200 OK" if found else "404 Not Found", headers)
        return [found.body if found else b"Not found"]


def _address(file: PublicFile) -> str:
    return DOOR + file.path.removeprefix(f"{EASY_READ}/").removesuffix("index.html")
