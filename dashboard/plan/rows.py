"""Rows of the plan written and ended, in the caller's transaction; none is ever changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, insert, update

from schemas.plan import AgreedPoint, PlanAction, PlanArea

BY_COMMAND = "Plan workbook"  # what stands for a role where a file was loaded by command


@dataclass(frozen=True)
class Writer:
    """Who writes: the person where it is on screen, their job title, when, from which file."""

    role: str
    at: str
    person_id: int | None = None
    file_id: int | None = None
    invented: bool = False

    @property
    def values(self) -> Mapping[str, object]:
        return {
            "invented": int(self.invented),
            "plan_file_id": self.file_id,
            "person_id": self.person_id,
            "written_by_role": self.role,
            "written_at": self.at,
        }


def write_row(
    connection: Connection,
    table: Table,
    area_code: str,
    record: PlanArea | PlanAction | AgreedPoint,
    writer: Writer,
) -> int:
    """Adds the record as a row that holds from now on; its number."""
    row = {"area_code": area_code, **values_of(record), **writer.values}
    added = connection.scalar(insert(table).values(row).returning(table.c.id))
    assert added is not None
    return int(added)


def end_row(connection: Connection, table: Table, row_id: int, at: str) -> bool:
    """Whether the row held until now; one that has ended stays as it is."""
    ending = update(table).where(table.c.id == row_id, table.c.ended_at.is_(None))
    return connection.execute(ending.values(ended_at=at)).rowcount == 1


def values_of(record: PlanArea | PlanAction | AgreedPoint) -> dict[str, object]:
    """A record as the columns of its table."""
    values = dict(vars(record))
    if isinstance(record, PlanAction):
        values["plan_area_number"] = values.pop("area")
        values["measures"] = json.dumps(record.measures)
    return values
