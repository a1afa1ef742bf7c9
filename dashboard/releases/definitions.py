"""The definitions of an area's measures: which are overdue for review, and which have changed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from dashboard.downloads.separated import Rows
from dashboard.releases.versions import Version, get_versions
from dashboard.words.definition import definition_entries, limits_entries
from dashboard.words.sentences import theme_words
from schemas.measure import Measure, load_measures
from schemas.tables import observation, vintage

_STANDS = ("published", "corrected", "superseded")


class ChangedDefinition(NamedTuple):
    """A measure whose figures in a version follow another definition than those last published:
    agreeing it needs the Group's and the Board's reference."""

    measure_id: str
    title: str
    before: int
    now: int


class Used(NamedTuple):
    """A definition version and the published releases that follow it, newest first."""

    definition_version: int
    releases: tuple[str, ...]


def by_urgency(measures: Iterable[Measure], today: dt.date) -> list[Measure]:
    """The overdue ones first, the longest overdue before the others; the rest as they stand."""
    every = list(measures)
    overdue = [measure for measure in every if is_overdue(measure, today)]
    rest = [measure for measure in every if not is_overdue(measure, today)]
    return [*sorted(overdue, key=lambda measure: measure.next_review), *rest]


def is_overdue(measure: Measure, today: dt.date) -> bool:
    return measure.next_review < today


def changed_definitions(connection: Connection, version: Version) -> list[ChangedDefinition]:
    """The measures of a version that follow another definition than they did when the area last
    published them, in whatever term; by their title."""
    now = _definitions_of(connection, version.id)
    before = _last_published(connection, version, frozenset(now))
    known = load_measures()
    changed = [
        ChangedDefinition(name, known[name].title if name in known else name, before[name], number)
        for name, number in now.items()
        if name in before and before[name] != number
    ]
    return sorted(changed, key=lambda one: one.title)


def _last_published(
    connection: Connection, version: Version, wanted: frozenset[str]
) -> dict[str, int]:
    """Usually the newest published version has them all; older ones are asked for the rest."""
    every = get_versions(connection, version.area_code)
    stands = [one for one in every if one.state in _STANDS and one.id != version.id]
    found: dict[str, int] = {}
    for one in sorted(stands, key=_when, reverse=True):
        if wanted <= found.keys():
            break
        found = _definitions_of(connection, one.id) | found
    return found


def _when(version: Version) -> tuple[str, str, int]:
    return version.published_at or "", version.term_label, version.number


def _definitions_of(connection: Connection, version_id: int) -> dict[str, int]:
    """The newest definition that figures of each measure follow in a version."""
    query = (
        select(observation.c.measure_id, func.max(observation.c.definition_version))
        .where(
            observation.c.release_version_id == version_id,
            observation.c.superseded_by_id.is_(None),
        )
        .group_by(observation.c.measure_id)
    )
    return {name: int(number) for name, number in connection.execute(query)}


def get_used(connection: Connection, area_code: str, measure: Measure) -> list[Used]:
    """Which published releases of an area follow which definition of a measure, newest first."""
    found: dict[int, list[str]] = {}
    versions = {one.id: one for one in get_versions(connection, area_code) if one.state in _STANDS}
    query = (
        select(observation.c.release_version_id, func.max(observation.c.definition_version))
        .where(
            observation.c.release_version_id.in_(list(versions)),
            observation.c.measure_id == measure.id,
            observation.c.superseded_by_id.is_(None),
        )
        .group_by(observation.c.release_version_id)
    )
    numbers = {int(one): int(number) for one, number in connection.execute(query)}
    for version in versions.values():
        if version.id in numbers:
            found.setdefault(numbers[version.id], []).append(version.term.short_title)
    return [
        Used(number, tuple(dict.fromkeys(terms))) for number, terms in sorted(found.items())[::-1]
    ]


def get_publications(connection: Connection) -> dict[str, str]:
    """What the published files are that measures are set beside: file kind → publisher and title,
    of the newest that was loaded."""
    columns = (vintage.c.file_kind, vintage.c.publisher, vintage.c.publication)
    rows = connection.execute(select(*columns).order_by(vintage.c.id))
    return {kind: f"{publisher}: {publication}" for kind, publisher, publication in rows}


_HEADINGS = (
    "measure_id",
    "title",
    "theme",
    "owner",
    "written_by",
    "checked_by",
    "definition_version",
    "next_review",
    "overdue",
    "extract",
    "unit",
    "polarity",
    "definition",
    "limits",
)


def definition_rows(measures: Sequence[Measure], today: dt.date) -> Rows:
    """Every definition as one row of a file; the words of several entries in one cell."""
    return Rows(_HEADINGS, tuple(tuple(_row(measure, today)) for measure in measures))


def _row(measure: Measure, today: dt.date) -> Iterator[str | int]:
    yield from (measure.id, measure.title, theme_words(measure.theme), measure.owner)
    yield from (measure.authored_by, measure.checked_by, measure.version)
    yield measure.next_review.isoformat()
    yield "yes" if is_overdue(measure, today) else "no"
    yield from (measure.source.extract, measure.unit, measure.polarity)
    for entries in (definition_entries(measure), limits_entries(measure)):
        yield " ".join(f"{name}: {words}" for name, words in entries)
