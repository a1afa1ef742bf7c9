"""What the headings of a source mean, where it writes its own: chosen, remembered, forgotten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import NotAllowed, Task
from dashboard.record import add_act, now_text
from dashboard.settings import Settings
from loaders.matching import LONGEST_HEADING, HeadingChoices
from loaders.privacy_headings import find_heading_kind
from loaders.privacy_text import find_kinds
from schemas.database import Database
from schemas.extract import Extract
from schemas.extracts import load_extracts
from schemas.people_tables import person
from schemas.round_tables import heading_choice
from schemas.text import plain


class HeadingRefused(Exception):
    """A meaning that cannot be given to a heading; the message is a sentence for who chose it."""


@dataclass(frozen=True)
class Remembered:
    """What one heading means in the files of one source. `column_id` is "" for a column that is
    left out; `chosen_by` is a job title and number."""

    id: int
    organisation: str
    extract: str
    heading: str
    column_id: str
    chosen_at: str
    chosen_by: str

    @property
    def column_words(self) -> str:
        return _words(self.column_id, load_extracts()[self.extract])


def get_choices(
    connection: Connection, area_code: str, organisations: Iterable[str]
) -> HeadingChoices:
    """Extract id → plain heading → column id, as remembered now for these organisations."""
    found: dict[str, dict[str, str]] = {}
    for one in _remembered(connection, area_code, organisations):
        found.setdefault(one.extract, {})[plain(one.heading)] = one.column_id
    return found


@service(Task.send_in)
def get_remembered(database: Database, actor: Person, area_code: str, /) -> list[Remembered]:
    """What is remembered for the organisations this person sends for, in the order chosen."""
    with database.reading() as connection:
        return _remembered(connection, area_code, actor.organisations_in(area_code))


@service(Task.send_in)
def choose_headings(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    organisation: str,
    extract: str,
    choices: Mapping[str, str],
    settings: Settings | None = None,
) -> None:
    """Remembers what headings mean in this source's files of one extract; each choice takes the
    place of the one before it, and is put on the record with it.

    Args:
        choices: heading as it is written → column id, or "" to leave the column out.

    Raises:
        NotAllowed: the actor does not send in this organisation's figures, or not this sheet.
        HeadingRefused: a heading cannot mean that.
    """
    _check_sender(database, actor, area_code, organisation, extract, settings or Settings())
    known = load_extracts()[extract]
    _check_choices(choices, known)
    with database.writing() as connection:
        remembered = _remembered(connection, area_code, [organisation])
        before = {plain(one.heading): one for one in remembered if one.extract == extract}
        for heading, column in choices.items():
            old = before.get(plain(heading))
            if old is not None and old.column_id == column:
                continue
            if old is not None:
                _end(connection, old)
            row = {"area_code": area_code, "organisation": organisation, "extract": extract}
            row |= {"heading": heading, "column_id": column, "chosen_at": now_text()}
            connection.execute(insert(heading_choice).values(row | {"chosen_by_id": actor.id}))
            _tell(connection, actor, area_code, organisation, known, heading, old, column)


@service(Task.send_in)
def forget_heading(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    organisation: str,
    extract: str,
    heading: str,
    settings: Settings | None = None,
) -> None:
    """Asks again, from the next file on, what a heading means.

    Raises:
        NotAllowed: the actor does not send in this organisation's figures, or not this sheet.
        HeadingRefused: nothing is remembered of this heading.
    """
    _check_sender(database, actor, area_code, organisation, extract, settings or Settings())
    with database.writing() as connection:
        remembered = _remembered(connection, area_code, [organisation])
        found = [
            x for x in remembered if (x.extract, plain(x.heading)) == (extract, plain(heading))
        ]
        if not found:
            raise HeadingRefused(f"Nothing is remembered of the heading “{heading[:60]}”.")
        for old in found:
            _end(connection, old)
            known = load_extracts()[extract]
            _tell(connection, actor, area_code, organisation, known, old.heading, old, None)


def _check_sender(
    database: Database,
    actor: Person,
    area_code: str,
    organisation: str,
    extract: str,
    settings: Settings,
) -> None:
    """As for somebody without the role, a refusal is put on the record."""
    why = ""
    if organisation not in actor.organisations_in(area_code):
        why = "You may not say what headings mean in another organisation’s files."
    elif extract not in settings.areas[area_code].extracts_of(organisation):
        why = f"{organisation} does not send this sheet."
    if why:
        with database.writing() as connection:
            subject = Task.send_in.value
            add_act(connection, actor, "refused", area_code=area_code, subject=subject, reason=why)
        raise NotAllowed(why)


def _check_choices(choices: Mapping[str, str], extract: Extract) -> None:
    columns = [column for column in choices.values() if column]
    for heading, column in choices.items():
        said = f"“{heading[:60]}”"
        if not plain(heading) or len(heading) > LONGEST_HEADING:
            raise HeadingRefused(f"{said} is not a heading.")
        if any(find_kinds(heading)) or find_heading_kind(heading):
            raise HeadingRefused("A heading that looks like personal data is not kept.")
        if plain(heading) in extract.by_heading:
            raise HeadingRefused(f"{said} is a heading of the template and keeps its meaning.")
        if column and column not in extract.columns:
            raise HeadingRefused(f"“{extract.sheet}” has no column that {said} could be.")
        if columns.count(column) > 1:
            name = extract.heading_of(column)
            raise HeadingRefused(f"Two headings cannot both be “{name}”. Choose one of them.")
    if len({plain(heading) for heading in choices}) < len(choices):
        raise HeadingRefused("The same heading is here twice. Keep one of the two columns.")


def _remembered(
    connection: Connection, area_code: str, organisations: Iterable[str]
) -> list[Remembered]:
    query = (
        select(heading_choice, person.c.job_title)
        .join(person, person.c.id == heading_choice.c.chosen_by_id)
        .where(
            heading_choice.c.area_code == area_code,
            heading_choice.c.organisation.in_(list(organisations)),
            heading_choice.c.ended_at.is_(None),
        )
        .order_by(heading_choice.c.id)
    )
    return [
        Remembered(
            row.id,
            row.organisation,
            row.extract,
            row.heading,
            row.column_id,
            row.chosen_at,
            f"{row.job_title} (person {row.chosen_by_id})",
        )
        for row in connection.execute(query)
    ]


def _end(connection: Connection, old: Remembered) -> None:
    connection.execute(
        update(heading_choice).where(heading_choice.c.id == old.id).values(ended_at=now_text())
    )


def _tell(
    connection: Connection,
    actor: Person,
    area_code: str,
    organisation: str,
    extract: Extract,
    heading: str,
    old: Remembered | None,
    column: str | None,
) -> None:
    """One act for one heading, with what it meant and what it means now."""
    add_act(
        connection,
        actor,
        "forgot a heading" if column is None else "chose a heading",
        area_code=area_code,
        subject=f"“{heading}” on “{extract.sheet}”",
        from_state=_words(old.column_id, extract) if old else "",
        to_state=_words(column, extract) if column is not None else "",
        details={
            "organisation": organisation,
            "extract": extract.id,
            "heading": heading,
            "old": old.column_id if old else None,
            "new": column,
        },
    )


def _words(column_id: str, extract: Extract) -> str:
    return extract.heading_of(column_id) if column_id else "left out"
