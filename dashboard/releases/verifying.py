"""Whether what is kept is still what was kept: the record, the figures, the files, the guards."""

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from dashboard.record import Chain, look_through
from dashboard.releases.versions import hash_content
from schemas.migrations.guards import every_guard
from schemas.round_tables import act
from schemas.tables import extract_file, release, release_version

_STEPS = ("checked", "agreed", "published")


class Verdict(NamedTuple):
    """What was looked at, whether it holds, and each thing that does not."""

    about: str
    holds: bool
    words: str
    faults: tuple[str, ...] = ()


def verify(connection: Connection, anchor: str = "") -> list[Verdict]:
    """Looks through everything. `anchor` is a head of the record that was written down before."""
    chain = look_through(connection, anchor)
    found = [_of_the_record(chain)]
    if anchor:
        found.append(_of_the_anchor(chain, anchor))
    for check in (_figures, _files, _sign_off, _guards):
        found.append(check(connection))
    return found


def _of_the_record(chain: Chain) -> Verdict:
    faults = tuple(f"Act {one.act_id} {one.why}." for one in chain.breaks)
    size = _counted(chain.acts, "act")
    if faults:
        return Verdict("record", False, f"The record does not hold together ({size}).", faults)
    head = f" Head: {chain.head}" if chain.head else ""
    return Verdict("record", True, f"The record holds together: {size}.{head}")


def _of_the_anchor(chain: Chain, anchor: str) -> Verdict:
    if chain.anchored:
        return Verdict("anchor", True, f"The head {anchor} is still in the record.")
    words = f"The head {anchor} is not in the record: acts were cut off or written anew."
    return Verdict("anchor", False, words)


def _figures(connection: Connection) -> Verdict:
    """What was checked has the figures that were checked."""
    query = select(
        release_version.c.id,
        release_version.c.number,
        release_version.c.content_sha256,
        release.c.area_code,
        release.c.term,
    ).join(release, release.c.id == release_version.c.release_id)
    query = query.where(release_version.c.content_sha256.is_not(None))
    rows = list(connection.execute(query.order_by(release_version.c.id)))
    faults = tuple(
        f"{row.area_code} {row.term} v{row.number} no longer has the figures that were checked."
        for row in rows
        if hash_content(connection, row.id) != row.content_sha256
    )
    size = _counted(len(rows), "release version")
    return _verdict("figures", faults, f"The figures of {size} are those that were checked.")


def _files(connection: Connection) -> Verdict:
    columns = (extract_file.c.id, extract_file.c.sha256, extract_file.c.content)
    faults, seen = [], 0
    query = select(*columns).order_by(extract_file.c.id).execution_options(yield_per=10)
    for file_id, sha256, content in connection.execute(query):
        seen += 1
        if hashlib.sha256(content).hexdigest() != sha256:
            faults.append(f"File {file_id} is not the file that was sent.")
    size = _counted(seen, "file")
    return _verdict("files", tuple(faults), f"{size} kept as sent.")


def _sign_off(connection: Connection) -> Verdict:
    """Whatever was published has its acts of checking, agreeing and publishing on the record, on
    the content it has; invented figures of a demonstration alone need none."""
    query = (
        select(release_version, release.c.area_code, release.c.term)
        .join(release, release.c.id == release_version.c.release_id)
        .where(release_version.c.published_at.is_not(None))
        .order_by(release_version.c.id)
    )
    faults, seen = [], 0
    for row in connection.execute(query):
        if row.invented and row.content_sha256 is None:
            continue
        seen += 1
        subject = f"{row.term} v{row.number}"
        missing = _missing(connection, row.area_code, subject, row.content_sha256)
        if missing:
            steps = " and ".join(missing)
            faults.append(f"{row.area_code} {subject}: the record does not say it was {steps}.")
    size = _counted(seen, "release version")
    words = f"{size} checked, agreed and published on the record."
    return _verdict("sign-off", tuple(faults), words)


def _missing(
    connection: Connection, area_code: str, subject: str, content_sha256: str | None
) -> list[str]:
    query = select(act.c.to_state).where(
        act.c.area_code == area_code,
        act.c.subject == subject,
        act.c.content_sha256 == content_sha256,
        act.c.from_state != act.c.to_state,
    )
    told = {"published" if s == "corrected" else s for s in connection.scalars(query)}
    return [step for step in _STEPS if step not in told]


def _guards(connection: Connection) -> Verdict:
    """The triggers are there, whole and not switched off."""
    dialect = connection.dialect.name
    there = _GUARDS_OF[dialect](connection)
    wanted = dict(_wanted_guards(dialect))
    faults = tuple(
        f"The guard {name} is missing, changed or switched off."
        for name, made in wanted.items()
        if there.get(name) != made
    )
    return _verdict("guards", faults, f"{_counted(len(wanted), 'guard')} of the tables in place.")


def _wanted_guards(dialect: str) -> Iterator[tuple[str, str]]:
    """Each trigger's name, with what it does: its statement, or its function's body."""
    bodies: dict[str, str] = {}
    for statement in every_guard(dialect):
        name = statement.split()[2]
        if statement.startswith("CREATE FUNCTION"):
            bodies[name.removesuffix("()")] = statement.split("$$")[1]
        elif dialect == "postgresql":
            yield name, bodies[statement.rsplit(" ", 1)[1].removesuffix("()")]
        else:
            yield name, statement


def _sqlite_guards(connection: Connection) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    return {row.name: row.sql for row in connection.execute(text(query))}


def _postgresql_guards(connection: Connection) -> dict[str, str]:
    query = (
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgenabled = 'O'"
    )
    return {row.tgname: row.prosrc for row in connection.execute(text(query))}


_GUARDS_OF: dict[str, Callable[[Connection], dict[str, str]]] = {
    "sqlite": _sqlite_guards,
    "postgresql": _postgresql_guards,
}


def _verdict(about: str, faults: tuple[str, ...], words: str) -> Verdict:
    found = f"{_counted(len(faults), 'fault')} found among the {about}."
    return Verdict(about, not faults, found if faults else words, faults)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
