"""How long it takes to back a database up, and to restore that into an empty one."""

import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import URL

from dashboard.operations.backup import make_backup
from dashboard.operations.restore import restore
from tests.scale.cluster import new_database
from tests.scale.pages import Medians


def measure_keeping(databases: Mapping[int, URL], folder: Path) -> Medians:
    """Seconds by the clock on the wall, once, and megabytes of the file; the program compares every
    row by its hash in both."""
    found: Medians = {}
    for number, url in databases.items():
        folder.mkdir()
        began = time.monotonic()
        kept = make_backup(url, folder).kept
        made = time.monotonic()
        restore(kept.file, new_database(url, "restored"))
        for kind, value in (
            ("backup, s", made - began),
            ("restore, s", time.monotonic() - made),
            ("backup, MB", kept.file.stat().st_size / 1e6),
        ):
            found.setdefault(kind, {})[str(number)] = value
        new_database(url, "restored")  # gives its room back
        shutil.rmtree(folder)
    return found
