"""The steps of a term's round: by when each is due, and whether it is done, next or late."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from dashboard.releases.agreements import get_agreements
from dashboard.releases.received import Expected
from dashboard.releases.uk_time import uk_day
from dashboard.releases.versions import Version
from schemas.area_settings import AreaSettings
from schemas.round_tables import act
from schemas.term import Term

STEPS = {
    "data": "Figures sent in",
    "checked": "Checked by somebody else",
    "group": "Agreed by the Partnership Group",
    "board": "Agreed by the Board or two senior officers",
    "published": "Published",
}
_FORUMS = {"group": ("group",), "board": ("board", "officers")}


@dataclass(frozen=True)
class Step:
    """`done_on` is None for a step that is done at a time nobody wrote down. `passed_over` is a
    step that invented figures did without."""

    name: str
    due_on: dt.date | None
    done: bool
    done_on: dt.date | None
    is_next: bool
    passed_over: bool
    today: dt.date

    @property
    def title(self) -> str:
        return STEPS[self.name]

    @property
    def is_agreement(self) -> bool:
        return self.name in _FORUMS

    @property
    def days_late(self) -> int:
        """How late it was done, or is by now."""
        day = self.done_on if self.done else self.today
        return max((day - self.due_on).days, 0) if day and self.due_on else 0

    @property
    def standing(self) -> str:
        """`done`, `passed over`, `late`, `next` or `to come`."""
        if self.done or self.passed_over:
            return "done" if self.done else "passed over"
        if self.days_late:
            return "late"
        return "next" if self.is_next else "to come"


def get_steps(
    connection: Connection,
    settings: AreaSettings,
    term: Term,
    versions: Sequence[Version],
    received: Sequence[Expected],
    today: dt.date,
) -> list[Step]:
    """The five steps of the newest version, in order.

    Args:
        received: empty when the term was published, so that its data is known to have come.
    """
    version = versions[0] if versions else None
    done = _done(connection, version, received)
    published = version is not None and version.was_published
    first_undone = "" if published else next((name for name in STEPS if name not in done), "")
    due = has_dates(versions)
    return [
        Step(
            name,
            settings.rhythm.due_on(term, name) if due else None,
            name in done,
            done.get(name),
            name == first_undone,
            published and name not in done,
            today,
        )
        for name in STEPS
    ]


def has_dates(versions: Sequence[Version]) -> bool:
    """Whether the rhythm's days hold for the newest version of a term: not for a correction, which
    is made when it is needed, nor for invented figures that were published without a round."""
    if any(one.was_published for one in versions[1:]):
        return False
    return not (versions and versions[0].was_published and versions[0].checked_by_id is None)


def _done(
    connection: Connection, version: Version | None, received: Sequence[Expected]
) -> Mapping[str, dt.date | None]:
    """The steps that are done, with their days."""
    if version is None:
        return {}
    done: dict[str, dt.date | None] = {}
    if version.was_published or (received and all(one.received for one in received)):
        done["data"] = max((one.came_on for one in received if one.came_on), default=None)
    if version.checked_by_id is not None:
        done["checked"] = _day_of(connection, version, "checked")
    done |= _agreements(connection, version)
    if version.was_published:
        published = uk_day(version.published_at) if version.published_at else None
        done["published"] = published
    return done


def _day_of(connection: Connection, version: Version, state: str) -> dt.date | None:
    """When a version last came to a state, by the record."""
    found = connection.scalar(
        select(act.c.done_at)
        .where(
            act.c.area_code == version.area_code,
            act.c.subject == version.subject,
            act.c.to_state == state,
        )
        .order_by(act.c.id.desc())
        .limit(1)
    )
    return uk_day(found) if found else None


def _agreements(connection: Connection, version: Version) -> Mapping[str, dt.date]:
    """The days of the meetings whose agreement counts."""
    found = get_agreements(connection, version)
    met = {one.forum: dt.date.fromisoformat(one.met_on) for one in found}
    return {
        step: met[forum] for step, forums in _FORUMS.items() for forum in forums if forum in met
    }
