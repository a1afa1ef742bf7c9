"""The rules of the check before counting, each with its sentence: what is wrong, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.sen2.rows import Fault
from loaders.sen2.specification import Specification

MANY = 20


@dataclass(frozen=True)
class Rule:
    """`stops`: nothing is counted while a row breaks it; else it is told and counted as it says."""

    sentence: str
    stops: bool = True


@dataclass(frozen=True)
class Told:
    """One rule that rows of one module break: the rule, where, and the row numbers."""

    rule: str
    sentence: str
    stops: bool
    module: str
    column: str
    rows: tuple[int, ...]

    def __str__(self) -> str:
        shown = ", ".join(str(row) for row in self.rows[:MANY])
        more = f" and {len(self.rows) - MANY} more" if len(self.rows) > MANY else ""
        where = f"{self.module}, {self.column}" if self.column else self.module
        rows = "row" if len(self.rows) == 1 else "rows"
        return f"{self.sentence} {len(self.rows):,} {rows} of {where}: {shown}{more}."


RULES = {
    "not_a_date": Rule("A date cannot be read. Write it like 2025-09-28."),
    "not_a_code": Rule("A code is not in the list of the specification."),
    "not_a_number": Rule("A rank is not a whole number."),
    "belongs_to_nothing": Rule("The row belongs to no row of the module above it."),
    "repeated_id": Rule("The row has the same id as an earlier row."),
    "no_birth_date": Rule("The person has no date of birth, so no phase."),
    "born_later": Rule("The date of birth is after the request, or after the plan began."),
    "no_received_date": Rule("The request has no date on which it was received."),
    "no_outcome_date": Rule("There is a decision, but no date of it."),
    "outcome_before_received": Rule("The decision is dated before the request was received."),
    "issued_before_received": Rule("The plan began before the request was received."),
    "plan_without_start": Rule("The plan has no start date."),
    "ended_before_start": Rule("The plan ended before it began."),
    "end_half_told": Rule("The plan has an end date without a reason, or a reason without a date."),
    "two_open_plans": Rule("The person has another plan at the same time. One person is one plan."),
    "assessed_before_agreed": Rule(
        "The assessment ended before the decision to assess. It is counted by its own date.", False
    ),
    "not_closed_on": Rule(
        "The request was withdrawn or moved away, and the return does not say when. Until the end "
        "of its year it may or may not be an open case.",
        False,
    ),
    "asked_twice": Rule(
        "The request came while another of the same person was open. It is not counted as a "
        "request received.",
        False,
    ),
    "over_25": Rule(
        "The person was over 25 when the period ended and is counted in Post-19.", False
    ),
    "no_need": Rule("There is no primary need, so it is counted as not recorded.", False),
    "two_needs": Rule("There are two first needs, so it is counted as not recorded.", False),
    "no_placement": Rule(
        "There is no placement on the last day. It is counted as not recorded.", False
    ),
    "placement_unclear": Rule(
        "Several placements are in force on the last day, and not one of them is ranked first. "
        "It is counted as not recorded.",
        False,
    ),
    "setting_unclear": Rule(
        "The setting's code (OTH, NIEC or NIEO) or its two flags do not say which kind it is. "
        "It is counted as not recorded.",
        False,
    ),
    "kind_of_school_unknown": Rule(
        "Only the school's number is given, and it is not in a list of schools. "
        "It is counted as not recorded.",
        False,
    ),
    "decided_before_meeting": Rule(
        "The decision of the review is dated before the meeting. It is not counted as in time.",
        False,
    ),
    "wait_unknown": Rule(
        "A plan was issued, but the day of the request is not given, so its wait is not known.",
        False,
    ),
    "exception_unknown": Rule(
        "A plan was issued, but whether an exception applied is not given.", False
    ),
}


def stops(fault: Fault) -> bool:
    return RULES[fault.rule].stops


def tell(faults: Iterable[Fault], specification: Specification) -> list[Told]:
    """Faults put together by rule, module and column, those that stop first. Numbers only."""
    grouped: dict[tuple[str, str, str], set[int]] = {}
    for fault in faults:
        grouped.setdefault((fault.rule, fault.module, fault.column), set()).add(fault.row)
    told = [
        _told(rule, module, column, sorted(rows), specification)
        for (rule, module, column), rows in grouped.items()
    ]
    order = list(RULES)
    return sorted(told, key=lambda one: (not one.stops, order.index(one.rule), one.module))


def _told(
    rule: str, module: str, column: str, rows: Sequence[int], specification: Specification
) -> Told:
    found = specification.modules[module]
    spelled = found.spelled(column) if column else ""
    return Told(rule, RULES[rule].sentence, RULES[rule].stops, module, spelled, tuple(rows))
