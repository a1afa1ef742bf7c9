"""What people write about the findings of the checks: kept for good, and never about a fault that
has to be mended."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.record import add_act, now_text
from dashboard.releases.checks import Finding, Report, run_checks
from dashboard.releases.checks.explained import Explanation, get_explanations
from dashboard.releases.versions import Version, get_latest_version, get_version
from dashboard.settings import Settings
from loaders.privacy_text import find_kinds
from schemas.commentary import find_word_faults
from schemas.database import Database
from schemas.round_tables import explanation

__all__ = [
    "Explanation",
    "Given",
    "NotExplained",
    "explain",
    "explain_all",
    "get_explanations",
    "see_checks",
]

SHORTEST, LONGEST = 20, 600  # characters: more than “checked”, less than a report


class Given(NamedTuple):
    """One explanation as somebody wrote it."""

    finding_key: str
    words: str
    beside_chart: bool = False


class NotExplained(Exception):
    """Nothing was kept. `problems` are by the finding's key; one about the whole has the key ""."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class Checked(NamedTuple):
    """A version and what the checks say of it now."""

    version: Version
    report: Report


@service(Task.see_drafts)
def see_checks(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    term_label: str,
    settings: Settings | None = None,
    today: dt.date | None = None,
) -> Checked | None:
    """The newest version of a term and its checks; None when nothing has come for the term."""
    settings = settings or Settings()
    day = today or settings.today()
    with database.reading() as connection:
        version = get_latest_version(connection, area_code, term_label)
        if version is None:
            return None
        return Checked(version, run_checks(connection, area_code, version, settings, day))


@service(Task.explain)
def explain(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    version_id: int,
    finding_key: str,
    words: str,
    beside_chart: bool = False,
    settings: Settings | None = None,
    today: dt.date | None = None,
) -> None:
    """Keeps an explanation of one finding.

    Raises:
        NotExplained: the version is no draft, the finding is not there or has to be mended, or
            the words are too short, too long or about a person.
        NoSuchVersion: this area has none with that number.
    """
    given = [Given(finding_key, words, beside_chart)]
    _explain(database, actor, area_code, version_id, given, settings, today)


@service(Task.explain)
def explain_all(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    version_id: int,
    given: Sequence[Given],
    settings: Settings | None = None,
    today: dt.date | None = None,
) -> None:
    """Keeps several explanations, all or none.

    Raises:
        NotExplained, NoSuchVersion: as `explain`.
    """
    _explain(database, actor, area_code, version_id, given, settings, today)


def find_faults(words: str) -> Iterator[str]:
    """What is wrong with an explanation, each a sentence."""
    if len(words) < SHORTEST:
        yield f"Say what happened and how you know, in {SHORTEST} characters or more."
    for fault in find_word_faults(words, LONGEST):
        yield f"The explanation {fault}"
    for kind in find_kinds(words):
        yield f"The explanation seems to hold {kind}. Leave them out."


def _explain(
    database: Database,
    actor: Person,
    area_code: str,
    version_id: int,
    given: Sequence[Given],
    settings: Settings | None,
    today: dt.date | None,
) -> None:
    settings = settings or Settings()
    given = [one._replace(words=" ".join(one.words.split())) for one in given]
    problems = {one.finding_key: fault for one in given for fault in find_faults(one.words)}
    if not given:
        problems = {"": "Write at least one explanation."}
    if problems:
        raise NotExplained(problems)
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        if version.state != "draft":
            raise NotExplained({"": f"{version.words} is no draft any more, so it stays as it is."})
        report = run_checks(connection, area_code, version, settings, today or settings.today())
        found = _found(report, given)
        for one in given:
            _keep(connection, actor, version, found[one.finding_key], one)


def _found(report: Report, given: Sequence[Given]) -> Mapping[str, Finding]:
    """The findings that are explained; every one is there now and may be explained."""
    musts = {one.key for one in report.musts}
    shoulds = {one.key: one for one in report.shoulds}
    problems = {}
    for one in given:
        if one.finding_key in musts:
            problems[one.finding_key] = "This has to be mended: no explanation takes it away."
        elif one.finding_key not in shoulds:
            problems[one.finding_key] = (
                "This finding is not there any more. The figures have changed: look again."
            )
        elif one.beside_chart and not shoulds[one.finding_key].may_stand_beside:
            problems[one.finding_key] = "This is not about one chart, so it cannot stand beside it."
    if problems:
        raise NotExplained(problems)
    return shoulds


def _keep(
    connection: Connection, actor: Person, version: Version, finding: Finding, given: Given
) -> None:
    row = {
        "release_id": version.release_id,
        "check_id": finding.check_id,
        "finding": finding.key,
        "measure_id": finding.measure_id,
        "words": given.words,
        "beside_chart": int(given.beside_chart),
        "person_id": actor.id,
        "written_by_role": actor.job_title,
        "written_at": now_text(),
    }
    connection.execute(insert(explanation).values(row))
    add_act(
        connection,
        actor,
        "explained",
        area_code=version.area_code,
        subject=version.subject,
        from_state=version.state,
        to_state=version.state,
        reason=given.words,
        details={
            "check": finding.check_id,
            "measure": finding.measure_id,
            "sheet": finding.extract,
            "period": finding.period,
            "beside the chart": given.beside_chart,
        },
    )
