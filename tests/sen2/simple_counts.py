"""The six sheets counted a second time: plain loops over the invented children's own records, by
the definitions of the sheets alone. It knows nothing of the loader and reads no file."""

import datetime as dt
from typing import Any

from tests.sen2.invented_return import CENSUS, Child

PHASES = ("early_years", "primary", "secondary", "post16", "post19")
ONE_DAY = dt.timedelta(days=1)


def phase(born: dt.date, day: dt.date) -> str:
    august = dt.date(day.year if day.month > 8 else day.year - 1, 8, 31)
    age = 0
    while dt.date(born.year + age + 1, born.month, born.day) <= august:
        age += 1
    for name, oldest in zip(PHASES, (3, 10, 15, 18, 200), strict=True):
        if age <= oldest:
            return name
    raise AssertionError


def all_plans(children: list[Child]) -> list[tuple[Child, dict[str, Any], dict[str, Any], Any]]:
    found = []
    for child in children:
        for request in child["requests"]:
            for assessment in request["assessments"]:
                if assessment["plan"]:
                    found.append((child, request, assessment["plan"], assessment["week20"]))
    return found


def there(plan: dict[str, Any], day: dt.date) -> bool:
    return plan["start"] <= day and (plan["end"] is None or plan["end"] > day)


def transferred(request: dict[str, Any]) -> bool:
    return bool(request["active"] and request["active"]["transfer"])


def plans(children: list[Child], first: dt.date, last: dt.date) -> dict[str, dict[str, int]]:
    names = ("plans_start", "new_plans", "transferred_in", "ceased", "transferred_out", "plans_end")
    table = {name: dict.fromkeys(names, 0) for name in PHASES}
    for child, request, plan, _ in all_plans(children):
        old, new = phase(child["born"], first - ONE_DAY), phase(child["born"], last)
        if there(plan, first - ONE_DAY):
            table[old]["plans_start"] += 1
            if old != new:
                table[old]["transferred_out"] += 1
                table[new]["transferred_in"] += 1
        if first <= plan["start"] <= last:
            table[new]["transferred_in" if transferred(request) else "new_plans"] += 1
        if plan["end"] and first <= plan["end"] <= last:
            table[new]["transferred_out" if plan["reason"] == "5" else "ceased"] += 1
        if there(plan, last):
            table[new]["plans_end"] += 1
    return table


def needs(children: list[Child], last: dt.date) -> dict[str, int]:
    table: dict[str, int] = {}
    for _, request, plan, _ in all_plans(children):
        if there(plan, last):
            need = request["active"]["needs"][0][1].lower()
            table[need] = table.get(need, 0) + 1
    return table


def placements(children: list[Child], last: dt.date) -> dict[str, int]:
    """Where the flags and codes say it; what only a school list says is "school"."""
    codes = {"OLA": "eotas", "OPA": "other_arrangements_parents", "EHE": "ehe", "NEET": "neet"}
    codes |= {"EYP": "early_years_setting"}
    table: dict[str, int] = {}
    for _, request, plan, _ in all_plans(children):
        if there(plan, last):
            now = [p for p in request["active"]["placements"] if p["entry"] <= last]
            now = [p for p in now if not p["leaving"] or p["leaving"] > last]
            best = [p for p in now if p["rank"] == 1]
            kind = "unknown"
            if len(now) == 1 or len(best) == 1:
                place = now[0] if len(now) == 1 else best[0]
                if place["setting"]:
                    kind = codes.get(place["setting"], "unknown")
                elif place["unit"] == 1:
                    kind = "mainstream_sen_unit"
                elif place["resourced"] == 1:
                    kind = "mainstream_resourced"
                else:
                    kind = "fe_post16" if place["ukprn"] else "school"
            table[kind] = table.get(kind, 0) + 1
    return table


def closed(request: dict[str, Any]) -> Any:
    for assessment in request["assessments"]:
        if assessment["plan"]:
            return assessment["plan"]["start"]
        if assessment["outcome"] == "N":
            return assessment["outcome_on"]
    if request["outcome"] in ("N", "W"):
        return request["outcome_on"]
    return dt.date.max


def requests(children: list[Child], first: dt.date, last: dt.date) -> dict[str, int]:
    names = ("requests", "agreed", "refused", "decided_6w", "assessments", "not_issued")
    table = dict.fromkeys(names, 0)
    for child in children:
        open_until = dt.date.min
        for request in child["requests"]:
            received = request["received"]
            if received and first <= received <= last and received >= open_until:
                table["requests"] += 1
            open_until = max(open_until, closed(request)) if received else open_until
            decided = request["outcome_on"]
            if decided and first <= decided <= last and request["outcome"] in "YN":
                table["agreed" if request["outcome"] == "Y" else "refused"] += 1
                table["decided_6w"] += decided - received <= dt.timedelta(weeks=6)
            for assessment in request["assessments"]:
                ended = assessment["outcome_on"]
                if ended and first <= ended <= last:
                    table["assessments"] += 1
                    table["not_issued"] += assessment["outcome"] == "N"
    return table


def timeliness(
    children: list[Child], first: dt.date, last: dt.date, wanted: str
) -> dict[str, float | str]:
    names = ("issued", "issued_excl", "within_20w", "within_20w_excl", "after_1_year")
    table: dict[str, float | str] = {}
    numbers = dict.fromkeys((*names, "open_over_20w"), 0)
    waits = []
    for child, request, plan, week20 in all_plans(children):
        if wanted not in ("all", phase(child["born"], last)):
            continue
        if first <= plan["start"] <= last and not transferred(request):
            days = (plan["start"] - request["received"]).days
            waits.append(days)
            numbers["issued"] += 1
            numbers["issued_excl"] += week20 == "0"
            numbers["within_20w"] += days <= 20 * 7
            numbers["within_20w_excl"] += days <= 20 * 7 and week20 == "0"
            numbers["after_1_year"] += _next_year(request["received"]) < plan["start"]
    for child in children:
        if wanted in ("all", phase(child["born"], last)):
            for request in child["requests"]:
                if request["received"] and request["received"] + dt.timedelta(140) < last:
                    numbers["open_over_20w"] += closed(request) > last
    table |= numbers
    table["median_weeks"] = round(_middle(sorted(waits)) / 7, 1) if waits else "z"
    return table


def _next_year(day: dt.date) -> dt.date:
    if (day.month, day.day) == (2, 29):
        return dt.date(day.year + 1, 2, 28)
    return dt.date(day.year + 1, day.month, day.day)


def _middle(waits: list[int]) -> float:
    half = len(waits) // 2
    return waits[half] if len(waits) % 2 else (waits[half - 1] + waits[half]) / 2


def reviews(children: list[Child], first: dt.date, last: dt.date) -> dict[str, dict[str, Any]]:
    soon = CENSUS - last <= dt.timedelta(days=62)
    number: Any = 0 if soon else "x"
    table = {name: {"due": "x", "held": number, "decided_4w": number} for name in PHASES}
    for child in children:
        for request in child["requests"]:
            active = request["active"] or {"meeting": None}
            if soon and active["meeting"] and first <= active["meeting"] <= last:
                row = table[phase(child["born"], last)]
                row["held"] += 1
                if active["decided_on"]:
                    row["decided_4w"] += active["decided_on"] - active["meeting"] <= dt.timedelta(
                        28
                    )
    return table
