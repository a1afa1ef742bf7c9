"""What can be done, and by which roles: the whole table of who may do what."""

from collections.abc import Mapping
from enum import StrEnum

from dashboard.access.person import Person
from schemas.roles import Role


class Task(StrEnum):
    """Everything that needs somebody's right; the value is how a refusal calls it."""

    see_published = "read what is published"
    see_drafts = "see drafts"
    send_in = "send in figures"
    restore = "restore an earlier version of figures"
    attest = "answer for a file"
    explain = "explain what a check found"
    check = "check a release"
    send_back = "send a release back"
    agree = "record that a release is agreed"
    plan = "plan a publication"
    publish = "publish a release"
    correct = "begin a correction"
    withdraw = "withdraw a release"
    comment = "write what an owner says of a measure"
    return_comment = "return what an owner says of a measure"
    write_note = "write a dated note"
    agree_note = "agree a dated note"
    see_privacy = "see what is hidden from everyone and why"
    answer_families = "read and answer what families said"
    hold_token = "make a token for a program such as Power BI"
    edit_plan = "change the improvement plan"
    subscribe = "choose what to be told of"
    see_record = "read the record"
    manage_people = "look after accounts"
    see_operations = "see how the server is"


_STAFF = (Role.analyst, Role.assurer, Role.approver, Role.publisher)
WHO_MAY: Mapping[Task, frozenset[Role]] = {
    Task.see_published: frozenset(Role),
    Task.see_drafts: frozenset(_STAFF),
    Task.send_in: frozenset([Role.analyst]),
    Task.restore: frozenset([Role.analyst]),
    Task.attest: frozenset([Role.analyst]),
    Task.explain: frozenset([Role.analyst, Role.assurer]),
    Task.check: frozenset([Role.assurer]),
    Task.send_back: frozenset([Role.assurer, Role.approver]),
    Task.agree: frozenset([Role.approver]),
    Task.plan: frozenset([Role.publisher]),
    Task.publish: frozenset([Role.publisher]),
    Task.correct: frozenset([Role.analyst]),
    Task.withdraw: frozenset([Role.approver]),
    Task.comment: frozenset([Role.analyst, Role.assurer, Role.approver]),
    Task.return_comment: frozenset([Role.approver]),
    Task.write_note: frozenset([Role.analyst, Role.assurer]),
    Task.agree_note: frozenset([Role.assurer, Role.approver]),
    Task.see_privacy: frozenset(_STAFF),
    Task.answer_families: frozenset([Role.analyst, Role.assurer, Role.publisher]),
    Task.hold_token: frozenset(Role),
    Task.edit_plan: frozenset([Role.analyst, Role.assurer, Role.approver]),
    Task.subscribe: frozenset(Role),
    Task.see_record: frozenset((*_STAFF, Role.administrator)),
    Task.manage_people: frozenset([Role.administrator]),
    Task.see_operations: frozenset([Role.administrator]),
}


class NotAllowed(Exception):
    """Somebody asked for what their roles do not allow; the message says who may."""


def may(person: Person | None, task: Task, area_code: str) -> bool:
    """Whether this person may do it in this area."""
    return person is not None and bool(person.roles_in(area_code) & WHO_MAY[task])


def refusal(task: Task) -> str:
    """The sentence for somebody who may not."""
    roles = [role.value for role in Role if role in WHO_MAY[task]]
    who = roles[0] if len(roles) == 1 else f"{', '.join(roles[:-1])} or {roles[-1]}"
    article = "an" if who[0] in "aeiou" else "a"
    return f"You may not {task.value} here. It takes {article} {who} of this area."
