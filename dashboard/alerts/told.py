"""What one person is told: of each digest the things they chose, as they may read them now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task, may
from dashboard.alerts.choices import Choice, get_choices, held_by
from dashboard.alerts.digest import Digest, Kept, Thing, get_kept
from dashboard.alerts.kinds import About
from dashboard.releases.notices import get_notice
from dashboard.releases.versions import Version, get_versions
from dashboard.words.alerts import looked_sentence, thing_phrase
from dashboard.words.notices import notice_lead
from schemas.database import Database
from schemas.round_tables import public_notice

_MOST = 40  # digests that are read: some years
_WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Entry:
    """All that is told of one measure or sheet: each phrase with its sentence; `figure` and
    `chart` are sentences with figures, "" where there are none."""

    title: str
    address: str
    said: tuple[tuple[str, str], ...]
    figure: str = ""
    chart: str = ""


@dataclass(frozen=True)
class Told:
    """A digest for one person. `withdrawn` says what was withdrawn since, and then nothing else of
    it is told; `corrected` that it was corrected since; `changed_at` is the stored time of either,
    else when it happened; `looked` says how many measures were looked at."""

    kept: Kept
    title: str
    entries: tuple[Entry, ...]
    looked: str
    withdrawn: str = ""
    corrected: str = ""
    changed_at: str = ""

    @property
    def digest(self) -> Digest:
        return self.kept.digest


@service(Task.subscribe)
def list_told(database: Database, actor: Person, area_code: str, /) -> list[Told]:
    """What the actor chose to be told of, the newest first, whenever they chose it."""
    with database.reading() as connection:
        choices = get_choices(connection, area_code, actor.id)
        kept = get_kept(connection, area_code, most=_MOST) if choices else []
        found = [*tell(connection, actor, area_code, kept, choices)]
    return sorted(found, key=lambda one: (one.digest.happened_at, one.kept.id), reverse=True)


def tell(
    connection: Connection,
    person: Person,
    area_code: str,
    kept: Iterable[Kept],
    choices: Sequence[Choice],
) -> Iterator[Told]:
    """Of each digest what is in these choices, and nothing of those without any: only whoever
    follows everything is told of a publication that has nothing to tell. What is late is told to
    those who may see what came for a term."""
    versions = {one.id: one for one in get_versions(connection, area_code)}
    for one in kept:
        if one.digest.about is About.late and not may(person, Task.see_drafts, area_code):
            continue
        things = [thing for thing in one.digest.things if held_by(choices, thing)]
        if things or _is_news(one.digest, choices):
            yield _told(connection, one, things, choices, versions)


def _is_news(digest: Digest, choices: Sequence[Choice]) -> bool:
    out = digest.about in (About.published, About.corrected)
    return out and any(one.scope == "everything" for one in choices)


def _told(
    connection: Connection,
    kept: Kept,
    things: Sequence[Thing],
    choices: Sequence[Choice],
    versions: dict[int, Version],
) -> Told:
    digest = kept.digest
    if gone := [versions[one] for one in digest.rests_on if versions[one].state == _WITHDRAWN]:
        at = max(_withdrawn_at(connection, one) for one in gone)
        said = " ".join(notice_lead("withdrawal", one.term_label, at) for one in _by_term(gone))
        title = digest.title
        if digest.version_id in [one.id for one in gone]:
            title = f"Withdrawn: {title[0].lower()}{title[1:]}"
        return Told(kept, title, (), "", said, changed_at=max(at, digest.happened_at))
    mine = [
        name
        for name, looked in digest.looked_at.items()
        if any(one.names(name, looked.theme) for one in choices)
    ]
    tests = sum(one.tests for one in digest.looked_at.values())
    corrected, at = _corrected(connection, versions, digest)
    return Told(
        kept,
        digest.title,
        tuple(_entries(digest, things)),
        looked_sentence(len(digest.looked_at), len(mine), tests),
        corrected=corrected,
        changed_at=max(at, digest.happened_at),
    )


def _withdrawn_at(connection: Connection, version: Version) -> str:
    query = select(func.max(public_notice.c.written_at)).where(
        public_notice.c.release_version_id == version.id, public_notice.c.kind == "withdrawal"
    )
    return connection.scalar(query) or ""


def _by_term(versions: Iterable[Version]) -> list[Version]:
    """One for each term."""
    return [*{one.term_label: one for one in versions}.values()]


def _corrected(
    connection: Connection, versions: dict[int, Version], digest: Digest
) -> tuple[str, str]:
    """That a later version took its place, and when; "" when none did."""
    own = versions.get(digest.version_id)
    later = [
        one
        for one in versions.values()
        if own and one.release_id == own.release_id and one.was_published
    ]
    newest = max(later, key=lambda one: one.number, default=None)
    if newest is None or own is None or newest.number == own.number:
        return "", ""
    at, notice = newest.published_at or "", get_notice(connection, newest)
    return notice_lead(notice.kind if notice else "correction", newest.term_label, at), at


def _entries(digest: Digest, things: Iterable[Thing]) -> Iterator[Entry]:
    """One for each measure or sheet, in the order of its most pressing thing."""
    together: dict[tuple[str, str], list[Thing]] = {}
    for thing in things:
        together.setdefault((thing.title, thing.address), []).append(thing)
    for (title, address), ones in together.items():
        said = tuple((thing_phrase(one.kind), one.words) for one in ones)
        chart = digest.charts.get(next(iter(ones[0].measures), ""), ("", ""))
        yield Entry(title, address, said, *chart)
