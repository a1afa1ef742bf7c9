"""What an earlier release of the program left is all there in this one, and can be worked with."""

import csv
import datetime as dt
import io
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from dashboard import create_app
from dashboard.operations.backup import make_backup
from dashboard.operations.restore import restore
from dashboard.releases.explanations import explain, see_checks
from dashboard.releases.storing import attest
from dashboard.releases.verifying import verify
from dashboard.releases.versions import Version, get_latest_version
from dashboard.settings import Settings
from loaders.load import load_file
from loaders.report import Sender
from schemas.database import Database, open_database
from schemas.tables import extract_file
from tests import builders as b
from tests.staff.people import demo_people
from tests.staff.signed import People, to_published
from tests.staff.small import small_settings
from tests.upgrades.conftest import Brought, place_of
from tests.upgrades.old import AREA, RELEASES, Old, newest, print_of, read_rows, revision_of

# Nobody may change or delete a row of these, whatever program they write with.
KEPT = (
    "extract_file",
    "attestation",
    "explanation",
    "agreement",
    "announcement",
    "public_notice",
    "act",
    "public_body",
    "public_bundle",
    "public_file",
    "public_source",
    "protection",
    "plan_file",
    "digest",
    "digest_sent",
)
# A row of these can end, once, and nothing else.
ENDS = ("plan_area", "plan_action", "plan_path", "subscription")
REFUSED = r"never changed|never deleted|are fixed|keeps its|can only end"
NEW_TERM = "2025-26 summer"


def test_every_row_of_every_table_is_there_with_its_values(
    brought: Brought, forward: Database
) -> None:
    assert revision_of(forward) == newest()
    now = read_rows(forward, brought.old.rows)
    assert print_of(now) == print_of(brought.old.rows)


def test_a_released_migration_was_not_edited_since(
    brought: Brought, forward: Database, sqlite_tables: Path
) -> None:
    """The tables, indexes and guards are those of a new database, letter for letter."""
    if brought.url.get_backend_name() == "sqlite":
        assert _made_with(Path(str(brought.url.database))) == _made_with(sqlite_tables)
    assert revision_of(forward) == newest()


def test_the_record_the_figures_the_files_and_the_guards_hold(forward: Database) -> None:
    with forward.reading() as connection:
        found = verify(connection)
    assert [one.faults for one in found if not one.holds] == []


def test_the_guards_refuse_what_they_refuse_in_a_new_database(forward: Database) -> None:
    with forward.reading() as connection:
        filled = [name for name in KEPT if _count(connection, name)]
        ended = [name for name in ENDS if _count(connection, name)]
    assert "extract_file" in filled
    changes = [f"UPDATE observation SET numerator = 1 WHERE release_version_id = ({_OUT})"]
    changes += ["DELETE FROM release_version", "UPDATE release_version SET number = number + 1"]
    for name in filled:
        first = _FIRST.get(name, "id")
        changes += [f"DELETE FROM {name}", f"UPDATE {name} SET {first} = {first}"]
    for name in ended:
        changes += [f"DELETE FROM {name}", f"UPDATE {name} SET ended_at = NULL"]
    for change in changes:
        with (
            pytest.raises(DBAPIError, match=REFUSED),
            forward.writing() as connection,
        ):
            connection.execute(text(change))


def test_the_pages_show_the_figures_that_the_old_rows_hold(
    brought: Brought, forward: Database
) -> None:
    client = create_app(forward).test_client()
    answer = client.get(f"/dashboard/{AREA}/measure/special_places.csv")
    shown = {
        (row["period"], row["breakdown"], row["category"]): float(row["numerator"])
        for row in csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
        if row["basis"] == "snapshot"
    }
    assert shown == _published_places(brought.old)
    page = client.get(f"/dashboard/{AREA}/measure/special_places").text
    for (period, breakdown, _), value in shown.items():
        assert breakdown != "all" or f"{value:,.0f}" in page, period


def test_what_everyone_was_shown_is_served_as_before(brought: Brought, forward: Database) -> None:
    had = "public_file" in brought.old.rows
    answer = create_app(forward).test_client().get("/easy-read/darlington/")
    assert answer.status_code == (200 if had else 404)


def test_a_new_term_is_loaded_agreed_and_published(
    brought: Brought, forward_copy: Database
) -> None:
    """To everyone once, on the newest release's SQLite file: that takes seconds."""
    for_everyone = (brought.old.number, brought.url.get_backend_name()) == (RELEASES[-1], "sqlite")
    people, settings = demo_people(forward_copy), _in_september(for_everyone)
    to_published(forward_copy, people, _loaded(forward_copy, people, settings), settings)
    client = create_app(forward_copy).test_client()
    assert "8,024" in client.get(f"/dashboard/{AREA}/measure/special_places").text
    if for_everyone:
        assert "Summer 2026" in client.get("/easy-read/darlington/").text
    with forward_copy.reading() as connection:
        assert all(one.holds for one in verify(connection))


@pytest.mark.parametrize("number", RELEASES)
def test_a_backup_of_an_old_database_is_restored_forward(
    number: str, olds: dict[str, Old], tmp_path: Path
) -> None:
    old = olds[number]
    source = tmp_path / "old.sqlite3"
    shutil.copyfile(old.file, source)
    target = URL.create("sqlite", database=str(tmp_path / "new.sqlite3"))
    _restored_forward(old, URL.create("sqlite", database=str(source)), target, tmp_path)


def test_a_postgresql_backup_of_an_old_database_is_restored_forward(
    olds: dict[str, Old],
    tmp_path: Path,
    new_postgresql: URL,
    request: pytest.FixtureRequest,
) -> None:
    for url in place_of("postgresql", olds["0.3"], tmp_path, request):
        _restored_forward(olds["0.3"], url, new_postgresql, tmp_path)


_OUT = "SELECT min(id) FROM release_version WHERE state <> 'draft'"
_FIRST = {"public_body": "sha256", "public_file": "path", "public_source": "bundle_id"}


def _made_with(file: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master")
        return {(kind, name, sql or "") for kind, name, sql in made}


def _count(connection: Connection, name: str) -> int:
    return connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0


def _published_places(old: Old) -> dict[tuple[str, str, str], float]:
    """What stands in the old file itself: the newest published version of each term."""
    query = """
        SELECT o.period, o.breakdown, o.category, o.numerator
        FROM observation o JOIN release_version v ON v.id = o.release_version_id
        WHERE o.measure_id = 'special_places' AND o.basis = 'snapshot'
          AND o.superseded_by_id IS NULL AND v.number = (
            SELECT max(number) FROM release_version w
            WHERE w.release_id = v.release_id AND w.published_at IS NOT NULL)
    """
    with closing(sqlite3.connect(old.file)) as connection:
        found = connection.execute(query).fetchall()
    assert len(found) >= 6
    return {(period, kind, one): value for period, kind, one, value in found}


def _in_september(for_everyone: bool) -> Settings:
    return replace(small_settings(for_everyone), today=lambda: dt.date(2026, 9, 10))


def _loaded(database: Database, people: People, settings: Settings) -> Version:
    """A new term's file, answered for, with what the checks ask explained."""
    kinds = ("Special school: maintained", "Special school: independent")
    rows = [
        {"period": "Summer 2025/26", "school_type": kind, "places": 4_012, "roll": 4_000}
        for kind in kinds
    ]
    sheets = b.sheets(special_places=b.rows("special_places", *rows))
    content = b.workbook(sheets, {"Data as at": "2026-09-08"})
    analyst = people["council-analyst"]
    assert load_file(database, content, "summer.xlsx", Sender()).loaded
    with database.writing() as connection:
        attest(connection, analyst, connection.scalar(select(func.max(extract_file.c.id))) or 0)
        version = get_latest_version(connection, AREA, NEW_TERM)
    checked = see_checks(database, analyst, AREA, NEW_TERM, settings)
    assert version is not None
    assert checked is not None
    for one in checked.report.shoulds:
        words = "Two schools opened; the terms before are invented."
        explain(database, analyst, AREA, version.id, one.key, words, settings=settings)
    return version


def _restored_forward(old: Old, source: URL, target: URL, folder: Path) -> None:
    made = make_backup(source, folder / "kept")
    assert made.kept.manifest.contents.revision == old.revision
    assert restore(made.kept.file, target).upgraded_from == old.revision
    database = open_database(target)
    assert revision_of(database) == newest()
    assert print_of(read_rows(database, old.rows)) == print_of(old.rows)
    database.close()
