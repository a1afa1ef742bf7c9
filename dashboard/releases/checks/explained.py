"""What was written about the findings of a release."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from schemas.round_tables import explanation


@dataclass(frozen=True)
class Explanation:
    """The newest words about one finding, and the job title of who wrote them."""

    finding: str
    check_id: str
    measure_id: str
    words: str
    beside_chart: bool
    person_id: int
    written_by_role: str
    written_at: str


def get_explanations(connection: Connection, release_id: int) -> dict[str, Explanation]:
    """By the finding's key, for all versions of a release: as long as the figures it is about
    are the same, a finding needs no new explanation."""
    query = select(explanation).where(explanation.c.release_id == release_id)
    rows = connection.execute(query.order_by(explanation.c.id))
    return {
        row.finding: Explanation(
            row.finding,
            row.check_id,
            row.measure_id,
            row.words,
            bool(row.beside_chart),
            row.person_id,
            row.written_by_role,
            row.written_at,
        )
        for row in rows
    }
