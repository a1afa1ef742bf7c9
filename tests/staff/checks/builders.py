"""A small round for the checks: figures put into drafts one by one, so that a test states only the
facts it is about."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from dashboard.releases.checks import CHECKS, Check, Finding
from dashboard.releases.checks.material import Material
from dashboard.releases.checks.reading import read_material
from dashboard.releases.versions import get_latest_version, hash_content
from dashboard.settings import Settings
from schemas.area_settings import load_area_settings
from schemas.database import Database
from schemas.measure import load_measures
from schemas.people_tables import person
from schemas.public_tables import protection
from schemas.round_tables import agreement, event_note
from schemas.symbol import Symbol
from schemas.tables import extract_file, observation, release, release_version, vintage
from schemas.term import Term, parse_period

DARLINGTON, ENGLAND = "E06000005", "E92000001"
AUTUMN, SPRING, SUMMER = (f"2025-26 {season}" for season in ("autumn", "spring", "summer"))
LAST_SUMMER = "2024-25 summer"
TODAY = dt.date(2026, 11, 22)
NOW = "2026-10-01T09:00:00+00:00"


class Book:
    """Darlington with a draft for every term that has a figure. Unless a test says otherwise a
    file is of the council, for one term, on a good day, with a coverage note."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.versions: dict[str, int] = {}
        self.files: dict[str, int] = {}
        self.extracts: tuple[str, ...] | None = None
        self.tolerances: Mapping[str, Any] = {}
        self.partners_only = False

    def add(
        self,
        name: str,
        number: float | None = None,
        of: float | None = None,
        /,
        *,
        term: str = SUMMER,
        period: str = "",
        at: str = "all=all",
        basis: str = "",
        symbol: str | None = None,
        file: str = "",
        **changed: Any,
    ) -> int:
        """One figure: `number`, or `number` of `of`, or a symbol. `at` is `breakdown=category`."""
        measure = load_measures()[name]
        basis = basis or measure.basis
        breakdown, category = at.split("=")
        made = symbol or measure.value(number or 0.0, of)
        value = None if isinstance(made, Symbol | str) else made
        row = {
            "release_version_id": self.version(term),
            "extract_file_id": self.file(file or term, term),
            "measure_id": name,
            "area_code": DARLINGTON,
            "period": period or term,
            **_window(period or term, basis),
            "basis": basis,
            "breakdown": breakdown,
            "category": category,
            "numerator": None if symbol else number,
            "denominator": of,
            "value": value,
            "symbol": None if value is not None else str(made),
            "status": "final",
            "definition_version": measure.version,
        }
        with self.database.writing() as connection:
            added = connection.scalar(
                insert(observation).values(row | changed).returning(observation.c.id)
            )
        assert added is not None
        return int(added)

    def version(self, term: str) -> int:
        if term not in self.versions:
            with self.database.writing() as connection:
                release_id = connection.scalar(
                    insert(release).values(area_code=DARLINGTON, term=term).returning(release.c.id)
                )
                row = {"release_id": release_id, "number": 1, "state": "draft", "invented": 1}
                made = connection.scalar(
                    insert(release_version)
                    .values(row | {"created_at": NOW})
                    .returning(release_version.c.id)
                )
            assert made is not None
            self.versions[term] = made
        return self.versions[term]

    def file(self, name: str, term: str = SUMMER, **changed: Any) -> int:
        """A file by its name; `changed` only counts when it is made."""
        if name not in self.files:
            found = parse_period(term)
            assert isinstance(found, Term)
            row = {
                "area_code": DARLINGTON,
                "organisation": "Darlington Borough Council",
                "prepared_by": "Performance team",
                "name": f"{name}.xlsx",
                "sha256": f"{len(self.files):064x}",
                "content": b"x",
                "as_at_on": (found.flow_window.end + dt.timedelta(20)).isoformat(),
                "status": "final",
                "coverage_note": "All schools.",
                "definitions_sha256": "x",
                "loaded_at": NOW,
                "loaded_by": "test",
            }
            with self.database.writing() as connection:
                made = connection.scalar(
                    insert(extract_file).values(row | changed).returning(extract_file.c.id)
                )
            assert made is not None
            self.files[name] = made
        return self.files[name]

    def publish(self, term: str) -> None:
        """As a demonstration does it."""
        with self.database.writing() as connection:
            connection.execute(
                release_version.update()
                .where(release_version.c.id == self.versions[term])
                .values(state="published", published_at=NOW, label="1.0")
            )

    def next_version(self, term: str) -> None:
        """What follows in this term goes into a second version."""
        with self.database.writing() as connection:
            of = release_version.c.id == self.versions[term]
            release_id = connection.scalar(select(release_version.c.release_id).where(of))
            row = {"release_id": release_id, "number": 2, "state": "draft", "invented": 1}
            made = connection.scalar(
                insert(release_version)
                .values(row | {"created_at": NOW})
                .returning(release_version.c.id)
            )
        assert made is not None
        self.versions[term] = made

    def add_published(
        self, measure_id: str, value: float, period: str, basis: str, **changed: Any
    ) -> None:
        """A publisher's figure; `changed` of the file or of the figure."""
        about = {
            "file_kind": "dfe_ehc_caseload",
            "publisher": "Department for Education",
            "publication": "Education, health and care plans",
            "release": "reporting year 2026",
            "as_at_on": "2026-06-25",
            "file_name": "caseload.csv",
            "sha256": f"{measure_id}{period}",
            "licence": "OGL",
            "note": "",
            "loaded_at": NOW,
        }
        figure = {
            "measure_id": measure_id,
            "area_code": DARLINGTON,
            "period": period,
            "period_start": "2026-01-15",
            "period_end": "2026-01-15",
            "basis": basis,
            "breakdown": "all",
            "category": "all",
            "numerator": value,
            "value": value,
            "status": "final",
            "definition_version": 1,
        }
        with self.database.writing() as connection:
            file = about | {k: v for k, v in changed.items() if k in about}
            made = connection.scalar(insert(vintage).values(file).returning(vintage.c.id))
            figure |= {k: v for k, v in changed.items() if k in figure}
            connection.execute(insert(observation).values(figure | {"vintage_id": made}))

    def note(self, on: str, measure_id: str, agreed: bool = True, breaks: int = 1) -> None:
        """A dated note that was written on screen, and agreed by another person unless not."""
        self.people()
        row = {
            "area_code": DARLINGTON,
            "on_day": on,
            "words": "The list was cleaned.",
            "source": "Minutes",
            "subjects": json.dumps({"measures": [measure_id], "themes": []}),
            "breaks": breaks,
            "person_id": 1,
            "written_at": NOW,
            "end_reason": "",
        }
        if agreed:
            row |= {"agreed_by_id": 2, "agreed_at": NOW}
        with self.database.writing() as connection:
            connection.execute(insert(event_note).values(row))

    def agree(self, forum: str, definitions: int) -> None:
        """A meeting that agreed Summer 2025/26, and its changed definitions or not."""
        self.people()
        row = {"release_version_id": self.versions[SUMMER], "forum": forum, "minute_ref": "7"}
        row |= {"met_on": "2026-10-20", "present": "", "content_sha256": "a" * 64}
        row |= {"definitions_agreed": definitions, "person_id": 1, "written_at": NOW}
        with self.database.writing() as connection:
            connection.execute(insert(agreement).values(row))

    def work_out(self, *faults: tuple[str, str]) -> None:
        """Keeps that it is worked out what Summer 2025/26 hides, with faults by check."""
        told = [{"check": check_id, "words": words} for check_id, words in faults]
        row = {"release_version_id": self.versions[SUMMER], "made_at": NOW, "algorithm": "t"}
        with self.database.writing() as connection:
            row |= {"content_sha256": hash_content(connection, self.versions[SUMMER])}
            report = json.dumps({"faults": told})
            connection.execute(insert(protection).values(row | {"report": report}))

    def people(self) -> None:
        """Persons 1 and 2, once."""
        with self.database.writing() as connection:
            if connection.scalar(select(person.c.id).limit(1)) is not None:
                return
            for number in (1, 2):
                row = {"id": number, "sign_in_name": f"p{number}", "job_title": "Analyst"}
                row |= {"organisation": "", "kind": "local", "made_at": NOW}
                connection.execute(insert(person).values(row))

    def settings(self) -> Settings:
        area = load_area_settings()[DARLINGTON]
        changed: dict[str, Any] = {
            "tolerances": area.tolerances.model_copy(update=dict(self.tolerances))
        }
        if self.extracts is not None:
            changed |= {"extracts": self.extracts, "sends": ()}
        if self.partners_only:
            changed |= {"public": None}
        return Settings(areas={DARLINGTON: area.model_copy(update=changed)})

    def material(self, term: str = SUMMER, today: dt.date = TODAY) -> Material:
        with self.database.reading() as connection:
            version = get_latest_version(connection, DARLINGTON, term)
            assert version is not None
            return read_material(connection, version, self.settings(), today)

    def look(self, check_id: str, term: str = SUMMER, today: dt.date = TODAY) -> list[Finding]:
        """What one check finds."""
        return list(check(check_id).look(self.material(term, today)))


def check(check_id: str) -> Check:
    return next(one for one in CHECKS if one.id == check_id)


def _window(period: str, basis: str) -> dict[str, str]:
    found = parse_period(period)
    window = found.flow_window if isinstance(found, Term) else found.window if found else None
    if window is None:
        return {"period_start": "2026-05-01", "period_end": "2026-08-31"}
    start = window.end if basis == "snapshot" else window.start
    return {"period_start": start.isoformat(), "period_end": window.end.isoformat()}
