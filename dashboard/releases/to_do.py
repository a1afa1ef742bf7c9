"""Who is to do what next for a term: the roles it takes and the people who hold them now."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from dashboard.access.person import Person, get_person
from dashboard.access.tasks import WHO_MAY, Task
from dashboard.releases.agreements import what_is_missing
from dashboard.releases.planning import get_plan
from dashboard.releases.received import Expected
from dashboard.releases.steps import Step
from dashboard.releases.versions import Version, get_senders
from dashboard.words.values import listed
from schemas.extracts import load_extracts
from schemas.people_tables import person, role_held
from schemas.round_tables import act
from schemas.term import Term


@dataclass(frozen=True)
class ToDo:
    """One thing to do. `key` stays while it is the same thing. `organisation` is "" but where only
    that one can do it; `people` may do it, four eyes considered; `rest` is its address within the
    area."""

    key: str
    task: Task
    words: str
    rest: str
    people: tuple[Person, ...]
    organisation: str = ""
    due_on: dt.date | None = None

    @property
    def roles(self) -> str:
        """`an analyst or assurer`."""
        words = " or ".join(sorted(role.value for role in WHO_MAY[self.task]))
        return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"

    def days_late(self, today: dt.date) -> int:
        return max((today - self.due_on).days, 0) if self.due_on else 0


@dataclass(frozen=True)
class Standing:
    """A term as it stands, for those who have to do something about it."""

    area_code: str
    term: Term
    version: Version | None
    received: Sequence[Expected]
    steps: Sequence[Step]
    people: Sequence[Person]

    def due(self, step: str) -> dt.date | None:
        return next(one.due_on for one in self.steps if one.name == step)

    def address(self, page: str) -> str:
        return f"{term_address(self.term)}/{page}"

    def able(self, task: Task, barred: Iterable[int | None] = ()) -> tuple[Person, ...]:
        """Who may do it here, but for those who have had a hand in it already."""
        roles, out = WHO_MAY[task], set(barred)
        return tuple(
            one for one in self.people if one.roles_in(self.area_code) & roles and one.id not in out
        )

    def analysts(self, organisation: str) -> tuple[Person, ...]:
        every = ((one, one.organisations_in(self.area_code)) for one in self.people)
        return tuple(one for one, theirs in every if theirs and organisation in (*theirs, ""))


def get_people(connection: Connection, area_code: str) -> list[Person]:
    """Everybody who holds a role in the area now."""
    holds = select(role_held.c.person_id).where(
        role_held.c.area_code == area_code, role_held.c.ended_at.is_(None)
    )
    query = select(person.c.id).where(person.c.id.in_(holds)).order_by(person.c.id)
    found = [get_person(connection, number) for number in connection.scalars(query).all()]
    return [one for one in found if one is not None]


def term_address(term: Term) -> str:
    """As a term stands in an address: `2025-26-summer`."""
    return term.label.replace(" ", "-")


def find_to_do(connection: Connection, standing: Standing, today: dt.date) -> list[ToDo]:
    """What can be done now, the data first; nothing once a term is published, and nothing for a
    term that goes on and has no figures yet."""
    version = standing.version
    if version is None:
        return [*_data(standing)] if today > standing.term.flow_window.end else []
    if version.was_published:
        return []
    before: list[ToDo] = []
    if version.state == "draft":
        before = [*_data(standing), *_answers(standing, version)]
    return before or [*_signing(connection, standing, version)]


def _data(standing: Standing) -> Iterator[ToDo]:
    term = standing.term
    for organisation, theirs in _by_sender(standing.received).items():
        missing = [one for one in theirs if not one.received]
        if missing:
            what = "every sheet" if len(missing) == len(theirs) else _sheets(missing)
            words = f"Send in {what}{_of(organisation)} for the {_term(term)}"
            able = standing.analysts(organisation)
            key = f"{term.label} data {organisation}"
            due = standing.due("data")
            yield ToDo(key, Task.send_in, words, "send-in", able, organisation, due)


def _answers(standing: Standing, version: Version) -> Iterator[ToDo]:
    """Files that were loaded by command: somebody has to answer for them before the check."""
    for organisation, theirs in _by_sender(standing.received).items():
        files = {part.file.id for one in theirs for part in one.parts if part.unanswered}
        if files:
            words = f"Answer for the files{_of(organisation)} in the {_version(version)}"
            able = standing.analysts(organisation)
            key = f"{version.subject} answer {organisation} {max(files)}"
            rest, due = standing.address("sign-off"), standing.due("checked")
            yield ToDo(key, Task.attest, words, rest, able, organisation, due)


def _signing(connection: Connection, standing: Standing, version: Version) -> Iterator[ToDo]:
    """The step of sign-off that comes next."""
    barred = set(get_senders(connection, version.id))
    mark = f"{version.subject} {_mark(connection, standing, version)}"
    if version.state == "draft":
        words = f"Check the {_version(version)}"
        able, rest = standing.able(Task.check, barred), standing.address("checks")
        yield ToDo(f"{mark} check", Task.check, words, rest, able, due_on=standing.due("checked"))
    elif version.state == "checked":
        able = standing.able(Task.agree, {*barred, version.checked_by_id})
        rest = standing.address("sign-off")
        for name, words, due in _agreeing(connection, standing, version):
            yield ToDo(f"{mark} {name}", Task.agree, words, rest, able, due_on=due)
    elif get_plan(connection, version.id) is None:
        words = f"Plan or make the publication of the {_version(version)}"
        able, rest = standing.able(Task.publish), standing.address("publish")
        key = f"{mark} publish"
        yield ToDo(key, Task.publish, words, rest, able, due_on=standing.due("published"))


def _agreeing(
    connection: Connection, standing: Standing, version: Version
) -> Iterator[tuple[str, str, dt.date | None]]:
    """What a checked version still needs, never nothing: its name, its words and its day."""
    undone = [step for step in standing.steps if step.is_agreement and not step.done]
    for step in undone:
        forum = "Partnership Group has" if step.name == "group" else "Board (or two officers) has"
        yield step.name, f"Record that the {forum} agreed the {_version(version)}", step.due_on
    missing = what_is_missing(connection, version)
    # Those of the undone steps stand first; the rest is about definitions that changed.
    rest = [f"{one[0].lower()}{one[1:].rstrip('.')}" for one in missing[len(undone) :]]
    if rest:
        words = f"Record what the {_version(version)}, needs besides: {listed(rest)}"
        yield "definitions", words, standing.due("board")
    elif not missing:
        words = f"Say that the {_version(version)} is agreed: every agreement is recorded"
        yield "agreed", words, standing.due("board")


def _mark(connection: Connection, standing: Standing, version: Version) -> str:
    """Changes when figures come in or the version is sent back: then it is to be done anew."""
    files = [part.file.id for one in standing.received for part in one.parts]
    returns = connection.scalar(
        select(func.count())
        .select_from(act)
        .where(
            act.c.area_code == standing.area_code,
            act.c.subject == version.subject,
            act.c.to_state == "draft",
        )
    )
    return f"{max(files, default=0)}.{returns}"


def _by_sender(received: Sequence[Expected]) -> Mapping[str, list[Expected]]:
    found: dict[str, list[Expected]] = {}
    for one in received:
        found.setdefault(one.organisation, []).append(one)
    return found


def _of(organisation: str) -> str:
    return f" of {organisation}" if organisation else ""


def _term(term: Term) -> str:
    """As it stands in a sentence: `summer term 2025/26`."""
    return term.title[0].lower() + term.title[1:]


def _version(version: Version) -> str:
    return f"{_term(version.term)}, version {version.number}"


def _sheets(missing: Sequence[Expected]) -> str:
    extracts = load_extracts()
    names = [f"“{extracts[one.extract].sheet}”" for one in missing]
    return ("the sheet " if len(names) == 1 else "the sheets ") + listed(names)
