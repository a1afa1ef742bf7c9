"""Exception reports: what is asked of whom, and the pages the Board gets on paper."""

import pytest
from flask import Flask
from sqlalchemy import Connection

from dashboard import create_app
from dashboard.access.tasks import NotAllowed
from dashboard.analysis.verdict import Attention, judge
from dashboard.commentary import add_commentary
from dashboard.releases.commenting import return_commentary
from dashboard.releases.exceptions import (
    Asked,
    find_exceptions,
    report_draft_exceptions,
    report_exceptions,
    unanswered,
)
from dashboard.settings import Settings
from dashboard.viewer import Viewer
from dashboard.views.overview import get_overview
from loaders.load import load_file
from loaders.report import Sender
from schemas.commentary import Commentary
from schemas.database import Database
from tests.dashboard.page_text import main
from tests.staff.people import DARLINGTON, demo_people, signed_in
from tests.staff.summer import COUNCIL, summer_file

SETTINGS = Settings()
AREA = SETTINGS.areas[DARLINGTON]
SPRING, SUMMER = "2025-26 spring", "2025-26 summer"
REPORT = f"/staff/{DARLINGTON}/exceptions"


def say(measure_id: str, term: str = SPRING) -> Commentary:
    role = "Head of SEND"
    return Commentary(
        DARLINGTON, measure_id, term, "It fell.", "A post is empty.", "Fill it.", role
    )


def names(asked: list[Asked]) -> list[str]:
    return [one.measure.id for one in asked]


def judged(connection: Connection, term: str) -> set[str]:
    """A second way to the same list: the verdicts of the overview's own rows."""
    measures = SETTINGS.measures_of(AREA)
    view = get_overview(connection, Viewer.partner, AREA, measures, SETTINGS.notes, upto=term)
    wanted = {Attention.target_not_met, Attention.special_cause_concern}
    return {
        one.measure.id
        for one in view.views
        if one.latest and one.latest.period == term and wanted & set(judge(one).attention)
    }


@pytest.mark.parametrize("term", [SPRING, "2025-26 autumn", "2023-24 summer"])
def test_what_the_pages_call_red_or_concern_is_asked_for_and_nothing_else(
    term: str, eleven_terms: Database
) -> None:
    with eleven_terms.reading() as connection:
        asked = find_exceptions(connection, SETTINGS, AREA, term)
        assert set(names(asked)) == judged(connection, term)
    assert "ehcp_20w_excl" in names(asked)
    for one in asked:
        assert one.why
        assert len(one.reasons) == len(one.why)
        assert one.measure.owner
        assert one.figure


def test_an_answer_counts_until_it_is_returned(round_: Database) -> None:
    chair = demo_people(round_)["approver"]
    number = add_commentary(round_, say("ehcp_20w_excl"))
    with round_.reading() as connection:
        every = find_exceptions(connection, SETTINGS, AREA, SPRING)
        open_ = unanswered(connection, SETTINGS, AREA, SPRING)
    assert "ehcp_20w_excl" not in names(open_)
    assert len(open_) == len(every) - 1
    return_commentary(round_, chair, DARLINGTON, number, "Say it more plainly.")
    with round_.reading() as connection:
        again = unanswered(connection, SETTINGS, AREA, SPRING)
    [one] = [one for one in again if one.measure.id == "ehcp_20w_excl"]
    assert one.returned


def test_words_on_another_term_answer_nothing(round_: Database) -> None:
    add_commentary(round_, say("ehcp_20w_excl", "2025-26 autumn"))
    with round_.reading() as connection:
        assert "ehcp_20w_excl" in names(unanswered(connection, SETTINGS, AREA, SPRING))


def test_a_term_nobody_sent_asks_nothing(eleven_terms: Database) -> None:
    with eleven_terms.reading() as connection:
        assert find_exceptions(connection, SETTINGS, AREA, SUMMER) == []
        assert find_exceptions(connection, SETTINGS, AREA, "2031-32 autumn") == []


@pytest.fixture
def drafted(round_: Database) -> Database:
    report = load_file(round_, summer_file(COUNCIL), "summer.xlsx", Sender(invented=True))
    assert report.loaded, report.message
    return round_


def test_a_draft_is_asked_about_by_those_who_may_see_it(drafted: Database) -> None:
    people = demo_people(drafted)
    assert report_exceptions(drafted, people["partner"], DARLINGTON, SETTINGS, SUMMER) is None
    with pytest.raises(NotAllowed):
        report_draft_exceptions(drafted, people["partner"], DARLINGTON, SETTINGS, SUMMER)
    found = report_draft_exceptions(drafted, people["assurer"], DARLINGTON, SETTINGS, SUMMER)
    assert found is not None
    assert found.draft
    assert "ehcp_20w_excl" in names(list(found.asked))
    assert "83.1%" in found.asked[0].figure


@pytest.fixture
def server(drafted: Database) -> Flask:
    return create_app(drafted)


def test_the_board_reads_each_owners_words_or_that_there_are_none(
    server: Flask, drafted: Database
) -> None:
    add_commentary(drafted, say("ehcp_20w_excl"))
    partner = signed_in(server, drafted, demo_people(drafted)["partner"])
    page = main(partner, f"{REPORT}/2025-26-spring")
    assert "A post is empty." in page
    assert "No report yet Asked on" in page
    assert "Head of SEND" in page
    assert "Draft" not in page


def test_a_partner_finds_no_report_on_a_draft(server: Flask, drafted: Database) -> None:
    people = demo_people(drafted)
    partner = signed_in(server, drafted, people["partner"])
    assert partner.get(f"{REPORT}/2025-26-summer").status_code == 404
    staff = main(signed_in(server, drafted, people["publisher"]), f"{REPORT}/2025-26-summer")
    assert "Draft, not published and not for sharing." in staff


@pytest.mark.parametrize("term", ["2031-32-autumn", "winter", "2025-26%20spring"])
def test_a_term_that_is_none_is_not_found(term: str, server: Flask, drafted: Database) -> None:
    staff = signed_in(server, drafted, demo_people(drafted)["publisher"])
    assert staff.get(f"{REPORT}/{term}").status_code == 404
