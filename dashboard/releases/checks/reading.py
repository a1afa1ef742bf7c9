"""Reads the material of a release version: a handful of queries, whatever is loaded."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, and_, exists, func, or_, select
from sqlalchemy.sql.expression import ColumnElement

from dashboard.queries.notes import get_notes
from dashboard.releases.checks.material import (
    Figure,
    Material,
    PublishedFigure,
    PublishedKind,
    SentFile,
)
from dashboard.releases.protected import get_kept
from dashboard.releases.versions import WAS_PUBLISHED, Version, get_files, get_versions
from dashboard.settings import Settings
from schemas.area import ENGLAND
from schemas.area_settings import AreaSettings
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.observation import Key, Observation
from schemas.round_tables import agreement
from schemas.symbol import Symbol
from schemas.tables import observation, release_version, vintage

_FIELDS = [observation.c[name] for name in Observation._fields]
_CURRENT = observation.c.superseded_by_id.is_(None)
_SEN2 = "dfe_ehc_"  # how the kinds of file begin that are made of the SEN2 return


def read_material(
    connection: Connection, version: Version, settings: Settings, today: dt.date
) -> Material:
    """Everything the checks look at, as it is now."""
    area = settings.areas[version.area_code]
    measures = {measure.id: measure for measure in settings.measures_of(area)}
    earlier = _earlier_versions(connection, version)
    last = [one for one in earlier if one.term == version.term.shifted(-1)]
    return Material(
        area=area,
        measures=measures,
        version=version,
        today=today,
        figures=_figures(connection, [version]),
        last_term=_figures(connection, last),
        headlines=_figures(connection, earlier, _like_headlines(measures.values())),
        files=_files(connection, [version]),
        last_files=_files(connection, last),
        kinds=_published_kinds(connection, area, measures),
        own_published=_own_published(connection, area, measures),
        notes=get_notes(connection, area.code, settings.notes),
        hidden_before=_hidden_before(connection, version),
        definitions_agreed=_definitions_agreed(connection, version),
        protection=get_kept(connection, version),
    )


def _earlier_versions(connection: Connection, version: Version) -> list[Version]:
    """The newest version of every earlier term, withdrawn ones left out."""
    newest: dict[str, Version] = {}
    for one in get_versions(connection, version.area_code):
        if one.term < version.term and one.state != "withdrawn":
            newest.setdefault(one.term_label, one)
    return list(newest.values())


def _figures(
    connection: Connection,
    versions: Sequence[Version],
    wanted: ColumnElement[bool] | None = None,
) -> tuple[Figure, ...]:
    ids = [version.id for version in versions]
    query = select(*_FIELDS, observation.c.extract_file_id).where(
        observation.c.release_version_id.in_(ids), _CURRENT
    )
    if wanted is not None:
        query = query.where(wanted)
    return tuple(Figure(Observation(*row[:-1]), row[-1]) for row in connection.execute(query))


def _like_headlines(measures: Collection[Measure]) -> ColumnElement[bool]:
    kinds = {(m.headline.breakdown, m.headline.category) for m in measures} | {(ALL, ALL)}
    return or_(
        *(
            and_(observation.c.breakdown == breakdown, observation.c.category == category)
            for breakdown, category in sorted(kinds)
        )
    )


def _files(connection: Connection, versions: Sequence[Version]) -> dict[int, SentFile]:
    rows = [row for version in versions for row in get_files(connection, version.id)]
    return {row.id: SentFile(*(getattr(row, name) for name in SentFile._fields)) for row in rows}


def _published_kinds(
    connection: Connection, area: AreaSettings, measures: Mapping[str, Measure]
) -> tuple[PublishedKind, ...]:
    beside = (area.code, ENGLAND, area.region_code)
    about = [vintage.c[name] for name in PublishedKind._fields[3:]]
    query = (
        select(
            observation.c.measure_id,
            observation.c.basis,
            func.min(func.length(func.trim(observation.c.period))),
            *about,
        )
        .join(vintage, vintage.c.id == observation.c.vintage_id)
        .where(
            observation.c.vintage_id.is_not(None),
            observation.c.measure_id.in_(list(measures)),
            observation.c.area_code.in_(beside),
        )
        .group_by(observation.c.measure_id, observation.c.basis, vintage.c.id, *about)
    )
    return tuple(
        PublishedKind(row[0], row[1], not row[2], *row[3:]) for row in connection.execute(query)
    )


def _own_published(
    connection: Connection, area: AreaSettings, measures: Mapping[str, Measure]
) -> tuple[PublishedFigure, ...]:
    """The newest SEN2 figure of each count of this area, for each period."""
    counts = [measure.id for measure in measures.values() if measure.unit == "count"]
    query = (
        select(
            *(observation.c[name] for name in ("measure_id", "basis", "period", "value")),
            vintage.c.publication,
            vintage.c.release,
        )
        .join(vintage, vintage.c.id == observation.c.vintage_id)
        .where(
            observation.c.vintage_id.is_not(None),
            observation.c.measure_id.in_(counts),
            observation.c.area_code == area.code,
            observation.c.breakdown == ALL,
            observation.c.value.is_not(None),
            vintage.c.file_kind.startswith(_SEN2),
        )
        .order_by(vintage.c.id)
    )
    rows = map(PublishedFigure._make, connection.execute(query))
    newest = {one[:3]: one for one in rows}
    return tuple(newest.values())


def _hidden_before(connection: Connection, version: Version) -> frozenset[Key]:
    """What an earlier version of this term hid when it was published."""
    query = (
        select(*(observation.c[name] for name in Key._fields))
        .join(release_version, release_version.c.id == observation.c.release_version_id)
        .where(
            release_version.c.release_id == version.release_id,
            release_version.c.number < version.number,
            release_version.c.state.in_(WAS_PUBLISHED),
            observation.c.symbol == Symbol.c.value,
            _CURRENT,
        )
    )
    return frozenset(Key(*row) for row in connection.execute(query))


def _definitions_agreed(connection: Connection, version: Version) -> bool:
    """Whether the Group and the Board (or two officers) agreed changed definitions for a version
    of this release."""

    def by(*forums: str) -> ColumnElement[bool]:
        return exists().where(
            agreement.c.release_version_id == release_version.c.id,
            release_version.c.release_id == version.release_id,
            agreement.c.definitions_agreed == 1,
            agreement.c.forum.in_(forums),
        )

    return bool(connection.scalar(select(and_(by("group"), by("board", "officers")))))
