"""Sign-off: somebody answers for each file, somebody else checks, and anything goes back."""

from sqlalchemy import Connection, insert, select, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.commentary import spaced
from dashboard.record import add_act, now_text
from dashboard.releases.notices import needs_notice
from dashboard.releases.protected import get_kept
from dashboard.releases.refused import StepRefused, refuse_unless, text_faults
from dashboard.releases.versions import (
    Version,
    get_files,
    get_senders,
    get_unanswered,
    get_version,
    get_versions,
    hash_content,
)
from dashboard.settings import Settings
from loaders.reopen import return_to_draft
from schemas.database import Database
from schemas.round_tables import attestation
from schemas.tables import release_version


@service(Task.attest)
def attest(database: Database, actor: Person, area_code: str, /, extract_file_id: int) -> None:
    """The actor answers for a file of their own organisation that was loaded by command.

    Raises:
        StepRefused: there is no such file in a draft here, it is another organisation's, or they
            answer for it already.
    """
    with database.writing() as connection:
        version, name = _draft_of(connection, actor, area_code, extract_file_id)
        row = {"extract_file_id": extract_file_id, "person_id": actor.id}
        known = select(attestation.c.id).filter_by(**row)
        if connection.scalar(known) is not None:
            raise StepRefused("You answer for this file already.")
        connection.execute(insert(attestation).values(row | {"attested_at": now_text()}))
        add_act(
            connection,
            actor,
            "answered for a file",
            area_code=area_code,
            subject=version.subject,
            details={"file": name, "extract_file_id": extract_file_id},
        )


def _draft_of(
    connection: Connection, actor: Person, area_code: str, extract_file_id: int
) -> tuple[Version, str]:
    """The draft that the file stands in, and the file's name."""
    for version in get_versions(connection, area_code):
        for file in get_files(connection, version.id) if version.state == "draft" else ():
            if file.id == extract_file_id:
                if file.organisation not in actor.organisations_in(area_code):
                    raise StepRefused(f"Somebody of {file.organisation} answers for this file.")
                return version, file.name
    raise StepRefused("There is no such file in a draft of this area.")


@service(Task.check)
def pass_checks(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    version_id: int,
    settings: Settings | None = None,
) -> None:
    """draft → checked: from here on its figures are fixed, by their hash.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: a check finds something, nobody answers for a file, or the actor does.
    """
    settings = settings or Settings()
    _work_out_first(database, actor, area_code, version_id, settings)
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        _refuse_check(connection, actor, version, settings)
        content = hash_content(connection, version.id)
        connection.execute(
            update(release_version)
            .where(release_version.c.id == version.id)
            .values(state="checked", content_sha256=content, checked_by_id=actor.id)
        )
        add_act(
            connection,
            actor,
            "checked",
            area_code=area_code,
            subject=version.subject,
            from_state="draft",
            to_state="checked",
            content_sha256=content,
        )


def _work_out_first(
    database: Database, actor: Person, area_code: str, version_id: int, settings: Settings
) -> None:
    """What is hidden from everyone, where nobody has worked it out for these figures; not while
    others wait to write, since it takes seconds."""
    with database.reading() as connection:
        version = get_version(connection, area_code, version_id)
        kept = get_kept(connection, version)
        ready = version.state == "draft" and not why_not_check(connection, version)
    if ready and settings.areas[area_code].public and not (kept and kept.current):
        from dashboard.releases.protection import keep_worked_out  # makes pages: a second

        keep_worked_out(database, actor, version, settings)


def _refuse_check(
    connection: Connection, actor: Person, version: Version, settings: Settings
) -> None:
    refuse_unless(version, "draft")
    why = why_not_check(connection, version)
    if actor.id in get_senders(connection, version.id):
        why = ["You answer for a file of it, so somebody else checks it.", *why]
    if why:
        raise StepRefused(" ".join(why))
    from dashboard.releases.checks import findings_in_the_way  # pandas and more: a second

    found = findings_in_the_way(
        connection,
        version.area_code,
        version,
        settings,
    )
    if found:
        first = found[0].words
        more = f" And {len(found) - 1} more." if len(found) > 1 else ""
        raise StepRefused(f"{len(found)} found by the checks still in the way. {first}{more}")


def why_not_check(connection: Connection, version: Version) -> list[str]:
    """What has to come before anybody can check a draft, besides what the checks find."""
    files = get_files(connection, version.id)
    if not files:
        return ["It holds no figures."]
    why = [
        f"Nobody of {file.organisation} answers for the file {file.name} yet."
        for file in get_unanswered(connection, version.id)
    ]
    if needs_notice(connection, version):
        why.append("The notice that tells everyone what is corrected or revised is not written.")
    return why


@service(Task.send_back)
def send_back(
    database: Database, actor: Person, area_code: str, /, version_id: int, reason: str
) -> None:
    """checked or agreed → draft, for a written reason; a plan to publish it is called off.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: it is neither, or there is no reason.
    """
    reason = spaced(reason)
    with database.writing() as connection:
        version = get_version(connection, area_code, version_id)
        refuse_unless(version, "checked", "agreed")
        faults = text_faults({"reason": ("The reason", reason)})
        if faults:
            raise StepRefused(faults)
        to_draft(connection, actor, version, reason)


def to_draft(connection: Connection, actor: Person | None, version: Version, reason: str) -> None:
    """Back to draft, with its plan and its early readers ended, on the record."""
    return_to_draft(connection, version.id)
    add_act(
        connection,
        actor,
        "sent back",
        area_code=version.area_code,
        subject=version.subject,
        from_state=version.state,
        to_state="draft",
        content_sha256=version.content_sha256 or "",
        reason=reason,
    )
