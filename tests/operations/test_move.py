"""From SQLite to PostgreSQL and back everything is the same, to the byte and to the next number."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.engine import URL

from dashboard import create_app
from dashboard.cli import main
from dashboard.hosting import demonstration
from dashboard.operations.kept_backups import BackupProblem
from dashboard.operations.move import move
from dashboard.record import add_act, look_through
from dashboard.releases.verifying import verify
from schemas.database import Database
from schemas.people_tables import person
from schemas.round_tables import act
from tests.operations.used import Place, contents_of
from tests.public.attacker.editions import Editions

Opened = Callable[[URL], Database]
PAGES = (
    "/",
    "/easy-read/darlington/",
    "/data/darlington/",
    "/data/darlington/all.csv",
    "/api/v1/areas/darlington/",
    "/accessibility/darlington/",
    "/dashboard/E06000005/",
    "/dashboard/E06000005/measure/ehcp_20w_excl",
)


def served(database: Database) -> dict[str, tuple[int, bytes]]:
    client = create_app(database, hosting=demonstration()).test_client()
    return {path: (found.status_code, found.data) for path in PAGES if (found := client.get(path))}


def test_everything_moves_to_postgresql_and_back_and_is_served_the_same(
    editions: Editions, new_postgresql: URL, tmp_path: Path, opened: Opened
) -> None:
    source = editions.database
    there = move(source.write.url, new_postgresql)
    assert there.source == there.target == contents_of(source)
    assert there.target.published_files > 400
    pages = served(source)
    assert [path for path, (status, _) in pages.items() if status != 200] == []
    assert served(opened(new_postgresql)) == pages
    back = Place(tmp_path / "back")
    assert move(new_postgresql, back.url).target == there.source
    assert served(opened(back.url)) == pages


def test_the_guards_are_on_again_and_the_next_row_has_the_next_number(
    used: Database, other_kind: URL, opened: Opened
) -> None:
    move(used.write.url, other_kind)
    database = opened(other_kind)
    with database.reading() as connection:
        assert all(one.holds for one in verify(connection))
        last = connection.scalar(select(act.c.id).order_by(act.c.id.desc()).limit(1))
    with database.writing() as connection:
        assert add_act(connection, None, "tested") == (last or 0) + 1
        assert look_through(connection).breaks == ()
    for said, statement in (
        ("act is never changed", "DELETE FROM act"),
        ("figures of a release that is not a draft", "UPDATE observation SET value = 1"),
        ("is never deleted", "DELETE FROM release_version"),
    ):
        with pytest.raises(Exception, match=said), database.writing() as connection:
            connection.execute(text(statement))


def test_rows_that_refer_to_later_rows_of_their_own_table_move(
    used: Database, other_kind: URL
) -> None:
    row = {"job_title": "Officer", "organisation": "", "kind": "local", "made_at": "2026-01-01"}
    with used.writing() as connection:
        for number, by in ((901, None), (902, None)):
            named = {"id": number, "sign_in_name": f"p{number}", "made_by_id": by}
            connection.execute(insert(person).values(row | named))
        connection.execute(person.update().where(person.c.id == 901).values(made_by_id=902))
    moved = move(used.write.url, other_kind)
    assert moved.source == moved.target


def test_values_that_the_two_kinds_write_differently_have_one_hash(
    used: Database, other_kind: URL
) -> None:
    rows = [
        ("E06000005", "m1", -0.0),
        ("E06000005", "m2", 0.1 + 0.2),
        ("E06000005", "m3", 1e300),
        ("É\u00a0ü\U0001f600 'quoted' \\ \t\n", "Zebra", 12.0),
        ("a", "zebra", 5e-324),
    ]
    with used.writing() as connection:
        for area, measure, value in rows:
            connection.execute(
                text(
                    "INSERT INTO plan_path (area_code, measure_id, term, value, agreed, invented, "
                    "written_by_role, written_at) VALUES (:a, :m, 't', :v, '', 0, '', '')"
                ),
                {"a": area, "m": measure, "v": value},
            )
    moved = move(used.write.url, other_kind)
    assert moved.source == moved.target
    assert moved.target.tables["plan_path"].rows == len(rows)


def test_a_place_with_data_is_refused_and_stays(
    used_sqlite: Database, used_postgresql: Database
) -> None:
    before = contents_of(used_postgresql)
    with pytest.raises(BackupProblem, match="is not empty"):
        move(used_sqlite.write.url, used_postgresql.write.url)
    assert contents_of(used_postgresql) == before


def test_a_move_that_fails_leaves_empty_tables_with_their_guards(
    used_sqlite: Database, new_postgresql: URL, opened: Opened
) -> None:
    with used_sqlite.writing() as connection:
        connection.execute(text("UPDATE person SET organisation = 'a' || char(0) || 'b'"))
    with pytest.raises(BackupProblem, match="table person cannot be moved, so nothing was"):
        move(used_sqlite.write.url, new_postgresql)
    database = opened(new_postgresql)
    assert sum(one.rows for one in contents_of(database).tables.values()) == 0
    with database.reading() as connection:
        assert [one.faults for one in verify(connection) if one.about == "guards"] == [()]
    with used_sqlite.writing() as connection:
        connection.execute(text("UPDATE person SET organisation = 'mended'"))
    moved = move(used_sqlite.write.url, new_postgresql)
    assert moved.source == moved.target, "once mended it moves to the same place"


def test_a_database_is_not_moved_onto_itself(used: Database) -> None:
    with pytest.raises(BackupProblem, match="the one to move from"):
        move(used.write.url, used.write.url)


def test_the_command_prints_rows_and_hashes(
    used_sqlite: Database,
    new_postgresql: URL,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SEND_VAR", str(Path(str(used_sqlite.write.url.database)).parent))
    to = new_postgresql.set(drivername="postgresql").render_as_string(hide_password=False)
    assert main(["move", "--to", to]) == 0
    said = capsys.readouterr().out
    assert contents_of(used_sqlite).tables["observation"].sha256 in said
    assert "is equal" in said
    assert main(["move", "--to", to]) == 1
    assert "is not empty" in capsys.readouterr().err


@pytest.fixture
def other_kind(used: Database, tmp_path: Path, request: pytest.FixtureRequest) -> URL:
    """A place with nothing in it, of the other kind than `used`."""
    if used.read.dialect.name == "postgresql":
        return Place(tmp_path / "empty").url
    url: URL = request.getfixturevalue("new_postgresql")
    return url
