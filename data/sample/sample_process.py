"""Invented requests, timeliness, annual reviews, appeals and mediation.

Calendar years 2023 and 2024 are those published for Darlington (`measures.md`,
`published_figures.csv`): plans issued and in time, requests, refusals, assessments, reviews,
and for 2024 appeals and the decisions that could be appealed against.
"""

from sample_chance import Chance, Row, spread
from sample_plans import PHASES, stock_and_flow

_REQUESTS = (  # requests, agreed, refused, within 6 weeks, assessments, no plan
    *((68, 67, 1, 60, 42, 2), (72, 65, 7, 66, 62, 1), (79, 70, 9, 73, 68, 1)),
    *((75, 65, 10, 69, 62, 0), (78, 61, 17, 70, 67, 1), (86, 66, 20, 75, 75, 0)),
    *((81, 60, 21, 71, 68, 1), (84, 62, 22, 72, 70, 2), (92, 69, 23, 80, 77, 3)),
    *((86, 66, 20, 78, 75, 3), (90, 69, 21, 82, 77, 3), (95, 73, 22, 86, 82, 4)),
)
_TIMELINESS = (  # issued, less exceptions, in time, less exceptions, after 1 year, open and late
    *((37, 37, 33, 33, 0, 4), (55, 55, 49, 49, 0, 5), (58, 58, 50, 50, 1, 6)),
    *((55, 55, 42, 42, 1, 9), (54, 52, 43, 42, 1, 13), (61, 60, 44, 43, 2, 18)),
    *((57, 55, 37, 36, 2, 24), (65, 63, 44, 43, 3, 27), (69, 67, 56, 55, 2, 20)),
    *((67, 65, 62, 61, 1, 13), (70, 66, 60, 58, 1, 10), (74, 71, 61, 59, 1, 14)),
)
_REVIEWS = (  # due, held, decided within 4 weeks
    *((255, 243, 150), (262, 250, 155), (296, 282, 180)),
    *((250, 240, 152), (290, 284, 192), (330, 320, 221)),
    *((281, 271, 189), (318, 306, 214), (362, 350, 252)),
    *((305, 296, 216), (345, 335, 248), (390, 378, 287)),
)
_APPEALS = (  # appeals registered, plans amended, mediation meetings
    *((2, 93, 3), (3, 96, 2), (5, 108, 4)),
    *((4, 92, 3), (2, 109, 5), (3, 122, 6)),
    *((3, 104, 4), (2, 118, 6), (3, 135, 7)),
    *((2, 114, 5), (3, 130, 8), (4, 146, 7)),
)


def requests(number: int) -> list[Row]:
    columns = ("requests", "agreed", "refused", "decided_6w", "assessments", "not_issued")
    return [dict(zip(columns, _REQUESTS[number], strict=True))]


def timeliness(number: int) -> list[Row]:
    """By phase, and an "All phases" row, because the middle wait of all cannot be added up."""
    total, total_excl, in_time, in_time_excl, year, still_open = _TIMELINESS[number]
    chance = Chance(2, number)
    new = [row["new_plans"] for row in stock_and_flow()[number]]
    issued = spread(total, new, new)
    exceptions = spread(total - total_excl, issued, issued, chance, 0.5)
    excl = [i - e for i, e in zip(issued, exceptions, strict=True)]
    within_excl = spread(in_time_excl, excl, excl, chance, 0.1)
    also = spread(in_time - in_time_excl, exceptions, exceptions)
    within = [w + a for w, a in zip(within_excl, also, strict=True)]
    late = [i - w for i, w in zip(issued, within, strict=True)]
    after = spread(year, late, late, chance, 0.3)
    waiting = spread(still_open, new, None, chance, 0.3)
    columns = [issued, excl, within, within_excl, after, waiting]
    rows = [_timely("all", [sum(column) for column in columns])]
    parts = zip(*columns, strict=True)
    return rows + [_timely(phase, part) for phase, part in zip(PHASES, parts, strict=True)]


def _timely(phase: str, numbers: "list[int] | tuple[int, ...]") -> Row:
    columns = ("issued", "issued_excl", "within_20w", "within_20w_excl", "after_1_year")
    counts = dict(zip((*columns, "open_over_20w"), numbers, strict=True))
    return {"phase": phase, **counts, "median_weeks": _median(numbers[0], numbers[2])}


def _median(issued: int, within: int) -> float | str:
    """At most 20 weeks when half or more were in time."""
    if not issued:
        return "z"
    share = within / issued
    return round(20 - (share - 0.5) * 5, 1) if share >= 0.5 else round(21 + (0.5 - share) * 18, 1)


def reviews(number: int) -> list[Row]:
    chance = Chance(3, number)
    due_all, held_all, decided_all = _REVIEWS[number]
    starts = [row["plans_start"] for row in stock_and_flow()[number]]
    due = spread(due_all, starts, starts, chance, 0.08)
    held = spread(held_all, due, due, chance, 0.03)
    decided = spread(decided_all, held, held, chance, 0.1)
    parts = zip(PHASES, due, held, decided, strict=True)
    return [dict(zip(("phase", "due", "held", "decided_4w"), part, strict=True)) for part in parts]


def appeals(number: int) -> list[Row]:
    """Few appeals, out of every decision of the term that could be appealed against."""
    registered, amended, meetings = _APPEALS[number]
    [asked] = requests(number)
    plans = stock_and_flow()[number]
    made_or_ended = sum(row["new_plans"] + row["ceased"] for row in plans)
    decisions = asked["refused"] + asked["not_issued"] + made_or_ended + amended
    return [{"appeals": registered, "decisions": decisions, "mediation": meetings}]
