"""Kill -9 of a worker, of the first process, of a connection's process and of the database itself,
while people work, an edition is due and alerts are made. What a single step leaves when it is
killed is tested beside that step; this is the whole deployment."""

from pathlib import Path

from tests.faults.cluster import postgresql
from tests.faults.storm import VICTIMS, storm


def test_whatever_is_killed_nothing_is_lost_nothing_is_early_and_nothing_comes_twice(
    tmp_path: Path,
) -> None:
    with postgresql() as cluster:
        told, killed, harm = storm(cluster, tmp_path / "var", kills=len(VICTIMS), between=4)
    assert harm == []
    assert set(killed) == {*VICTIMS}
    assert sum(killed.values()) >= 3, "a kind of process may not be there at its moment"
    assert told.files, "nothing was acknowledged, so nothing was tested"
    assert told.days
