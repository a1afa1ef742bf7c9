"""PostgreSQL's own programs: a dump of one snapshot, and a dump put back whole or not at all."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from sqlalchemy.engine import URL

from dashboard.operations.kept_backups import BackupProblem

_OURS = ("--no-owner", "--no-privileges")


@contextmanager
def dumping(url: URL, snapshot: str) -> Iterator[IO[bytes]]:
    """What `pg_dump` writes of the database as a transaction that is still open sees it.

    Raises:
        BackupProblem: the program is missing or failed; with its own words.
    """
    arguments = ["--format=custom", *_OURS, f"--snapshot={snapshot}", f"--dbname={_address(url)}"]
    with _running("pg_dump", arguments, url) as program:
        assert program.stdout is not None
        yield program.stdout


def read_through(pieces: Iterable[bytes]) -> None:
    """Reads a whole dump as restoring it would, into nothing."""
    _feed("pg_restore", [f"--file={os.devnull}"], None, pieces)


def put_back(url: URL, pieces: Iterable[bytes]) -> None:
    """Restores a dump into an empty database, in one transaction."""
    arguments = ["--single-transaction", "--exit-on-error", *_OURS, f"--dbname={_address(url)}"]
    _feed("pg_restore", arguments, url, pieces)


def _feed(name: str, arguments: list[str], url: URL | None, pieces: Iterable[bytes]) -> None:
    with _running(name, arguments, url) as program:
        assert program.stdin is not None
        try:
            for piece in pieces:
                program.stdin.write(piece)
            program.stdin.close()
        except BrokenPipeError:
            pass  # it stopped; what it said about that is told when it has ended


@contextmanager
def _running(
    name: str, arguments: list[str], url: URL | None
) -> Iterator["subprocess.Popen[bytes]"]:
    """The program, until it has ended well. Its complaints go to a file, so that it never waits
    for somebody to read them."""
    found = shutil.which(name)
    if found is None:
        raise BackupProblem(
            f"PostgreSQL's program {name} is not installed here. On Debian: "
            "apt-get install postgresql-client. Nothing was done."
        )
    reads = name == "pg_dump"
    with tempfile.TemporaryFile() as complaints:
        program = subprocess.Popen(
            [found, *arguments],
            stdin=subprocess.DEVNULL if reads else subprocess.PIPE,
            stdout=subprocess.PIPE if reads else subprocess.DEVNULL,
            stderr=complaints,
            env=_environment(url),
        )
        with program:
            try:
                yield program
            except BaseException:
                program.kill()  # before its pipes close: it must not take that for the end
                raise
        if program.returncode != 0:
            complaints.seek(0)
            raise BackupProblem(f"{name} failed: {_words(complaints.read())}")


def _words(complaints: bytes) -> str:
    lines = complaints.decode(errors="replace").strip().splitlines()
    return " ".join(lines[:3]) or "it did not say why."


def _address(url: URL) -> str:
    """Without the password: everyone on a machine sees what programs are started with."""
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _environment(url: URL | None) -> dict[str, str]:
    if url is None or url.password is None:
        return dict(os.environ)
    return {**os.environ, "PGPASSWORD": str(url.password)}
