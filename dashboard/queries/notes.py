"""The dated notes that were written on screen and agreed, as the pages draw them."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, RowMapping, func, or_, select

from dashboard.edition import Edition
from schemas.measure import load_measures
from schemas.note import Note
from schemas.round_tables import event_note


def get_notes(
    connection: Connection,
    area_code: str,
    packaged: Iterable[Note] = (),
    edition: Edition | None = None,
) -> tuple[Note, ...]:
    """The packaged notes and those agreed on screen for an area, oldest first; with an edition,
    as they were when it was shown."""
    agreed, ended = event_note.c.agreed_at, event_note.c.ended_at
    wanted = [event_note.c.area_code == area_code, agreed.is_not(None)]
    if edition:
        wanted += [agreed <= edition.notes_at, or_(ended.is_(None), ended > edition.notes_at)]
    else:
        wanted.append(ended.is_(None))
    rows = connection.execute(select(event_note).where(*wanted)).mappings()
    written = (note for row in rows for note in _as_notes(row))
    return tuple(sorted((*packaged, *written), key=lambda note: (note.on, note.id)))


def get_notes_second(connection: Connection, area_code: str) -> int:
    """When the newest note was agreed, or an agreed one ended, in seconds since 1970; 0 where
    none ever was."""
    about = select(func.max(event_note.c.agreed_at), func.max(event_note.c.ended_at)).where(
        event_note.c.area_code == area_code, event_note.c.agreed_at.is_not(None)
    )
    times = [time for time in connection.execute(about).one() if time]
    return int(dt.datetime.fromisoformat(max(times)).timestamp()) if times else 0


def subjects_of(row: RowMapping) -> dict[str, tuple[str, ...]]:
    """The measures and themes a note names; a measure that is gone since is left out."""
    named = json.loads(str(row["subjects"]))
    measures = tuple(one for one in named["measures"] if one in load_measures())
    return {"measures": measures, "themes": tuple(named["themes"])}


def _as_notes(row: RowMapping) -> Iterator[Note]:
    """One, or none when every measure it was about is gone."""
    subjects = subjects_of(row)
    if any(subjects.values()):
        yield Note(
            id=f"written_{row['id']:09}",
            on=dt.date.fromisoformat(str(row["on_day"])),
            words=str(row["words"]),
            source=str(row["source"]),
            areas=(str(row["area_code"]),),
            breaks=bool(row["breaks"]),
            **subjects,
        )
