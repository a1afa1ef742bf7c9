"""Dated notes: written by one, agreed by another, drawn on every chart they are about."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from dashboard import create_app
from dashboard.access.tasks import NotAllowed
from dashboard.analysis.reason import Reason
from dashboard.analysis.verdict import judge
from dashboard.edition import Edition, parse_edition
from dashboard.notes import agree_note, end_note, list_notes, take_back_note, write_note
from dashboard.queries.notes import get_notes, get_notes_second
from dashboard.releases.note_draft import Draft, NoteFault
from dashboard.settings import Settings
from dashboard.viewer import Viewer
from dashboard.views.measure import get_measure_view
from schemas.database import Database
from schemas.measure import load_measures
from schemas.round_tables import act, event_note
from tests.dashboard.page_text import AREA, main, opened, words
from tests.staff.people import DARLINGTON, DURHAM, demo_people, send, signed_in

TWENTY = f"{AREA}measure/ehcp_20w_excl"
NOTES = f"/staff/{DARLINGTON}/notes"
SAID = "A new team began to write all plans."


def note(**different: Any) -> Draft:
    usual: dict[str, Any] = {
        "on": dt.date(2025, 9, 8),
        "words": SAID,
        "source": "Minutes of the Partnership Board of 3 September 2025",
        "measures": ("ehcp_20w_excl",),
    }
    return Draft(**usual | different)


def shown(database: Database, area_code: str = DARLINGTON) -> list[str]:
    with database.reading() as connection:
        return [one.words for one in get_notes(connection, area_code)]


def acts(database: Database) -> list[tuple[str, str]]:
    with database.reading() as connection:
        rows = connection.execute(select(act.c.what, act.c.subject).order_by(act.c.id)).all()
    return [(what, subject) for what, subject in rows if "note" in what]


def test_a_note_is_drawn_only_when_another_person_has_agreed_it(database: Database) -> None:
    people = demo_people(database)
    number = write_note(database, people["assurer"], DARLINGTON, note())
    assert shown(database) == []
    with pytest.raises(NoteFault, match="Another person has to agree it"):
        agree_note(database, people["assurer"], DARLINGTON, number)
    agree_note(database, people["approver"], DARLINGTON, number)
    assert shown(database) == [SAID]
    assert shown(database, DURHAM) == []
    with pytest.raises(NoteFault, match="agreed before"):
        agree_note(database, people["approver"], DARLINGTON, number)
    assert acts(database) == [("wrote a note", "note 1"), ("agreed a note", "note 1")]


def test_a_note_that_ended_is_drawn_no_longer_and_stays(database: Database) -> None:
    people = demo_people(database)
    number = write_note(database, people["council-analyst"], DARLINGTON, note())
    agree_note(database, people["assurer"], DARLINGTON, number)
    with pytest.raises(NoteFault, match="Say why"):
        end_note(database, people["approver"], DARLINGTON, number, " no ")
    end_note(database, people["approver"], DARLINGTON, number, "It was the wrong day.")
    assert shown(database) == []
    [row] = list_notes(database, people["assurer"], DARLINGTON)
    assert (row["words"], row["end_reason"]) == (SAID, "It was the wrong day.")
    for again in (agree_note, take_back_note):
        with pytest.raises(NoteFault, match="ended already"):
            again(database, people["assurer"], DARLINGTON, number)
    assert acts(database)[-1] == ("ended a note", "note 1")


def test_a_writer_takes_back_their_own_waiting_note_and_no_other(database: Database) -> None:
    people = demo_people(database)
    first = write_note(database, people["council-analyst"], DARLINGTON, note())
    with pytest.raises(NoteFault, match="of your own"):
        take_back_note(database, people["health-analyst"], DARLINGTON, first)
    take_back_note(database, people["council-analyst"], DARLINGTON, first)
    second = write_note(database, people["council-analyst"], DARLINGTON, note())
    agree_note(database, people["assurer"], DARLINGTON, second)
    with pytest.raises(NoteFault, match="of your own that waits"):
        take_back_note(database, people["council-analyst"], DARLINGTON, second)


def test_a_note_of_another_area_is_not_there(database: Database) -> None:
    people = demo_people(database, DARLINGTON, DURHAM)
    number = write_note(database, people["assurer"], DARLINGTON, note())
    with pytest.raises(NoteFault, match="no such note here"):
        agree_note(database, people["approver"], DURHAM, number)
    with pytest.raises(NoteFault, match="no such note here"):
        end_note(database, people["approver"], DURHAM, number, "It is not ours at all.")


@pytest.mark.parametrize("who", ["partner", "publisher", "administrator", "approver"])
def test_who_may_not_write_notes_writes_none(who: str, database: Database) -> None:
    people = demo_people(database)
    with pytest.raises(NotAllowed):
        write_note(database, people[who], DARLINGTON, note())
    assert list_notes(database, people["assurer"], DARLINGTON) == []


@pytest.mark.parametrize(
    ("different", "field", "told"),
    [
        ({"words": "  "}, "words", "The note is empty."),
        ({"words": "A new team began"}, "words", "ends without a full stop"),
        ({"words": f"{'x' * 200}."}, "words", "longer than 200 characters"),
        ({"words": "Dr Quillfeather left."}, "words", "names a person"),
        ({"words": "Case 943 476 5919 was closed."}, "words", "seems to hold NHS numbers"),
        ({"source": ""}, "source", "The source is empty."),
        ({"source": "a.quill@example.org"}, "source", "seems to hold e-mail addresses"),
        ({"on": None}, "on", "Write the day like"),
        ({"on": dt.date(1999, 12, 31)}, "on", "after 1999"),
        ({"on": dt.date(2999, 1, 1)}, "on", "has to be past"),
        ({"measures": ()}, "measures", "Choose at least one"),
        ({"measures": ("no_such",)}, "measures", "There is no measure no_such."),
        ({"themes": ("plan",)}, "measures", "There is no theme plan."),
    ],
)
def test_what_is_wrong_with_a_note_is_told_at_its_field(
    different: dict[str, Any], field: str, told: str, database: Database
) -> None:
    people = demo_people(database)
    with pytest.raises(NoteFault) as error:
        write_note(database, people["assurer"], DARLINGTON, note(**different))
    assert told in error.value.faults[field]
    assert "943 476" not in str(error.value)
    assert list_notes(database, people["assurer"], DARLINGTON) == []


def test_every_fault_of_a_note_is_told_at_once(database: Database) -> None:
    people = demo_people(database)
    with pytest.raises(NoteFault) as error:
        write_note(database, people["assurer"], DARLINGTON, Draft(None, "", ""))
    assert set(error.value.faults) == {"on", "words", "source", "measures"}


def test_the_table_itself_refuses_that_its_writer_agrees(database: Database) -> None:
    people = demo_people(database)
    number = write_note(database, people["assurer"], DARLINGTON, note())
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(
            update(event_note)
            .where(event_note.c.id == number)
            .values(agreed_by_id=people["assurer"].id, agreed_at="2026-01-01T00:00:00+00:00")
        )


def test_a_measure_that_is_gone_takes_its_note_along(database: Database) -> None:
    people = demo_people(database)
    row = {
        "area_code": DARLINGTON,
        "on_day": "2025-01-01",
        "words": "W.",
        "source": "S",
        "subjects": '{"measures": ["gone"], "themes": []}',
        "breaks": 0,
        "person_id": people["assurer"].id,
        "written_at": "2025-01-01T00:00:00+00:00",
        "agreed_by_id": people["approver"].id,
        "agreed_at": "2025-01-01T00:00:00+00:00",
        "end_reason": "",
    }
    with database.writing() as connection:
        connection.execute(insert(event_note).values(row))
    assert shown(database) == []
    with database.reading() as connection:
        assert get_notes_second(connection, DARLINGTON) > 0


def agreed(database: Database, **different: Any) -> int:
    people = demo_people(database)
    number = write_note(database, people["council-analyst"], DARLINGTON, note(**different))
    agree_note(database, people["assurer"], DARLINGTON, number)
    return number


def test_an_agreed_note_is_drawn_on_each_chart_it_is_about_at_once(round_: Database) -> None:
    reader = create_app(round_).test_client()
    assert SAID not in main(reader, TWENTY)
    number = agreed(round_)
    page = main(reader, TWENTY)
    assert f"8 September 2025 : {SAID}" in page
    assert SAID not in main(reader, f"{AREA}measure/suspensions")
    csv = reader.get(f"{TWENTY}.xlsx")
    assert csv.status_code == 200
    end_note(round_, demo_people(round_)["approver"], DARLINGTON, number, "It was a mistake.")
    assert SAID not in main(reader, TWENTY)


def test_a_note_on_a_theme_stands_beside_each_of_its_measures(round_: Database) -> None:
    reader = create_app(round_).test_client()
    agreed(round_, measures=(), themes=("in_school",))
    assert SAID in main(reader, f"{AREA}measure/suspensions")
    assert SAID not in main(reader, TWENTY)


def test_nothing_is_compared_across_a_note_that_breaks(round_: Database) -> None:
    def change() -> object:
        with round_.reading() as connection:
            view = get_measure_view(
                connection,
                Viewer.partner,
                load_measures()["ehcp_20w_excl"],
                Settings().areas[DARLINGTON],
            )
        return judge(view).change

    assert change().reason is None  # type: ignore[attr-defined]
    agreed(round_, breaks=True)
    assert change().reason is Reason.definition_changed  # type: ignore[attr-defined]
    reader = create_app(round_).test_client()
    assert "figures on either side are not compared" in main(reader, TWENTY)


def test_a_link_of_before_shows_no_note_that_came_later(round_: Database) -> None:
    reader = create_app(round_).test_client()
    link = str(opened(reader, TWENTY).select_one(".edition a")["href"])  # type: ignore[index]
    number = agreed(round_)
    assert SAID not in main(reader, link)
    assert "have changed" in words(opened(reader, link).select_one(".older"))
    later = str(opened(reader, TWENTY).select_one(".edition a")["href"])  # type: ignore[index]
    assert later != link
    assert SAID in main(reader, later)
    with round_.writing() as connection:  # as if it ended a day later
        tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).isoformat(timespec="seconds")
        connection.execute(
            update(event_note)
            .where(event_note.c.id == number)
            .values(ended_at=tomorrow, end_reason="A mistake it was.")
        )
    assert SAID in main(reader, later)
    assert SAID not in main(reader, TWENTY)


@pytest.mark.parametrize("text", ["2025-26-summer.1.37.6", "2025-26-summer.1.37.6.1795340000"])
def test_an_address_names_the_notes_of_its_day_where_there_were_any(text: str) -> None:
    name = parse_edition(text)
    assert name is not None
    assert str(name) == text
    at = Edition(name, "2026-10-12T09:30:00+00:00").notes_at
    assert at == ("2026-11-22T09:33:20+00:00" if name.notes_second else "2026-10-12T09:30:00+00:00")


@pytest.fixture
def server(round_: Database) -> Flask:
    return create_app(round_)


FORM = {
    "on": "2025-09-08",
    "words": SAID,
    "source": "Minutes of the Partnership Board",
    "measures": "ehcp_20w_excl",
}


def test_the_whole_way_on_screen(server: Flask, round_: Database) -> None:
    people = demo_people(round_)
    analyst = signed_in(server, round_, people["council-analyst"])
    assurer = signed_in(server, round_, people["assurer"])
    assert send(analyst, f"{NOTES}/new", FORM).status_code == 303
    waiting = main(analyst, NOTES)
    assert "another person has to agree it" in waiting
    assert "Agree this note" not in waiting
    assert "Council performance analyst (person" in waiting
    assert "Agree this note" in main(assurer, NOTES)
    assert send(assurer, f"{NOTES}/1/agree").status_code == 303
    assert SAID in main(server.test_client(), TWENTY)
    wrong = send(assurer, f"{NOTES}/1/end", {"reason-1": "no"})
    assert wrong.status_code == 422
    assert "Say why the note is taken away." in wrong.text
    assert send(assurer, f"{NOTES}/1/end", {"reason-1": "It was the wrong day."}).status_code == 303
    assert "It was the wrong day." in main(analyst, NOTES)


def test_a_form_with_faults_comes_back_as_it_was_typed(server: Flask, round_: Database) -> None:
    analyst = signed_in(server, round_, demo_people(round_)["council-analyst"])
    answer = send(analyst, f"{NOTES}/new", FORM | {"words": "No stop", "on": "", "breaks": "1"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "<title>Error:" in answer.text
    assert "ends without a full stop" in answer.text
    assert "Write the day like" in answer.text
    assert 'value="ehcp_20w_excl" checked' in answer.text
    assert 'name="breaks" value="1" checked' in answer.text
    assert ">No stop</textarea>" in answer.text


def test_the_packaged_notes_stand_on_the_page_too(server: Flask, round_: Database) -> None:
    page = main(signed_in(server, round_, demo_people(round_)["publisher"]), NOTES)
    assert "New attendance codes came in" in page
    assert "Write a note" not in page


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("partner", NOTES, 403),
        ("approver", f"{NOTES}/new", 403),
        ("council-analyst", f"{NOTES}/new", 200),
    ],
)
def test_a_page_opens_to_those_it_is_for(
    who: str, path: str, status: int, server: Flask, round_: Database
) -> None:
    assert signed_in(server, round_, demo_people(round_)[who]).get(path).status_code == status


def test_a_note_that_is_not_there_is_told_and_nothing_breaks(
    server: Flask, round_: Database
) -> None:
    assurer = signed_in(server, round_, demo_people(round_)["assurer"])
    answer = send(assurer, f"{NOTES}/99/agree")
    assert answer.status_code == 422
    assert "There is no such note here." in answer.text
