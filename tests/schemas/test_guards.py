"""What the tables refuse, whatever program writes to them."""

import pytest
from sqlalchemy import Connection, insert, text, update
from sqlalchemy.exc import DBAPIError

from schemas.database import Database
from schemas.people_tables import person
from schemas.round_tables import act, agreement, attestation, public_notice
from schemas.tables import extract_file, observation, release, release_version

NOW = "2026-11-22T09:00:00+00:00"
HASH = "a" * 64
SENDER, CHECKER, APPROVER, PUBLISHER = 1, 2, 3, 4


def a_round(connection: Connection, invented: int = 0) -> None:
    """Four people, one file by the first of them, and a draft with one figure of it."""
    for number in (SENDER, CHECKER, APPROVER, PUBLISHER):
        row = {"id": number, "sign_in_name": f"p{number}", "job_title": "Officer", "kind": "local"}
        connection.execute(insert(person).values(row | {"organisation": "", "made_at": NOW}))
    connection.execute(insert(release).values(id=1, area_code="E06000005", term="2025-26 autumn"))
    version = {"id": 1, "release_id": 1, "number": 1, "state": "draft", "invented": invented}
    connection.execute(insert(release_version).values(version | {"created_at": NOW}))
    file = dict.fromkeys(
        ("area_code", "organisation", "prepared_by", "name", "sha256", "as_at_on"), "x"
    )
    file |= dict.fromkeys(("coverage_note", "definitions_sha256", "loaded_at", "loaded_by"), "x")
    connection.execute(
        insert(extract_file).values(file | {"id": 1, "content": b"x", "status": "final"})
    )
    connection.execute(insert(observation).values(figure()))


def figure(**changed: object) -> dict[str, object]:
    words = ("measure_id", "area_code", "period", "period_start", "period_end", "basis")
    row = dict.fromkeys((*words, "breakdown", "category"), "x")
    return {
        **row,
        "release_version_id": 1,
        "extract_file_id": 1,
        "value": 5.0,
        "status": "final",
        "definition_version": 1,
        **changed,
    }


def attest(connection: Connection, who: int = SENDER) -> None:
    row = {"extract_file_id": 1, "person_id": who, "attested_at": NOW}
    connection.execute(insert(attestation).values(row))


def step(connection: Connection, **values: object) -> None:
    connection.execute(update(release_version).where(release_version.c.id == 1).values(values))


def agree(connection: Connection, forum: str, content: str = HASH) -> None:
    row = {"release_version_id": 1, "forum": forum, "minute_ref": "7", "met_on": "2026-11-01"}
    row |= {"present": "", "definitions_agreed": 0, "content_sha256": content, "written_at": NOW}
    connection.execute(insert(agreement).values(row | {"person_id": APPROVER}))


def to_checked(connection: Connection) -> None:
    attest(connection)
    step(connection, state="checked", content_sha256=HASH, checked_by_id=CHECKER)


def to_agreed(connection: Connection) -> None:
    to_checked(connection)
    agree(connection, "group")
    agree(connection, "board")
    step(connection, state="agreed", agreed_by_id=APPROVER)


def to_published(connection: Connection) -> None:
    to_agreed(connection)
    made = {"published_by_id": PUBLISHER, "published_at": NOW, "label": "1.0"}
    step(connection, state="published", **made)


def refused(database: Database, *steps: object, said: str, invented: int = 0) -> None:
    """The last of the steps is refused, with these words."""
    with pytest.raises(DBAPIError, match=said):
        _take(database, steps, invented)


def _take(database: Database, steps: tuple[object, ...], invented: int) -> None:
    with database.writing() as connection:
        a_round(connection, invented)
        for one in steps:
            one(connection) if callable(one) else step(connection, **one)  # type: ignore[arg-type]


def test_the_whole_way_is_open_to_four_people(database: Database) -> None:
    with database.writing() as connection:
        a_round(connection)
        to_published(connection)
        step(connection, state="superseded")
        state = connection.scalar(text("SELECT state FROM release_version"))
    assert state == "superseded"


@pytest.mark.parametrize("state", ["agreed", "published", "corrected", "superseded", "withdrawn"])
def test_no_step_is_left_out(database: Database, state: str) -> None:
    refused(database, attest, {"state": state}, said="cannot take this step")


def test_only_invented_figures_are_published_without_sign_off(database: Database) -> None:
    with database.writing() as connection:
        a_round(connection, invented=1)
        step(connection, state="published", published_at=NOW, label="1.0")


def test_a_published_release_does_not_become_a_draft_again(database: Database) -> None:
    back = {"content_sha256": None, "checked_by_id": None, "agreed_by_id": None}
    refused(database, to_published, {"state": "draft", **back}, said="cannot take this step")


def test_nobody_checks_what_they_sent(database: Database) -> None:
    check = {"state": "checked", "content_sha256": HASH, "checked_by_id": SENDER}
    refused(database, attest, check, said="nobody checks what they sent")


def test_nothing_is_checked_that_nobody_answers_for(database: Database) -> None:
    check = {"state": "checked", "content_sha256": HASH, "checked_by_id": CHECKER}
    refused(database, check, said="answer for every file")


@pytest.mark.parametrize("who", [SENDER, CHECKER, None])
def test_a_third_person_agrees(database: Database, who: int | None) -> None:
    def both(connection: Connection) -> None:
        agree(connection, "group")
        agree(connection, "officers")

    agreed = {"state": "agreed", "agreed_by_id": who}
    refused(database, to_checked, both, agreed, said="nobody agrees what they sent")


@pytest.mark.parametrize(
    ("forums", "content"),
    [((), HASH), (("group",), HASH), (("board",), HASH), (("group", "board"), "b" * 64)],
)
def test_both_meetings_agree_this_very_content(
    database: Database, forums: tuple[str, ...], content: str
) -> None:
    def some(connection: Connection) -> None:
        for forum in forums:
            agree(connection, forum, content)

    agreed = {"state": "agreed", "agreed_by_id": APPROVER}
    refused(database, to_checked, some, agreed, said="needs the Group")


@pytest.mark.parametrize(
    "changed",
    [
        {"content_sha256": "c" * 64},
        {"checked_by_id": APPROVER},
        {"invented": 1},
        {"label": "2.0"},
        {"published_at": "2020-01-01"},
    ],
)
def test_what_was_published_stays_as_it_was(database: Database, changed: dict[str, object]) -> None:
    refused(database, to_published, changed, said="what was checked keeps its content")


@pytest.mark.parametrize(
    "write",
    [
        insert(observation).values(figure(category="y")),
        update(observation).values(value=6.0),
        observation.delete(),
    ],
)
def test_the_figures_of_a_checked_release_are_fixed(database: Database, write: object) -> None:
    def change(connection: Connection) -> None:
        connection.execute(write)  # type: ignore[call-overload]

    refused(database, to_checked, change, said="not a draft are fixed")


def test_what_was_published_before_comes_out_as_a_correction(database: Database) -> None:
    other = {"release_id": 1, "number": 2, "state": "draft", "invented": 1, "created_at": NOW}

    def older(connection: Connection) -> None:
        connection.execute(insert(release_version).values(other | {"id": 2}))
        out = {"state": "published", "published_at": NOW, "label": "1.0"}
        connection.execute(update(release_version).where(release_version.c.id == 2).values(out))

    made = {"published_by_id": PUBLISHER, "published_at": NOW, "label": "2.0"}
    again = {"state": "published", **made}
    refused(database, to_agreed, older, again, said="published before is corrected")


def test_a_correction_and_a_withdrawal_tell_why(database: Database) -> None:
    made = {"published_by_id": PUBLISHER, "published_at": NOW, "label": "1.1"}
    refused(database, to_agreed, {"state": "corrected", **made}, said="tells everyone what")
    refused(database, to_published, {"state": "withdrawn"}, said="tells everyone why")
    with database.writing() as connection:
        a_round(connection)
        to_published(connection)
        words = {"what": "a", "cause": "b", "effect": "c", "found_on": "2026-11-20"}
        row = {"release_version_id": 1, "kind": "withdrawal", "person_id": 3, "written_at": NOW}
        connection.execute(insert(public_notice).values(row | words))
        step(connection, state="withdrawn")


def test_a_release_begins_as_a_draft_and_is_never_deleted(database: Database) -> None:
    other = {"release_id": 1, "number": 2, "state": "published", "invented": 1, "created_at": NOW}

    def second(connection: Connection) -> None:
        connection.execute(insert(release_version).values(other))

    def delete(connection: Connection) -> None:
        connection.execute(observation.delete())
        connection.execute(release_version.delete())

    refused(database, second, said="begins as a draft")
    refused(database, delete, said="never deleted")


@pytest.mark.parametrize("verb", ["UPDATE act SET reason = 'x'", "DELETE FROM act"])
def test_the_record_is_only_added_to(database: Database, verb: str) -> None:
    columns = [c.name for c in act.c if c.name not in ("id", "person_id")]
    with database.writing() as connection:
        connection.execute(insert(act).values(dict.fromkeys(columns, "x")))
    with (
        pytest.raises(DBAPIError, match="act is never changed"),
        database.writing() as connection,
    ):
        connection.execute(text(verb))


def test_a_record_cannot_be_put_in_the_place_of_another(database: Database) -> None:
    """`INSERT OR REPLACE` deletes behind a trigger's back unless `recursive_triggers` is on."""
    columns = [c.name for c in act.c if c.name not in ("id", "person_id")]
    with database.writing() as connection:
        connection.execute(insert(act).values({"id": 1} | dict.fromkeys(columns, "x")))
    names = ", ".join(columns)
    values = ", ".join("'y'" for _ in columns)
    if database.write.dialect.name == "sqlite":
        replace = f"INSERT OR REPLACE INTO act (id, {names}) VALUES (1, {values})"
    else:
        replace = "TRUNCATE act"
    with (
        pytest.raises(DBAPIError, match="act is never changed"),
        database.writing() as connection,
    ):
        connection.execute(text(replace))
