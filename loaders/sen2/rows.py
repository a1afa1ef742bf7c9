"""Rows of the return as they were sent: text by column, and the row each belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass, field


class ReturnRefused(Exception):
    """A return that cannot be read or counted; the message is for its sender and holds no value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at one place: a rule, a module, a row number and a column, never a value.

    `person` is the person's row number in the module of persons, 0 when the row leads to nobody.
    """

    rule: str
    module: str
    row: int
    column: str = ""
    person: int = 0


@dataclass(slots=True, repr=False, eq=False)
class Row:
    """One row of a module. `number` counts as the sender sees it: from the heading row of a CSV,
    which is 1, or the elements of that name in an XML file."""

    module: str
    number: int
    values: dict[str, str]
    parent: "Row | None" = None
    children: "list[Row]" = field(default_factory=list)

    def belongs_to(self, parent: "Row") -> None:
        self.parent = parent
        parent.children.append(self)

    def below(self, module: str) -> "Iterator[Row]":
        """The rows of a module that belong to this one, near or far, in their order."""
        for child in self.children:
            if child.module == module:
                yield child
            yield from child.below(module)

    @property
    def person(self) -> int:
        row = self
        while row.parent is not None:
            row = row.parent
        return row.number if row.module == "person" else 0


@dataclass(slots=True, repr=False)
class Sent:
    """A whole return: the header's row, the persons with all that belongs to them, and what could
    not be put in its place."""

    header: Row | None
    persons: list[Row]
    faults: list[Fault]
