"""Publishing: an agreed version comes out whole, once, by a person or at its planned time."""

import datetime as dt

from sqlalchemy import Connection, update

from dashboard.access.person import Person
from dashboard.access.service import service
from dashboard.access.tasks import Task
from dashboard.analysis.warm import load_statistics
from dashboard.publication.prepare import (
    CHANGED,
    Prepared,
    keep_prepared,
    prepare_publication,
    why_not_public,
)
from dashboard.record import add_act
from dashboard.releases.labels import next_label
from dashboard.releases.notices import needs_notice
from dashboard.releases.refused import StepRefused, refuse_unless
from dashboard.releases.sign_off import to_draft
from dashboard.releases.versions import (
    Version,
    get_published_before,
    get_version,
    get_versions,
    hash_content,
)
from dashboard.settings import Settings
from loaders.reopen import end_plan
from schemas.database import Database
from schemas.tables import release_version

TRIES = 3  # when what the pages are made of changes while they are made
_OUT = ("published", "corrected")


@service(Task.publish)
def publish(
    database: Database,
    actor: Person,
    area_code: str,
    /,
    version_id: int,
    settings: Settings | None = None,
) -> Version:
    """agreed → published, or corrected when the term was published before, now.

    Returns:
        The version as it was published, with its label.

    Raises:
        NoSuchVersion: this area has none with that number.
        StepRefused: it is not agreed, a correction tells nobody why, or its figures are not those
            that were agreed; then it is a draft again.
    """
    settings = settings or Settings()
    load_statistics()  # takes seconds the first time, and nobody else can write meanwhile
    for _ in range(TRIES):
        with database.reading() as connection:
            refuse_unless(get_version(connection, area_code, version_id), "agreed")
        prepared = prepare_publication(database, area_code, version_id, settings)
        with database.writing() as connection:
            version = get_version(connection, area_code, version_id)
            refuse_unless(version, "agreed")
            why = publish_in(connection, actor, version, settings, prepared)
            published = get_version(connection, area_code, version_id)
        if why != CHANGED:
            break
    if why:
        raise StepRefused(why)
    return published


def publish_in(
    connection: Connection,
    actor: Person,
    version: Version,
    settings: Settings,
    prepared: Prepared | None,
) -> str:
    """Publishes an agreed version in the caller's transaction, with its pages for everyone; or
    says why not: `CHANGED` when it can be tried again. Figures that are not those that were agreed
    go back to draft.

    Args:
        prepared: its pages, made before anybody had to wait; None where only partners see them.
    """
    if hash_content(connection, version.id) != version.content_sha256:
        why = "Its figures are not those that were agreed, so it is a draft again."
        to_draft(connection, None, version, why)
        return why
    if needs_notice(connection, version):
        return "It corrects what is published, and the notice that tells everyone is missing."
    why = why_not_public(connection, version, settings, prepared)
    if why:
        return why
    corrects = get_published_before(connection, version) is not None
    state = "corrected" if corrects else "published"
    label = next_label(connection, version, settings)
    now = _next_moment(connection, version.area_code)
    connection.execute(
        update(release_version)
        .where(release_version.c.id == version.id)
        .values(state=state, published_at=now, published_by_id=actor.id, label=label)
    )
    end_plan(connection, version.id)
    edition = keep_prepared(connection, prepared)
    add_act(
        connection,
        actor,
        "published",
        area_code=version.area_code,
        subject=version.subject,
        from_state="agreed",
        to_state=state,
        content_sha256=version.content_sha256 or "",
        details={"label": label, "published_at": now, **edition},
    )
    _supersede(connection, actor, version)
    return ""


def _next_moment(connection: Connection, area_code: str) -> str:
    """Now; a second later when something of the area came out this very second, so that editions
    have an order."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    last = max((one.published_at or "" for one in get_versions(connection, area_code)), default="")
    if last and dt.datetime.fromisoformat(last) >= now:
        now = dt.datetime.fromisoformat(last) + dt.timedelta(seconds=1)
    return now.isoformat(timespec="seconds")


def _supersede(connection: Connection, actor: Person, version: Version) -> None:
    """Earlier versions of the term, and those of earlier terms, have done their time; pages show
    the newest of each term all the same."""
    for one in get_versions(connection, version.area_code):
        same = one.term_label == version.term_label and one.number < version.number
        if one.state in _OUT and (same or one.term_label < version.term_label):
            connection.execute(
                update(release_version)
                .where(release_version.c.id == one.id)
                .values(state="superseded")
            )
            add_act(
                connection,
                actor,
                "superseded",
                area_code=one.area_code,
                subject=one.subject,
                from_state=one.state,
                to_state="superseded",
                content_sha256=one.content_sha256 or "",
                reason=f"{version.words} was published.",
            )
