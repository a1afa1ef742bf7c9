"""The record as people read it: their own area's acts in plain sentences, and whether it holds."""

import csv
import datetime as dt
import io
import time

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.record import add_act, find_breaks, look_through
from dashboard.releases.record_view import PAGE, Wanted, read_record, stream_record
from dashboard.releases.uk_time import uk_day
from dashboard.words.acts import ACTS, act_sentence
from schemas.database import Database
from schemas.round_tables import act
from tests.staff.people import DARLINGTON, DURHAM, demo_people, signed_in
from tests.staff.tamper import unguard
from tests.staff.written_acts import written_acts

PATH = f"/staff/{DARLINGTON}/record"


@pytest.fixture
def server(database: Database) -> Flask:
    return create_app(database)


def write(database: Database, actor: Person | None, what: str = "signed in", **told: str) -> int:
    with database.writing() as connection:
        return add_act(connection, actor, what, **{"area_code": DARLINGTON, **told})  # type: ignore[arg-type]


def test_an_act_is_one_sentence_with_its_reason_and_hash(server: Flask, database: Database) -> None:
    people = demo_people(database)
    number = write(
        database,
        people["assurer"],
        "refused",
        subject="see drafts",
        from_state="checked",
        to_state="draft",
        content_sha256="ab" * 32,
        reason="A total is <wrong>",
    )
    page = signed_in(server, database, people["publisher"]).get(PATH)
    assert page.status_code == 200
    who = people["assurer"].words
    assert f"{who} asked to see drafts and was refused." in page.text
    assert "From checked to draft" in page.text
    assert "abababababab" in page.text
    assert "A total is &lt;wrong&gt;" in page.text
    assert f'id="act-{number}"' in page.text
    assert "<dd>assurer</dd>" in page.text


def test_the_roles_of_that_moment_are_on_the_record_and_tied(database: Database) -> None:
    people = demo_people(database)
    number = write(database, people["assurer"])
    with database.reading() as connection:
        [row] = connection.execute(act.select().where(act.c.id == number))
    assert row.roles == "assurer"


def test_the_newest_act_stands_first_and_fifty_on_a_page(server: Flask, database: Database) -> None:
    people = demo_people(database)
    for number in range(PAGE + 3):
        write(database, people["assurer"], "refused", subject=f"thing {number}")
    client = signed_in(server, database, people["publisher"])
    first, second = client.get(PATH).text, client.get(f"{PATH}?page=2").text
    assert first.count('<li class="act"') == PAGE
    assert second.count('<li class="act"') == 3
    assert first.index(f"thing {PAGE + 2} ") < first.index(f"thing {PAGE + 1} ")
    assert "Page 1 of 2" in first
    assert "page=2" in first
    last = client.get(f"{PATH}?page=99").text
    assert last[last.index("<main") :] == second[second.index("<main") :]
    assert client.get(f"{PATH}?page=0").status_code == 200
    assert client.get(f"{PATH}?page=x").status_code == 200


def test_another_areas_acts_are_never_shown(server: Flask, database: Database) -> None:
    people = demo_people(database)
    write(database, people["assurer"], "refused", subject="secret of Durham", area_code=DURHAM)
    for name in ("publisher", "administrator"):
        client = signed_in(server, database, people[name])
        assert "secret of Durham" not in client.get(PATH).text
        assert "secret of Durham" not in client.get(f"{PATH}.csv").text


def test_who_signed_in_is_shown_to_administrators_of_their_area_only(
    server: Flask, database: Database
) -> None:
    people = demo_people(database)
    write(database, people["partner"], "signed in", area_code="")
    sentence = f"{people['partner'].words} signed in."
    assert sentence in signed_in(server, database, people["administrator"]).get(PATH).text
    assert sentence not in signed_in(server, database, people["publisher"]).get(PATH).text


def test_a_stranger_to_the_area_is_not_in_its_record(database: Database) -> None:
    """Somebody whose only roles are in Durham signs in: none of Darlington's business."""
    people = demo_people(database)
    with database.writing() as connection:
        connection.execute(
            text("UPDATE role_held SET area_code = :there WHERE person_id = :who"),
            {"there": DURHAM, "who": people["partner"].id},
        )
    write(database, people["partner"], "signed in", area_code="")
    found = read_record(database, people["administrator"], DARLINGTON, Wanted())
    assert people["partner"].id not in {row.person_id for row in found.acts}


def test_acts_are_found_by_kind_term_person_and_day(database: Database) -> None:
    people = demo_people(database)
    one = write(database, people["assurer"], "refused", subject="2025-26 summer v2")
    two = write(database, people["publisher"], "signed in", subject="2025-26 spring v1")
    reader = people["publisher"]

    def found(wanted: Wanted) -> list[int]:
        return [row.id for row in read_record(database, reader, DARLINGTON, wanted).acts]

    assert found(Wanted(what="refused")) == [one]
    assert found(Wanted(term_label="2025-26 spring")) == [two]
    assert found(Wanted(person_id=people["assurer"].id)) == [one]
    assert found(Wanted()) == [two, one]
    with database.reading() as connection:
        day = uk_day(connection.scalar(select(func.max(act.c.done_at))) or "")
    assert found(Wanted(since=day, until=day)) == [two, one]
    assert found(Wanted(since=day + dt.timedelta(days=1))) == []
    assert found(Wanted(until=day - dt.timedelta(days=1))) == []


def test_a_day_is_a_day_in_britain_in_summer_too(database: Database) -> None:
    """23:30 UTC on 30 June is 0:30 on 1 July."""
    people = demo_people(database)
    number = write(database, people["assurer"])
    with database.writing() as connection:
        unguard(connection)
        late = "2026-06-30T23:30:00+00:00"
        connection.execute(update(act).where(act.c.id == number).values(done_at=late))
    july = Wanted(since=dt.date(2026, 7, 1), until=dt.date(2026, 7, 1))
    found = read_record(database, people["publisher"], DARLINGTON, july)
    assert [row.id for row in found.acts] == [number]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=yesterday", "The first day is not a date"),
        ("until=2026-02-30", "The last day is not a date"),
        ("term=Michaelmas", "That is not a term"),
        ("person=him", "The number of a person is a whole number"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so(
    server: Flask, database: Database, query: str, said: str
) -> None:
    client = signed_in(server, database, demo_people(database)["publisher"])
    page = client.get(f"{PATH}?{query}")
    assert page.status_code == 422
    assert said in page.text


def test_the_file_holds_everything_and_nothing_in_it_is_a_formula(
    server: Flask, database: Database
) -> None:
    people = demo_people(database)
    write(database, people["assurer"], "refused", subject="see drafts", reason='=HYPERLINK("x")')
    answer = signed_in(server, database, people["publisher"]).get(f"{PATH}.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    [row] = rows
    assert row["Reason"] == '\'=HYPERLINK("x")'
    assert row["Who"] == people["assurer"].words
    with database.reading() as connection:
        [kept] = connection.execute(act.select().where(act.c.what == "refused"))
    told = {"SHA-256": kept.sha256, "SHA-256 of the act before": kept.before_sha256}
    assert {name: row[name] for name in told} == told
    assert row["Area"] == DARLINGTON
    assert row["Subject"] == "see drafts"


def test_a_record_that_was_changed_is_told_on_top(server: Flask, database: Database) -> None:
    people = demo_people(database)
    number = write(database, people["assurer"], "refused", subject="see drafts")
    write(database, people["assurer"])
    client = signed_in(server, database, people["publisher"])
    assert "The record holds together: 3 acts" in client.get(PATH).text
    with database.writing() as connection:
        unguard(connection)
        connection.execute(update(act).where(act.c.id == number).values(reason="another"))
    page = client.get(PATH).text
    assert "The record does not hold together" in page
    assert f"Act {number} was changed after it was written" in page


def test_an_act_taken_out_is_noticed_at_the_next(database: Database) -> None:
    ids = [write(database, None) for _ in range(3)]
    with database.writing() as connection:
        unguard(connection)
        connection.execute(act.delete().where(act.c.id == ids[1]))
    with database.reading() as connection:
        [found] = find_breaks(connection)
    assert (found.act_id, found.why) == (ids[2], "does not follow the act before it")


def test_ten_thousand_acts_are_looked_through_in_under_a_second(database: Database) -> None:
    with database.writing() as connection:
        for number in range(10_000):
            add_act(connection, None, "signed in", details={"number": number})
    with database.reading() as connection:
        began = time.perf_counter()
        chain = look_through(connection)
        took = time.perf_counter() - began
    assert (chain.acts, chain.breaks) == (10_000, ())
    assert took < 1


@pytest.mark.parametrize("name", ["partner"])
def test_partners_do_not_read_the_record(database: Database, name: str) -> None:
    people = demo_people(database)
    with pytest.raises(NotAllowed):
        read_record(database, people[name], DARLINGTON, Wanted())
    with pytest.raises(NotAllowed):
        stream_record(database, people[name], DARLINGTON, Wanted())


def test_every_act_the_program_writes_has_a_sentence() -> None:
    written = written_acts()
    assert len(written) > 2
    assert written - set(ACTS) == set(), "dashboard/words/acts.py has no sentence for these"


def test_no_sentence_is_for_an_act_that_nothing_writes() -> None:
    assert set(ACTS) - written_acts() == set()


def test_terms_and_versions_stand_in_sentences_as_people_call_them() -> None:
    said = act_sentence("refused", "Analyst (person 2)", "see 2025-26 summer v2")
    assert said == "Analyst (person 2) asked to see Summer term 2025/26, version 2 and was refused."


def test_an_act_without_words_is_told_as_it_stands() -> None:
    assert act_sentence("painted", "Analyst (person 2)", "") == "Analyst (person 2): painted."
