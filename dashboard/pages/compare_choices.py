"""What a comparison's address asks for, and the addresses of everything else it could show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from dashboard.address import Address
from dashboard.analysis.benchmark import Method
from dashboard.compared import Choice, CompareView, PublishedPeriod
from dashboard.pages.shell import Link
from dashboard.words.periods import period_short
from dashboard.words.values import capital
from schemas.area import load_areas
from schemas.term import Month, Term, parse_period

MOST = 20  # areas of one's own choice
_METHODS: Mapping[str, Method] = {name: name for name in get_args(Method)}


def parse_choice(address: Address) -> Choice:
    """Never raises: what cannot be read takes the default."""
    query = address.query
    return Choice(
        period=query.get("period", ""),
        basis=query.get("basis", ""),
        among=query.get("among", "england"),
        chosen=tuple(_chosen(address)),
        method=_METHODS.get(query.get("method", "")),
        ranked=query.get("rank") == "yes",
    )


def _chosen(address: Address) -> list[str]:
    """The codes of `with=`."""
    named = address.query.get("with", "").split(",")
    councils = {area.code for area in load_areas().local_authorities()}
    known = [code for code in dict.fromkeys(named) if code in councils]
    return [code for code in known if code != address.area.code][:MOST]


def plain_address(address: Address, choice: Choice) -> Address:
    """The same choice said one way, whatever way it was asked for; only what differs from the
    default beside the period, which stays when a newer one is published."""
    query = {
        "period": choice.period.replace(" ", "-"),
        "basis": choice.basis,
        "among": "" if choice.among == "england" else choice.among,
        "with": ",".join(choice.chosen),
        "method": choice.method or "",
        "rank": "yes" if choice.ranked else "",
        "edition": address.query.get("edition", ""),
    }
    return replace(address, query={key: value for key, value in query.items() if value})


def choice_rows(address: Address, view: CompareView) -> Iterator[tuple[str, list[Link]]]:
    """Rows of links; `address` is the plain one of what is shown."""
    yield "Among", [*_pools(address, view)]
    for title, periods in _by_kind(view.periods):
        yield title, [_period(address, view, one) for one in periods]
    if not view.is_count and view.near:
        yield "Neighbours’ value", [*_methods(address, view)]
    if view.measure.polarity == "neutral" and not view.is_count:
        ranked = view.choice.ranked
        yield (
            "Rank",
            [
                Link("No rank", address.with_query(rank="").url, not ranked),
                Link("Rank from the highest", address.with_query(rank="yes").url, ranked),
            ],
        )


def _pools(address: Address, view: CompareView) -> Iterator[Link]:
    names = {"": "All English councils"}
    if view.near:
        names["neighbours"] = "Statistical neighbours"
    names["region"] = view.region_name
    names |= {group.key: group.title for group in view.settings.groups}
    if view.choice.chosen:
        names["chosen"] = "Areas you chose"
    shown = "" if view.choice.among == "england" else view.choice.among
    for key, words in names.items():
        yield Link(words, address.with_query(among=key).url, key == shown)


def _by_kind(periods: Sequence[PublishedPeriod]) -> list[tuple[str, list[PublishedPeriod]]]:
    found: dict[str, list[PublishedPeriod]] = {}
    for one in periods:
        found.setdefault(_kind(one), []).append(one)
    return [*found.items()]


def _kind(one: PublishedPeriod) -> str:
    kind = parse_period(one.period)
    if isinstance(kind, Term):
        return "Term" if one.basis == "in_term" else "Terms to"
    if isinstance(kind, Month):
        return "Census"
    names = {"academic_year": "School year", "financial_year": "Financial year"}
    return names.get(one.basis, "Calendar year")


def _period(address: Address, view: CompareView, one: PublishedPeriod) -> Link:
    words = capital(period_short(one.period, one.basis))
    years = ("School year ", "Financial year ", "Calendar year ")
    for opening in years:  # the row says it already
        words = words.removeprefix(opening)
    url = address.with_query(period=one.period.replace(" ", "-"), basis=one.basis).url
    here = (one.period, one.basis) == (view.choice.period, view.choice.basis)
    return Link(words, url, here)


def _methods(address: Address, view: CompareView) -> Iterator[Link]:
    for method in _METHODS:
        yield Link(capital(method), address.with_query(method=method).url, method == view.method)


@dataclass(frozen=True)
class Box:
    """An area that may be ticked."""

    code: str
    name: str
    ticked: bool


def form_facts(address: Address, view: CompareView) -> dict[str, object]:
    """The form that sets the area among others of one's own choice."""
    kept = {**address.query, "among": "chosen"}
    kept.pop("with", None)
    return {"action": address.path, "kept": kept, "regions": [*_boxes(view)], "most": MOST}


def _boxes(view: CompareView) -> Iterator[tuple[str, list[Box]]]:
    """The councils the publisher names for this period, by region."""
    found: dict[str, list[Box]] = {}
    areas = load_areas()
    for area in areas.local_authorities():
        if area.code in view.known and area.code != view.settings.code:
            region = areas.get(area.part_of)
            name = region.name if region else "Elsewhere"
            box = Box(area.code, area.name, area.code in view.choice.chosen)
            found.setdefault(name, []).append(box)
    yield from sorted(found.items())
