"""A backup is of one moment and whole, or it is not there; older ones are never lost for it."""

import datetime as dt
import json
import multiprocessing
import random
import re
import resource
import shutil
import signal
import sqlite3
import threading
import time
from contextlib import closing
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import pytest
from sqlalchemy import func, insert, make_url, select
from sqlalchemy.engine import URL

from dashboard.cli import main
from dashboard.operations.backup import make_backup
from dashboard.operations.kept_backups import (
    BackupProblem,
    Kept,
    drop_old,
    find_backups,
    hold_folder,
    is_whole,
    read_backup,
)
from dashboard.operations.restore import restore
from dashboard.operations.sealed import SealProblem, make_key, read_key
from dashboard.record import add_act, look_through
from schemas.database import Database, DatabaseProblem, open_database
from schemas.people_tables import attempt
from schemas.round_tables import act
from tests.operations.used import Place, contents_of, flip, names, settle
from tests.staff.tamper import unguard


def test_a_backup_holds_every_table_and_says_so(used: Database, tmp_path: Path) -> None:
    made = make_backup(used.write.url, tmp_path / "kept")
    assert is_whole(made.kept)
    assert made.kept.manifest.contents == contents_of(used)
    assert made.kept.manifest.contents.published_files > 0
    assert made.kept.manifest.contents.acts > 0
    ending = {"sqlite": "sqlite3", "postgresql": "pgdump"}[used.read.dialect.name]
    assert re.fullmatch(rf"send-dashboard-\d{{8}}T\d{{6}}Z\.{ending}", made.kept.file.name)
    told = json.loads((tmp_path / "kept" / f"{made.kept.file.name}.manifest.json").read_text())
    made_at = dt.datetime.fromisoformat(told["made_at"])
    assert abs(dt.datetime.now(dt.UTC) - made_at) < dt.timedelta(minutes=5)
    assert {len(told["contents"]["tables"][name]["sha256"]) for name in ("act", "person")} == {64}


def test_only_its_owner_can_read_a_backup(used_sqlite: Database, tmp_path: Path) -> None:
    make_backup(used_sqlite.write.url, tmp_path / "kept")
    assert {one.stat().st_mode & 0o077 for one in (tmp_path / "kept").glob("*Z*")} == {0}


def test_a_backup_made_while_others_write_is_of_one_moment(
    used: Database, tmp_path: Path, empty_place: URL
) -> None:
    """Each write is an act and an attempt together: never is one there without the other."""
    stop, written = threading.Event(), 0

    def write() -> None:
        nonlocal written
        while not stop.is_set():
            with used.writing() as connection:
                number = add_act(connection, None, "tested")
                row = {"name_sha256": str(number), "address_sha256": "", "tried_at": ""}
                connection.execute(insert(attempt).values(row | {"worked": 0}))
            written += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = []
        for number in range(3):
            before = written
            made.append(make_backup(used.write.url, tmp_path / f"kept{number}"))
            assert written > before, "writers waited for the backup"
    finally:
        stop.set()
        writer.join()
    restored = restore(made[-1].kept.file, make_url(empty_place))  # type: ignore[arg-type]
    assert restored.found == made[-1].kept.manifest.contents
    database = open_database(make_url(empty_place))  # type: ignore[arg-type]
    with database.reading() as connection:
        assert look_through(connection).breaks == ()
        acts = connection.scalar(select(func.count()).where(act.c.what == "tested"))
        attempts = connection.scalar(select(func.count()).select_from(attempt))
    database.close()
    assert acts == attempts != 0


def _back_up(url: str, folder: str, said: Pipe) -> None:
    said.send("begins")
    make_backup(make_url(url), Path(folder))


def _killed(url: str, folder: Path, wait: float) -> None:
    """A backup in a process of its own, which is killed this long (seconds) after it began."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dashboard.operations.backup", "tests.staff.small"])
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=_back_up, args=(url, str(folder), theirs))
    worker.start()
    theirs.close()
    assert ours.poll(120)
    time.sleep(wait)
    worker.kill()  # SIGKILL
    worker.join(30)


def test_kill_9_leaves_the_old_backups_and_nothing_half(used: Database, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    url = used.write.url.render_as_string(hide_password=False)
    first = make_backup(used.write.url, folder).kept
    chance, longest = random.Random(7), 0.4
    outcomes = {"before": 0, "half": 0, "done": 0}
    for _ in range(16):
        count = len(find_backups(folder))
        _killed(url, folder, chance.uniform(0, longest))
        kept = find_backups(folder)
        assert all(is_whole(one) for one in kept)
        assert first.file in {one.file for one in kept}
        half = any(name.endswith(".part") for name in names(folder))
        outcome = "half" if half else "done" if len(kept) > count else "before"
        outcomes[outcome] += 1
        longest = max(0.05, longest * {"before": 1.3, "half": 1, "done": 0.8}[outcome])
    make_backup(used.write.url, folder)
    assert outcomes["half"], "no run was killed in the middle"
    assert not [name for name in names(folder) if ".part" in name], "the next run tidies up"
    assert len(names(folder)) == 2 * len(find_backups(folder))


def test_what_a_run_left_that_was_killed_between_two_names_is_tidied(
    used_sqlite: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    first, second = (make_backup(used_sqlite.write.url, folder).kept for _ in range(2))
    manifest = Path(f"{second.file}.manifest.json")
    manifest.rename(f"{manifest}.part")  # as while it is kept, and as while it is dropped
    assert [one.file for one in find_backups(folder)] == [first.file]
    third = make_backup(used_sqlite.write.url, folder).kept
    assert {one.file for one in find_backups(folder)} == {first.file, third.file}
    assert len(names(folder)) == 4


def _back_up_on_a_full_disk(url: str, folder: str, limit: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        make_backup(make_url(url), Path(folder))
    except BackupProblem as problem:
        raise SystemExit(7 if "full" in str(problem) else 1) from problem


@pytest.mark.parametrize("limit", [0, 100_000, 300_000])
def test_a_full_disk_leaves_nothing_half(used: Database, tmp_path: Path, limit: int) -> None:
    """A limit (bytes) on what the process may write fails as a full disk does."""
    folder = tmp_path / "kept"
    first = make_backup(used.write.url, folder).kept
    assert first.manifest.size > limit
    before = names(folder)
    url = used.write.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("spawn")
    worker = context.Process(target=_back_up_on_a_full_disk, args=(url, str(folder), limit))
    worker.start()
    worker.join(60)
    assert worker.exitcode == 7
    assert names(folder) == before
    assert is_whole(first)


def test_a_damaged_page_is_found_and_no_backup_is_made_of_it(
    used_sqlite: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    first = make_backup(used_sqlite.write.url, folder, number=1).kept
    used_sqlite.close()
    file = Path(str(used_sqlite.write.url.database))
    settle(file)
    with file.open("r+b") as stream:  # a page of a table, in the middle
        stream.seek(file.stat().st_size // 8192 * 4096)
        stream.write(b"\x00" * 64 + b"\xff" * 64)
    before = names(folder)
    with pytest.raises(DatabaseProblem, match="damaged"):
        make_backup(used_sqlite.write.url, folder, number=1)
    assert names(folder) == before
    assert is_whole(first)


def test_one_bit_of_a_published_file_is_found(used_sqlite: Database, tmp_path: Path) -> None:
    used_sqlite.close()
    file = Path(str(used_sqlite.write.url.database))
    settle(file)
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT sha256, body FROM public_body WHERE length(body) < 3000 LIMIT 1"
        sha256, body = connection.execute(query).fetchone()
    flip(file, file.read_bytes().index(body) + len(body) // 2)
    with pytest.raises(DatabaseProblem, match=f"published file {sha256} is not the file"):
        make_backup(used_sqlite.write.url, tmp_path / "kept")


def test_a_figure_or_an_act_that_was_changed_is_found(used: Database, tmp_path: Path) -> None:
    with used.writing() as connection:
        unguard(connection, "observation", "act")
        connection.exec_driver_sql("UPDATE observation SET value = value + 1")
        connection.exec_driver_sql("UPDATE act SET who = 'Nobody' WHERE id = 2")
    with pytest.raises(DatabaseProblem) as caught:
        make_backup(used.write.url, tmp_path / "kept")
    assert "Act 2 was changed after it was written" in str(caught.value)
    assert "no longer has the figures that were checked" in str(caught.value)
    assert names(tmp_path / "kept") == []


def test_the_command_ends_with_2_and_a_sentence_when_there_is_no_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SEND_VAR", str(tmp_path / "nowhere"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert main(["backup", "--into", str(tmp_path / "kept")]) == 2
    assert "There is no database at" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_the_newest_are_kept_and_nothing_that_is_not_ours_is_touched(
    used_sqlite: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    first = make_backup(used_sqlite.write.url, folder).kept
    other = Place(tmp_path / "other").url
    restore(first.file, other)
    of_other = make_backup(other, folder).kept
    strangers = [folder / "send-dashboard-20200101T000000Z.sqlite3", folder / "holiday.jpg"]
    for stranger in strangers:
        stranger.write_bytes(b"not ours")
    made = [make_backup(used_sqlite.write.url, folder, number=2) for _ in range(3)]
    kept = {one.file for one in find_backups(folder)}
    assert kept == {made[1].kept.file, made[2].kept.file, of_other.file}
    assert made[1].tidied.dropped == (first.file.name,)
    assert all(stranger.read_bytes() == b"not ours" for stranger in strangers)


def test_a_damaged_backup_does_not_count_and_the_last_good_one_stays(
    used_sqlite: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    made = [make_backup(used_sqlite.write.url, folder).kept for _ in range(3)]
    for one in made[1:]:
        flip(one.file, 5000)
    tidied = drop_old(folder, made[2], 1)
    assert tidied.dropped == ()
    assert set(tidied.damaged) == {one.file.name for one in made[1:]}
    assert is_whole(made[0])


def test_a_clock_that_went_back_does_not_drop_the_one_just_made(
    used_sqlite: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    first = make_backup(used_sqlite.write.url, folder).kept
    later = first.manifest.model_copy(
        update={"made_at": first.manifest.made_at + dt.timedelta(days=365)}
    )
    Path(f"{first.file}.manifest.json").write_text(later.model_dump_json())
    made = make_backup(used_sqlite.write.url, folder, number=1)
    assert made.tidied.dropped == (first.file.name,)
    assert [one.file for one in find_backups(folder)] == [made.kept.file]


def test_two_runs_do_not_write_to_one_folder_at_once(used_sqlite: Database, tmp_path: Path) -> None:
    with hold_folder(tmp_path), pytest.raises(BackupProblem, match="another run is busy"):
        make_backup(used_sqlite.write.url, tmp_path)


def _sealed(used: Database, folder: Path, key_file: Path) -> Kept:
    make_key(key_file)
    return make_backup(used.write.url, folder, key=read_key(key_file)).kept


def test_a_sealed_backup_shows_nothing_and_leaves_nothing_beside_the_database(
    used: Database, tmp_path: Path
) -> None:
    kept = _sealed(used, tmp_path / "kept", tmp_path / "key")
    stored = kept.file.read_bytes()
    assert not any(word in stored for word in (b"Darlington", b"SQLite format", b"PGDMP"))
    beside = [one.name for one in tmp_path.rglob("*.part*")]
    assert beside == []
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_another_key_opens_nothing(used: Database, tmp_path: Path, empty_place: URL) -> None:
    kept = _sealed(used, tmp_path / "kept", tmp_path / "key")
    make_key(tmp_path / "other")
    target = empty_place
    with pytest.raises(BackupProblem, match="is sealed with the key"):
        restore(kept.file, target, key=read_key(tmp_path / "other"))
    with pytest.raises(BackupProblem, match="--key-file"):
        restore(kept.file, target)
    assert restore(kept.file, target, key=read_key(tmp_path / "key")).found == contents_of(used)


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    make_key(tmp_path / "key")
    before = (tmp_path / "key").read_text()
    with pytest.raises(SealProblem, match="never written over"):
        make_key(tmp_path / "key")
    assert (tmp_path / "key").read_text() == before


def test_without_pg_dump_a_sentence_says_what_to_install(
    used_postgresql: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("pg_dump") is None
    with pytest.raises(BackupProblem, match="apt-get install postgresql-client"):
        make_backup(used_postgresql.write.url, tmp_path / "kept")
    assert names(tmp_path / "kept") == []


def test_a_manifest_of_another_file_is_not_believed(used_sqlite: Database, tmp_path: Path) -> None:
    kept = make_backup(used_sqlite.write.url, tmp_path / "kept").kept
    moved = kept.file.with_name("send-dashboard-20200101T000000Z.sqlite3")
    shutil.copy(kept.file, moved)
    shutil.copy(f"{kept.file}.manifest.json", f"{moved}.manifest.json")
    with pytest.raises(BackupProblem, match="manifest of another file"):
        read_backup(moved)
