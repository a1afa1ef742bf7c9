"""Check, agree, send back: each step by somebody else, on the same content, or not at all."""

import pytest
from sqlalchemy import Connection, insert, literal, select, update

from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.record import find_breaks
from dashboard.releases.agreements import agree, record_agreement
from dashboard.releases.checks import findings_in_the_way
from dashboard.releases.explanations import explain
from dashboard.releases.refused import StepRefused
from dashboard.releases.sign_off import attest, pass_checks, send_back
from dashboard.releases.versions import NoSuchVersion, Version, get_files
from schemas.database import Database
from schemas.roles import Role
from schemas.round_tables import act
from schemas.tables import observation, release, release_version
from tests.staff.people import DARLINGTON, DURHAM, demo_people
from tests.staff.signed import again, agreed, give, to_agreed, to_checked
from tests.staff.small import load_small, small_settings

SETTINGS = small_settings()


@pytest.fixture
def people(database: Database) -> dict[str, Person]:
    return demo_people(database, DARLINGTON, DURHAM)


@pytest.fixture
def draft(database: Database, people: dict[str, Person]) -> Version:
    return load_small(database, 0, people["council-analyst"])


def acts(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.scalars(select(act.c.what).order_by(act.c.id)))


def test_three_people_bring_a_draft_to_agreed(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    done = to_agreed(database, people, draft, SETTINGS)
    assert done.state == "agreed"
    assert done.checked_by_id == people["assurer"].id
    assert done.agreed_by_id == people["approver"].id
    assert acts(database)[-4:] == [
        "checked",
        "recorded an agreement",
        "recorded an agreement",
        "agreed",
    ]
    with database.reading() as connection:
        assert [*find_breaks(connection)] == []


@pytest.mark.parametrize("who", ["partner", "council-analyst", "approver", "administrator"])
def test_only_an_assurer_checks(
    database: Database, people: dict[str, Person], draft: Version, who: str
) -> None:
    with pytest.raises(NotAllowed):
        pass_checks(database, people[who], DARLINGTON, draft.id, SETTINGS)
    assert again(database, draft).state == "draft"


def test_nobody_checks_what_they_sent_though_they_hold_the_role(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    give(database, people["council-analyst"], Role.assurer)
    with pytest.raises(StepRefused, match="You answer for a file of it"):
        pass_checks(database, people["council-analyst"], DARLINGTON, draft.id, SETTINGS)


def test_nobody_checks_a_file_that_nobody_answers_for(
    database: Database, people: dict[str, Person]
) -> None:
    loaded = load_small(database, 1)
    with pytest.raises(StepRefused, match=r"Nobody of .* answers for the file 1\.xlsx"):
        pass_checks(database, people["assurer"], DARLINGTON, loaded.id, SETTINGS)
    with database.reading() as connection:
        (file,) = get_files(connection, loaded.id)
    with pytest.raises(StepRefused, match="Darlington Borough Council answers for this file"):
        attest(database, people["health-analyst"], DARLINGTON, file.id)
    attest(database, people["council-analyst"], DARLINGTON, file.id)
    with pytest.raises(StepRefused, match="already"):
        attest(database, people["council-analyst"], DARLINGTON, file.id)
    assert to_checked(database, people, loaded, SETTINGS).state == "checked"


def test_what_a_check_finds_stands_in_the_way(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    with database.writing() as connection:
        connection.execute(
            update(observation)
            .where(observation.c.release_version_id == draft.id)
            .where(observation.c.breakdown == "all", observation.c.measure_id == "special_places")
            .values(value=7_919, numerator=7_919)
        )
    with pytest.raises(StepRefused, match="found by the checks still in the way"):
        pass_checks(database, people["assurer"], DARLINGTON, draft.id, SETTINGS)


def test_a_version_of_another_area_is_not_there(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    with pytest.raises(NoSuchVersion):
        pass_checks(database, people["assurer"], DURHAM, draft.id, SETTINGS)


@pytest.mark.parametrize(
    ("forum", "changed", "field"),
    [
        ("group", {"present": ("education", "health")}, "present"),
        ("group", {"present": ("education", "health", "parent_carer_forum", "x")}, "present"),
        ("officers", {"present": ("Head of SEND", "")}, "present"),
        ("officers", {"present": ("Head of SEND", "Head of SEND")}, "present"),
        ("officers", {"present": ("Head of SEND", "Jane Smith")}, "present"),
        ("parents", {}, "forum"),
        ("board", {"minute_ref": "  "}, "minute_ref"),
        ("board", {"met_on": "yesterday"}, "met_on"),
        ("board", {"met_on": "2999-01-01"}, "met_on"),
        ("board", {"met_on": "2020-01-01"}, "met_on"),
        ("board", {"content_sha256": "b" * 64}, "content_sha256"),
    ],
)
def test_an_agreement_that_says_too_little_is_refused(
    database: Database,
    people: dict[str, Person],
    draft: Version,
    forum: str,
    changed: dict[str, object],
    field: str,
) -> None:
    version = to_checked(database, people, draft, SETTINGS)
    one = agreed(forum, version, **changed)
    with pytest.raises(StepRefused) as refused:
        record_agreement(database, people["approver"], DARLINGTON, version.id, one)
    assert set(refused.value.faults) == {field}
    assert again(database, version).state == "checked"


@pytest.mark.parametrize("above", ["board", "officers"])
def test_the_group_and_one_above_are_enough(
    database: Database, people: dict[str, Person], draft: Version, above: str
) -> None:
    version = to_checked(database, people, draft, SETTINGS)
    approver = people["approver"]
    first = agreed(above, version)
    assert not record_agreement(database, approver, DARLINGTON, version.id, first)
    with pytest.raises(StepRefused, match="The Group’s agreement"):
        agree(database, approver, DARLINGTON, version.id)
    second = agreed("group", version)
    assert record_agreement(database, approver, DARLINGTON, version.id, second)


@pytest.mark.parametrize("who", ["council-analyst", "assurer"])
def test_nobody_agrees_what_they_sent_or_checked(
    database: Database, people: dict[str, Person], draft: Version, who: str
) -> None:
    version = to_checked(database, people, draft, SETTINGS)
    give(database, people[who], Role.approver)
    with pytest.raises(StepRefused, match="somebody else records the agreement"):
        record_agreement(database, people[who], DARLINGTON, version.id, agreed("group", version))


def test_what_went_back_is_agreed_anew_though_its_figures_are_the_same(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    version = to_checked(database, people, draft, SETTINGS)
    approver = people["approver"]
    record_agreement(database, approver, DARLINGTON, version.id, agreed("group", version))
    with pytest.raises(StepRefused) as refused:
        send_back(database, approver, DARLINGTON, version.id, "  ")
    assert set(refused.value.faults) == {"reason"}
    send_back(database, approver, DARLINGTON, version.id, "The Group asks what the roll counts.")
    assert again(database, version).content_sha256 is None
    version = to_checked(database, people, version, SETTINGS)
    board = agreed("board", version)
    assert not record_agreement(database, approver, DARLINGTON, version.id, board)
    with pytest.raises(StepRefused, match="The Group’s agreement is not recorded yet"):
        agree(database, approver, DARLINGTON, version.id)


def test_other_figures_make_a_draft_of_what_was_agreed(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    version = to_agreed(database, people, draft, SETTINGS)
    load_small(database, 1, people["council-analyst"])
    back = again(database, version)
    assert (back.state, back.content_sha256, back.agreed_by_id) == ("draft", None, None)


def test_a_changed_definition_needs_the_group_and_the_board(
    database: Database, people: dict[str, Person], draft: Version
) -> None:
    """The term before was published under definition 1, and this one follows definition 2."""
    with database.writing() as connection:
        _publish_older(connection, draft)
        connection.execute(
            update(observation)
            .where(observation.c.release_version_id == draft.id)
            .where(observation.c.measure_id == "special_places")
            .values(definition_version=2)
        )
    measures = {
        name: one.model_copy(update={"version": 2}) if name == "special_places" else one
        for name, one in SETTINGS.measures.items()
    }
    settings = type(SETTINGS)(SETTINGS.areas, measures, (), SETTINGS.today)
    with database.reading() as connection:
        found = findings_in_the_way(connection, DARLINGTON, draft, settings)
    why = "The Group decided in November to count places of every kind."
    for finding in found:
        explain(
            database,
            people["council-analyst"],
            DARLINGTON,
            draft.id,
            finding.key,
            why,
            settings=settings,
        )
    version = to_checked(database, people, draft, settings)
    approver = people["approver"]
    for forum in ("group", "officers"):
        one = agreed(forum, version, definitions=True)
        assert not record_agreement(database, approver, DARLINGTON, version.id, one)
    with pytest.raises(StepRefused, match="The Board has to agree the changed definitions"):
        agree(database, approver, DARLINGTON, version.id)
    one = agreed("board", version, definitions=True)
    assert record_agreement(database, approver, DARLINGTON, version.id, one)


def _publish_older(connection: Connection, draft: Version) -> None:
    made = {"area_code": DARLINGTON, "term": "2024-25 summer"}
    release_id = connection.scalar(insert(release).values(made).returning(release.c.id))
    row = {"release_id": release_id, "number": 1, "state": "draft", "invented": 1}
    version_id = connection.scalar(
        insert(release_version)
        .values(row | {"created_at": draft.created_at})
        .returning(release_version.c.id)
    )
    columns = [one for one in observation.c if one.name not in ("id", "release_version_id")]
    copy = select(literal(version_id), *columns).where(observation.c.release_version_id == draft.id)
    names = ["release_version_id", *(one.name for one in columns)]
    connection.execute(insert(observation).from_select(names, copy))
    connection.execute(
        update(release_version)
        .where(release_version.c.id == version_id)
        .values(state="published", label="1.0", published_at="2025-12-01T09:30:00+00:00")
    )
