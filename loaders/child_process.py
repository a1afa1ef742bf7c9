"""Starts the limited reader, at most two at once for one account, and brings back what it says.

On Windows there is no limit on how many run at once, and only the clock limits each.
"""

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from loaders.problems import ExtractRejected

WALL_SECONDS = 30
WAIT_SECONDS = 30
MAX_ANSWER = 160 * 1024 * 1024  # the child's own limits keep a true answer under this
SLOTS = 2


class NotNow(ExtractRejected):
    """Nothing is wrong with the file, but none can be read at this moment."""


class TooMuch(ExtractRejected):
    """The child was stopped at one of its limits."""


_START = (
    "import json, sys; sys.dont_write_bytecode = True; sys.path += json.loads(sys.argv[1]);"
    "from importlib import import_module; import_module(sys.argv[2]).main(sys.argv[3])"
)


def run_child(kind: str, content: bytes, program: str = "loaders.reader_child") -> bytes:
    """What the child answers. Raises ExtractRejected when it was stopped, failed or could not
    start."""
    slot = _take_slot()
    try:
        process = _start(program, kind, slot)
    except OSError:
        raise NotNow(_NOT_STARTED) from None
    finally:
        for descriptor in slot:
            os.close(descriptor)
    with process:
        return _converse(process, content)


def _start(program: str, kind: str, slot: tuple[int, ...]) -> subprocess.Popen[bytes]:
    """The child inherits its slot and holds it until it ends, even if we are killed."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _START, json.dumps(_paths()), program, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=os.path.abspath(os.sep),
        env={name: os.environ[name] for name in _NEEDED if name in os.environ},
        pass_fds=slot,
    )


_NEEDED = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


def _paths() -> list[str]:
    """Where this package and openpyxl's lie, in a checkout or installed; nothing else is given."""
    found = [Path(__file__).resolve().parents[1]]
    for package in ("openpyxl", "et_xmlfile", "defusedxml"):
        spec = importlib.util.find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        found.append(Path(spec.origin).parents[1])
    return list(dict.fromkeys(map(str, found)))


def _converse(process: subprocess.Popen[bytes], content: bytes) -> bytes:
    """The child reads all before it writes, so writing and then reading cannot deadlock."""
    assert process.stdin is not None
    assert process.stdout is not None
    timer = threading.Timer(WALL_SECONDS, process.kill)
    timer.start()
    try:
        try:
            process.stdin.write(content)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has died; its exit code says how
        answer = process.stdout.read(MAX_ANSWER + 1)
        if len(answer) > MAX_ANSWER:
            process.kill()
        code = process.wait()
    finally:
        timer.cancel()
    if code != 0 or not answer:
        raise TooMuch(_STOPPED) if code < 0 else ExtractRejected(_FAILED)
    return answer


_STOPPED = (
    "This workbook took far longer, or far more memory, to read than a termly return should: copy "
    "the figures into a new workbook, save it as .xlsx and send that."
)
_FAILED = (
    "This workbook is damaged, or too large to read: open it in Excel, copy the figures into a new "
    "workbook, save it as .xlsx and send that."
)
_NOT_STARTED = "Files cannot be read at this moment: tell the people who run this dashboard."
_BUSY = "Other files are being read at this moment: wait a minute and send it again."


def _take_slot() -> tuple[int, ...]:
    """An open, locked, empty file: whoever holds the lock may read."""
    if sys.platform == "win32":
        return ()
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        for number in range(SLOTS):
            descriptor = _try_slot(number)
            if descriptor is not None:
                return (descriptor,)
        time.sleep(0.02)
    raise NotNow(_BUSY)


if sys.platform != "win32":
    import fcntl

    def _try_slot(number: int) -> int | None:
        path = Path(tempfile.gettempdir()) / f"send-dashboard-reader-{os.getuid()}-{number}.lock"
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            descriptor = os.open(path, flags, 0o600)
        except OSError:  # someone else made it: the other slot remains
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return descriptor
