"""Publishing to everyone: pages come out with the figures, whole, once, and go when those go."""

import json

import pytest
from sqlalchemy import func, select

from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.public.standing import get_standing
from dashboard.publication.build import build_publication
from dashboard.publication.previewed import preview_file
from dashboard.releases.checks import run_checks
from dashboard.releases.corrections import begin_correction
from dashboard.releases.due import publish_due
from dashboard.releases.everyone import renew
from dashboard.releases.planning import plan_publication
from dashboard.releases.protection import see_privacy, work_out
from dashboard.releases.publishing import publish
from dashboard.releases.refused import StepRefused
from dashboard.releases.versions import Version
from dashboard.releases.withdrawals import withdraw
from schemas.database import Database
from schemas.public_tables import protection, public_bundle, public_file, public_source
from schemas.round_tables import act
from tests.staff.people import DARLINGTON, demo_people
from tests.staff.signed import again, in_an_hour, notice, to_agreed, to_checked, to_published
from tests.staff.small import PLACES, TERM, TODAY, load_small, small_settings

SETTINGS, PARTNERS = small_settings(for_everyone=True), small_settings()
FIRST = "2025-26-autumn-v1.0"


@pytest.fixture
def people(database: Database) -> dict[str, Person]:
    return demo_people(database)


@pytest.fixture
def draft(database: Database, people: dict[str, Person]) -> Version:
    return load_small(database, 0, people["council-analyst"])


def editions(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(public_bundle.c.name).order_by(public_bundle.c.id)))


def latest(database: Database) -> str:
    with database.reading() as connection:
        found = get_standing(connection, DARLINGTON).latest
    return found.name if found else ""


def test_publishing_brings_the_pages_for_everyone(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    published = to_published(database, people, draft, SETTINGS)
    assert editions(database) == [FIRST]
    with database.reading() as connection:
        paths = set(connection.scalars(select(public_file.c.path)))
        sources = list(connection.scalars(select(public_source.c.release_version_id)))
        done = connection.execute(select(act).where(act.c.what == "published")).one()
    assert {"easy-read/index.html", "data/index.html", "data/all.csv", "api/index.json"} <= paths
    assert sources == [published.id]
    assert json.loads(done.details)["edition"] == FIRST


def test_an_area_without_a_public_side_publishes_to_its_partners_only(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    to_published(database, people, draft, PARTNERS)
    assert editions(database) == []
    with pytest.raises(StepRefused, match="partners only"):
        renew(database, people["publisher"], DARLINGTON, PARTNERS)


def test_what_is_planned_comes_out_with_its_pages(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    ready = to_agreed(database, people, draft, SETTINGS)
    at = in_an_hour()
    plan_publication(database, people["publisher"], DARLINGTON, ready.id, at)
    done = publish_due(database, at, SETTINGS)
    assert [one.why for one in done] == [""]
    assert editions(database) == [FIRST]


def test_a_correction_has_an_edition_of_its_own_and_the_first_one_stays(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    to_published(database, people, draft, SETTINGS)
    made = begin_correction(database, people["council-analyst"], DARLINGTON, TERM, notice())
    load_small(database, 5, people["council-analyst"])
    ready = to_agreed(database, people, again(database, made), SETTINGS)
    publish(database, people["publisher"], DARLINGTON, ready.id, SETTINGS)
    assert editions(database) == [FIRST, "2025-26-autumn-v2.0"]
    assert latest(database) == "2025-26-autumn-v2.0"


def test_a_withdrawal_takes_the_pages_and_makes_them_of_what_is_left(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    published = to_published(database, people, draft, SETTINGS)
    facts = ("A list was wrong.", "A wrong list was sent.", "All figures are wrong.")
    withdraw(database, people["approver"], DARLINGTON, published.id, *facts, SETTINGS)
    assert latest(database) == ""
    assert editions(database) == [FIRST]  # nothing is left to make pages of


def test_pages_can_be_made_anew_by_the_publisher_only(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    to_published(database, people, draft, SETTINGS)
    with pytest.raises(NotAllowed):
        renew(database, people["council-analyst"], DARLINGTON, SETTINGS)
    renew(database, people["publisher"], DARLINGTON, SETTINGS)
    assert editions(database) == [FIRST, f"{FIRST}-2"]


def test_what_partners_saw_before_goes_to_everyone_only_when_the_publisher_says_so(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    to_published(database, people, draft, PARTNERS)
    assert editions(database) == []
    renew(database, people["publisher"], DARLINGTON, SETTINGS)
    assert editions(database) == [FIRST]


def test_a_check_works_out_what_is_hidden_once_for_each_content(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    before = [*_musts(database, draft)]
    assert before == ["Q17"]
    to_checked(database, people, draft, SETTINGS)
    seen = see_privacy(database, people["assurer"], DARLINGTON, draft.id)
    assert seen.kept
    assert seen.kept.current
    assert seen.kept.faults == []
    with database.reading() as connection:
        assert connection.scalar(select(func.count(protection.c.id))) == 1


def test_other_figures_have_to_be_worked_out_again(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    work_out(database, people["assurer"], DARLINGTON, draft.id, SETTINGS)
    assert [*_musts(database, draft)] == []
    load_small(database, 7, people["council-analyst"])
    assert [*_musts(database, draft)] == ["Q17"]


def _musts(database: Database, version: Version) -> list[str]:
    with database.reading() as connection:
        report = run_checks(connection, DARLINGTON, again(database, version), SETTINGS, TODAY)
    return [one.check_id for one in report.musts]


def test_the_report_to_the_assurer_holds_no_hidden_count(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    built = build_publication(database, DARLINGTON, draft.id, SETTINGS)
    assert built.faults == ()
    assert built.report["cells"] > 0
    assert all(set(one) == {"words", "why", "low", "high"} for one in built.report["hidden"])


def test_staff_see_the_pages_as_they_will_be(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    base = f"/staff/{DARLINGTON}/privacy/{draft.id}/pages/"
    page = preview_file(database, DARLINGTON, draft.id, "data/index.html", base, SETTINGS)
    assert page
    assert f"{2 * PLACES:,}" in page.body.decode()
    family = preview_file(database, DARLINGTON, draft.id, "easy-read/", base, SETTINGS)
    assert family
    assert f"/data/darlington/{FIRST}/" not in family.body.decode()
    assert editions(database) == []


def test_the_same_figures_make_the_same_bytes(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    first, second = (
        build_publication(database, DARLINGTON, draft.id, SETTINGS).files for _ in range(2)
    )
    assert [(one.path, one.body) for one in first] == [(one.path, one.body) for one in second]
