"""Where somebody goes after signing in: to an address of this server, whatever a link says."""

import re

from dashboard.address import PREFIX as PAGES
from dashboard.staff.doors import PREFIX

SIGN_IN = f"{PREFIX}sign-in"
_LONGEST = 2_000  # characters
# Never two strokes together: `//elsewhere` is another server. No `\\`, no `@`, no control
# characters, and none of these in disguise: what is written with `%` may only stand in the query.
_OURS = re.compile(
    rf"(?:{re.escape(PREFIX)}|{re.escape(PAGES)})[A-Za-z0-9_~./-]*(?:\?[A-Za-z0-9_~.,=&%+/:-]*)?"
)


def own_path(asked: str) -> str:
    """The address asked for when it is one of ours, else the first page of the staff side."""
    path = asked.partition("?")[0]
    if len(asked) > _LONGEST or not _OURS.fullmatch(asked) or ".." in path or "//" in path:
        return PREFIX
    return PREFIX if path.startswith(SIGN_IN) else asked
