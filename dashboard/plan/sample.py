"""The sample plan of the demonstration, loaded once."""

from sqlalchemy import select

from dashboard.plan.load import load_plan
from schemas.database import Database
from schemas.plan_tables import plan_file
from schemas.resources import resource_folder

AREA = "E06000005"
NAME = "darlington_improvement_plan.xlsx"


def load_sample_plan(database: Database) -> bool:
    """Makes it the plan where none was ever loaded, marked as invented; whether it did."""
    query = select(plan_file.c.id).where(plan_file.c.area_code == AREA).limit(1)
    with database.reading() as connection:
        if connection.scalar(query) is not None:
            return False
    path = resource_folder("data") / "sample" / "plan" / NAME
    return load_plan(database, AREA, path.read_bytes(), NAME, invented=True).changed
