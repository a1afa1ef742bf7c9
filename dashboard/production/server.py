"""The production server: granian before the application, with several processes, stopped gently."""

import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterable
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from dashboard.production.settings import SECRETS, Production
from dashboard.public.headers import door_of
from dashboard.unavailable import as_unavailable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A sender that drips holds a thread, not a processor: so many may, in each process.
_THREADS = 256
_AT_WORK = 8  # answers being made in one process; stored files do not count
_GENTLE = 20  # seconds for what is under way when the server is stopped
# One pool of memory for all the threads, and large pieces given back at once: otherwise each of so
# many threads keeps what it once held, and a day's traffic doubles what a process takes.
_MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(64 * 1024),  # bytes
    "MALLOC_TRIM_THRESHOLD_": str(128 * 1024),
}
_LOOKS = 1.0  # seconds between two looks at whether the first process is still there
_LARGEST = 12 * 1024 * 1024  # bytes: a file of 10 MB with its form
_IN_MEMORY = 1024 * 1024  # bytes; more of one request goes to a temporary file
_PART = 64 * 1024


def run(settings: Production) -> None:
    """Serves until SIGTERM or SIGINT; what is under way then is finished, for 20 seconds.

    A process that dies is started again, with the settings as they were at the start. The
    processes are begun anew rather than copied, so that none shares a connection or a lock.
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    multiprocessing.set_start_method("spawn", force=True)
    for name, value in _MEMORY.items():
        os.environ.setdefault(name, value)  # the C library reads it as a process begins
    server = Granian(
        "dashboard",
        address=settings.listen.address,
        port=settings.listen.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,  # the proxy speaks HTTP/2 with browsers
        workers=settings.listen.workers,
        blocking_threads=_THREADS,
        backlog=1024,
        backpressure=1024,
        respawn_failed_workers=True,
        workers_kill_timeout=_GENTLE,
        log_level=LogLevels.warning,
    )
    with tempfile.TemporaryDirectory(prefix="send-dashboard-") as together:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = together  # the processes count as one
        server.serve(target_loader=partial(load, settings, os.getpid()), wrap_loader=False)


def load(settings: Production, first: int) -> "WSGIApplication":
    """The application of one process, with what it looks after beside it. What is due is done
    once however many processes look: each thing is taken in a transaction.

    Args:
        first: the process that began this one; when it is gone, this one ends too.
    """
    from dashboard import create_app
    from dashboard.alerts.due import keep_telling
    from dashboard.releases.due import keep_publishing
    from dashboard.settings import Settings
    from schemas.database import open_database

    threading.Thread(target=_follow, args=(first,), name="follow", daemon=True).start()
    database = open_database()
    shown, hosting = Settings(), settings.hosting
    application = create_app(database, shown, hosting)
    keep_publishing(database, shown)
    keep_telling(database, shown, hosting)
    return Turns(application)


def _follow(first: int) -> None:
    """Nobody is left behind who holds the port when the first process was killed."""
    while os.getppid() == first:
        time.sleep(_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GENTLE)
    os._exit(1)


class Turns:
    """Takes in what is sent before anybody works on it, so that 60 who send slowly hold up nobody;
    then a few at a time are answered. What everyone reads and the state of health never wait."""

    def __init__(self, inner: "WSGIApplication", at_work: int = _AT_WORK) -> None:
        self._inner = inner
        self._turns = threading.BoundedSemaphore(at_work)

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        for name in SECRETS:
            environ.pop(name, None)  # granian puts the whole environment here
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return self._answer(environ, start)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
            try:
                _take_in(environ["wsgi.input"], kept)
            except OSError as error:
                return _refuse(error, start)
            environ["wsgi.input"] = kept
            return self._answer(environ, start)

    def _answer(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and _never_waits(environ["PATH_INFO"]):
            return self._inner(environ, start)
        with self._turns:
            return self._inner(environ, start)


def _never_waits(path: str) -> bool:
    return bool(door_of(path)) or path.startswith(("/health", "/metrics"))


def _refuse(error: OSError, start: "StartResponse") -> Iterable[bytes]:
    """What was sent could not even be taken in: its sender went away, or the disk is full."""
    body = as_unavailable(error).get_description().encode()
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    start("503 Service Unavailable", [*headers.items(), ("X-Content-Type-Options", "nosniff")])
    return [body]


def _take_in(sent: Any, kept: IO[bytes]) -> None:
    """What was sent, up to a little more than the application takes: it refuses that itself."""
    left = _LARGEST
    while left and (part := sent.read(min(left, _PART))):
        kept.write(part)
        left -= len(part)
    kept.seek(0)
