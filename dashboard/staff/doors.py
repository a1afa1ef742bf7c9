"""Every address of the staff side with the task it is for; one that is not listed stays shut."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dashboard.access.tasks import Task

PREFIX = "/staff/"
Handler = Callable[..., object]


@dataclass(frozen=True)
class Door:
    """One address. `task` is None where nobody needs a right: signing in, signing out, and the
    list of what a person may do. An address with `<area>` asks for the right in that area."""

    rule: str
    task: Task | None
    handler: Handler
    methods: tuple[str, ...]
    signed_in: bool

    @property
    def endpoint(self) -> str:
        module = self.handler.__module__.removeprefix("dashboard.staff.")
        return f"staff.{module}.{self.handler.__name__}"


class Doors:
    """The doors that one module of the staff side opens."""

    def __init__(self) -> None:
        self.every: list[Door] = []

    def open(
        self,
        rule: str,
        task: Task | None,
        methods: Iterable[str] = ("GET",),
        signed_in: bool = True,
    ) -> Callable[[Handler], Handler]:
        """Marks a handler `(desk, **what stands in the rule)`; `rule` follows `/staff/`.

        Raises:
            ValueError: a rule without `<area>` asks for a task, or has one and asks for none.
        """
        if ("<area>" in rule) != (task is not None):
            raise ValueError(f"{rule}: a right is always a right in an area")

        def mark(handler: Handler) -> Handler:
            self.every.append(Door(PREFIX + rule, task, handler, tuple(methods), signed_in))
            return handler

        return mark
