"""One analyst's small files in an empty database, for tests of services on both databases."""

from typing import Any

from sqlalchemy import select

from dashboard.access.person import Person
from dashboard.releases.changes import accept, see_changes
from dashboard.releases.submissions import send_in
from loaders.load import Stored
from schemas.database import Database
from schemas.tables import observation, release_version
from tests import builders as b
from tests.staff.people import DARLINGTON

SPRING, AUTUMN = "Spring 2024/25", "Autumn 2025/26"
_SAME = {"phase": "All phases", "issued": 60, "issued_excl": 55, "within_20w": 43}


def timeliness_file(*rows: dict[str, Any], note: str = "", reviews: int | None = None) -> bytes:
    """Rows of the timeliness sheet and, if wanted, a row of the annual reviews sheet."""
    default = _SAME | {"within_20w_excl": 41}
    sheets = {"ehc_timeliness": b.rows("ehc_timeliness", *rows, **default)}
    if reviews is not None:
        sheets["annual_reviews"] = b.rows("annual_reviews", {"due": 40, "held": reviews})
    return b.workbook(b.sheets(**sheets), {"Coverage note": note})


def sent_and_accepted(
    database: Database, person: Person, content: bytes, reason: str = "", **named: Any
) -> Stored:
    """The two steps of one analyst, as the screens take them."""
    sent = send_in(database, person, DARLINGTON, content, "a.xlsx", {}, **named)
    assert sent.state == "waiting", sent.report.message
    shown = see_changes(database, person, DARLINGTON, sent.id).changes.sha256
    return accept(database, person, DARLINGTON, sent.id, shown, reason)


def on_time(database: Database, period: str = "2025-26 autumn") -> list[float | None]:
    """The numerators that stand now, of the term's headline of 20 weeks without exceptions."""
    newest = select(release_version.c.id).order_by(release_version.c.number.desc())
    with database.reading() as connection:
        ids = connection.scalars(newest).all()
        rows = connection.execute(
            select(observation.c.release_version_id, observation.c.numerator)
            .where(observation.c.measure_id == "ehcp_20w_excl", observation.c.period == period)
            .where(observation.c.breakdown == "all", observation.c.basis == "in_term")
            .where(observation.c.superseded_by_id.is_(None))
        ).all()
    newest_id = next((number for number in ids if any(row[0] == number for row in rows)), None)
    return [value for number, value in rows if number == newest_id]


def publish_invented(database: Database) -> None:
    with database.writing() as connection:
        values = {"state": "published", "published_at": "2026-01-20T09:30:00+00:00"}
        connection.execute(release_version.update().values(values | {"label": "1.0"}))
