"""What came for a term: each extract that is expected, who sends it, and the files it stands in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, case, func, select

from dashboard.releases.received_files import File, get_file_facts
from dashboard.releases.versions import Version
from schemas.area_settings import AreaSettings
from schemas.measure import Measure
from schemas.tables import observation

_AS_SENT = ("snapshot", "in_term", "in_month")  # other bases are worked out, from other terms too


@dataclass(frozen=True)
class Part:
    """A file and how many figures of an extract stand in the newest version as it gave them."""

    file: File
    figures: int

    @property
    def unanswered(self) -> bool:
        return not self.file.answered_by


@dataclass(frozen=True)
class Expected:
    """One extract of a term. `parts` are the files it stands in now, newest first; `came_on` is
    the day it first came, None while it is missing; `due_on` is None where no day was set."""

    extract: str
    organisation: str
    due_on: dt.date | None
    parts: tuple[Part, ...]
    came_on: dt.date | None
    today: dt.date

    @property
    def received(self) -> bool:
        return self.came_on is not None

    @property
    def days_late(self) -> int:
        """How late it came, or is by now."""
        return max(((self.came_on or self.today) - self.due_on).days, 0) if self.due_on else 0

    @property
    def status(self) -> str:
        """`provisional`, `final` or `revised`, as the newest file says; "" while it is missing."""
        return self.parts[0].file.status if self.parts else ""

    @property
    def unanswered(self) -> bool:
        return any(part.unanswered for part in self.parts)


class Sender(NamedTuple):
    """Who sends some extracts, and who there looks after it; "" when the settings do not say."""

    organisation: str
    role: str
    extracts: tuple[str, ...]


def senders(settings: AreaSettings) -> list[Sender]:
    """Who sends what; all of it from anyone when the settings do not say."""
    if not settings.sends:
        return [Sender("", "", settings.extracts)]
    return [Sender(one.organisation, one.role, one.extracts) for one in settings.sends]


def get_received(
    connection: Connection,
    settings: AreaSettings,
    measures: Iterable[Measure],
    versions: Sequence[Version],
    due_on: dt.date | None,
    today: dt.date,
) -> list[Expected]:
    """Every extract that is expected, by sender, in the order of the settings.

    Args:
        versions: those of one term, the newest first; none when nothing came.
    """
    extract_of = {measure.id: measure.source.extract for measure in measures}
    current: dict[str, dict[int, int]] = defaultdict(dict)
    ever: dict[str, set[int]] = defaultdict(set)
    for measure_id, file_id, figures in _counts(connection, versions):
        extract = extract_of.get(measure_id, "")
        ever[extract].add(file_id)
        if figures:
            current[extract][file_id] = current[extract].get(file_id, 0) + figures
    files = get_file_facts(connection, {one for ids in ever.values() for one in ids})
    return [
        Expected(
            extract,
            sent.organisation,
            due_on,
            tuple(Part(files[i], n) for i, n in sorted(current[extract].items(), reverse=True)),
            min((files[i].came_on for i in ever[extract]), default=None),
            today,
        )
        for sent in senders(settings)
        for extract in sent.extracts
    ]


def _counts(connection: Connection, versions: Sequence[Version]) -> Iterable[tuple[str, int, int]]:
    """For each measure and file, how many figures are current in the newest version."""
    if not versions:
        return []
    this = observation.c
    is_current = (this.release_version_id == versions[0].id) & this.superseded_by_id.is_(None)
    query = (
        select(this.measure_id, this.extract_file_id, func.sum(case((is_current, 1), else_=0)))
        .where(
            this.release_version_id.in_([version.id for version in versions]),
            this.basis.in_(_AS_SENT),
        )
        .group_by(this.measure_id, this.extract_file_id)
    )
    return [(measure_id, int(file), int(n)) for measure_id, file, n in connection.execute(query)]
