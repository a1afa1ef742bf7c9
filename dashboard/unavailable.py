"""What is said while the database cannot be asked or a disk is full: a sentence and 503."""

import errno
import logging
import sqlite3
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import ServiceUnavailable

from schemas.database import DatabaseProblem

# Of the database: it is gone, is starting, is full, is read-only, or all connections are in use.
FAULTS = (OperationalError, InterfaceError, NoConnection, DatabaseProblem)
GONE = (
    "The figures cannot be reached at the moment. Please try again in a minute. If you were "
    "sending something, look first whether it has arrived."
)
FULL = (
    "There is no room left on the server, so nothing can be kept at the moment. What you sent was "
    "not kept. Please tell the people who run this service."
)
_AGAIN = 30  # seconds
_FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SQLITE_FULL = 13  # the lowest byte of its code, whatever was being written
_POSTGRESQL_FULL = "53100"
_log = logging.getLogger(__name__)


class Unavailable(ServiceUnavailable):
    """Nothing is wrong with what was asked; it may be asked again."""

    def __init__(self, said: str) -> None:
        super().__init__(said, retry_after=_AGAIN)


def as_unavailable(error: Exception) -> Unavailable:
    """The refusal for a fault of the database or of a disk. The fault itself is logged.

    Raises:
        Exception: the one given, when it is a fault of another kind.
    """
    full = is_full(error)
    if not full and not isinstance(error, FAULTS):
        raise error
    _log.warning("the disk is full" if full else "the database cannot be asked", exc_info=error)
    return Unavailable(FULL if full else GONE)


def is_full(error: BaseException) -> bool:
    """Whether something could not be written for want of room."""
    orig: Any = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(orig, OSError):
        return orig.errno in _FULL_ERRORS
    if isinstance(orig, sqlite3.Error):
        return getattr(orig, "sqlite_errorcode", 0) & 0xFF == _SQLITE_FULL
    return getattr(orig, "sqlstate", "") == _POSTGRESQL_FULL
