"""The board of a term: what came, what is late, who is to do what; and the list of all terms."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.last_values import last_values
from dashboard.releases.definitions import ChangedDefinition, changed_definitions
from dashboard.releases.received import senders
from dashboard.releases.received_files import File, get_file_facts
from dashboard.releases.rounds import Round, get_round, get_rounds, terms_of
from dashboard.releases.to_do import get_people
from dashboard.releases.versions import get_files, get_versions
from dashboard.settings import Settings
from loaders.template import build_template
from schemas.database import Database
from schemas.extracts import load_extracts
from schemas.round_tables import act
from schemas.term import Term

_ACTS_SHOWN = 12


class NoSuchTerm(Exception):
    """There is no board for this term, or nobody of that name sends anything in."""


@dataclass(frozen=True)
class Board:
    """One term's board: the round, the files of its newest version, changed definitions and the
    last acts about it, newest first."""

    round: Round
    files: tuple[File, ...]
    changed: tuple[ChangedDefinition, ...]
    acts: tuple[Row[Any], ...]


@service(Task.see_drafts)
def see_terms(
    database: Database, _actor: Person, area_code: str, /, settings: Settings
) -> list[Round]:
    """Every term of an area, newest first."""
    with database.reading() as connection:
        return get_rounds(connection, settings, settings.areas[area_code])


@service(Task.see_drafts)
def see_board(
    database: Database, _actor: Person, area_code: str, /, settings: Settings, term: Term
) -> Board:
    """The board of one term.

    Raises:
        NoSuchTerm: the term has not begun, or was before the area's first.
    """
    area = settings.areas[area_code]
    with database.reading() as connection:
        versions = get_versions(connection, area_code)
        if term not in terms_of(versions, settings.today()):
            raise NoSuchTerm(f"{term.title} has no board.")
        round_ = get_round(
            connection, settings, area, term, versions, get_people(connection, area_code)
        )
        version = round_.version
        ids = [row.id for row in get_files(connection, version.id)] if version else []
        files = get_file_facts(connection, ids)
        changed = changed_definitions(connection, version) if version else []
        acts = _acts(connection, area_code, term)
    return Board(round_, tuple(files[i] for i in sorted(ids)[::-1]), tuple(changed), acts)


@service(Task.see_drafts)
def make_blank(
    database: Database,
    _actor: Person,
    area_code: str,
    /,
    settings: Settings,
    term: Term,
    organisation: str = "",
) -> bytes:
    """The workbook to fill in for a term, with last term's figures greyed: an organisation's
    sheets only, or all of the area's when none is given.

    Raises:
        NoSuchTerm: the organisation sends nothing for this area.
    """
    area, extracts, cover = settings.areas[area_code], load_extracts(), {}
    if organisation:
        if organisation not in [one.organisation for one in senders(area)]:
            raise NoSuchTerm(f"{organisation} sends nothing for {area.name}.")
        extracts = {name: extracts[name] for name in area.extracts_of(organisation)}
        cover = {"Organisation": organisation}
    values = last_values(database, area, term)
    return build_template(area, term, extracts, last_values=values, cover=cover)


def _acts(connection: Connection, area_code: str, term: Term) -> tuple[Row[Any], ...]:
    query = (
        select(act)
        .where(act.c.area_code == area_code, act.c.subject.startswith(term.label))
        .order_by(act.c.id.desc())
        .limit(_ACTS_SHOWN)
    )
    return tuple(connection.execute(query))
