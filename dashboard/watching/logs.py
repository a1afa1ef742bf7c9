"""Log lines: one JSON object each, which cannot hold a name, an address, a file's name, a figure
or the words of an exception."""

import datetime as dt
import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any

import dashboard

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
_OURS = ("dashboard.", "loaders.", "schemas.")  # their messages are texts of the program
_ROOT = Path(dashboard.__file__).resolve().parent.parent
_DEEPEST = 8  # lines of the program that are told of an exception
_log = logging.getLogger(__name__)


def write_lines(faults_only: bool = False) -> None:
    """Lets everything that this process logs be written as such lines, to standard error; what
    ends a thread too. Once for each process, however often it is asked for.

    Args:
        faults_only: warnings and faults, without a line for each request and act. Without any
            lines Python itself would print each fault with the values that it was about.
    """
    root = logging.getLogger()
    if not faults_only:
        for name in _OURS:
            logging.getLogger(name.rstrip(".")).setLevel(logging.INFO)
    if any(isinstance(handler, _Lines) for handler in root.handlers):
        return
    handler = _Lines()
    handler.setFormatter(LineFormatter())
    root.addHandler(handler)
    if threading.excepthook is threading.__excepthook__:  # nobody has set one of their own
        threading.excepthook = _thread_ended
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _program_ended


def write_event(event: str, facts: Mapping[str, Any]) -> None:
    """One line about something that happened.

    Args:
        facts: numbers, and words of the program's own; what somebody typed never is one.
    """
    _log.info(event, extra={"facts": facts})


class _Lines(logging.Handler):
    """Writes to what standard error is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            # Standard error is full or closed: there is nowhere left to say so, and a page that
            # could be answered must not fail for it. The usual handler would print the values.
            return


class LineFormatter(logging.Formatter):
    """A record as one line. Only our own modules' fixed texts are told, without what would be put
    into them; of other libraries only the place, since their texts may hold addresses."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": at, "level": record.levelname.lower()}
        facts = getattr(record, "facts", None)
        if record.name == __name__ and isinstance(facts, Mapping):
            line |= {"event": record.msg, **facts}
        else:
            line |= {"event": "program", "logger": record.name, "place": _place(record)}
            if record.name.startswith(_OURS) and isinstance(record.msg, str):
                line["said"] = record.msg
        if number := REQUEST_ID.get():
            line.setdefault("request", number)
        if record.exc_info and record.exc_info[1] is not None:
            line["fault"] = describe_fault(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True)


def describe_fault(error: BaseException) -> dict[str, Any]:
    """What kind of exception it is, of which other ones it comes, and at which lines of the
    program, innermost last. Its message, which may hold anything, is not in it."""
    return {"kinds": [*_kinds(error)], "at": _lines(error)[-_DEEPEST:]}


def _kinds(error: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        error = error.__cause__ or error.__context__


def _lines(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__, limit=-200)
    return [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames]


def _place(record: logging.LogRecord) -> str:
    return f"{_short(record.pathname)}:{record.lineno}"


def _short(file: str) -> str:
    """A file of the program from its root, one of a library from its package."""
    path = Path(file)
    if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
        return path.relative_to(_ROOT).as_posix()
    return "/".join(path.parts[-2:])


def _thread_ended(told: threading.ExceptHookArgs) -> None:
    _log.error("a thread ended", exc_info=told.exc_value or True)


def _program_ended(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, where)
    else:
        _log.critical("the program ended", exc_info=error)
