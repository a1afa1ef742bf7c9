"""The page of one number, and the list by which each number of a term is found."""

from urllib.parse import urlencode

from flask import abort, request

from dashboard.access.tasks import Task
from dashboard.address import Address
from dashboard.releases.number import NoSuchNumber, Number, PublisherNumber, get_number
from dashboard.releases.number_list import PAGE, list_numbers
from dashboard.releases.uk_time import time_words
from dashboard.releases.versions import NoSuchVersion
from dashboard.staff.board import read_term
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.views.categories import breakdown_title, category_label
from dashboard.words.periods import period_words
from dashboard.words.values import capital, format_value, symbol_words
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.observation import Observation

doors = Doors()


@doors.open("<area>/<term>/numbers", Task.see_drafts)
def numbers(desk: Desk, term: str) -> str:
    wanted = read_term(term)
    measure = desk.site.settings.measures.get(request.args.get("measure", ""))
    breakdown = request.args.get("breakdown", "")
    given = {"measure": measure.id if measure else "", "breakdown": breakdown}
    given["version"] = str(_whole("version") or "")
    try:
        found = list_numbers(
            desk.database,
            desk.who,
            desk.here.code,
            wanted.label,
            _whole("version"),
            given["measure"],
            breakdown,
            _whole("page") or 1,
        )
    except NoSuchVersion:
        abort(404)
    asked = {key: value for key, value in given.items() if value}
    return desk.page(
        "numbers.html",
        f"Numbers of {found.version.words[:1].lower()}{found.version.words[1:]}",
        found=found,
        measure=measure,
        breakdown=breakdown,
        breakdowns=[(one, _breakdown(measure, one)) for one in found.breakdowns if measure],
        measures=[
            (one.id, one.title, size)
            for name, size in found.measures
            if (one := desk.site.settings.measures.get(name))
        ],
        rows=[(number, *_told(measure, one)) for number, one in found.own if measure],
        published=[(number, *_told(measure, one)) for number, one in found.published if measure],
        first=(found.page - 1) * PAGE + 1,
        term_path=desk.path(f"{term}/"),
        term_title=wanted.title,
        address=lambda **more: f"{desk.path(f'{term}/numbers')}?{urlencode(asked | more)}",
    )


@doors.open("<area>/number/<int:observation_id>", Task.see_drafts)
def number(desk: Desk, observation_id: int) -> str:
    try:
        found = get_number(
            desk.database, desk.who, desk.here.code, observation_id, desk.site.settings
        )
    except NoSuchNumber:
        abort(404)
    period, what, value = _told(found.measure, found_observation(found))
    facts = {"found": found, "period": period, "what": what, "value": value}
    title = f"{found.measure.short_title}: {value}"
    if isinstance(found, PublisherNumber):
        return desk.page("number_published.html", title, **facts)
    return desk.page(
        "number.html",
        title,
        one=found.stored.observation,
        value_of=lambda one: _told(found.measure, one)[2],
        period_of=lambda one: _told(found.measure, one)[0],
        same=found.found.is_same(found.stored.observation),
        pages=_pages(desk, found),
        preview=_preview(desk, found),
        term_path=desk.path(f"{found.version.term_label.replace(' ', '-')}/"),
        time_words=time_words,
        **facts,
    )


def found_observation(found: Number | PublisherNumber) -> Observation:
    return found.observation if isinstance(found, PublisherNumber) else found.stored.observation


def _whole(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _breakdown(measure: Measure | None, breakdown: str) -> str:
    if measure is None or breakdown == ALL:
        return "The whole"
    return f"By {breakdown_title(measure, breakdown).lower()}"


def _told(measure: Measure | None, one: Observation) -> tuple[str, str, str]:
    """Its period, what it is of, and its value, in words."""
    assert measure is not None
    period = capital(period_words(one.period, one.basis))
    label = category_label(measure, one.breakdown, one.category) or "The whole"
    if one.value is None:
        return period, label, symbol_words(one.symbol)
    return period, label, format_value(one.value, measure)


def _pages(desk: Desk, found: Number) -> list[tuple[str, str, str]]:
    """Where the number is published: words, state and address, "" for what was withdrawn."""
    pages = []
    for version, edition in found.editions:
        query = {"edition": str(edition)} if edition else {}
        address = Address(desk.here, "measure", found.measure, query=query)
        url = address.url if edition else ""
        pages.append((f"{version.words}, {version.label or 'no label'}", version.state, url))
    return pages


def _preview(desk: Desk, found: Number) -> str:
    """Where a number that is not published yet can be seen as it will be."""
    if found.version.was_published:
        return ""
    return desk.path(f"preview/{found.version.id}/measure/{found.measure.id}")
