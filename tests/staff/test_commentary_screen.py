"""Commentary on screen: what is asked for, writing it, its return, and what partners see."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Row, insert, select

from dashboard import create_app
from dashboard.access.tasks import NotAllowed
from dashboard.commentary import CommentaryError, add_commentary
from dashboard.releases.commenting import list_commentary, return_commentary, write_commentary
from loaders.load import load_file
from loaders.report import Sender
from schemas.commentary import Commentary
from schemas.database import Database
from schemas.round_tables import act
from schemas.tables import commentary, release
from tests.dashboard.page_text import AREA, main, opened, section
from tests.staff.people import DARLINGTON, DURHAM, demo_people, send, signed_in
from tests.staff.summer import COUNCIL, summer_file

TWENTY = f"{AREA}measure/ehcp_20w_excl"
SCREEN = f"/staff/{DARLINGTON}/commentary"
SPRING, SUMMER = "2025-26 spring", "2025-26 summer"
SAID = "Fewer plans were on time than in the autumn."
FORM = {
    "term": "2025-26-spring",
    "what_happened": SAID,
    "why": "More requests came in.",
    "action": "Two more posts.",
    "by_on": "2026-12-31",
    "written_by_role": "Head of SEND",
    "family_sentence": "",
}


def one(**different: Any) -> Commentary:
    usual: dict[str, Any] = {
        "area_code": DARLINGTON,
        "measure_id": "ehcp_20w_excl",
        "term": SPRING,
        "what_happened": SAID,
        "why": "More requests came in.",
        "action": "Two more posts.",
        "written_by_role": "Head of SEND",
        "by_on": dt.date(2026, 12, 31),
    }
    return Commentary(**usual | different)


def kept(database: Database) -> Sequence[Row[Any]]:
    with database.reading() as connection:
        return connection.execute(select(commentary).order_by(commentary.c.id)).all()


def has_term(database: Database, area_code: str = DARLINGTON, term: str = SPRING) -> None:
    with database.writing() as connection:
        connection.execute(insert(release).values(area_code=area_code, term=term))


def test_who_wrote_it_is_kept_and_put_on_the_record(database: Database) -> None:
    has_term(database)
    people = demo_people(database)
    number = write_commentary(database, people["council-analyst"], DARLINGTON, one())
    [row] = kept(database)
    assert (row.id, row.person_id) == (number, people["council-analyst"].id)
    with database.reading() as connection:
        found = connection.execute(select(act).where(act.c.what == "wrote commentary")).one()
    assert (found.subject, found.person_id) == (f"ehcp_20w_excl {SPRING}", row.person_id)
    assert SAID not in found.details


def test_the_area_is_the_one_the_right_was_asked_for(database: Database) -> None:
    has_term(database)
    people = demo_people(database)
    write_commentary(database, people["assurer"], DARLINGTON, one(area_code=DURHAM))
    assert [row.area_code for row in kept(database)] == [DARLINGTON]


@pytest.mark.parametrize("who", ["partner", "publisher", "administrator"])
def test_who_may_not_comment_changes_nothing(who: str, database: Database) -> None:
    has_term(database)
    people = demo_people(database)
    with pytest.raises(NotAllowed):
        write_commentary(database, people[who], DARLINGTON, one())
    with pytest.raises(NotAllowed):
        list_commentary(database, people[who], DARLINGTON)
    with pytest.raises(NotAllowed):
        return_commentary(database, people["assurer"], DARLINGTON, 1, "Please say it plainly.")
    assert kept(database) == []


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"term": "2030-31 autumn", "by_on": None}, "term"),
        ({"measure_id": "no_such"}, "measure_id"),
        ({"why": ""}, "why"),
        ({"written_by_role": "Jane Quillfeather"}, "written_by_role"),
        ({"family_sentence": "60% of plans were issued."}, "family_sentence"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(
    different: dict[str, Any], field: str, database: Database
) -> None:
    has_term(database)
    people = demo_people(database)
    with pytest.raises(CommentaryError) as error:
        write_commentary(database, people["assurer"], DARLINGTON, one(**different))
    assert set(error.value.faults) == {field}
    assert kept(database) == []


def test_a_family_sentence_with_faults_is_not_kept_and_each_says_what_to_write(
    database: Database,
) -> None:
    has_term(database)
    people = demo_people(database)
    hard = one(family_sentence="60% of plans were issued.")
    with pytest.raises(CommentaryError) as error:
        write_commentary(database, people["assurer"], DARLINGTON, hard)
    told = error.value.faults["family_sentence"]
    assert "write “out of 10”" in told
    assert "Instead of “issued” write “ready”." in told
    easy = one(family_sentence="About 6 out of 10 plans were ready on time.")
    write_commentary(database, people["assurer"], DARLINGTON, easy)
    assert kept(database)[0].family_sentence == "About 6 out of 10 plans were ready on time."


def test_a_returned_one_waits_to_be_written_again(database: Database) -> None:
    has_term(database)
    people = demo_people(database)
    number = write_commentary(database, people["council-analyst"], DARLINGTON, one())
    with pytest.raises(CommentaryError, match="what should be written differently"):
        return_commentary(database, people["approver"], DARLINGTON, number, "no")
    reason = "Say what the two posts will do."
    return_commentary(database, people["approver"], DARLINGTON, number, reason)
    assert kept(database)[0].return_reason == reason
    with pytest.raises(CommentaryError, match="returned before"):
        return_commentary(database, people["approver"], DARLINGTON, number, reason)
    write_commentary(database, people["council-analyst"], DARLINGTON, one(action="They write."))
    assert [row.returned_at is None for row in kept(database)] == [False, True]
    with pytest.raises(CommentaryError, match="written again since"):
        return_commentary(database, people["approver"], DARLINGTON, number, reason)


def test_nobody_returns_their_own_words_or_those_of_another_area(database: Database) -> None:
    has_term(database)
    people = demo_people(database, DARLINGTON, DURHAM)
    number = write_commentary(database, people["approver"], DARLINGTON, one())
    with pytest.raises(CommentaryError, match="You wrote this yourself"):
        return_commentary(database, people["approver"], DARLINGTON, number, "It is not clear.")
    with pytest.raises(CommentaryError, match="no such commentary"):
        return_commentary(database, people["approver"], DURHAM, number, "It is not clear.")


@pytest.fixture
def server(round_: Database) -> Flask:
    return create_app(round_)


def test_partners_see_what_was_written_until_it_is_returned(
    server: Flask, round_: Database
) -> None:
    people = demo_people(round_)
    analyst = signed_in(server, round_, people["council-analyst"])
    chair = signed_in(server, round_, people["approver"])
    reader = server.test_client()
    answer = send(analyst, f"{SCREEN}/ehcp_20w_excl", FORM)
    assert answer.status_code == 303
    assert SAID in section(opened(reader, TWENTY), "commentary")
    number = kept(round_)[-1].id
    returned = {"term": "2025-26-spring", "number": str(number), "reason": "Say it more plainly."}
    assert send(chair, f"{SCREEN}/ehcp_20w_excl/return", returned).status_code == 303
    partner = section(opened(reader, TWENTY), "commentary")
    assert SAID not in partner
    assert "is writing about this term again" in partner
    assert "Say it more plainly" not in partner
    overview = opened(reader, AREA)
    assert "Explained by its owner" not in overview.get_text()
    assert "To you: Say it more plainly." in main(analyst, f"{SCREEN}?term=2025-26-spring")
    own = main(analyst, f"{SCREEN}/ehcp_20w_excl?term=2025-26-spring")
    assert "not shown to partners until it is written again" in own
    assert send(analyst, f"{SCREEN}/ehcp_20w_excl", FORM | {"why": "A post was empty."})
    assert "A post was empty." in section(opened(reader, TWENTY), "commentary")
    assert "replaced since" in main(analyst, f"{SCREEN}/ehcp_20w_excl?term=2025-26-spring")


def load_summer_draft(database: Database) -> None:
    sender = Sender(invented=True)
    report = load_file(database, summer_file(COUNCIL), "summer.xlsx", sender)
    assert report.loaded, report.message


def test_words_about_a_draft_are_shown_to_nobody_before_it_is_published(
    server: Flask, round_: Database
) -> None:
    load_summer_draft(round_)
    people = demo_people(round_)
    secret = "The share fell to 83 in the draft."
    write_commentary(
        round_, people["council-analyst"], DARLINGTON, one(term=SUMMER, what_happened=secret)
    )
    reader = server.test_client()
    for path in (TWENTY, AREA, f"{TWENTY}?hide=england"):
        assert secret not in reader.get(path).text
    page = main(signed_in(server, round_, people["assurer"]), f"{SCREEN}/ehcp_20w_excl")
    assert secret in page
    assert "Draft, not published:" in page
    assert "83.1%" in page


def test_the_list_asks_for_what_stands_out_first(server: Flask, round_: Database) -> None:
    people = demo_people(round_)
    page = opened(signed_in(server, round_, people["assurer"]), f"{SCREEN}?term=2025-26-spring")
    table = section(page, "asked")
    assert "20 weeks, without exceptions" in table
    assert "Not written yet" in table
    assert "Target not met" in table


def test_a_draft_is_called_one(server: Flask, round_: Database) -> None:
    load_summer_draft(round_)
    page = main(signed_in(server, round_, demo_people(round_)["assurer"]), SCREEN)
    assert "The figures of Summer 2025/26 are not published yet" in page


def test_what_is_older_than_the_figures_is_called_out_of_date(
    server: Flask, round_: Database
) -> None:
    add_commentary(round_, one(term="2025-26 autumn"))
    page = opened(
        signed_in(server, round_, demo_people(round_)["assurer"]), f"{SCREEN}?term=2025-26-spring"
    )
    assert "20 weeks, without exceptions" in section(page, "older")
    greyed = opened(server.test_client(), TWENTY).select_one("article.commentary.old")
    assert greyed is not None
    assert "an earlier term" in greyed.get_text()


def test_a_form_with_faults_comes_back_as_it_was_typed(server: Flask, round_: Database) -> None:
    analyst = signed_in(server, round_, demo_people(round_)["council-analyst"])
    wrong = {"why": "", "by_on": "soon", "family_sentence": "It is 60%."}
    before = len(kept(round_))
    answer = send(analyst, f"{SCREEN}/ehcp_20w_excl", FORM | wrong)
    assert answer.status_code == 422
    assert "Why is empty." in answer.text
    assert "Write the day like 2026-12-31" in answer.text
    assert "out of 10" in answer.text
    assert f">{SAID}</textarea>" in answer.text
    assert 'value="soon"' in answer.text
    assert len(kept(round_)) == before


def test_a_return_without_a_reason_says_so_where_it_was_written(
    server: Flask, round_: Database
) -> None:
    add_commentary(round_, one())
    chair = signed_in(server, round_, demo_people(round_)["approver"])
    number = str(kept(round_)[-1].id)
    fields = {"term": "2025-26-spring", "number": number, "reason": ""}
    answer = send(chair, f"{SCREEN}/ehcp_20w_excl/return", fields)
    assert answer.status_code == 422
    assert "Say what should be written differently." in answer.text
    assert "<details open>" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{SCREEN}/no_such", 404),
        (f"{SCREEN}/ehcp_20w_excl?term=winter", 404),
        (f"{SCREEN}?term=x", 404),
        (f"{SCREEN}/ehcp_20w_excl?term=2019-20-autumn", 200),
    ],
)
def test_an_address_that_names_nothing_is_not_found(
    path: str, status: int, server: Flask, round_: Database
) -> None:
    analyst = signed_in(server, round_, demo_people(round_)["council-analyst"])
    assert analyst.get(path).status_code == status


@pytest.mark.parametrize("number", ["", "x", "-1", "99999999999", "²"])
def test_a_number_that_is_none_is_a_bad_request(
    number: str, server: Flask, round_: Database
) -> None:
    chair = signed_in(server, round_, demo_people(round_)["approver"])
    fields = {"term": "2025-26-spring", "number": number, "reason": "It is not clear to me."}
    assert send(chair, f"{SCREEN}/ehcp_20w_excl/return", fields).status_code == 400
