"""The definitions of an area's measures: who keeps them, which are overdue, and each in full."""

from flask import Response, abort, request

from dashboard.access.tasks import Task
from dashboard.address import Address
from dashboard.downloads.separated import csv_bytes
from dashboard.releases.definitions import (
    by_urgency,
    definition_rows,
    get_publications,
    get_used,
    is_overdue,
)
from dashboard.staff.desk import Desk
from dashboard.staff.doors import Doors
from dashboard.words.definition import definition_entries, keeping_entries, limits_entries
from dashboard.words.sentences import theme_words
from schemas.extracts import load_extracts
from schemas.measure import Measure

doors = Doors()


@doors.open("<area>/definitions", Task.see_published)
def definitions(desk: Desk) -> str:
    """`?theme=in_school` and `?show=overdue` leave the others out."""
    every, today = _measures(desk), desk.site.settings.today()
    themes = list(dict.fromkeys(measure.theme for measure in every))
    theme, overdue_only = request.args.get("theme", ""), request.args.get("show") == "overdue"
    theme = theme if theme in themes else ""
    overdue = [measure.id for measure in every if is_overdue(measure, today)]
    shown = [
        measure
        for measure in every
        if measure.theme == (theme or measure.theme) and (measure.id in overdue or not overdue_only)
    ]
    return desk.page(
        "definitions.html",
        "Definitions",
        every=every,
        shown=shown,
        overdue=overdue,
        themes=[("", "Every theme"), *((one, theme_words(one)) for one in themes)],
        theme=theme,
        overdue_only=overdue_only,
        theme_words=theme_words,
    )


@doors.open("<area>/definitions.csv", Task.see_published)
def definitions_csv(desk: Desk) -> Response:
    rows = definition_rows(_measures(desk), desk.site.settings.today())
    answer = Response(csv_bytes(rows), mimetype="text/csv")
    name = f"{desk.here.name.lower().replace(' ', '-')}-definitions.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@doors.open("<area>/definitions/<measure>", Task.see_published)
def definition(desk: Desk, measure: str) -> str:
    found = next((one for one in _measures(desk) if one.id == measure), None)
    if found is None:
        abort(404)
    with desk.database.reading() as connection:
        used = get_used(connection, desk.here.code, found)
        published = get_publications(connection)
    known = desk.site.settings.measures
    return desk.page(
        "definitions_one.html",
        found.title,
        measure=found,
        overdue=is_overdue(found, desk.site.settings.today()),
        entries=[*definition_entries(found), *limits_entries(found)],
        keeping=[*keeping_entries(found)],
        source=_source(found),
        beside=[(published.get(one.file, one.file), one) for one in found.benchmarks],
        siblings=[known[name] for name in found.siblings if name in known],
        used=used,
        page=Address(desk.here, "measure", found).url,
    )


def _measures(desk: Desk) -> list[Measure]:
    settings = desk.site.settings
    return by_urgency(settings.measures_of(desk.here), settings.today())


def _source(measure: Measure) -> list[tuple[str, str]]:
    """Which columns of which sheet it is made from."""
    source, extract = measure.source, load_extracts()[measure.source.extract]
    headings = {indicator.id: indicator.heading for indicator in extract.indicators}
    filters = {one.id: one for one in extract.filters}
    parts = {
        "Sheet": (extract.sheet,),
        "Added": tuple(headings[name] for name in source.numerator),
        "Taken away": tuple(headings[name] for name in source.less),
        "Divided by": tuple(headings[name] for name in source.denominator),
        "Only rows with": tuple(
            f"{filters[name].heading}: {' or '.join(filters[name].label_of(one) for one in kept)}"
            for name, kept in source.where.items()
        ),
        "Also shown by": tuple(
            " and ".join(filters[name].heading for name in names) for names in source.breakdowns
        ),
    }
    return [(name, "; ".join(words)) for name, words in parts.items() if words]
