"""Makes the database of one release with that release's own program, and keeps it packed.

    python -m tests.upgrades.making 0.5 9c63acf

The commit's files are put into a folder of their own and its program is run there, with the
libraries of this environment.
"""

import io
import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
RELEASES = Path(__file__).resolve().parent.parent / "releases"


def make_release(number: str, commit: str) -> Path:
    """The packed database of that release, its figures invented."""
    with tempfile.TemporaryDirectory() as folder:
        tree, file = Path(folder) / "tree", Path(folder) / "made.sqlite3"
        _lay_out(commit, tree)
        fill = [sys.executable, str(Path(__file__).with_name("fill.py")), number, str(file)]
        known = os.environ | {"PYTHONPATH": str(tree), "SEND_DEMO": "1"}
        subprocess.run(fill, cwd=tree, env=known, check=True)
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("VACUUM")
        packed = RELEASES / f"{number}.sqlite3.xz"
        packed.write_bytes(lzma.compress(file.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    return packed


def _lay_out(commit: str, tree: Path) -> None:
    archive = ["git", "archive", "--format=tar", commit]
    packed = subprocess.run(archive, cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(tree, filter="data")


if __name__ == "__main__":
    made = make_release(*sys.argv[1:])
    print(f"{made.name}: {made.stat().st_size:,} bytes")
