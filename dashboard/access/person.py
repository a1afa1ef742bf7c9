"""Person: a colleague with an account, and the roles they hold now."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from schemas.people_tables import person, role_held
from schemas.roles import Role


@dataclass(frozen=True)
class Held:
    """One role in one area; `organisation` is "" but for an analyst."""

    role: Role
    area_code: str
    organisation: str = ""


@dataclass(frozen=True)
class Person:
    """`sign_in_name` is for the person and for administrators only; elsewhere people are called
    by their job title and number."""

    id: int
    sign_in_name: str
    job_title: str
    organisation: str
    held: tuple[Held, ...] = ()

    @property
    def words(self) -> str:
        """How the record and the screens call them: `Performance analyst (person 3)`."""
        return f"{self.job_title} (person {self.id})"

    def roles_in(self, area_code: str) -> frozenset[Role]:
        return frozenset(held.role for held in self.held if held.area_code == area_code)

    def organisations_in(self, area_code: str) -> tuple[str, ...]:
        """The organisations whose figures this person sends in an area."""
        return tuple(
            held.organisation
            for held in self.held
            if held.area_code == area_code and held.role is Role.analyst
        )

    @property
    def area_codes(self) -> tuple[str, ...]:
        return tuple(sorted({held.area_code for held in self.held}))


# In one question, and put together once: every page asks who is there.
_WITH_ROLES = (
    select(
        person.c.id,
        person.c.sign_in_name,
        person.c.job_title,
        person.c.organisation,
        role_held.c.role,
        role_held.c.area_code,
        role_held.c.organisation.label("held_for"),
    )
    .outerjoin(role_held, (role_held.c.person_id == person.c.id) & role_held.c.ended_at.is_(None))
    .where(person.c.id == bindparam("person"), person.c.ended_at.is_(None))
    .order_by(role_held.c.id)
)


def get_person(connection: Connection, person_id: int) -> Person | None:
    """The person with the roles held now; None when there is none or the account has ended."""
    rows = connection.execute(_WITH_ROLES, {"person": person_id}).all()
    if not rows:
        return None
    held = tuple(Held(Role(row.role), row.area_code, row.held_for) for row in rows if row.role)
    first = rows[0]
    return Person(first.id, first.sign_in_name, first.job_title, first.organisation, held)
