"""What a digest tells of a real term is what the measures' pages say that they did not before."""

import pytest

from dashboard.access.person import Person
from dashboard.alerts.digest import Digest, get_kept
from dashboard.alerts.kinds import Kind
from dashboard.alerts.making import make_digests
from dashboard.alerts.told import list_told
from dashboard.analysis.verdict import judge
from dashboard.edition import Edition
from dashboard.pages.statements import statements
from dashboard.queries.editions import get_newest_edition
from dashboard.releases.demo import publish_invented_drafts
from dashboard.releases.exceptions import unanswered
from dashboard.settings import Settings
from dashboard.viewer import Viewer
from dashboard.views.overview import get_overview
from loaders.load import load_file
from loaders.report import Sender
from schemas.area_settings import load_area_settings
from schemas.database import Database
from tests.alerts.ground import add_reader, ask
from tests.staff.people import DARLINGTON
from tests.staff.summer import SAMPLE, SUMMER

AREA = load_area_settings()[DARLINGTON]
SETTINGS = Settings()
_PHRASES = {
    Kind.concern: "Special cause: worse than usual",
    Kind.improvement: "Special cause: better than usual",
    Kind.target_met: "Target met",
    Kind.target_missed: "Target not met",
}
_CHANGES = {
    Kind.improved: "Improved",
    Kind.worse: "Got worse",
    Kind.higher: "Higher",
    Kind.lower: "Lower",
}
Phrases = dict[str, set[str]]


@pytest.fixture
def reader(round_: Database) -> Person:
    """Asked before the summer term came out, on the day after the others."""
    found = add_reader(round_, "reader")
    ask(round_, found, settings=SETTINGS, by_mail=False)
    return found


@pytest.fixture
def editions(round_: Database, reader: Person) -> tuple[Edition, Edition]:
    """The edition before the summer term, and with it."""
    with round_.reading() as connection:
        before = get_newest_edition(connection, DARLINGTON)
    content = (SAMPLE / SUMMER).read_bytes()
    assert load_file(round_, content, SUMMER, Sender(invented=True)).loaded
    assert publish_invented_drafts(round_, "2099-01-01T09:30:00+00:00") == 1
    with round_.reading() as connection:
        after = get_newest_edition(connection, DARLINGTON)
    assert before
    assert after
    return before, after


def phrases(database: Database, edition: Edition) -> Phrases:
    """What the pages of an edition say of each measure, in few words."""
    with database.reading() as connection:
        view = get_overview(
            connection,
            Viewer.partner,
            AREA,
            SETTINGS.measures_of(AREA),
            SETTINGS.notes,
            edition,
        )
    return {
        one.measure.id: {
            said.phrase
            for said in statements(one, judge(one, screened=AREA.screened_limits))
            if "published" not in said.about.lower()
        }
        for one in view.views
    }


def digest_of_summer(database: Database) -> Digest:
    make_digests(database, SETTINGS, AREA)
    with database.reading() as connection:
        kept = get_kept(connection, DARLINGTON)
    return next(one.digest for one in kept if one.digest.occasion == "published:2025-26-summer.1")


def told_of(digest: Digest, kind: Kind) -> set[str]:
    return {name for one in digest.things if one.kind is kind for name in one.measures}


def test_signals_and_targets_are_told_when_the_pages_newly_say_them(
    round_: Database, editions: tuple[Edition, Edition]
) -> None:
    digest = digest_of_summer(round_)
    before, after = (phrases(round_, one) for one in editions)
    for kind, phrase in _PHRASES.items():
        new = {name for name in after if phrase in after[name] and phrase not in before[name]}
        assert told_of(digest, kind) == new, kind
    assert told_of(digest, Kind.improvement)


def test_a_change_is_told_only_where_a_test_says_it(
    round_: Database, editions: tuple[Edition, Edition]
) -> None:
    digest = digest_of_summer(round_)
    after = phrases(round_, editions[1])
    for kind, phrase in _CHANGES.items():
        said = {name for name in after if phrase in after[name]}
        assert told_of(digest, kind) <= said, kind
    assert any(told_of(digest, kind) for kind in _CHANGES)


def test_owners_are_asked_for_what_the_exception_reports_ask(
    round_: Database, editions: tuple[Edition, Edition]
) -> None:
    digest = digest_of_summer(round_)
    with round_.reading() as connection:
        asked = unanswered(connection, SETTINGS, AREA, "2025-26 summer")
    assert told_of(digest, Kind.commentary_due) == {one.measure.id for one in asked}


def test_each_measure_is_told_with_its_figure_and_its_chart_in_words(
    round_: Database, reader: Person, editions: tuple[Edition, Edition]
) -> None:
    digest = digest_of_summer(round_)
    told = next(
        one
        for one in list_told(round_, reader, DARLINGTON)
        if one.digest.occasion == digest.occasion
    )
    assert told.entries
    for entry in told.entries:
        assert entry.figure.startswith(("In the", "At the end of"))
        assert "Summer 2025/26" in entry.chart
        assert entry.address.startswith(f"/dashboard/{DARLINGTON}/measure/")
        assert f"edition={editions[1].name}" in entry.address
    tests = sum(one.tests for one in digest.looked_at.values())
    assert f"with {tests} tests" in told.looked
    assert told.looked.endswith("a few find something where there is only chance.")


def test_the_whole_history_is_not_told_to_whoever_asks_first(
    round_: Database, reader: Person
) -> None:
    made = make_digests(round_, SETTINGS, AREA)
    out = [one for one in made if one.digest.occasion.startswith("published")]
    assert [one.digest.occasion for one in out] == ["published:2025-26-spring.1"]


def test_whoever_is_asked_for_a_word_reads_why(
    round_: Database, editions: tuple[Edition, Edition]
) -> None:
    digest = digest_of_summer(round_)
    with round_.reading() as connection:
        asked = unanswered(connection, SETTINGS, AREA, "2025-26 summer")
    why = {one.measure.id: one.reasons for one in asked}
    due = [one for one in digest.things if one.kind is Kind.commentary_due]
    assert due
    for one in due:
        assert one.words.startswith(" ".join(why[one.measures[0]]))
