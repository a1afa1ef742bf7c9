"""The files of a release as people ask about them: from whom, of what day, who answers for them."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dashboard.releases.uk_time import uk_day
from schemas.people_tables import person
from schemas.round_tables import attestation, submission
from schemas.tables import extract_file


@dataclass(frozen=True)
class File:
    """One file as received. `answered_by` are the people who answer for it, by job title."""

    id: int
    name: str
    organisation: str
    prepared_by: str
    sha256: str
    as_at_on: dt.date
    status: str
    coverage_note: str
    loaded_by: str
    came_on: dt.date
    answered_by: tuple[str, ...]
    rows: Mapping[str, int]


def get_file_facts(connection: Connection, ids: Iterable[int]) -> dict[int, File]:
    """The files with these ids, without their content."""
    wanted = sorted(ids)
    columns = [column for column in extract_file.c if column.name != "content"]
    rows = connection.execute(select(*columns).where(extract_file.c.id.in_(wanted))).all()
    answered, counted = _answered(connection, wanted), _rows(connection, wanted)
    return {
        row.id: File(
            row.id,
            row.name,
            row.organisation,
            row.prepared_by,
            row.sha256,
            dt.date.fromisoformat(row.as_at_on),
            row.status,
            row.coverage_note,
            row.loaded_by,
            uk_day(row.loaded_at),
            tuple(answered[row.id]),
            counted.get(row.id, {}),
        )
        for row in rows
    }


def _answered(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[str]]:
    query = (
        select(attestation.c.extract_file_id, person.c.job_title, person.c.id)
        .join(person, person.c.id == attestation.c.person_id)
        .where(attestation.c.extract_file_id.in_(ids))
        .order_by(attestation.c.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for file_id, job_title, number in connection.execute(query):
        found[file_id].append(f"{job_title} (person {number})")
    return found


def _rows(connection: Connection, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Rows by extract, for files that were sent in by the form; the command keeps no count."""
    query = select(submission.c.extract_file_id, submission.c.report).where(
        submission.c.extract_file_id.in_(ids)
    )
    return {
        file_id: {one["id"]: one["rows"] for one in json.loads(report).get("extracts", [])}
        for file_id, report in connection.execute(query)
    }
