"""Tables change in two steps: what is added comes first, what is taken away later and by itself."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import URL

import schemas.migrations
from schemas.database import Database, DatabaseProblem, open_database
from schemas.migrations import prepare, upgrade
from schemas.migrations.fit import Fit, known_revisions, newest_revision, read_tables
from tests.schemas.kinds import find_narrowed, read_shape
from tests.schemas.later import contracted, expanded, run

FIRST = "0006"  # from here on a migration says which kind it is
SCRIPTS = ScriptDirectory(str(Path(schemas.migrations.__file__).parent))
SAYING = [one for one in reversed(known_revisions()) if one >= FIRST]


def fit(database: Database) -> Fit:
    with database.reading() as connection:
        return read_tables(connection).fit


@pytest.mark.parametrize("revision", SAYING)
def test_each_migration_says_its_kind(revision: str) -> None:
    module = SCRIPTS.get_revision(revision).module
    assert module.KIND in ("expand", "contract")
    if module.KIND == "contract":
        assert FIRST <= module.OLDEST < revision, "the program before it goes on serving"


@pytest.mark.parametrize("revision", SAYING)
def test_a_migration_that_expands_leaves_what_was_there(database_url: URL, revision: str) -> None:
    script = SCRIPTS.get_revision(revision)
    if script.module.KIND == "contract":
        return
    database = open_database(database_url)
    run(database, str(script.down_revision))
    before = read_shape(database)
    run(database, revision)
    assert [*find_narrowed(before, read_shape(database))] == []
    database.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DROP TABLE digest_sent", "digest_sent.digest_id is gone"),
        ("ALTER TABLE release RENAME COLUMN term TO label", "release.term is gone"),
        ("ALTER TABLE release ADD COLUMN size INTEGER NOT NULL DEFAULT 0", ""),
        ("CREATE INDEX faster ON release (term)", ""),
        ("CREATE UNIQUE INDEX once ON release (term)", "release: once by index"),
        ("CREATE TABLE later (id INTEGER NOT NULL PRIMARY KEY)", ""),
    ],
)
def test_what_narrows_is_noticed(database: Database, change: str, said: str) -> None:
    before = read_shape(database)
    with database.writing() as connection:
        connection.execute(text(change))
    found = [*find_narrowed(before, read_shape(database))]
    assert any(one.startswith(said) for one in found) if said else found == []


def test_a_guard_on_a_table_that_was_there_is_noticed(database: Database) -> None:
    before = read_shape(database)
    body = "BEGIN SELECT RAISE(ABORT, 'no'); END"
    if database.write.dialect.name == "postgresql":
        body = "FOR EACH ROW EXECUTE FUNCTION act_kept()"
    with database.writing() as connection:
        connection.execute(text(f"CREATE TRIGGER shut BEFORE INSERT ON release {body}"))
    assert "shut guards release, which was there" in find_narrowed(before, read_shape(database))


def test_this_program_may_serve_what_was_added_to_and_not_what_was_taken_from(
    database: Database, tmp_path: Path
) -> None:
    assert fit(database) is Fit.ours
    expanded(database, tmp_path / "later")
    assert fit(database) is Fit.ahead
    prepare(database)
    upgrade(database)  # there is nothing to bring forward
    contracted(database, tmp_path / "later")
    assert fit(database) is Fit.beyond
    for refuses in (prepare, upgrade):
        with pytest.raises(DatabaseProblem, match="newer program"):
            refuses(database)


def test_tables_are_brought_forward_only_when_somebody_says_so(database_url: URL) -> None:
    database = open_database(database_url)
    run(database, "0005")
    with pytest.raises(DatabaseProblem, match="send-dashboard migrate"):
        prepare(database)
    assert fit(database) is Fit.behind
    upgrade(database)
    assert fit(database) is Fit.ours
    database.close()


def test_an_empty_database_gets_its_tables(database_url: URL) -> None:
    database = open_database(database_url)
    prepare(database)
    with database.reading() as connection:
        assert read_tables(connection) == (newest_revision(), "0005")
    database.close()


def test_a_long_reader_is_not_made_to_hold_up_everybody(new_postgresql: URL) -> None:
    """Whoever waits to change a table makes all who come later wait too."""
    database = open_database(new_postgresql)
    run(database, "0005")
    with database.reading() as reader:
        read_tables(reader)
        with pytest.raises(DatabaseProblem, match="Nothing was changed"):
            upgrade(database, patience=0.2)
    assert fit(database) is Fit.behind
    upgrade(database, patience=0.2)
    assert fit(database) is Fit.ours
    database.close()
