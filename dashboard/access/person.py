"""Person: a colleague with an account, and the roles they hold now."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

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


def get_person(connection: Connection, person_id: int) -> Person | None:
    """The person with the roles held now; None when there is none or the account has ended."""
    found = connection.execute(
        select(person).where(person.c.id == person_id, person.c.ended_at.is_(None))
    ).first()
    if found is None:
        return None
    query = select(role_held.c.role, role_held.c.area_code, role_held.c.organisation).where(
        role_held.c.person_id == person_id, role_held.c.ended_at.is_(None)
    )
    held = tuple(Held(Role(role), *rest) for role, *rest in connection.execute(query))
    return Person(found.id, found.sign_in_name, found.job_title, found.organisation, held)
