"""`python -m tests.scale.run FOLDER`: makes the databases, measures them and prints the tables.

The PostgreSQL server and its databases stay in the folder for the next run; delete it afterwards.
153 areas need 9 GB and, with two processors, half an hour to make.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.engine import URL

from tests.scale.build import build
from tests.scale.cluster import serving
from tests.scale.keeping import measure_keeping
from tests.scale.pages import Medians, measure_pages
from tests.scale.size import measure_size
from tests.scale.subject import Subject, open_subject
from tests.scale.table import table
from tests.scale.work import measure_loading, measure_publishing, measure_reading_all

SIZES = (1, 10, 50, 153)
_PARTS = {
    "loading": measure_loading,  # once only: the term is loaded for good at its end
    "pages": measure_pages,
    "publishing": measure_publishing,
    "reading": measure_reading_all,
    "size": measure_size,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--areas", type=int, nargs="+", default=SIZES)
    parser.add_argument("--parts", nargs="*", choices=[*_PARTS, "keeping"], default=[*_PARTS])
    asked = parser.parse_args()
    with serving(asked.folder) as server:
        build(server, sorted(asked.areas))
        for part in asked.parts:
            began = time.monotonic()
            if part == "keeping":
                found = measure_keeping(_urls(server, asked.areas), asked.folder / "backups")
            else:
                found = measure(server, sorted(asked.areas), part)
            print(f"\n{part}, {time.monotonic() - began:.0f} s\n", flush=True)
            print(table(found, [str(number) for number in sorted(asked.areas)]), flush=True)


def measure(server: URL, sizes: Sequence[int], part: str) -> Medians:
    """One part on the databases of these numbers of areas."""
    urls = _urls(server, sizes)
    subjects: list[Subject] = [open_subject(url, number) for number, url in urls.items()]
    found = _PARTS[part](subjects)
    for one in subjects:
        one.database.close()
    return found


def _urls(server: URL, sizes: Sequence[int]) -> dict[int, URL]:
    return {number: server.set(database=f"areas_{number}") for number in sorted(sizes)}


if __name__ == "__main__":
    main()
