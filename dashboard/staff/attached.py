"""An answer that a browser saves and never shows."""

from flask import Response

SPREADSHEET = "application/octet-stream"  # nothing that a browser could take for a page


def attached(body: bytes, name: str, mimetype: str = SPREADSHEET) -> Response:
    """A file to be saved under a name, whatever letters are in it."""
    answer = Response(body, mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=name or "file")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
