"""What storing a file did, in words."""

from dashboard.words.values import capital, listed
from loaders.load import Stored
from loaders.store import Reopened
from schemas.term import parse_term


def stored_words(stored: Stored, done: str) -> str:
    """`File 12 is accepted: 384 figures are new and 3 changed. ...`."""
    report = stored.report
    words = f"File {stored.file_id} {done}: {report.new:,} new figures, {report.changed:,} changed."
    if stored.opened and stored.opened.returned:
        named = listed([_title(one) for one in stored.opened.returned])
        words += f" {capital(named)} was checked before, and is a draft again."
    if stored.opened and stored.opened.begun:
        named = listed([_title(one) for one in stored.opened.begun])
        words += f" {capital(named)} was begun, because what was published stays as it is."
    return words


def _title(one: Reopened) -> str:
    term = parse_term(one.term)
    return f"{term.title if term else one.term}, version {one.number}"
