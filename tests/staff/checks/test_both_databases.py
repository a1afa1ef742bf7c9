"""The checks read the same on SQLite and on PostgreSQL, and keep what is written on both."""

from dashboard.releases.checks import findings_in_the_way
from dashboard.releases.explanations import explain
from dashboard.releases.versions import get_latest_version
from schemas.database import Database
from tests.staff.checks.builders import AUTUMN, DARLINGTON, ENGLAND, SPRING, SUMMER, TODAY, Book
from tests.staff.people import demo_people


def keys(book: Book) -> list[str]:
    with book.database.reading() as connection:
        version = get_latest_version(connection, DARLINGTON, SUMMER)
        assert version is not None
        found = findings_in_the_way(connection, DARLINGTON, version, book.settings(), TODAY)
    return [one.key for one in found]


def test_the_same_is_found_and_explained_on_both(database: Database) -> None:
    book = Book(database)
    book.extracts = ()
    analyst = demo_people(database)["council-analyst"]
    book.add("ehcp_active", 1_300, term=AUTUMN)
    book.add("ehcp_new", 100, term=SPRING)
    book.add("ehcp_new", symbol="c", at="phase=post19")
    book.publish(SUMMER)
    book.next_version(SUMMER)
    book.add("ehcp_active", 1_200)
    book.add("ehcp_new", 150)
    book.add("ehcp_new", 4, at="phase=post19")
    book.add_published("ehcp_active", 1_200, "2026-01", "snapshot")
    book.add_published("ehcp_new", 9, "2025", "calendar_year", area_code=ENGLAND, release=" ")
    book.extracts = ("ehc_plans",)
    found = keys(book)
    assert {key.split("|")[0] for key in found} == {"Q01", "Q10", "Q13", "Q14", "Q17", "Q18"}
    changed = next(key for key in found if key.startswith("Q10"))
    words = "A backlog of late assessments was finished in May and June."
    version = book.versions[SUMMER]
    explain(database, analyst, DARLINGTON, version, changed, words, True, book.settings(), TODAY)
    assert set(found) - set(keys(book)) == {changed}
