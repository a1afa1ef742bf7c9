"""Invented children as a SEN2 return, in XML and in CSV modules. Nobody is real: the names say so,
and the check letters of the pupil numbers are wrong."""

import csv
import datetime as dt
import io
import random
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

Child = dict[str, Any]
YEAR = 2026
CENSUS = dt.date(2026, 1, 15)
FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
NEEDS = ("SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS", "OTH")
SETTINGS = ("OLA", "OPA", "EHE", "EYP", "NEET", "OTH", "NIEC", "NIEO")


def invent_children(number: int = 2000, seed: int = 11) -> list[Child]:
    """So many children with one or more requests each; the same seed gives the same children."""
    chance = random.Random(seed)
    children = []
    for place in range(1, number + 1):
        child = _child(place, chance)
        _KINDS[chance.choices(range(len(_KINDS)), _WEIGHTS)[0]](child, chance)
        children.append(child)
    return children


def _child(place: int, chance: random.Random) -> Child:
    return {
        "id": f"INV-P-{place:05}",
        "surname": f"Invented-Child-{place:04}",
        "forename": f"Madeup{place:04}",
        "born": dt.date(2001, 3, 1) + dt.timedelta(days=chance.randrange(8300)),
        "postcode": f"ZZ{place % 90 + 10} {place % 9}ZZ",
        "upn": f"I{place:012}",  # I is never a check letter
        "uln": f"00{place:08}",
        "requests": [],
    }


def request(child: Child, **facts: Any) -> dict[str, Any]:
    """A further request of a child, undecided unless said."""
    blank = {"received": None, "outcome": "A", "outcome_on": None, "exported": "", "source": "1"}
    number = len(child["requests"]) + 1
    one = blank | {"assessments": [], "active": None} | facts
    one["id"] = f"INV-R-{child['id'][-5:]}-{number}"
    child["requests"].append(one)
    return one


def assessment(of: dict[str, Any], **facts: Any) -> dict[str, Any]:
    blank = {"outcome": "A", "outcome_on": None, "week20": "0", "plan": None}
    one = blank | facts | {"id": f"INV-A-{of['id'][6:]}-{len(of['assessments']) + 1}"}
    of["assessments"].append(one)
    return one


def plan(of: dict[str, Any], start: dt.date | None, **facts: Any) -> dict[str, Any]:
    """A plan that follows an assessment; give it `end` and `reason` when it ended."""
    blank = {"end": None, "reason": ""}
    one = blank | facts | {"start": start, "id": f"INV-N-{of['id'][6:]}"}
    of["plan"] = one
    return one


def active(of: dict[str, Any], chance: random.Random, **facts: Any) -> dict[str, Any]:
    """The plan's placements, needs and latest review."""
    blank = {"transfer": "", "meeting": None, "decided_on": None, "decision": ""}
    one = blank | facts | {"id": f"INV-C-{of['id'][6:]}"}
    first, second = chance.sample(NEEDS, 2)
    one["needs"] = [(1, first)] + ([(2, second)] if chance.random() < 0.4 else [])
    one["placements"] = _placements(chance)
    of["active"] = one
    return one


def _placements(chance: random.Random) -> list[dict[str, Any]]:
    entry = _day(chance, dt.date(2022, 9, 1), dt.date(2024, 9, 1))
    placements = [placement(entry, chance)]
    if chance.random() < 0.3:  # a move during the year
        moved = _day(chance, FIRST, LAST)
        placements[0]["leaving"] = moved
        placements.append(placement(moved, chance))
    if chance.random() < 0.1:
        placements.append(placement(entry, chance) | {"rank": 2})
    return placements


def placement(entry: dt.date, chance: random.Random) -> dict[str, Any]:
    one = {"urn": "", "ukprn": "", "setting": "", "rank": 1, "entry": entry, "leaving": None}
    one |= {"unit": "0", "resourced": "0"}
    draw = chance.random()
    if draw < 0.25:
        one["setting"] = chance.choice(SETTINGS)
    elif draw < 0.35:
        one["ukprn"] = f"1009{chance.randrange(10_000):04}"
    else:
        one["urn"] = f"9{chance.randrange(100_000):05}"
        one[chance.choice(("unit", "resourced", "rank"))] = 1
    return one


def _day(chance: random.Random, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=chance.randrange((last - first).days + 1))


def _later(day: dt.date, chance: random.Random, least: int, most: int) -> dt.date:
    return day + dt.timedelta(days=chance.randint(least, most))


def _old_plan(child: Child, chance: random.Random) -> None:
    """A plan from before the year that goes on, perhaps reviewed."""
    of = request(child, outcome="H")
    start = _day(chance, max(child["born"], dt.date(2019, 1, 1)), dt.date(2024, 12, 31))
    plan(assessment(of, outcome="H", week20=""), max(start, child["born"]))
    meeting = _day(chance, FIRST, LAST) if chance.random() < 0.8 else None
    decided = _later(meeting, chance, 0, 60) if meeting and chance.random() < 0.9 else None
    active(of, chance, meeting=meeting, decided_on=decided, decision="A" if decided else "")


def _ended_plan(child: Child, chance: random.Random) -> None:
    _old_plan(child, chance)
    of = child["requests"][-1]["assessments"][0]["plan"]
    of |= {"end": _day(chance, FIRST, LAST), "reason": chance.choice("123456789")}
    if of["start"] > of["end"]:
        of["start"] = of["end"]


def _refused(child: Child, chance: random.Random) -> None:
    received = _day(chance, max(child["born"], dt.date(2024, 11, 1)), LAST)
    decided = _later(received, chance, 10, 70)
    request(child, received=received, outcome="N", outcome_on=decided)
    if chance.random() < 0.3:  # asked again, now and then before the answer
        received = _later(received, chance, 5, 100)
        request(child, received=received, outcome="A")


def _withdrawn(child: Child, chance: random.Random) -> None:
    received = _day(chance, max(child["born"], FIRST), LAST)
    request(child, received=received, outcome="W", outcome_on=_later(received, chance, 1, 40))


def _agreed(child: Child, chance: random.Random) -> dict[str, Any]:
    received = _day(chance, max(child["born"], dt.date(2024, 3, 1)), LAST)
    decided = _later(received, chance, 5, 60)
    return request(child, received=received, outcome="Y", outcome_on=decided)


def _assessing(child: Child, chance: random.Random) -> None:
    assessment(_agreed(child, chance))


def _no_plan(child: Child, chance: random.Random) -> None:
    of = _agreed(child, chance)
    assessment(of, outcome="N", outcome_on=_later(of["outcome_on"], chance, 20, 120))


def _new_plan(child: Child, chance: random.Random) -> None:
    of = _agreed(child, chance)
    decided = _later(of["outcome_on"], chance, 10, 110)
    one = assessment(of, outcome="Y", outcome_on=decided, week20=chance.choice("0001"))
    plan(one, _later(decided, chance, 0, 200))
    if chance.random() < 0.05:
        one["plan"] |= {"end": _later(one["plan"]["start"], chance, 0, 90), "reason": "5"}
    active(of, chance)


def _from_elsewhere(child: Child, chance: random.Random) -> None:
    of = request(child, outcome="H")
    plan(assessment(of, outcome="H", week20=""), _day(chance, max(child["born"], FIRST), LAST))
    active(of, chance, transfer="316")


_KINDS = (
    _old_plan,
    _ended_plan,
    _refused,
    _withdrawn,
    _assessing,
    _no_plan,
    _new_plan,
    _from_elsewhere,
)
_WEIGHTS = (50, 10, 8, 3, 8, 4, 14, 3)


def personal_values(children: Iterable[Child]) -> set[str]:
    """Everything about a person that must not leave the return."""
    found: set[str] = set()
    for child in children:
        found |= {child[key] for key in ("id", "surname", "forename", "postcode", "upn", "uln")}
        found |= set(_spelled(child["born"]))
        for of in child["requests"]:
            found |= {of["id"], *(one["id"] for one in of["assessments"])}
            for where in (of["active"] or {"placements": []})["placements"]:
                found |= {where["urn"], where["ukprn"]} - {""}
    return found


def _spelled(day: dt.date) -> tuple[str, ...]:
    return (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%b-%d}",
        f"datetime.date({day.year}, {day.month}, {day.day})",
    )


def as_xml(children: Iterable[Child], lea: str = "841") -> bytes:
    """The message as the specification nests it."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header><CollectionDetails>']
    parts.append(_tags(Collection="SEN2", Year=YEAR, ReferenceDate=CENSUS))
    parts.append("</CollectionDetails><Source>")
    parts.append(_tags(SourceLevel="L", LEA=lea, SoftwareCode="Invented", Release="1"))
    parts.append(_tags(SerialNo=1, DateTime="2026-01-20T10:00:00"))
    parts.append("</Source></Header>\n<Persons>\n")
    for child in children:
        parts.append(f"<Person>{_person_tags(child)}")
        parts += [_request_xml(of) for of in child["requests"]]
        parts.append("</Person>\n")
    parts.append("</Persons>\n</Message>\n")
    return "".join(parts).encode()


def _person_tags(child: Child) -> str:
    names = _tags(Surname=child["surname"], Forename=child["forename"])
    rest = _tags(PersonBirthDate=child["born"], Sex="F", Ethnicity="WBRI")
    numbers = _tags(PostCode=child["postcode"], UPN=child["upn"], UniqueLearnerNumber=child["uln"])
    return names + rest + numbers


def _request_xml(of: dict[str, Any]) -> str:
    parts = ["<Requests>", _tags(**_request_columns(of))]
    for one in of["assessments"]:
        parts += ["<Assessment>", _tags(**_assessment_columns(one)), "<NamedPlan>"]
        if one["plan"]:
            parts += [_tags(**_plan_columns(one["plan"])), "<PlanDetail>", _tags(URN="999999")]
            parts += ["</PlanDetail>"]
        parts.append("</NamedPlan></Assessment>")
    if of["active"]:
        parts += ["<ActivePlans>", _tags(**_active_columns(of["active"]))]
        for where in of["active"]["placements"]:
            parts.append(f"<PlacementDetail>{_tags(**_placement_columns(where))}</PlacementDetail>")
        for rank, need in of["active"]["needs"]:
            parts.append(f"<SENneed>{_tags(SENtype=need, SENtypeRank=rank)}</SENneed>")
        parts.append("</ActivePlans>")
    return "".join([*parts, "</Requests>"])


def _request_columns(of: dict[str, Any]) -> dict[str, Any]:
    return {
        "ReceivedDate": of["received"],
        "RequestSource": of["source"],
        "RYA": "0",
        "RequestOutcomeDate": of["outcome_on"],
        "RequestOutcome": of["outcome"],
        "Exported": of["exported"],
    }


def _assessment_columns(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "AssessmentOutcome": one["outcome"],
        "AssessmentOutcomeDate": one["outcome_on"],
        "Week20": one["week20"],
    }


def _plan_columns(one: dict[str, Any]) -> dict[str, Any]:
    return {"StartDate": one["start"], "CeaseDate": one["end"], "CeaseReason": one["reason"]}


def _active_columns(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "TransferLA": one["transfer"],
        "ReviewMeeting": one["meeting"],
        "ReviewOutcome": one["decision"],
        "LastReview": one["decided_on"],
    }


def _placement_columns(where: dict[str, Any]) -> dict[str, Any]:
    return {
        "URN": where["urn"],
        "UKPRN": where["ukprn"],
        "SENsetting": where["setting"],
        "PlacementRank": where["rank"],
        "EntryDate": where["entry"],
        "LeavingDate": where["leaving"],
        "SENunitIndicator": where["unit"],
        "ResourcedProvisionIndicator": where["resourced"],
    }


def _tags(**columns: Any) -> str:
    said = {name: value for name, value in columns.items() if value not in (None, "")}
    return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in said.items())


def as_modules(children: Iterable[Child], lea: str = "841") -> dict[str, bytes]:
    """The CSV modules as COLLECT exports them: file name → content."""
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in _FILES}
    header = {"sen2tableid": "S1", "collection": "SEN2", "year": YEAR, "referencedate": CENSUS}
    tables["sen2"].append(header | {"lea": lea, "datetime": "2026-01-20 10:00:00"})
    for child in children:
        tables["person"].append(_person_row(child))
        for of in child["requests"]:
            _add_request(tables, child, of)
    stem = "Blade-Export_20-01-2026_"
    return {f"{stem}{name}.csv": _csv(rows, name) for name, rows in tables.items()}


_FILES = {
    "sen2": "sen2tableid",
    "person": "persontableid",
    "requests": "requeststableid",
    "assessment": "assessmenttableid",
    "namedplan": "namedplantableid",
    "plandetail": "plandetailtableid",
    "activeplans": "activeplanstableid",
    "placementdetail": "placementdetailtableid",
    "senneed": "senneedtableid",
}


def _person_row(child: Child) -> dict[str, Any]:
    names = {"surname": child["surname"], "forename": child["forename"]}
    numbers = {
        "postcode": child["postcode"],
        "upn": child["upn"],
        "uniquelearnernumber": child["uln"],
    }
    return {"persontableid": child["id"], "personbirthdate": child["born"]} | names | numbers


def _add_request(tables: dict[str, list[dict[str, Any]]], child: Child, of: dict[str, Any]) -> None:
    key = {"requeststableid": of["id"]}
    tables["requests"].append(key | {"persontableid": child["id"]} | _lower(_request_columns(of)))
    for one in of["assessments"]:
        own = {"assessmenttableid": one["id"]}
        tables["assessment"].append(own | key | _lower(_assessment_columns(one)))
        if one["plan"]:
            named = {"namedplantableid": one["plan"]["id"]}
            tables["namedplan"].append(named | own | _lower(_plan_columns(one["plan"])))
            tables["plandetail"].append({"plandetailtableid": "D"} | named | {"urn": "999999"})
    if of["active"]:
        own = {"activeplanstableid": of["active"]["id"]}
        tables["activeplans"].append(own | key | _lower(_active_columns(of["active"])))
        for where in of["active"]["placements"]:
            row = {"placementdetailtableid": "D"} | own | _lower(_placement_columns(where))
            tables["placementdetail"].append(row)
        for rank, need in of["active"]["needs"]:
            row = {"senneedtableid": "D"} | own | {"sentype": need, "sentyperank": rank}
            tables["senneed"].append(row)


def _lower(columns: dict[str, Any]) -> dict[str, Any]:
    return {name.lower(): value for name, value in columns.items()}


def _csv(rows: list[dict[str, Any]], name: str) -> bytes:
    """With a byte order mark, and dates as COLLECT writes them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    headings = list(rows[0]) if rows else [_FILES[name]]
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(value: Any) -> Any:
    return f"{value:%Y-%b-%d} 00:00:00" if isinstance(value, dt.date) else value
