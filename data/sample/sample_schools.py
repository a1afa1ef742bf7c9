"""Invented figures from schools: exclusions, attendance, children out of school, special places.

Rolls and rates by SEN status follow what the DfE published for Darlington
(`published_figures.csv`) up to spring 2025; the split by kind of school is made up.
"""

from math import ceil

from sample_chance import Chance, Row, spread

SCHOOLS = ("primary", "secondary", "special")
_ROLLS = {  # January 2023, 2024, 2025, 2026, in primary, secondary and special schools
    "ehc_plan": ((205, 165, 375), (250, 185, 380), (292, 195, 385), (335, 207, 396)),
    "sen_support": ((1180, 856, 4), (1196, 890, 4), (1248, 948, 4), (1270, 985, 3)),
    "no_sen": ((7660, 5560), (7525, 5510), (7370, 5450), (7230, 5400)),
}
_RATES = {  # suspensions per 100 pupils in each of the twelve terms
    "ehc_plan": (9.1, 10.7, 8.8, 10.4, 10.6, 11.9, 15.2, 13.4, 12.4, 13.0, 12.1, 11.0),
    "sen_support": (11.6, 15.4, 14.1, 16.9, 11.7, 13.9, 15.5, 16.7, 14.6, 15.0, 14.2, 12.9),
    "no_sen": (2.9, 3.0, 2.8, 3.4, 3.2, 3.4, 3.5, 3.7, 3.3, 3.3, 3.2, 2.9),
}
_EXCLUDED = {
    "ehc_plan": (0, 0, 1, 1, 1, 2, 2, 2, 1, 2, 1, 1),
    "sen_support": (2, 6, 6, 8, 6, 9, 4, 5, 6, 5, 5, 4),
    "no_sen": (5, 4, 4, 5, 5, 10, 7, 10, 8, 7, 7, 6),
}
_SUSPENDED_WHERE = {
    "ehc_plan": (0.36, 0.60, 0.04),
    "sen_support": (0.115, 0.885, 0.0),
    "no_sen": (0.07, 0.93),
}
_PUPILS_PER_SUSPENSION = {"ehc_plan": 0.47, "sen_support": 0.43, "no_sen": 0.50}


def exclusions(number: int) -> list[Row]:
    chance = Chance(6, number)
    rows: list[Row] = []
    for status, rates in _RATES.items():
        rolls = _ROLLS[status][number // 3]
        where = _SUSPENDED_WHERE[status]
        events = spread(round(rates[number] * sum(rolls) / 100), where, None, chance, 0.08)
        excluded = spread(_EXCLUDED[status][number], where, rolls, chance, 0.05)
        share = chance.near(_PUPILS_PER_SUSPENSION[status], 0.05)
        for school, roll, event, gone in zip(SCHOOLS, rolls, events, excluded, strict=False):
            counts = (roll, event, min(roll, ceil(event * share)), gone)
            rows.append(_row(status, school, _EXCLUSIONS, counts))
    return [*rows, _nobody("no_sen", "special", _EXCLUSIONS)]


_EXCLUSIONS = ("roll", "suspensions", "pupils_suspended", "permanent_exclusions")
_ATTENDANCE = (
    *("enrolments", "possible", "authorised", "unauthorised"),
    *("persistent", "severe"),
)


def _row(status: str, school: str, columns: tuple[str, ...], counts: tuple[int, ...]) -> Row:
    return {"sen_status": status, "school_phase": school, **dict(zip(columns, counts, strict=True))}


def _nobody(status: str, school: str, columns: tuple[str, ...]) -> Row:
    return {"sen_status": status, "school_phase": school} | dict.fromkeys(columns, "z")


_ABSENCE = {  # share of sessions missed, of that without leave; shares persistent and severe
    ("ehc_plan", "primary"): (0.086, 0.27, 0.25, 0.020),
    ("ehc_plan", "secondary"): (0.148, 0.42, 0.40, 0.110),
    ("ehc_plan", "special"): (0.094, 0.30, 0.25, 0.040),
    ("sen_support", "primary"): (0.066, 0.29, 0.21, 0.008),
    ("sen_support", "secondary"): (0.132, 0.41, 0.41, 0.074),
    ("sen_support", "special"): (0.100, 0.30, 0.30, 0.0),
    ("no_sen", "primary"): (0.049, 0.24, 0.13, 0.003),
    ("no_sen", "secondary"): (0.083, 0.36, 0.24, 0.032),
}
_AGED_5_TO_15 = {"primary": 0.74, "secondary": 0.86, "special": 0.94}
_SESSIONS = (142, 116, 122)  # half days in autumn, spring and summer
_SEASON = (1.02, 1.0, 0.97)
_YEAR = (1.03, 1.04, 0.98, 0.96)


def attendance(number: int) -> list[Row]:
    chance = Chance(7, number)
    year, season = divmod(number, 3)
    rows = []
    for (status, school), shares in _ABSENCE.items():
        roll = _ROLLS[status][year][SCHOOLS.index(school)]
        pupils = round(roll * _AGED_5_TO_15[school])
        possible = round(pupils * _SESSIONS[season] * chance.near(0.985, 0.005))
        level = _SEASON[season] * _YEAR[year]
        missed = round(possible * chance.near(shares[0] * level, 0.03))
        without_leave = round(missed * chance.near(shares[1], 0.04))
        persistent = round(pupils * chance.near(shares[2] * level, 0.04))
        severe = min(persistent, round(pupils * chance.near(shares[3] * level, 0.06)))
        counts = (pupils, possible, missed - without_leave, without_leave, persistent, severe)
        rows.append(_row(status, school, _ATTENDANCE, counts))
    return [*rows, _nobody("no_sen", "special", _ATTENDANCE)]


_OUT = {  # home educated and missing in autumn 2022 and what a year adds; part-time timetables
    "ehc_plan": (11, 3.2, 3, 0.6, 26),
    "sen_support": (44, 9.0, 8, 1.2, 58),
    "no_sen": (168, 21.0, 31, 2.5, 24),
}
_C2_FROM = 6  # pupils with code C2 can be counted since autumn 2024, when the code began


def out_of_school(number: int) -> list[Row]:
    """Home education grows through the school year. One early number is hidden, some not known."""
    chance = Chance(8, number)
    year, season = divmod(number, 3)
    rows: list[Row] = []
    for status, (home, more_home, missing, more_missing, part_time) in _OUT.items():
        learning = (home + more_home * year) * (1, 1.06, 1.16)[season]
        row = {
            "sen_status": status,
            "home_educated": round(chance.near(learning, 0.04)),
            "missing": round(chance.near(missing + more_missing * year, 0.2)),
            "part_time": "x" if number < _C2_FROM else round(chance.near(part_time, 0.12)),
        }
        rows.append(row)
    if number == 0:
        rows[0]["missing"] = "c"
    return rows


_PLACES = {  # places in each school year, and how full
    "special_maintained": ((6, 6, 5, 6), 1.0),
    "special_academy_free": ((296, 300, 306, 336), 1.01),
    "special_independent": ((48, 50, 40, 42), 0.96),
    "special_nmss": ((3, 3, 3, 3), 1.0),
    "resourced": ((56, 56, 56, 68), 0.88),
    "ap_pru": ((48, 52, 54, 52), 0.92),
}


def special_places(number: int) -> list[Row]:
    chance = Chance(9, number)
    return [
        {
            "school_type": kind,
            "places": places[number // 3],
            "roll": round(chance.near(places[number // 3] * full, 0.02)),
        }
        for kind, (places, full) in _PLACES.items()
    ]
