"""Invented EHC plans: stock and flow by phase, and the plans at the end by need and placement.

January totals, phases for 2024 and 2025, needs and placements for 2025 are those the DfE published
for Darlington (`measures.md`); all else is made up to lie between them.
"""

from functools import cache

from sample_chance import Chance, Row, spread

PHASES = ("early_years", "primary", "secondary", "post16", "post19")
_FIRST_START = (19, 352, 344, 128, 58)
_AUTUMN_ENDS = {  # term number → plans at its end, by phase
    0: (8, 327, 356, 152, 68),
    3: (6, 368, 406, 175, 71),
    6: (13, 411, 445, 183, 70),
    9: (15, 460, 487, 193, 72),
}
# new, transferred in, transferred out, ceased: autumn 2022 to summer 2026
_FLOWS = (
    *((40, 7, 4, 33), (57, 9, 3, 16), (61, 9, 4, 27)),
    *((57, 12, 4, 36), (62, 7, 4, 19), (70, 8, 5, 39)),
    *((64, 9, 6, 51), (68, 7, 6, 20), (74, 8, 7, 40)),
    *((72, 9, 8, 52), (74, 8, 6, 21), (78, 8, 7, 42)),
)
_NEW = (0.12, 0.52, 0.28, 0.07, 0.01)
_MOVED = (0.03, 0.38, 0.42, 0.14, 0.03)
_CEASED = (0.0, 0.06, 0.12, 0.42, 0.40)


@cache
def stock_and_flow() -> tuple[tuple[Row, ...], ...]:
    """For each term, one row a phase; each term starts as the one before ended."""
    terms: list[tuple[Row, ...]] = []
    starts = list(_FIRST_START)
    for number, flows in enumerate(_FLOWS):
        rows = _one_term(number, starts, flows)
        starts = [row["plans_end"] for row in rows]
        assert min(min(v for k, v in row.items() if k != "phase") for row in rows) >= 0
        terms.append(tuple(rows))
    return tuple(terms)


def _one_term(number: int, starts: list[int], flows: tuple[int, int, int, int]) -> list[Row]:
    chance = Chance(1, number)
    new, came, left, ceased = (
        spread(total, weights, starts if weights is _CEASED else None, chance, 0.15)
        for total, weights in zip(flows, (_NEW, _MOVED, _MOVED, _CEASED), strict=True)
    )
    rows: list[Row] = []
    up = 0  # pupils who move up a phase; only in September
    for i, phase in enumerate(PHASES):
        came[i] += up
        end = starts[i] + new[i] + came[i] - ceased[i] - left[i]
        up = end - _AUTUMN_ENDS[number][i] if number in _AUTUMN_ENDS else 0
        left[i] += up
        rows.append(
            {
                "phase": phase,
                "plans_start": starts[i],
                "new_plans": new[i],
                "transferred_in": came[i],
                "ceased": ceased[i],
                "transferred_out": left[i],
                "plans_end": end - up,
            }
        )
    assert up == 0, "the flows do not add up to the published total"
    return rows


def plans_at_end(number: int) -> int:
    return sum(row["plans_end"] for row in stock_and_flow()[number])


_NEEDS = {  # January 2025, and how much the share grows in a year
    "asd": (336, 0.05),
    "hi": (6, 0.0),
    "mld": (259, -0.07),
    "msi": (1, 0.0),
    "oth": (0, 0.0),
    "pd": (48, -0.02),
    "pmld": (21, -0.03),
    "semh": (253, 0.03),
    "slcn": (156, 0.05),
    "sld": (25, -0.04),
    "spld": (6, 0.02),
    "vi": (5, 0.0),
    "ds": (0, 0.0),
    "nr": (6, -0.1),
}


def by_need(number: int) -> list[Row]:
    """Down syndrome has its own code from the autumn of 2025."""
    years = (number - 6) / 3
    weights = {need: count * (1 + growth * years) for need, (count, growth) in _NEEDS.items()}
    weights["ds"] = 7 if number >= 9 else 0
    counts = spread(plans_at_end(number), list(weights.values()))
    return [{"primary_need": n, "plans_end": c} for n, c in zip(weights, counts, strict=True)]


_PLACEMENTS = {  # January 2023, 2024, 2025, 2026, and the share that is outside the area
    "mainstream": (322, 393, 436, 560, 0.032),
    "mainstream_resourced": (40, 38, 37, 42, 0.05),
    "mainstream_sen_unit": (12, 11, 10, 12, 0.0),
    "special_maintained": (6, 6, 5, 6, 1.0),
    "special_academy_free": (270, 274, 284, 318, 0.06),
    "special_independent": (47, 51, 37, 42, 0.8),
    "special_nmss": (3, 3, 3, 3, 1.0),
    "ap_pru": (24, 27, 29, 26, 0.04),
    "fe_post16": (128, 147, 167, 146, 0.10),
    "early_years_setting": (8, 7, 11, 12, 0.0),
    "ehe": (7, 11, 13, 24, 0.0),
    "eotas": (3, 4, 4, 6, 0.0),
    "other_arrangements_parents": (1, 1, 1, 1, 0.0),
    "neet": (19, 15, 14, 10, 0.0),
    "awaiting": (4, 5, 8, 6, 0.0),
    "unknown": (17, 33, 63, 13, 0.0),
}


def by_placement(number: int) -> list[Row]:
    counts = spread(plans_at_end(number), [_placed(v[:4], number) for v in _PLACEMENTS.values()])
    rows: list[Row] = []
    for (placement, values), count in zip(_PLACEMENTS.items(), counts, strict=True):
        outside = round(count * values[4])
        rows.append({"placement": placement, "in_area": "yes", "plans_end": count - outside})
        rows.append({"placement": placement, "in_area": "no", "plans_end": outside})
    return rows


def _placed(januaries: tuple[float, ...], number: int) -> float:
    """The share at a term's end, on the line between one January and the next."""
    totals = [sum(v[i] for v in _PLACEMENTS.values()) for i in range(4)]
    shares = [count / total for count, total in zip(januaries, totals, strict=True)]
    year, third = divmod(number, 3)
    after = shares[min(year + 1, 3)]
    return shares[year] + (after - shares[year]) * third / 3
