"""Explanations of what the checks found: who may write them, of what, and where they are shown."""

import datetime as dt
import json
import re
import time
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select, update

from dashboard import create_app
from dashboard.access.person import Person
from dashboard.access.tasks import NotAllowed
from dashboard.queries.explanations import get_beside_chart
from dashboard.releases.checks import Finding, Report, findings_in_the_way, run_checks
from dashboard.releases.demo import publish_invented_drafts
from dashboard.releases.explanations import (
    Given,
    NotExplained,
    explain,
    explain_all,
    get_explanations,
)
from dashboard.releases.versions import NoSuchVersion, Version, get_latest_version
from dashboard.settings import Settings
from dashboard.staff.checks import mark_of
from dashboard.viewer import Viewer
from dashboard.views.measure import get_measure_view
from loaders.load import load_file
from loaders.report import Sender
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.measure import load_measures
from schemas.round_tables import act, explanation
from schemas.tables import observation, release_version
from tests.staff.people import DARLINGTON, DURHAM, demo_people, send, signed_in
from tests.staff.summer import COUNCIL, HEALTH, summer_file

SUMMER = "2025-26 summer"
PATH = f"/staff/{DARLINGTON}/2025-26-summer/checks"
WHY = "Two therapists came back in May, as the rota of the service shows."
TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class Round:
    """Summer 2025/26 as a draft of invented figures, with everybody of the demonstration."""

    database: Database
    people: dict[str, Person]

    @property
    def analyst(self) -> Person:
        return self.people["council-analyst"]

    @property
    def version(self) -> Version:
        with self.database.reading() as connection:
            found = get_latest_version(connection, DARLINGTON, SUMMER)
        assert found is not None
        return found

    def report(self) -> Report:
        with self.database.reading() as connection:
            return run_checks(connection, DARLINGTON, self.version, Settings(), TODAY)

    def finding(self, measure_id: str = "salt_waiting") -> Finding:
        return next(one for one in self.report().shoulds if one.measure_id == measure_id)

    def explain(self, finding: Finding, words: str = WHY, beside: bool = False) -> None:
        explain(
            self.database, self.analyst, DARLINGTON, self.version.id, finding.key, words, beside
        )

    def change(self, measure_id: str, **values: float) -> None:
        with self.database.writing() as connection:
            connection.execute(
                update(observation)
                .where(
                    observation.c.release_version_id == self.version.id,
                    observation.c.measure_id == measure_id,
                    observation.c.period == SUMMER,
                    observation.c.breakdown == "all",
                )
                .values(values)
            )

    def written(self) -> list[str]:
        with self.database.reading() as connection:
            return list(connection.scalars(select(explanation.c.words)))


@pytest.fixture
def summer(round_: Database) -> Round:
    for organisation in (COUNCIL, HEALTH):
        name = f"{organisation}.xlsx"
        report = load_file(round_, summer_file(organisation), name, Sender(invented=True))
        assert report.loaded, report.message
    return Round(round_, demo_people(round_))


@pytest.fixture
def server(summer: Round) -> Flask:
    return create_app(summer.database)


def test_the_sample_has_a_handful_of_findings_and_no_figure_to_mend(summer: Round) -> None:
    report = summer.report()
    assert [one.check_id for one in report.musts] == ["Q17"]  # nobody has worked it out yet
    assert 1 <= len(report.shoulds) <= 12
    assert {one.check_id for one in report.shoulds} == {"Q10"}
    assert [check.id for check, _ in report.not_yet] == ["Q19"]


def test_all_the_checks_of_a_term_take_less_than_a_second(summer: Round) -> None:
    summer.report()
    began = time.process_time()  # not of what else the machine does
    summer.report()
    assert time.process_time() - began < 1


def test_an_explained_finding_is_no_longer_in_the_way(summer: Round) -> None:
    for finding in summer.report().shoulds:
        summer.explain(finding)
    with summer.database.reading() as connection:
        left = findings_in_the_way(connection, DARLINGTON, summer.version, today=TODAY)
        assert [one.check_id for one in left] == ["Q17"]  # worked out, not explained
        kept = get_explanations(connection, summer.version.release_id)
    assert {one.written_by_role for one in kept.values()} == {"Council performance analyst"}


def test_another_figure_needs_another_explanation(summer: Round) -> None:
    finding = summer.finding()
    summer.explain(finding)
    summer.change("salt_waiting", value=130, numerator=130)
    changed = summer.finding()
    assert changed.key != finding.key
    assert changed in summer.report().unexplained
    summer.change("salt_waiting", value=146, numerator=146)
    assert finding not in summer.report().unexplained


def test_it_is_put_on_the_record_and_the_newest_counts(summer: Round) -> None:
    finding = summer.finding()
    summer.explain(finding)
    summer.explain(finding, "It was the clean-up of the list in June, not the therapists.")
    with summer.database.reading() as connection:
        acts = connection.execute(select(act).where(act.c.what == "explained")).all()
        kept = get_explanations(connection, summer.version.release_id)
    assert [one.reason for one in acts] == summer.written()
    assert acts[0].subject == "2025-26 summer v1"
    assert json.loads(acts[0].details)["measure"] == "salt_waiting"
    assert kept[finding.key].words.startswith("It was the clean-up")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Checked it twice.", "20 characters or more"),
        (" " * 30, "20 characters or more"),
        ("y" * 601, "longer than 600"),
        ("Dr Khan cleared the list of those who had moved away.", "names a person"),
        ("The child with number 943 476 5919 was counted twice here.", "NHS numbers"),
        ("Ask the family in DL1 5QT why they came to the meeting late.", "postcodes"),
    ],
)
def test_words_that_will_not_do_are_not_kept(summer: Round, words: str, said: str) -> None:
    with pytest.raises(NotExplained, match=said):
        summer.explain(summer.finding(), words)
    assert summer.written() == []


def test_what_must_be_mended_cannot_be_explained_away(summer: Round) -> None:
    summer.change("ehcp_new", value=-1, numerator=-1)
    must = next(one for one in summer.report().musts if one.check_id == "Q03")
    with pytest.raises(NotExplained, match="has to be mended"):
        summer.explain(must)
    with summer.database.reading() as connection:
        assert must in findings_in_the_way(connection, DARLINGTON, summer.version, today=TODAY)


def test_a_finding_that_is_not_there_cannot_be_explained(summer: Round) -> None:
    finding = summer.finding()
    summer.change("salt_waiting", value=130, numerator=130)
    with pytest.raises(NotExplained, match="not there any more"):
        summer.explain(finding)


def test_several_are_kept_together_or_not_at_all(summer: Round) -> None:
    first, second = summer.report().shoulds[:2]
    version = summer.version.id
    given = [Given(first.key, WHY), Given(second.key, "too short")]
    with pytest.raises(NotExplained) as refused:
        explain_all(summer.database, summer.analyst, DARLINGTON, version, given)
    assert list(refused.value.problems) == [second.key]
    assert summer.written() == []
    given[1] = Given(second.key, WHY)
    explain_all(summer.database, summer.analyst, DARLINGTON, version, given)
    assert summer.written() == [WHY, WHY]


def test_a_version_that_is_no_draft_is_not_explained(summer: Round) -> None:
    finding = summer.finding()
    publish_invented_drafts(summer.database)
    with pytest.raises(NotExplained, match="no draft any more"):
        summer.explain(finding)


def test_nobody_explains_for_another_area_or_without_the_right(summer: Round) -> None:
    finding, version = summer.finding(), summer.version.id
    for who in ("partner", "approver", "publisher", "administrator"):
        with pytest.raises(NotAllowed):
            explain(summer.database, summer.people[who], DARLINGTON, version, finding.key, WHY)
    with pytest.raises((NoSuchVersion, NotAllowed)):
        explain(summer.database, summer.analyst, DURHAM, version, finding.key, WHY)
    assert summer.written() == []


def test_the_page_parts_what_must_be_fixed_from_what_should_be_looked_at(
    summer: Round, server: Flask
) -> None:
    summer.change("ehcp_new", value=-1, numerator=-1)
    page = signed_in(server, summer.database, summer.people["approver"]).get(PATH).text
    headings = re.findall(r"<h2[^>]*>([^<(]+) \((\d+)\)</h2>", page)
    names = [name for name, _ in headings]
    assert names == ["Must fix", "Should look at", "Not yet possible", "Passed"]
    must = page.split('id="must"')[1].split("</section>")[0]
    assert "is below nought" in must
    assert "<textarea" not in page
    not_yet = page.split('id="not-yet"')[1].split("</section>")[0]
    assert "Easy read says the published numbers" in not_yet


def test_an_analyst_explains_several_at_once_on_the_page(summer: Round, server: Flask) -> None:
    client = signed_in(server, summer.database, summer.analyst)
    page = client.get(PATH).text
    fields = dict(re.findall(r'name="(finding-\w+)" value="([^"]+)"', page))
    assert len(fields) == len(summer.report().shoulds)
    marks = [name.removeprefix("finding-") for name in fields]
    fields |= {f"words-{mark}": WHY for mark in marks[:2]} | {f"words-{marks[2]}": "  "}
    answer = send(client, PATH, fields)
    assert (answer.status_code, answer.location) == (303, PATH)
    page = client.get(PATH).text
    assert "2 explanations are on the record." in page
    assert page.count(f'<blockquote class="said"><p>{WHY}</p>') == 2


def test_a_refused_explanation_stays_as_it_was_typed(summer: Round, server: Flask) -> None:
    finding = summer.finding()
    mark = mark_of(finding.key)
    client = signed_in(server, summer.database, summer.analyst)
    fields = {f"finding-{mark}": finding.key, f"words-{mark}": "<b>short</b>"}
    answer = send(client, PATH, fields)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert f'href="#words-{mark}"' in answer.text
    assert "&lt;b&gt;short&lt;/b&gt;</textarea>" in answer.text
    gone = send(client, PATH, {"finding-0": "Q10|nothing|x", "words-0": WHY})
    assert gone.status_code == 422
    assert "not there any more" in gone.text
    assert send(client, PATH).status_code == 422
    assert summer.written() == []


def test_those_who_may_not_see_drafts_see_no_checks(summer: Round, server: Flask) -> None:
    for who in ("partner", "administrator"):
        client = signed_in(server, summer.database, summer.people[who])
        assert client.get(PATH).status_code == 403
    approver = signed_in(server, summer.database, summer.people["approver"])
    finding = summer.finding()
    mark = mark_of(finding.key)
    fields = {f"finding-{mark}": finding.key, f"words-{mark}": WHY}
    assert send(approver, PATH, fields).status_code == 403
    assert summer.written() == []


def test_a_term_without_figures_has_no_checks(summer: Round, server: Flask) -> None:
    client = signed_in(server, summer.database, summer.analyst)
    assert client.get(PATH.replace("2025-26", "2026-27")).status_code == 404
    assert client.get(PATH.replace("2025-26-summer", "yesterday")).status_code == 404


def test_an_explanation_stands_beside_the_chart_once_it_is_published(
    summer: Round, server: Flask
) -> None:
    marked = "The <list> was cleaned in June, and some children had moved away."
    summer.explain(summer.finding(), marked, beside=True)
    summer.explain(summer.finding("ot_wait_longest"), WHY)
    client = server.test_client()
    path = f"/dashboard/{DARLINGTON}/measure/salt_waiting"
    assert "About this figure" not in client.get(path).text
    published(summer)
    page = client.get(path).text
    assert "About this figure, Summer term 2025/26: The &lt;list&gt; was cleaned" in page
    assert "(Council performance analyst, " in page
    assert WHY not in client.get(path.replace("salt_waiting", "ot_wait_longest")).text


def test_a_preview_shows_it_as_it_will_be_and_nobody_else_does(summer: Round) -> None:
    summer.explain(summer.finding(), "The list was cleaned in June of this year.", beside=True)
    measure, area = load_measures()["salt_waiting"], load_area_settings()[DARLINGTON]
    seen = {}
    for viewer in (Viewer.partner, Viewer(preview=summer.version.id)):
        with summer.database.reading() as connection:
            view = get_measure_view(connection, viewer, measure, area)
            points = view.terms.points
            seen[viewer] = get_beside_chart(connection, viewer, DARLINGTON, measure.id, points)
    assert seen[Viewer.partner] == []
    (one,) = seen[Viewer(preview=summer.version.id)]
    assert (one.period, one.written_by_role) == (SUMMER, "Council performance analyst")


def test_words_about_a_figure_that_was_mended_are_not_shown(summer: Round, server: Flask) -> None:
    summer.explain(summer.finding(), "The list was cleaned in June of this year.", beside=True)
    summer.change("salt_waiting", value=130, numerator=130)
    published(summer)
    page = server.test_client().get(f"/dashboard/{DARLINGTON}/measure/salt_waiting").text
    assert "130" in page
    assert "The list was cleaned" not in page


def test_words_for_a_correction_wait_until_it_is_published(summer: Round, server: Flask) -> None:
    publish_invented_drafts(summer.database)
    with summer.database.writing() as connection:
        release_id = summer.version.release_id
        row = {"release_id": release_id, "number": 2, "state": "draft", "invented": 1}
        row |= {"created_at": "2030-01-01"}
        connection.execute(release_version.insert().values(row))
        old, new = connection.scalars(
            select(release_version.c.id)
            .where(release_version.c.release_id == release_id)
            .order_by(release_version.c.number)
        )
        columns = [c.name for c in observation.c if c.name not in ("id", "release_version_id")]
        names = ", ".join(columns)
        connection.exec_driver_sql(
            f"INSERT INTO observation (release_version_id, {names}) "
            f"SELECT {new}, {names} FROM observation WHERE release_version_id = {old}"
        )
    summer.explain(summer.finding(), "A second look at the list of June.", beside=True)
    path = f"/dashboard/{DARLINGTON}/measure/salt_waiting"
    assert "A second look" not in server.test_client().get(path).text


def published(summer: Round) -> None:
    """Published as a demonstration does it, and no sooner than a second after the last words."""
    with summer.database.writing() as connection:
        connection.execute(
            update(release_version)
            .where(release_version.c.state == "draft")
            .values(state="published", published_at=_in_a_second(), label="1.0")
        )


def _in_a_second() -> str:
    now = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1)
    return now.isoformat(timespec="seconds")
