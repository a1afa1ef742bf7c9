"""What a database says after it was done harm to: nothing lost, nothing early, nothing twice."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from dashboard.operations.damage import find_damage
from dashboard.record import find_breaks
from schemas.database import Database
from schemas.plan_tables import digest
from schemas.round_tables import act, announcement, submission
from schemas.tables import release_version


class Promised(NamedTuple):
    """What people were told is done: numbers of files sent in, and days announced; and when the
    edition that was planned was to come out."""

    files: Collection[int]
    days: Collection[str]
    planned: dt.datetime
    version_id: int


def find_harm(database: Database, promised: Promised) -> list[str]:
    """A line for everything that is not as it was promised; none when all is well."""
    with database.reading() as connection:
        sent = connection.execute(select(submission.c.id, submission.c.sha256)).all()
        days = Counter(connection.scalars(select(announcement.c.on_day)))
        whats = Counter(connection.scalars(select(act.c.what)))
        editions = select(release_version).where(release_version.c.id == promised.version_id)
        edition = connection.execute(editions).one()
        out = connection.scalars(
            select(act.c.done_at).where(act.c.what == "published").order_by(act.c.id)
        ).all()
        occasions = select(digest.c.area_code, digest.c.occasion)
        told = Counter(map(tuple, connection.execute(occasions)))
        breaks = [one.why for one in find_breaks(connection)]
        damage = find_damage(connection)
    harm = [f"lost file {one}" for one in {*promised.files} - {row.id for row in sent}]
    harm += [f"lost day {one}" for one in {*promised.days} - {*days}]
    harm += [f"file twice {key}" for key, n in Counter(row.sha256 for row in sent).items() if n > 1]
    harm += [f"day twice {day}" for day, n in days.items() if n > 1 and day in promised.days]
    harm += [f"told twice {key}" for key, n in told.items() if n > 1]
    if whats["sent in"] != len(sent):
        harm.append(f"{len(sent)} files and {whats['sent in']} acts of sending in")
    if edition.state not in ("published", "corrected"):
        harm.append(f"the planned edition is {edition.state}")
    elif dt.datetime.fromisoformat(edition.published_at) < promised.planned:
        harm.append(f"early: {edition.published_at}")
    if len(out) != 2:
        harm.append(f"{len(out)} publications, not the first and the planned one")
    return harm + breaks + damage
