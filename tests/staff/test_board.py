"""The board of a term says what came, what is late and who is to do what; the list says of each
term how it stands."""

import datetime as dt
import io
from collections.abc import Callable

import icalendar
import openpyxl
import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import Connection, func, insert, select, update

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.record import add_act
from dashboard.releases.agreements import agree as agree_version
from dashboard.releases.agreements import record_agreement
from dashboard.releases.board import Board, make_blank, see_board, see_terms
from dashboard.releases.sign_off import send_back
from dashboard.releases.versions import get_latest_version, get_version, hash_content
from dashboard.settings import Settings
from loaders.load import load_file
from loaders.report import Sender
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.measure import load_measures
from schemas.round_tables import agreement, attestation, plan
from schemas.tables import extract_file, observation, release_version
from schemas.term import parse_term
from tests.staff.people import DARLINGTON, DURHAM, demo_people, signed_in
from tests.staff.signed import agreed
from tests.staff.summer import COUNCIL, HEALTH, Change, summer_file

SUMMER = parse_term("2025-26 summer")
assert SUMMER
IN_TIME, LATE = dt.date(2026, 9, 20), dt.date(2026, 10, 3)  # the data are due on 28 September


def on(day: dt.date) -> Settings:
    return Settings(today=lambda: day)


def load(
    database: Database,
    organisation: str,
    came: str = "2026-09-19",
    status: str = "final",
    change: Change | None = None,
) -> None:
    """Sends a file in as the command does, and says that it came on this day."""
    content = summer_file(organisation, status, change)
    report = load_file(database, content, f"{organisation}.xlsx", Sender(invented=True))
    assert report.loaded, report.message
    with database.writing() as connection:
        _let_files_change(connection)
        newest = connection.scalar(select(func.max(extract_file.c.id)))
        connection.execute(
            update(extract_file)
            .where(extract_file.c.id == newest)
            .values(loaded_at=f"{came}T10:00:00+00:00")
        )


def _let_files_change(connection: Connection) -> None:
    """Takes the guard away that keeps files as they came: these tests are about other days."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS extract_file_kept_update")
    else:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS extract_file_kept ON extract_file")


def attest(database: Database, person: Person) -> None:
    """The person answers for every file that nobody answers for."""
    with database.writing() as connection:
        answered = set(connection.scalars(select(attestation.c.extract_file_id)))
        for one in connection.scalars(select(extract_file.c.id)).all():
            if one not in answered:
                row = {"extract_file_id": one, "person_id": person.id, "attested_at": "x"}
                connection.execute(insert(attestation).values(row))


def version_id(connection: Connection) -> int:
    version = get_latest_version(connection, DARLINGTON, "2025-26 summer")
    assert version
    return version.id


def set_state(database: Database, **values: object) -> None:
    with database.writing() as connection:
        this = release_version.c.id == version_id(connection)
        connection.execute(update(release_version).where(this).values(values))


def to_checked(database: Database, person: Person) -> None:
    with database.reading() as connection:
        content = hash_content(connection, version_id(connection))
    set_state(database, state="checked", content_sha256=content, checked_by_id=person.id)
    with database.writing() as connection:
        subject, state = "2025-26 summer v1", "checked"
        add_act(connection, person, state, area_code=DARLINGTON, subject=subject, to_state=state)


def agree(database: Database, forum: str, person: Person, definitions: bool = False) -> None:
    with database.writing() as connection:
        number = version_id(connection)
        content = hash_content(connection, number)
        what, subject = "recorded an agreement", "2025-26 summer v1"
        add_act(connection, person, what, area_code=DARLINGTON, subject=subject)
        row: dict[str, object] = {"release_version_id": number, "forum": forum, "minute_ref": "7"}
        row |= {"met_on": "2026-10-20", "present": "", "definitions_agreed": int(definitions)}
        row |= {"content_sha256": content, "written_at": "x", "person_id": person.id}
        connection.execute(insert(agreement).values(row))


def board(database: Database, day: dt.date) -> Board:
    assurer = demo_people(database)["assurer"]
    assert SUMMER
    return see_board(database, assurer, DARLINGTON, on(day), SUMMER)


def client_of(database: Database, role: str, day: dt.date = LATE) -> FlaskClient:
    server = create_app(database, on(day))
    return signed_in(server, database, demo_people(database)[role])


def words_of(page: str) -> str:
    return BeautifulSoup(page, "html.parser").get_text(" ", strip=True)


def doing(found: Board) -> list[tuple[str, list[str]]]:
    """The tasks to do with the job titles of those who may."""
    return [(one.task.name, [p.job_title for p in one.people]) for one in found.round.to_do]


def test_the_term_we_are_in_and_the_one_before_are_always_there(database: Database) -> None:
    people = demo_people(database)
    found = see_terms(database, people["assurer"], DARLINGTON, on(LATE))
    assert [one.term.label for one in found] == ["2026-27 autumn", "2025-26 summer"]
    now, before = found
    assert now.to_do == ()
    assert (before.arrived, before.missing, before.overdue) == (0, 13, 13)
    assert before.days_late == 5
    organisations = [one.organisation for one in before.to_do]
    assert organisations == [COUNCIL, HEALTH]


def test_every_term_since_the_first_is_listed_newest_first(round_: Database) -> None:
    found = see_terms(round_, demo_people(round_)["assurer"], DARLINGTON, on(LATE))
    labels = [one.term.label for one in found]
    assert labels == sorted(labels, key=lambda label: parse_term(label) or SUMMER, reverse=True)
    assert (len(labels), labels[-1]) == (13, "2022-23 autumn")
    assert all(one.version and one.version.was_published for one in found[2:])


def test_a_term_that_nothing_came_for_is_listed_between_others(database: Database) -> None:
    load(database, COUNCIL)
    later = dt.date(2027, 6, 1)
    found = see_terms(database, demo_people(database)["assurer"], DARLINGTON, on(later))
    labels = [one.term.label for one in found]
    assert labels == ["2026-27 summer", "2026-27 spring", "2026-27 autumn", "2025-26 summer"]


def test_what_is_not_due_yet_is_not_late(database: Database) -> None:
    found = board(database, IN_TIME).round
    assert (found.missing, found.overdue, found.days_late) == (13, 0, 0)
    assert found.next_step is not None
    assert found.next_step.standing == "next"
    page = client_of(database, "assurer", IN_TIME).get(f"/staff/{DARLINGTON}/2025-26-summer/")
    assert "due 28 September 2026" in page.text
    assert "state-bad" not in page.text


def test_what_came_stands_beside_what_is_missing(database: Database) -> None:
    load(database, HEALTH, "2026-10-01", "provisional")
    found = board(database, LATE).round
    received = {one.extract: one for one in found.received if one.received}
    assert set(received) == {"nd_waits", "therapy_waits"}
    assert (found.arrived, found.overdue, found.came_late, found.provisional) == (2, 11, 2, 2)
    assert received["nd_waits"].days_late == 3
    words = words_of(
        client_of(database, "assurer").get(f"/staff/{DARLINGTON}/2025-26-summer/").text
    )
    assert "2 of 13 received" in words
    assert "Received provisional 3 days late Nobody answers for it yet" in words
    assert "Missing 5 days late" in words
    assert f"{HEALTH}.xlsx 720 figures, as at 18 September 2026, provisional." in words


def test_who_sent_a_file_is_called_by_their_job_title(database: Database) -> None:
    people = demo_people(database)
    load(database, HEALTH)
    attest(database, people["health-analyst"])
    page = client_of(database, "assurer").get(f"/staff/{DARLINGTON}/2025-26-summer/").text
    assert f"from {people['health-analyst'].words}" in page
    assert "demo-health-analyst" not in page


def test_a_later_file_stands_beside_the_one_it_mends(database: Database) -> None:
    def another(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Neurodevelopmental waits"]
        assert sheet["J3"].value == "Longest days waiting"
        sheet["J4"] = sheet["J4"].value + 1

    load(database, HEALTH, "2026-09-19", "provisional")
    load(database, HEALTH, "2026-09-25", "provisional", another)
    waits = next(o for o in board(database, LATE).round.received if o.extract == "nd_waits")
    newer, older = waits.parts
    assert newer.figures < older.figures
    assert waits.days_late == 0
    assert waits.came_on == dt.date(2026, 9, 19)


def test_each_state_says_who_is_next_and_four_eyes_are_kept(database: Database) -> None:
    people = demo_people(database)
    load(database, COUNCIL)
    load(database, HEALTH)
    assert doing(board(database, LATE)) == [
        ("attest", ["Council performance analyst"]),
        ("attest", ["NHS performance analyst"]),
    ]
    attest(database, people["council-analyst"])
    assert doing(board(database, LATE)) == [("check", ["Second analyst, who checks"])]
    to_checked(database, people["assurer"])
    secretary = "Secretary of the Partnership Board"
    assert doing(board(database, LATE)) == [("agree", [secretary]), ("agree", [secretary])]
    agree(database, "group", people["approver"])
    found = board(database, LATE)
    assert doing(found) == [("agree", [secretary])]
    group = found.round.steps[2]
    assert (group.standing, group.done_on) == ("done", dt.date(2026, 10, 20))
    agree(database, "officers", people["approver"])
    set_state(database, state="agreed", agreed_by_id=people["approver"].id)
    assert doing(board(database, LATE)) == [("publish", ["Local Offer publisher"])]
    with database.writing() as connection:
        row = {"release_version_id": version_id(connection), "person_id": people["publisher"].id}
        row |= {"publish_at": "2026-11-16T09:30:00+00:00", "written_at": "x"}
        connection.execute(insert(plan).values(row))
    found = board(database, LATE)
    assert (doing(found), found.round.planned_at) == ([], "2026-11-16T09:30:00+00:00")


def test_what_went_back_waits_for_the_group_again_though_no_figure_changed(
    database: Database,
) -> None:
    people = demo_people(database)
    load(database, COUNCIL)
    load(database, HEALTH)
    attest(database, people["council-analyst"])
    to_checked(database, people["assurer"])
    agree(database, "group", people["approver"])
    assert board(database, LATE).round.steps[2].done
    with database.reading() as connection:
        number = version_id(connection)
        content = hash_content(connection, number)
    send_back(database, people["approver"], DARLINGTON, number, "The Group asks for a note.")
    to_checked(database, people["assurer"])
    with database.reading() as connection:
        assert hash_content(connection, number) == content
    found = board(database, LATE)
    group = found.round.steps[2]
    assert (group.standing, group.done_on, group.is_next) == ("next", None, True)
    assert [one.task.name for one in found.round.to_do] == ["agree", "agree"]
    agree(database, "group", people["approver"])
    found = board(database, LATE)
    assert found.round.steps[2].done
    assert [one.task.name for one in found.round.to_do] == ["agree"]


def test_somebody_who_sent_figures_is_never_named_to_check_or_agree(database: Database) -> None:
    people = demo_people(database)
    load(database, COUNCIL)
    load(database, HEALTH)
    attest(database, people["assurer"])
    assert doing(board(database, LATE)) == [("check", [])]
    page = client_of(database, "approver").get(f"/staff/{DARLINGTON}/2025-26-summer/").text
    assert "For nobody yet (it takes an assurer who had no part in it)" in words_of(page)


def test_invented_history_is_said_to_have_had_no_round(round_: Database) -> None:
    found = see_board(
        round_, demo_people(round_)["assurer"], DARLINGTON, on(LATE), SUMMER.shifted(-1)
    ).round
    assert [step.standing for step in found.steps] == ["done", *["passed over"] * 3, "done"]
    assert (found.came_late, found.arrived, found.to_do) == (0, 13, ())


def test_a_correction_is_due_by_no_day_and_the_published_version_is_named(
    round_: Database,
) -> None:
    load(round_, COUNCIL)
    load(round_, HEALTH)
    set_state(round_, state="published", published_at="2026-09-20T10:00:00+00:00", label="1.0")

    load(round_, HEALTH, "2026-10-02", "revised")
    found = board(round_, LATE).round
    assert found.version is not None
    assert (found.version.number, found.version.state) == (2, "draft")
    assert {step.due_on for step in found.steps} == {None}
    assert found.days_late == 0
    page = client_of(round_, "assurer").get(f"/staff/{DARLINGTON}/2025-26-summer/").text
    assert "Version 1 was published 20 September 2026 and stands until" in words_of(page)


def test_a_definition_that_changed_stands_on_the_board(round_: Database) -> None:
    measures = dict(load_measures())
    changed = measures["nd_waiting"].model_copy(update={"version": 2})
    load(round_, HEALTH)
    with round_.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE observation SET definition_version = 2 WHERE measure_id = 'nd_waiting' "
            f"AND release_version_id = {version_id(connection)}"
        )
    (one,) = board(round_, LATE).changed
    assert one == ("nd_waiting", changed.title, 1, 2)
    page = client_of(round_, "assurer").get(f"/staff/{DARLINGTON}/2025-26-summer/").text
    assert "version 1 before, version 2 now" in words_of(page)
    assert "references of the Group and of the Board" in words_of(page)


def to_checked_with_a_changed_definition(database: Database) -> None:
    people = demo_people(database)
    load(database, COUNCIL)
    load(database, HEALTH)
    attest(database, people["council-analyst"])
    follow(database, 2)
    to_checked(database, people["assurer"])


def follow(database: Database, definition_version: int) -> None:
    """The newest figures of one measure follow this version of its definition."""
    with database.writing() as connection:
        here = observation.c.release_version_id == version_id(connection)
        this = here & (observation.c.measure_id == "nd_waiting")
        values = {"definition_version": definition_version}
        connection.execute(update(observation).where(this).values(values))


def named(database: Database) -> list[str]:
    return [one.words for one in board(database, LATE).round.to_do]


GROUP = "Record that the Partnership Group has agreed the summer term 2025/26, version 1"
ABOVE = "Record that the Board (or two officers) has agreed the summer term 2025/26, version 1"
BESIDES = "Record what the summer term 2025/26, version 1, needs besides: "
GROUP_TOO = "the Group has to agree the changed definitions too"
BOARD_TOO = "the Board has to agree the changed definitions too"


def test_changed_definitions_are_named_until_the_group_and_the_board_agreed_them(
    round_: Database,
) -> None:
    secretary = demo_people(round_)["approver"]
    to_checked_with_a_changed_definition(round_)
    assert named(round_) == [GROUP, ABOVE, f"{BESIDES}{GROUP_TOO} and {BOARD_TOO}"]
    agree(round_, "group", secretary)
    assert named(round_) == [ABOVE, f"{BESIDES}{GROUP_TOO} and {BOARD_TOO}"]
    agree(round_, "board", secretary)
    assert named(round_) == [f"{BESIDES}{GROUP_TOO} and {BOARD_TOO}"]
    assert doing(board(round_, LATE)) == [("agree", [secretary.job_title])]
    agree(round_, "group", secretary, definitions=True)
    assert named(round_) == [f"{BESIDES}{BOARD_TOO}"]


def test_officers_who_stand_in_for_the_board_agree_no_definition(round_: Database) -> None:
    secretary = demo_people(round_)["approver"]
    to_checked_with_a_changed_definition(round_)
    agree(round_, "group", secretary, definitions=True)
    agree(round_, "officers", secretary, definitions=True)
    assert named(round_) == [f"{BESIDES}{BOARD_TOO}"]
    page = client_of(round_, "approver").get(f"/staff/{DARLINGTON}/2025-26-summer/").text
    assert f'sign-off">{BESIDES}{BOARD_TOO}</a>' in page
    with round_.reading() as connection:
        number = version_id(connection)
        version = get_version(connection, DARLINGTON, number)
    last = agreed("board", version, definitions=True)
    assert record_agreement(round_, secretary, DARLINGTON, number, last)
    assert doing(board(round_, LATE)) == [("publish", ["Local Offer publisher"])]


def test_a_version_with_every_agreement_is_still_said_to_be_agreed(round_: Database) -> None:
    """As when what the definitions had changed against was withdrawn in the meantime."""
    secretary = demo_people(round_)["approver"]
    load(round_, COUNCIL)
    load(round_, HEALTH)
    attest(round_, demo_people(round_)["council-analyst"])
    to_checked(round_, demo_people(round_)["assurer"])
    for forum in ("group", "officers"):
        agree(round_, forum, secretary)
    said = "Say that the summer term 2025/26, version 1 is agreed: every agreement is recorded"
    assert named(round_) == [said]
    with round_.reading() as connection:
        number = version_id(connection)
    agree_version(round_, secretary, DARLINGTON, number)
    assert doing(board(round_, LATE)) == [("publish", ["Local Offer publisher"])]


def test_every_sheet_that_is_expected_has_a_measure_to_be_seen_by() -> None:
    used = {measure.source.extract for measure in load_measures().values()}
    for area in load_area_settings().values():
        assert set(area.extracts) <= used


@pytest.mark.parametrize("path", ["", "2025-26-summer/", "2025-26-summer/template.xlsx"])
@pytest.mark.parametrize("role", ["partner", "administrator"])
def test_drafts_are_shown_to_nobody_else(database: Database, role: str, path: str) -> None:
    assert client_of(database, role).get(f"/staff/{DARLINGTON}/{path}").status_code == 403


def test_the_services_ask_whoever_calls_them(database: Database) -> None:
    people = demo_people(database)
    assert SUMMER
    calls: list[Callable[[], object]] = [
        lambda: see_terms(database, people["partner"], DARLINGTON, on(LATE)),
        lambda: see_board(database, people["assurer"], DURHAM, on(LATE), SUMMER),
        lambda: make_blank(database, people["partner"], DARLINGTON, on(LATE), SUMMER),
    ]
    for call in calls:
        with pytest.raises(NotAllowed):
            call()


@pytest.mark.parametrize(
    "path",
    [
        "2026-27-spring/",
        "2025-26-winter/",
        "2025-27-summer/",
        "2025-26 summer/",
        "summer-2025-26/",
        "1899-00-autumn/template.xlsx",
        "2041-42-autumn/template.xlsx",
        "2025-26-summer/template.xlsx?organisation=Nobody",
    ],
)
def test_what_is_no_term_of_ours_is_not_there(database: Database, path: str) -> None:
    assert client_of(database, "assurer").get(f"/staff/{DARLINGTON}/{path}").status_code == 404


def test_a_template_holds_an_organisations_sheets_and_last_terms_figures(round_: Database) -> None:
    client = client_of(round_, "health-analyst")
    path = f"/staff/{DARLINGTON}/2025-26-summer/template.xlsx"
    own = client.get(path, query_string={"organisation": HEALTH})
    book = openpyxl.load_workbook(io.BytesIO(own.data))
    assert {"Neurodevelopmental waits", "Therapy waits"} < set(book.sheetnames)
    assert "EHC plans" not in book.sheetnames
    cover = {row[0].value: row[1].value for row in book["About this return"].iter_rows(max_col=2)}
    assert (cover["Area code"], cover["Organisation"]) == (DARLINGTON, HEALTH)
    assert own.headers["Content-Disposition"].endswith(
        '"darlington-2025-26-summer-nhs-north-east-and-north-cumbria-icb.xlsx"'
    )
    whole = openpyxl.load_workbook(io.BytesIO(client.get(path).data))
    assert "EHC plans" in whole.sheetnames
    waits = openpyxl.load_workbook(io.BytesIO(own.data))["Therapy waits"]
    headings = [str(cell.value) for row in waits.iter_rows(max_row=12) for cell in row]
    assert any("last term" in words.lower() for words in headings)


def read_dates(client: FlaskClient, path: str) -> list[icalendar.Event]:
    answer = client.get(f"/staff/{DARLINGTON}/{path}")
    assert answer.mimetype == "text/calendar"
    calendar = icalendar.Calendar.from_ical(answer.data)
    calendar.validate()
    return list(calendar.events)


def test_the_dates_of_a_term_can_be_read_by_a_calendar(database: Database) -> None:
    client = client_of(database, "assurer")
    events = read_dates(client, "2025-26-summer/dates.ics")
    days = [event.start for event in events]
    rhythm = load_area_settings()[DARLINGTON].rhythm
    steps = ("data", "checked", "group", "board", "published")
    assert SUMMER
    assert days == [rhythm.due_on(SUMMER, step) for step in steps]
    assert all(event.end - event.start == dt.timedelta(days=1) for event in events)
    first = events[0]
    assert f"http://localhost/staff/{DARLINGTON}/2025-26-summer/" in str(first["DESCRIPTION"])
    assert HEALTH in str(first["DESCRIPTION"])
    before = [alarm.TRIGGER for alarm in first.walk("VALARM")]
    assert before == [dt.timedelta(days=-7, hours=9), dt.timedelta(days=-1, hours=9)]


def test_a_date_keeps_its_name_so_that_it_moves_in_a_calendar(database: Database) -> None:
    client = client_of(database, "assurer")
    term = {str(event["UID"]) for event in read_dates(client, "2025-26-summer/dates.ics")}
    every = [str(event["UID"]) for event in read_dates(client, "dates.ics")]
    assert term < set(every)
    assert len(every) == len(set(every)) == 4 * 5


def test_the_first_page_says_what_waits_for_each_person(database: Database) -> None:
    load(database, HEALTH)

    def waiting(role: str) -> str:
        return words_of(client_of(database, role).get("/staff/").text)

    assert "Send in every sheet of Darlington" in waiting("council-analyst")
    assert "(5 days late)" in waiting("council-analyst")
    assert "Answer for the files of NHS" in waiting("health-analyst")
    for role in ("assurer", "partner", "administrator"):
        assert "Nothing in Darlington waits for you now" in waiting(role)


@pytest.mark.parametrize("role", ["council-analyst", "assurer", "approver", "publisher"])
def test_no_link_of_the_boards_leads_nowhere(round_: Database, role: str) -> None:
    load(round_, COUNCIL)
    client = client_of(round_, role)
    for path in (
        "",
        f"{DARLINGTON}/",
        f"{DARLINGTON}/2025-26-summer/",
        f"{DARLINGTON}/definitions",
    ):
        page = BeautifulSoup(client.get(f"/staff/{path}").text, "html.parser")
        links = {str(one["href"]).partition("#")[0] for one in page.select("main a")}
        for link in sorted(links - {""}):
            if "/definitions/" not in link or link.endswith("ehe_send"):  # one stands for all
                assert client.get(link).status_code == 200, link
