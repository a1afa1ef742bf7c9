"""A damaged page of a PostgreSQL: found by the backup, which is not made of it. A SQLite file is
looked through at each start and by each backup, which is tested beside those."""

import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import text

from dashboard.operations.backup import make_backup
from dashboard.operations.kept_backups import BackupProblem
from schemas.database import DatabaseProblem, open_database
from tests.faults.cluster import Cluster, postgresql
from tests.faults.ground import prepare

TABLE = "observation"


def test_a_damaged_page_of_a_postgresql_is_found_by_the_backup(tmp_path: Path) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not installed (Debian: apt-get install postgresql-client)")
    with postgresql() as cluster:
        prepare(cluster.url)
        folder = tmp_path / "kept"
        whole = make_backup(cluster.url, folder).kept
        _damage(cluster)
        with pytest.raises((BackupProblem, DatabaseProblem)) as refused:
            make_backup(cluster.url, folder)
        assert "Traceback" not in str(refused.value)
        assert {one.name for one in folder.iterdir() if one.suffix != ".lock"} == {
            whole.file.name,
            f"{whole.file.name}.manifest.json",
        }


def _damage(cluster: Cluster) -> None:
    """Changes bytes in the middle of a page while nobody looks, as a failing disk does."""
    database = open_database(cluster.url)
    with database.writing() as connection:
        found = connection.scalar(text(f"SELECT pg_relation_filepath('{TABLE}')"))
        assert connection.scalar(text("SHOW data_checksums")) == "on"
    with database.write.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
    database.close()
    cluster.stop()
    file = cluster.data / str(found)
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xff" * 64)
    subprocess.run(["sync", "-d", str(file)], check=True)
    cluster.start()
