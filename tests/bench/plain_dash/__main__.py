"""Serves the plain app: `python -m tests.bench.plain_dash --database URL --port N`."""

import argparse
import logging

import waitress

from tests.bench.plain_dash.app import make_app


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--port", type=int, default=8060)
    given = parser.parse_args()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # says each time that it is busy
    server = make_app(given.database).server
    waitress.serve(server, host="127.0.0.1", port=given.port, threads=8, _quiet=True)


if __name__ == "__main__":
    main()
