"""One packed file under waitress, as `send-dashboard serve` sets it up, and nothing else at all."""

import logging
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import waitress


def serve(file: Path, port: int) -> None:
    body = file.read_bytes()
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", str(len(body))),
    ]

    def send(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", headers)
        return [body]

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of each busy moment
    waitress.serve(send, host="127.0.0.1", port=port, threads=8, ident=None, _quiet=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
