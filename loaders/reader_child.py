"""Runs alone in a limited process: file bytes come in by stdin, cells go out by stdout as JSON.

On Linux: 1 GB of memory, 20 s of processor time, 30 s on the clock, no file written, no core dump,
no network and no other program. macOS has all but the memory limit and the empty network
namespace; Windows has the audit hook here and the clock in the parent.
"""

import json
import os
import sys
from typing import cast

MEMORY_BYTES = 1024**3
CPU_SECONDS = 20
WALL_SECONDS = 30

_REFUSED_EVENTS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")
_REFUSED_EXACTLY = ("os.system", "os.startfile", "pty.spawn", "ctypes.dlopen", "os.remove")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def main(kind: str) -> None:
    """Confine this process, read the whole of stdin and answer once."""
    confine()
    content = sys.stdin.buffer.read()
    from loaders.child_answer import UnreadableError

    try:
        answer: dict[str, object] = {"sheets": read_sheets(kind, content)}
    except UnreadableError as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False, check_circular=False).encode())
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing to tidy; freeing a million cells one by one took 40 ms


def confine() -> None:
    """Give up, for good, whatever reading a spreadsheet does not need."""
    if sys.platform != "win32":
        _set_limits()
    if sys.platform == "linux":
        _leave_the_network()
    sys.addaudithook(_refuse)


def read_sheets(kind: str, content: bytes) -> list[dict[str, object]]:
    """The sheets as they are answered, for a process that is confined already.

    Each reader is imported only when wanted: openpyxl alone takes 0.1 s.
    """
    if kind == "csv":
        from loaders.child_csv import read_csv

        return [read_csv(content).as_json()]
    if kind == "ods":
        from loaders.child_ods import read_ods

        return [sheet.as_json() for sheet in read_ods(content)]
    prepare_openpyxl()
    from loaders.child_xlsx import read_xlsx

    return [sheet.as_json() for sheet in read_xlsx(content)]


def prepare_openpyxl() -> None:
    """To be called before openpyxl is imported.

    openpyxl only looks for numpy and Pillow to offer more; without them it starts in half
    the time, and defusedxml does its reading.
    """
    import warnings

    os.environ["OPENPYXL_LXML"] = "False"
    blocked = cast(dict[str, object], sys.modules)  # None there makes an import fail
    blocked.update(dict.fromkeys(("numpy", "PIL", "pandas")))
    warnings.simplefilter("ignore")
    import openpyxl
    from openpyxl.xml.functions import fromstring, iterparse

    assert openpyxl.DEFUSEDXML
    assert not openpyxl.LXML
    assert fromstring.__module__ == iterparse.__module__ == "defusedxml.common"


if sys.platform != "win32":
    import resource
    import signal

    def _set_limits() -> None:
        _limit(resource.RLIMIT_CORE, 0)
        _limit(resource.RLIMIT_FSIZE, 0)
        _limit(resource.RLIMIT_NPROC, 0)
        _limit(resource.RLIMIT_CPU, CPU_SECONDS)
        if sys.platform == "linux":
            _limit(resource.RLIMIT_AS, MEMORY_BYTES)
        signal.alarm(WALL_SECONDS)

    def _limit(which: int, most: int) -> None:
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most))


def _leave_the_network() -> None:
    """Best effort: containers and older kernels may forbid it, and the audit hook remains."""
    import ctypes

    new_network, new_user = 0x40000000, 0x10000000
    libc = ctypes.CDLL(None)
    if libc.unshare(new_network) != 0:
        libc.unshare(new_network | new_user)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError("the reader writes no file")
    elif event.startswith(_REFUSED_EVENTS) or event in _REFUSED_EXACTLY:
        raise PermissionError(f"the reader may not: {event}")
