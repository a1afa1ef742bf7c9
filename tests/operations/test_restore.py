"""The drill: what is restored is equal to what was backed up, or it is refused."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import select, text
from sqlalchemy.engine import URL

import schemas.migrations
from dashboard.cli import main
from dashboard.operations.backup import make_backup
from dashboard.operations.kept_backups import BackupProblem, find_backups, hash_file
from dashboard.operations.restore import restore
from dashboard.operations.sealed import SealProblem, make_key, read_key, seal, unseal
from dashboard.releases.verifying import verify
from schemas.database import Database, open_database
from schemas.public_tables import public_body
from tests.operations.used import Place, contents_of, flip, names

Opened = Callable[[URL], Database]


def test_a_restored_database_is_equal_in_every_table_and_file(
    used: Database, tmp_path: Path, empty_place: URL, opened: Opened
) -> None:
    kept = make_backup(used.write.url, tmp_path / "kept").kept
    restore(kept.file, empty_place)
    database = opened(empty_place)
    assert contents_of(database) == contents_of(used)
    with database.reading() as connection, used.reading() as original:
        assert [one for one in verify(connection) if not one.holds] == [
            one for one in verify(original) if not one.holds
        ]
        files = {
            row.sha256: hashlib.sha256(row.body).hexdigest()
            for row in connection.execute(select(public_body))
        }
        wanted = set(original.scalars(select(public_body.c.sha256)))
    assert files == {sha256: sha256 for sha256 in wanted}


def test_what_is_restored_can_be_written_to_and_is_guarded(
    used: Database, tmp_path: Path, empty_place: URL, opened: Opened
) -> None:
    restore(make_backup(used.write.url, tmp_path / "kept").kept.file, empty_place)
    database = opened(empty_place)
    with pytest.raises(Exception, match="act is never changed"), database.writing() as connection:
        connection.execute(text("UPDATE act SET who = 'Nobody'"))


def test_the_drill_prints_what_it_compared(
    used_sqlite: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SEND_VAR", str(Path(str(used_sqlite.write.url.database)).parent))
    folder = tmp_path / "kept"
    assert main(["backup", "--into", str(folder)]) == 0
    (kept,) = find_backups(folder)
    assert main(["restore", str(kept.file), "--into", str(tmp_path / "drill")]) == 0
    said = capsys.readouterr().out
    contents = kept.manifest.contents
    for name, table in contents.tables.items():
        assert any(
            line.split()[1:2] == [name] and table.sha256 in line for line in said.split("\n")
        )
    assert f"equal  {contents.published_files:,} published files" in said
    assert contents.head in said


def test_one_bit_of_a_backup_is_found_before_anything_is_written(
    used: Database, tmp_path: Path, empty_place: URL
) -> None:
    kept = make_backup(used.write.url, tmp_path / "kept").kept
    flip(kept.file, kept.manifest.size // 2)
    with pytest.raises(BackupProblem, match="missing or damaged"):
        restore(kept.file, empty_place)
    if empty_place.get_backend_name() == "sqlite":
        assert not Path(str(empty_place.database)).exists()


def test_a_manifest_that_was_changed_with_its_file_does_not_pass_the_comparison(
    used_sqlite: Database, tmp_path: Path
) -> None:
    """Somebody who changes a figure and the file's hash has not changed the table's."""
    kept = make_backup(used_sqlite.write.url, tmp_path / "kept").kept
    place = Path(f"{kept.file}.manifest.json")
    told = json.loads(place.read_text())
    told["contents"]["tables"]["observation"]["sha256"] = "0" * 64
    place.write_text(json.dumps(told))
    with pytest.raises(BackupProblem, match="table observation has other contents"):
        restore(kept.file, Place(tmp_path / "empty").url)
    assert names(tmp_path / "empty") == []


def test_a_sealed_backup_that_was_changed_with_its_manifest_leaves_nothing(
    used: Database, tmp_path: Path, empty_place: URL, opened: Opened
) -> None:
    make_key(tmp_path / "key")
    key = read_key(tmp_path / "key")
    kept = make_backup(used.write.url, tmp_path / "kept", key=key).kept
    flip(kept.file, kept.manifest.size - 100)  # in the last piece: the others are put back first
    changed = kept.manifest.model_copy(update={"sha256": hash_file(kept.file)})
    Path(f"{kept.file}.manifest.json").write_text(changed.model_dump_json())
    with pytest.raises(SealProblem, match="changed or cut off"):
        restore(kept.file, empty_place, key=key)
    if empty_place.get_backend_name() == "sqlite":
        assert names(tmp_path / "empty") == []
    else:
        assert contents_of(opened(empty_place)).tables == {}


@pytest.mark.parametrize("place", [0, 20, 40, 1_100_000, -1])
def test_one_bit_of_what_was_sealed_is_found_by_the_seal_itself(tmp_path: Path, place: int) -> None:
    make_key(tmp_path / "key")
    key = read_key(tmp_path / "key")
    plain = tmp_path / "plain"
    plain.write_bytes(b"figures " * 300_000)
    with plain.open("rb") as stream:
        stored = b"".join(seal(stream, key))
    (tmp_path / "sealed").write_bytes(stored)
    with (tmp_path / "sealed").open("rb") as stream:
        assert b"".join(unseal(stream, key)) == plain.read_bytes()
    flip(tmp_path / "sealed", place % len(stored))
    with (tmp_path / "sealed").open("rb") as stream, pytest.raises(SealProblem):
        b"".join(unseal(stream, key))


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_what_is_sealed_opens_at_any_length_and_never_when_cut_off(
    tmp_path: Path, size: int
) -> None:
    key = bytes(range(32))
    (tmp_path / "plain").write_bytes(b"x" * size)
    with (tmp_path / "plain").open("rb") as stream:
        pieces = list(seal(stream, key))
    (tmp_path / "sealed").write_bytes(b"".join(pieces))
    with (tmp_path / "sealed").open("rb") as stream:
        assert b"".join(unseal(stream, key)) == b"x" * size
    (tmp_path / "cut").write_bytes(b"".join(pieces[:-1]))
    with (tmp_path / "cut").open("rb") as stream, pytest.raises(SealProblem):
        b"".join(unseal(stream, key))


def test_a_place_that_holds_something_is_refused_and_stays(used: Database, tmp_path: Path) -> None:
    kept = make_backup(used.write.url, tmp_path / "kept").kept
    before = contents_of(used)
    with pytest.raises(BackupProblem, match=r"is there already|is not empty"):
        restore(kept.file, used.write.url)
    assert contents_of(used) == before


def test_a_newer_backup_is_refused(used_sqlite: Database, tmp_path: Path) -> None:
    kept = make_backup(used_sqlite.write.url, tmp_path / "kept").kept
    place = Path(f"{kept.file}.manifest.json")
    told = json.loads(place.read_text())
    told["contents"]["revision"] = "9999"
    place.write_text(json.dumps(told))
    with pytest.raises(BackupProblem, match="made by a newer program"):
        restore(kept.file, Place(tmp_path / "empty").url)


def test_an_older_database_is_backed_up_as_it_is_and_brought_forward_when_restored(
    database_url: URL, tmp_path: Path, opened: Opened
) -> None:
    older = open_database(database_url)
    _upgrade_to(older, "0002")
    with older.writing() as connection:
        connection.execute(
            text("INSERT INTO release (id, area_code, term) VALUES (1, 'E06000005', 'a term')")
        )
    kept = make_backup(database_url, tmp_path / "kept").kept
    assert (kept.manifest.contents.revision, kept.manifest.contents.acts) == ("0002", 0)
    older.close()
    target = Place(tmp_path / "empty").url
    if database_url.get_backend_name() == "postgresql":
        _empty(database_url)
        target = database_url
    assert restore(kept.file, target).upgraded_from == "0002"
    found = contents_of(opened(target))
    assert (found.revision > "0002", found.tables["release"].rows) == (True, 1)


def test_a_backup_without_its_manifest_is_refused(used_sqlite: Database, tmp_path: Path) -> None:
    kept = make_backup(used_sqlite.write.url, tmp_path / "kept").kept
    alone = tmp_path / kept.file.name
    shutil.copy(kept.file, alone)
    with pytest.raises(BackupProblem, match="no manifest beside it"):
        restore(alone, Place(tmp_path / "empty").url)


def test_a_backup_of_one_kind_is_not_put_into_the_other(
    used_sqlite: Database, new_postgresql: URL, tmp_path: Path
) -> None:
    kept = make_backup(used_sqlite.write.url, tmp_path / "kept").kept
    with pytest.raises(BackupProblem, match="send-dashboard move"):
        restore(kept.file, new_postgresql)


def _upgrade_to(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schemas.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _empty(url: URL) -> None:
    database = open_database(url)
    with database.writing() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    database.close()
