"""The page of a number tells its whole way, and proves it on the kept file."""

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from dashboard import create_app
from dashboard.access.tasks import NotAllowed
from dashboard.releases.figures import FIELDS, get_stored
from dashboard.releases.found_again import find_in, get_kept, get_parts
from dashboard.releases.number import NoSuchNumber, Number, PublisherNumber, get_number
from dashboard.releases.number_list import list_numbers
from dashboard.settings import Settings
from loaders.load import load_file
from loaders.report import Sender
from loaders.workbook import Workbook, read_workbook
from schemas.database import Database
from schemas.measure import load_measures
from schemas.observation import Observation
from schemas.round_tables import attestation
from schemas.tables import extract_file, observation, release, release_version
from tests import builders as b
from tests.staff.people import DARLINGTON, DURHAM, demo_people, signed_in
from tests.staff.summer import COUNCIL, summer_file
from tests.staff.tamper import unguard

SETTINGS = Settings()
RATE = "ehcp_20w_excl"


@pytest.fixture
def server(database: Database) -> Flask:
    return create_app(database)


def load(database: Database, name: str = "timeliness.xlsx", **numbers: object) -> None:
    content = b.workbook(b.sheets(ehc_timeliness=b.timeliness(**numbers)))
    report = load_file(database, content, name, Sender())
    assert report.loaded, report.message


def number_of(database: Database, **wanted: object) -> int:
    """The id of the newest row of a figure."""
    asked = {"measure_id": RATE, "basis": "in_term", "breakdown": "all", **wanted}
    where = [observation.c[name] == value for name, value in asked.items()]
    query = select(observation.c.id).where(observation.c.release_version_id.is_not(None), *where)
    with database.reading() as connection:
        found = connection.scalar(query.order_by(observation.c.id.desc()).limit(1))
    assert found is not None
    return int(found)


def own(database: Database, observation_id: int, who: str = "publisher") -> Number:
    people = demo_people(database)
    found = get_number(database, people[who], DARLINGTON, observation_id, SETTINGS)
    assert isinstance(found, Number)
    return found


def test_the_cells_of_a_number_are_found_in_its_file(database: Database) -> None:
    load(database)
    found = own(database, number_of(database)).found
    parts = {(piece.part, piece.heading) for piece in found.pieces}
    measure = load_measures()[RATE]
    assert len(parts) == len(measure.source.numerator) + len(measure.source.denominator)
    written = {piece.part: piece.written for piece in found.pieces}
    assert (written["counted"], written["divided by"]) == ("41", "55")
    assert found.is_same(own(database, number_of(database)).stored.observation)


def test_a_whole_made_of_parts_shows_every_part(database: Database) -> None:
    """The sheet gives phases and no total: each phase's row is a piece of the whole."""
    phases = ("Early years", "Primary", "Secondary", "Post-16", "Post-19")
    counts = {"issued": 50, "issued_excl": 50, "within_20w": 40, "within_20w_excl": 40}
    rows = [{"period": "Autumn 2025/26", "phase": phase} | counts for phase in phases]
    content = b.workbook(b.sheets(ehc_timeliness=b.rows("ehc_timeliness", *rows)))
    assert load_file(database, content, "phases.xlsx", Sender()).loaded
    whole = own(database, number_of(database))
    counted = [piece for piece in whole.found.pieces if piece.part == "counted"]
    assert [piece.row.split(", ")[1] for piece in counted] == [*phases]
    assert sum(float(piece.written) for piece in counted) == whole.stored.observation.numerator
    assert whole.found.is_same(whole.stored.observation)


def test_every_kind_of_number_of_a_term_is_found_again(round_: Database) -> None:
    """One figure of every measure, basis and breakdown of a term of the sample: read again, or
    worked out again, each is what was stored."""
    this = observation.c
    query = (
        select(this.measure_id, this.basis, this.breakdown, func.max(this.id))
        .join(release_version, release_version.c.id == this.release_version_id)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release.c.term == "2025-26 spring", this.superseded_by_id.is_(None))
        .group_by(this.measure_id, this.basis, this.breakdown)
    )
    workbooks: dict[int, Workbook] = {}
    wrong = []
    with round_.reading() as connection:
        kinds = list(connection.execute(query))
        assert len(kinds) > 100
        for *kind, number in kinds:
            stored = get_stored(connection, DARLINGTON, number)
            assert stored is not None
            kept = get_kept(connection, DARLINGTON, stored.file_id)
            if stored.file_id not in workbooks:
                workbooks[stored.file_id] = read_workbook(kept.row.content, kept.row.name)
            measure = load_measures()[stored.observation.measure_id]
            parts = get_parts(connection, DARLINGTON, measure, stored)
            workbook = workbooks[stored.file_id]
            found = find_in(workbook, kept, measure, stored, parts)
            if not found.is_same(stored.observation) or not (found.pieces or found.parts):
                wrong.append(kind)
    assert wrong == []


def test_a_number_worked_out_from_others_lists_them(round_: Database) -> None:
    found = own(round_, number_of(round_, basis="rolling3", period="2025-26 spring")).found
    periods = [part.observation.period for part in found.parts]
    assert periods == ["2024-25 summer", "2025-26 autumn", "2025-26 spring"]
    assert found.pieces == ()
    assert found.made is not None


def test_a_stored_number_that_is_not_in_its_file_is_told(server: Flask, database: Database) -> None:
    load(database)
    number = number_of(database)
    with database.writing() as connection:
        unguard(connection, "observation")
        changed = update(observation).where(observation.c.id == number)
        connection.execute(changed.values(value=99.0, numerator=54.5))
    people = demo_people(database)
    page = signed_in(server, database, people["publisher"]).get(
        f"/staff/{DARLINGTON}/number/{number}"
    )
    assert page.status_code == 200
    assert "says the same" not in page.text
    assert "The kept file, read again just now, says 74.5%" in page.text


def test_a_file_that_cannot_be_read_again_is_told(server: Flask, database: Database) -> None:
    load(database)
    with database.writing() as connection:
        unguard(connection, "extract_file")
        connection.execute(update(extract_file).values(content=b"no workbook"))
    client = signed_in(server, database, demo_people(database)["publisher"])
    page = client.get(f"/staff/{DARLINGTON}/number/{number_of(database)}")
    assert page.status_code == 200
    assert "The file could not be read again" in page.text


def test_the_page_tells_the_whole_way(server: Flask, database: Database) -> None:
    load(database)
    people = demo_people(database)
    with database.writing() as connection:
        row = {"extract_file_id": 1, "person_id": people["council-analyst"].id}
        connection.execute(attestation.insert().values(row | {"attested_at": "2026-11-22"}))
    client = signed_in(server, database, people["assurer"])
    page = client.get(f"/staff/{DARLINGTON}/number/{number_of(database)}").text
    with database.reading() as connection:
        kept = connection.execute(select(extract_file)).one()
    for said in (kept.name, kept.sha256, kept.organisation, people["council-analyst"].words):
        assert said in page
    assert "read again just now, says the same" in page
    assert "Nobody has checked this version yet" in page
    assert "Nowhere yet" in page


def test_a_replaced_number_leads_to_the_one_in_its_place(server: Flask, database: Database) -> None:
    load(database)
    old = number_of(database)
    load(database, "again.xlsx", within_20w_excl=40)
    new = number_of(database)
    assert new != old
    found = own(database, new)
    assert [row.id for row in found.history] == [old, new]
    assert found.history[0].replaced_by_id == found.stored.file_id
    client = signed_in(server, database, demo_people(database)["assurer"])
    page = client.get(f"/staff/{DARLINGTON}/number/{old}").text
    assert "This value was replaced" in page
    assert f"number/{new}" in page
    assert "again.xlsx" in page


def test_a_copy_in_a_new_version_is_no_other_value(round_: Database) -> None:
    content = summer_file(COUNCIL)
    with round_.reading() as connection:
        before = connection.scalars(select(release_version.c.id)).all()
    assert load_file(round_, content, "summer.xlsx", Sender()).loaded
    with round_.reading() as connection:
        after = connection.scalars(select(release_version.c.id)).all()
    assert len(after) > len(before)
    found = own(round_, number_of(round_, period="2025-26 summer"))
    assert len(found.history) == 1


def test_a_published_number_links_to_its_edition(server: Flask, round_: Database) -> None:
    number = number_of(round_, period="2025-26 spring")
    found = own(round_, number)
    [(version, edition)] = found.editions
    assert version.state in ("published", "superseded")
    server = create_app(round_)
    client = signed_in(server, round_, demo_people(round_)["assurer"])
    page = client.get(f"/staff/{DARLINGTON}/number/{number}").text
    address = f"/dashboard/{DARLINGTON}/measure/{RATE}?edition={edition}"
    assert address in page
    assert client.get(address).status_code == 200
    assert "invented figures, published for a demonstration" in page


def test_a_publishers_number_names_its_file(round_: Database) -> None:
    with round_.reading() as connection:
        query = select(observation.c.id).where(observation.c.vintage_id.is_not(None))
        number = connection.scalar(query.limit(1))
    people = demo_people(round_)
    assert number is not None
    found = get_number(round_, people["assurer"], DARLINGTON, number, SETTINGS)
    assert isinstance(found, PublisherNumber)
    client = signed_in(create_app(round_), round_, people["assurer"])
    page = client.get(f"/staff/{DARLINGTON}/number/{number}").text
    assert found.vintage.sha256 in page
    assert found.vintage.file_name in page


def test_another_areas_number_is_not_there(server: Flask, database: Database) -> None:
    load(database)
    people = demo_people(database, DARLINGTON, DURHAM)
    number = number_of(database)
    with pytest.raises(NoSuchNumber):
        get_number(database, people["assurer"], DURHAM, number, SETTINGS)
    client = signed_in(server, database, people["assurer"])
    assert client.get(f"/staff/{DURHAM}/number/{number}").status_code == 404
    assert client.get(f"/staff/{DARLINGTON}/number/99999").status_code == 404


@pytest.mark.parametrize("name", ["partner", "administrator"])
def test_who_may_not_see_drafts_sees_no_number(database: Database, name: str) -> None:
    load(database)
    person = demo_people(database)[name]
    with pytest.raises(NotAllowed):
        get_number(database, person, DARLINGTON, number_of(database), SETTINGS)
    with pytest.raises(NotAllowed):
        list_numbers(database, person, DARLINGTON, "2025-26 autumn")


def test_each_number_of_a_term_is_found_by_its_measure(server: Flask, database: Database) -> None:
    load(database)
    client = signed_in(server, database, demo_people(database)["assurer"])
    path = f"/staff/{DARLINGTON}/2025-26-autumn/numbers"
    assert "Choose a measure" in client.get(path).text
    page = client.get(f"{path}?measure={RATE}")
    assert page.status_code == 200
    assert f"/staff/{DARLINGTON}/number/{number_of(database)}" in page.text
    assert "74.5%" in page.text
    only = client.get(f"{path}?measure={RATE}&breakdown=phase&version=1&page=1")
    assert f"/staff/{DARLINGTON}/number/{number_of(database)}" not in only.text
    assert client.get(f"{path}?version=7").status_code == 404
    assert client.get(f"/staff/{DARLINGTON}/2019-20-autumn/numbers").status_code == 404
    assert client.get(f"{path}?measure=no_such").status_code == 200


def test_what_is_stored_is_what_the_page_is_about(database: Database) -> None:
    load(database)
    number = number_of(database)
    with database.reading() as connection:
        row = connection.execute(select(*FIELDS).where(observation.c.id == number)).one()
        stored = get_stored(connection, DARLINGTON, number)
    assert stored is not None
    assert stored.observation == Observation(*row)
