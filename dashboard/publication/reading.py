"""Reads, once, everything that a publication to everyone is made of."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from dashboard.families.you_said import get_answered
from dashboard.public.figures import PublicFigure
from dashboard.public.release import Answered, Corrected, Said
from dashboard.queries.editions import get_stamp
from dashboard.queries.figures import get_published
from dashboard.queries.notes import get_notes
from dashboard.queries.notices import get_announced, get_notices
from dashboard.queries.records import get_commentary, get_neighbours
from dashboard.queries.shown import published_rows, visible_versions
from dashboard.releases.versions import Version, get_version, get_versions
from dashboard.settings import Settings
from dashboard.view import Line, Point
from dashboard.viewer import Viewer
from dashboard.views.comparators import comparators
from schemas.area import ENGLAND
from schemas.area_settings import AreaSettings
from schemas.measure import Measure
from schemas.note import Note
from schemas.observation import Key, Observation
from schemas.public_tables import you_said
from schemas.tables import extract_file, observation
from schemas.term import Term, parse_term

_FIELDS = [observation.c[name] for name in Observation._fields]


@dataclass(frozen=True)
class TermFigures:
    """The figures of one term as its newest version has them; `sources` says of each who sent it
    and the day it was counted."""

    version: Version
    observations: tuple[Observation, ...]
    sources: Mapping[Key, tuple[str, str]]


@dataclass(frozen=True)
class Reading:
    """`terms` are those everyone may see with the version that is published, oldest first.
    `published` are publishers' figures of the area itself, which cannot be hidden any more.
    `stamp` changes when any of it does."""

    area: AreaSettings
    version: Version
    measures: Mapping[str, Measure]
    terms: tuple[TermFigures, ...]
    published: tuple[Observation, ...]
    beside: tuple[PublicFigure, ...]
    notes: tuple[Note, ...]
    said: tuple[Said, ...]
    answered: tuple[Answered, ...]
    corrected: tuple[Corrected, ...]
    next_on: dt.date | None
    stamp: str

    @property
    def term(self) -> Term:
        """The newest term there is."""
        return self.terms[-1].version.term if self.terms else self.version.term


def read_publication(
    connection: Connection, area_code: str, version_id: int, settings: Settings
) -> Reading:
    """Everything as it would be published to everyone with this version now.

    Raises:
        NoSuchVersion: the area has none with that number.
    """
    area = settings.areas[area_code]
    version = get_version(connection, area_code, version_id)
    measures = {one.id: one for one in settings.measures_of(area)}
    viewer = Viewer(preview=version.id)
    terms = tuple(_terms(connection, area, viewer))
    newest = terms[-1].version.term_label if terms else version.term_label
    return Reading(
        area=area,
        version=version,
        measures=measures,
        terms=terms,
        published=tuple(_own_published(connection, area, measures)),
        beside=tuple(_beside(connection, area, measures.values())),
        notes=get_notes(connection, area.code, settings.notes),
        said=tuple(_said(connection, viewer, area.code, newest)),
        answered=tuple(get_answered(connection, area.code)),
        corrected=tuple(_corrected(connection, viewer, area.code)),
        next_on=_next_on(connection, area.code, newest),
        stamp=read_stamp(connection, area.code),
    )


def read_stamp(connection: Connection, area_code: str) -> str:
    """Changes when anything does that a publication of this area is made of."""
    counted = select(func.count(you_said.c.id), func.count(you_said.c.ended_at)).where(
        you_said.c.area_code == area_code
    )
    seen = (get_stamp(connection, area_code), *connection.execute(counted).one())
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _terms(connection: Connection, area: AreaSettings, viewer: Viewer) -> Iterator[TermFigures]:
    assert area.public is not None
    rows = connection.execute(visible_versions(viewer, [area.code]))
    ids = {row.id for row in rows}
    shown = [
        one
        for one in get_versions(connection, area.code)
        if one.id in ids and one.term_label >= area.public.since
    ]
    for version in sorted(shown, key=lambda one: one.term_label):
        yield _term_figures(connection, version)


def _term_figures(connection: Connection, version: Version) -> TermFigures:
    query = (
        select(*_FIELDS, extract_file.c.organisation, extract_file.c.as_at_on)
        .join(extract_file, extract_file.c.id == observation.c.extract_file_id)
        .where(
            observation.c.release_version_id == version.id,
            observation.c.superseded_by_id.is_(None),
        )
        .order_by(*_FIELDS[:8])
    )
    rows = [
        (Observation(*row[: len(_FIELDS)]), (row[-2], row[-1])) for row in connection.execute(query)
    ]
    sources = {one.key: source for one, source in rows}
    return TermFigures(version, tuple(one for one, _ in rows), sources)


def _own_published(
    connection: Connection, area: AreaSettings, measures: Mapping[str, Measure]
) -> Iterator[Observation]:
    """What publishers say of this area itself, the newest file's of each figure."""
    wanted = [
        observation.c.area_code == area.code,
        observation.c.measure_id.in_(list(measures)),
    ]
    rows = sorted(published_rows(connection, wanted), key=lambda one: one.vintage_id)
    newest = {one.observation.key: one.observation for one in rows}
    yield from (newest[key] for key in sorted(newest))


def _beside(
    connection: Connection, area: AreaSettings, measures: Iterable[Measure]
) -> Iterator[PublicFigure]:
    """England, the region, the neighbours and the area as publishers have it, like each measure's
    headline."""
    neighbours = get_neighbours(connection, area.neighbour_model, area.code)
    codes = list(dict.fromkeys([area.code, ENGLAND, area.region_code, *neighbours]))
    for measure in measures:
        shown = get_published(connection, measure, codes)
        for line in comparators(measure, area, neighbours, shown):
            if line.comparable:
                yield from _line_figures(line, measure, area)


def _line_figures(line: Line, measure: Measure, area: AreaSettings) -> Iterator[PublicFigure]:
    codes = {"england": ENGLAND, "region": area.region_code, "published": area.code}
    for point in line.points:
        yield _beside_figure(point, line, measure, codes.get(line.key, ""))


def _beside_figure(point: Point, line: Line, measure: Measure, code: str) -> PublicFigure:
    at = measure.headline
    return PublicFigure(
        measure_id=measure.id,
        area_code=code,
        period=point.period,
        period_start=point.start,
        period_end=point.end,
        basis=line.basis,
        breakdown=at.breakdown,
        category=at.category,
        numerator=point.numerator,
        denominator=point.denominator,
        value=point.value,
        symbol=point.symbol,
        unreliable=False,
        rounded=False,
        status=point.status,
        definition_version=measure.version,
        source=f"{point.source}; {line.note}" if not code else point.source,
        version=point.vintage,
        as_at_on=point.as_at_on,
        invented=False,
    )


def _said(connection: Connection, viewer: Viewer, area_code: str, term: str) -> Iterator[Said]:
    for row in get_commentary(connection, viewer, area_code):
        if row["term"] == term and row["family_sentence"] and not row["returned_at"]:
            yield Said(str(row["measure_id"]), str(row["family_sentence"]))


def _corrected(connection: Connection, viewer: Viewer, area_code: str) -> Iterator[Corrected]:
    """The notices of everything that is or was published, the newest last."""
    labels = {
        (one.term_label, one.number): one.label for one in get_versions(connection, area_code)
    }
    for told in get_notices(connection, viewer, area_code):
        yield Corrected(
            term=told.term,
            label=labels.get((told.term, told.number)) or "",
            kind=told.kind,
            what=told.what,
            cause=told.cause,
            effect=told.effect,
            found_on=dt.date.fromisoformat(told.found_on),
            written_on=dt.datetime.fromisoformat(told.written_at).date(),
        )


def _next_on(connection: Connection, area_code: str, newest: str) -> dt.date | None:
    found = get_announced(connection, area_code)
    if found is None or parse_term(found.term) is None or found.term <= newest:
        return None
    return dt.date.fromisoformat(found.on_day)
