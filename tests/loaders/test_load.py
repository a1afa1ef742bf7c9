"""A file is kept whole with its observations, or nothing of it is."""

import datetime as dt
import hashlib
import logging
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from dashboard.queries.figures import get_observations
from dashboard.queries.shown import Shown
from dashboard.viewer import Viewer
from loaders.compare import Changes, compare
from loaders.definitions import Definitions
from loaders.load import load_file, store
from loaders.prepare import prepare
from loaders.problems import Outcome
from loaders.report import Report, Sender
from schemas.database import Database, open_database
from schemas.migrations import upgrade
from schemas.people_tables import person
from schemas.round_tables import attestation, plan
from schemas.tables import extract_file, observation, release_version
from tests import builders as b

DARLINGTON = "E06000005"


def definitions() -> Definitions:
    real = Definitions.real()
    return Definitions(real.measures, real.extracts, dt.date(2026, 6, 1))


def load(
    database: Database, content: bytes, name: str = "a.xlsx", invented: bool = False
) -> Report:
    return load_file(database, content, name, Sender(invented=invented), definitions)


def compared(database: Database, content: bytes) -> Changes:
    with database.reading() as connection:
        return compare(connection, prepare(content, "a.xlsx", definitions=definitions))


def publish_invented(database: Database) -> None:
    with database.writing() as connection:
        values = {"state": "published", "published_at": "2026-01-20T09:30:00+00:00"}
        connection.execute(release_version.update().values(values | {"label": "1.0"}))


def shown(database: Database, measure: str, **wanted: str) -> list[Shown]:
    with database.reading() as connection:
        found = get_observations(connection, Viewer.staff, measure, [DARLINGTON])
    return [
        one
        for one in found
        if all(getattr(one.observation, name) == value for name, value in wanted.items())
    ]


def only(database: Database, measure: str, **wanted: str) -> Any:
    [one] = shown(database, measure, **({"breakdown": "all"} | wanted))
    return one.observation


def return_of(*rows: dict[str, Any], extract: str = "ehc_timeliness") -> bytes:
    default: dict[str, Any] = {}
    if extract == "ehc_timeliness":
        default = {"phase": "All phases", "issued": 60, "issued_excl": 55, "within_20w": 43}
        default |= {"within_20w_excl": 41}
    return b.workbook(b.sheets(**{extract: b.rows(extract, *rows, **default)}))


def counts(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (extract_file, observation, release_version)
        }


def test_a_file_is_kept_with_its_hash_and_its_numbers_come_back(database: Database) -> None:
    content = return_of({})
    report = load(database, content, "autumn.xlsx")
    assert report.loaded
    found = only(database, "ehcp_20w_excl", basis="in_term")
    assert (found.numerator, found.denominator) == (41, 55)
    assert found.value == pytest.approx(100 * 41 / 55)
    assert (found.period_start, found.period_end) == ("2025-09-01", "2025-12-31")
    with database.reading() as connection:
        kept = connection.execute(select(extract_file)).one()
    assert (kept.name, kept.content) == ("autumn.xlsx", content)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.as_at_on == "2026-01-12"


def test_the_same_file_twice_is_recognised_and_changes_nothing(database: Database) -> None:
    content = return_of({})
    load(database, content)
    before = counts(database)
    report = load(database, content, "again.xlsx")
    assert (report.already_loaded, report.loaded) == (True, False)
    assert counts(database) == before


def test_a_corrected_file_takes_the_place_and_the_old_numbers_stay_marked(
    database: Database,
) -> None:
    load(database, return_of({}))
    report = load(database, return_of({"within_20w_excl": 40}))
    assert (report.new, report.changed) == (0, 2)  # the term and its year to date
    assert only(database, "ehcp_20w_excl", basis="in_term").numerator == 40
    with database.reading() as connection:
        old = connection.execute(
            select(observation).where(observation.c.superseded_by_id.is_not(None))
        ).all()
    assert {row.numerator for row in old} == {41.0}


def test_what_a_new_file_no_longer_says_is_no_longer_shown_and_is_told(
    database: Database,
) -> None:
    load(database, return_of({}, {"phase": "Primary"}))
    assert shown(database, "ehcp_20w_excl", breakdown="phase")
    report = load(database, return_of({}))
    assert report.outcome is Outcome.warned
    assert "no longer shown" in report.cautions[-1].message
    assert not shown(database, "ehcp_20w_excl", breakdown="phase")


def test_a_file_with_a_problem_stores_nothing_and_the_mended_one_loads(database: Database) -> None:
    wrong = return_of({"issued": "sixty"})
    before = counts(database)
    assert load(database, wrong).outcome is Outcome.cell_errors
    assert counts(database) == before
    assert load(database, return_of({})).loaded


def test_a_file_may_hold_many_terms_and_each_goes_to_its_own_release(database: Database) -> None:
    terms = ["Autumn 2024/25", "Spring 2024/25", "Summer 2024/25", "Autumn 2025/26"]
    load(database, return_of(*({"period": term} for term in terms)))
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(release_version)) == 4
    rolling = [one.observation.period for one in shown(database, "ehcp_20w_excl", basis="rolling3")]
    assert rolling == ["2024-25 summer", "2025-26 autumn"]
    calendar_year = only(database, "ehcp_20w_excl", basis="rolling3", period="2025-26 autumn")
    assert (calendar_year.period_start, calendar_year.period_end) == ("2025-01-01", "2025-12-31")
    assert (calendar_year.numerator, calendar_year.denominator) == (3 * 41, 3 * 55)


def test_a_term_that_comes_later_completes_what_came_before(database: Database) -> None:
    for term in ("Autumn 2024/25", "Summer 2024/25"):
        assert load(database, return_of({"period": term})).loaded
    assert not shown(database, "ehcp_20w_excl", basis="rolling3")
    load(database, return_of({"period": "Spring 2024/25", "within_20w_excl": 31}))
    found = only(database, "ehcp_20w_excl", basis="rolling3")
    assert (found.period, found.numerator) == ("2024-25 summer", 41 + 31 + 41)
    load(database, return_of({"period": "Spring 2024/25", "within_20w_excl": 30}))
    assert only(database, "ehcp_20w_excl", basis="rolling3").numerator == 41 + 30 + 41


def test_a_term_without_a_rate_adds_neither_to_the_top_nor_to_the_bottom(
    database: Database,
) -> None:
    spring = {"period": "Spring 2024/25", "within_20w": "z", "within_20w_excl": "z"}
    terms = [{"period": f"{season} 2024/25"} for season in ("Autumn", "Summer")]
    load(database, return_of(*terms, spring))
    found = only(database, "ehcp_20w_excl", basis="rolling3")
    assert (found.numerator, found.denominator) == (2 * 41, 2 * 55)
    assert (found.period_start, found.period_end) == ("2024-09-01", "2025-08-31")


def test_year_to_date_takes_the_roll_once_and_adds_the_events(database: Database) -> None:
    events = {"Autumn 2024/25": 34, "Spring 2024/25": 29, "Summer 2024/25": 21}
    rows = [
        {"period": t, "school_phase": "All schools", "roll": 1122}
        | {"suspensions": n, "pupils_suspended": 5}
        for t, n in events.items()
    ]
    load(database, return_of(*rows, extract="exclusions"))
    found = shown(database, "suspension_rate", breakdown="sen_status", basis="ytd")
    assert [round(one.observation.value or 0, 4) for one in found] == [3.0303, 5.6150, 7.4866]


MONTHS = ["September 2025", "October 2025", "November 2025", "December 2025"]


def waits(month: str, waiting: int, **more: int) -> dict[str, Any]:
    return {
        "period": month,
        "pathway": "All pathways",
        "age_band": "All ages",
        "waiting_to_18w": waiting,
        "median_days": 30 + waiting,
        "longest_days": 120,
        "referrals": 10,
    } | more


def test_a_term_takes_the_last_months_stock_and_adds_the_months_flows(database: Database) -> None:
    load(database, return_of(*(waits(m, n) for n, m in enumerate(MONTHS, 1)), extract="nd_waits"))
    assert only(database, "nd_waiting", period="2025-26 autumn").value == 4
    assert only(database, "nd_wait_median_days", period="2025-26 autumn").value == 34
    assert only(database, "nd_referrals", period="2025-26 autumn", basis="in_term").value == 40
    assert len(shown(database, "nd_waiting", breakdown="all")) == 5  # four months and the term


def test_months_may_come_in_files_of_their_own_and_the_term_waits_for_the_last(
    database: Database,
) -> None:
    for n, month in enumerate(MONTHS[:3], 1):
        load(database, return_of(waits(month, n), extract="nd_waits"))
    assert not shown(database, "nd_waiting", period="2025-26 autumn")
    load(database, return_of(waits(MONTHS[3], 4), extract="nd_waits"))
    assert only(database, "nd_waiting", period="2025-26 autumn").value == 4
    assert only(database, "nd_referrals", period="2025-26 autumn", basis="in_term").value == 40
    load(database, return_of(waits(MONTHS[1], 2, referrals=15), extract="nd_waits"))
    assert only(database, "nd_referrals", period="2025-26 autumn", basis="in_term").value == 45


def test_a_published_release_never_changes_and_a_correction_is_a_new_version(
    database: Database,
) -> None:
    load(database, return_of({}), invented=True)
    publish_invented(database)
    load(database, return_of({"within_20w_excl": 40}))
    with database.reading() as connection:
        partner = get_observations(connection, Viewer.partner, "ehcp_20w_excl", [DARLINGTON])
        staff = get_observations(connection, Viewer.staff, "ehcp_20w_excl", [DARLINGTON])
    assert {one.observation.numerator for one in partner} == {41}
    assert {one.observation.numerator for one in staff} == {40}
    # What was not corrected is in the new version too.
    assert shown(database, "ehcp_20w_incl", basis="in_term")


def test_what_would_change_is_told_before_anything_is_stored(database: Database) -> None:
    load(database, return_of({}, {"phase": "Primary"}))
    before = counts(database)
    changes = compared(database, return_of({"within_20w_excl": 40}))
    assert counts(database) == before
    assert not changes.new
    assert {(c.old.numerator, c.new.numerator) for c in changes.changed} == {(41, 40)}
    assert {one.category for one in changes.vanished} == {"primary"}
    assert changes.same
    assert not changes.restated, "nothing was published, and it is the newest term"
    assert changes.sha256 == compared(database, return_of({"within_20w_excl": 40})).sha256
    assert changes.sha256 != compared(database, return_of({"within_20w_excl": 39})).sha256


def test_history_is_restated_where_it_was_published_or_is_older_than_the_file(
    database: Database,
) -> None:
    spring = {"period": "Spring 2024/25"}
    load(database, return_of({}, spring), invented=True)
    older = compared(database, return_of({}, spring | {"within_20w_excl": 40}))
    assert {key.period for key in older.restated} == {"2024-25 spring"}
    assert not compared(database, return_of({"within_20w_excl": 40})).restated
    publish_invented(database)
    changes = compared(database, return_of({"within_20w_excl": 40}, {"phase": "Primary"}))
    assert {key.period for key in changes.restated} == {"2025-26 autumn"}
    assert {one.category for one in changes.new} == {"primary"}


def checked_release(database: Database) -> None:
    """The only release there is, as a second person left it, with a day on which to publish."""
    row = {
        "id": 7,
        "sign_in_name": "p7",
        "job_title": "Officer",
        "organisation": "",
        "kind": "local",
    }
    word = {"person_id": 7, "extract_file_id": 1, "attested_at": "2026-01-15"}
    day = {"person_id": 7, "release_version_id": 1, "written_at": "2026-01-16"}
    with database.writing() as connection:
        connection.execute(person.insert().values(row | {"made_at": "2026-01-01"}))
        connection.execute(attestation.insert().values(word))
        connection.execute(plan.insert().values(day | {"publish_at": "2026-02-01T09:30"}))
        signed = {"state": "checked", "content_sha256": "a" * 64, "checked_by_id": 8}
        connection.execute(release_version.update().values(signed))


def test_an_edit_after_checking_returns_the_release_to_draft_and_says_so(
    database: Database,
) -> None:
    load(database, return_of({}))
    checked_release(database)
    prepared = prepare(return_of({"within_20w_excl": 40}), "b.xlsx", definitions=definitions)
    with database.writing() as connection:
        opened = store(connection, prepared).opened
    assert opened is not None
    assert opened.returned == (("2025-26 autumn", 1, "checked"),)
    with database.reading() as connection:
        [version] = connection.execute(select(release_version)).all()
        assert connection.scalar(select(plan.c.ended_at)), "the day it was to be published"
    assert (version.number, version.state, version.content_sha256) == (1, "draft", None)
    assert (version.checked_by_id, version.label) == (None, None)
    assert only(database, "ehcp_20w_excl", basis="in_term").numerator == 40


def test_a_file_that_changes_no_figure_leaves_a_checked_release_checked(
    database: Database,
) -> None:
    timeliness = b.sheets(ehc_timeliness=b.timeliness())
    load(database, b.workbook(timeliness))
    checked_release(database)
    noted = b.workbook(timeliness, {"Coverage note": "All phases."})
    with database.writing() as connection:
        stored = store(connection, prepare(noted, "b.xlsx", definitions=definitions))
    assert stored.file_id == 2
    with database.reading() as connection:
        assert connection.scalar(select(release_version.c.state)) == "checked"


NAMED = [["Period", "Name", "Date of birth"], ["Autumn 2025/26", "Quillfeather", "2015-03-12"]]


def test_no_byte_of_a_file_that_names_children_is_kept_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SEND_VAR", str(tmp_path / "var"))
    database = open_database()
    upgrade(database)
    sheets = b.sheets(ehc_timeliness=b.timeliness()) | {"Children": NAMED}
    report = load(database, b.workbook(sheets))
    database.close()
    assert report.outcome is Outcome.personal_data
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    said = (report.message + caplog.text).encode()
    assert not any(b"Quillfeather" in content for content in [*kept, said])
    assert not any(b"PK\x03\x04" in content for content in kept)


def _load_in_a_process(url: str, contents: Sequence[bytes]) -> None:
    from sqlalchemy import make_url

    database = open_database(make_url(url))
    for number, content in enumerate(contents):
        assert load(database, content, f"{os.getpid()}-{number}.xlsx").loaded
    database.close()


def test_two_loads_at_once_of_the_same_term_lose_nothing(
    database: Database, open_again: Callable[[], Database]
) -> None:
    timeliness = [return_of({"within_20w_excl": n}) for n in range(30, 34)]
    reviews = [return_of({"due": 40, "held": n}, extract="annual_reviews") for n in range(30, 34)]
    url = database.write.url.render_as_string(hide_password=False)
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=_load_in_a_process, args=(url, files))
        for files in (timeliness, reviews)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert counts(database)["extract_file"] == 8
    assert counts(database)["release_version"] == 1
    assert only(database, "ehcp_20w_excl", basis="in_term").numerator == 33
    found = shown(database, "ar_completed_pct", breakdown="phase", basis="in_term")
    assert [one.observation.numerator for one in found] == [33]
