"""The digests of what is late: extracts that did not come, and owners who did not write."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from dashboard.alerts.digest import Digest, Thing, late_in, late_occasion
from dashboard.alerts.kinds import About, Kind
from dashboard.record import now_text
from dashboard.releases.exceptions import unanswered
from dashboard.releases.received import Expected
from dashboard.releases.rounds import Round, get_rounds
from dashboard.releases.to_do import term_address
from dashboard.releases.uk_time import uk_day
from dashboard.releases.versions import Version
from dashboard.settings import Settings
from dashboard.words.alerts import late_title, overdue_title
from dashboard.words.periods import day_words
from schemas.area_settings import AreaSettings
from schemas.extracts import load_extracts

PATIENCE = dt.timedelta(days=28)  # that owners have to write after figures came out
_DAY = dt.timedelta(days=1)


def find_late(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    occasions: frozenset[str],
    since: str,
) -> Iterator[Digest]:
    """One digest for each term with extracts that are late and of which nobody was told.

    Args:
        occasions: what there are digests of.
        since: the stored time from which people want to know: what was late before is no news.
    """
    told = {one for occasion in occasions for one in late_in(occasion)}
    for round_ in get_rounds(connection, settings, area):
        late = [
            one
            for one in round_.received
            if not one.received
            and one.due_on
            and settings.today() > one.due_on
            and one.due_on + _DAY >= uk_day(since)
            and (round_.term.label, one.extract) not in told
        ]
        if late:
            yield _late(settings, area, round_, late)


def _late(
    settings: Settings, area: AreaSettings, round_: Round, late: Sequence[Expected]
) -> Digest:
    address = f"/staff/{area.code}/{term_address(round_.term)}/"
    return Digest(
        late_occasion(round_.term.label, [one.extract for one in late]),
        About.late,
        late_title(round_.term),
        now_text(),
        address,
        tuple(_sheet(settings, area, one, address) for one in late),
    )


def _sheet(settings: Settings, area: AreaSettings, one: Expected, address: str) -> Thing:
    measures = [m for m in settings.measures_of(area) if m.source.extract == one.extract]
    assert one.due_on is not None
    return Thing(
        Kind.late,
        f"The sheet “{load_extracts()[one.extract].sheet}”",
        tuple(measure.id for measure in measures),
        tuple(dict.fromkeys(measure.theme for measure in measures)),
        f"{f'{one.organisation} was' if one.organisation else 'It was'} to send it in by "
        f"{day_words(one.due_on.isoformat())}.",
        address,
    )


def find_overdue(
    connection: Connection,
    settings: Settings,
    area: AreaSettings,
    versions: Sequence[Version],
    since: str,
) -> Iterator[Digest]:
    """The newest published term, when its owners have had four weeks and some have not written."""
    version = next((one for one in versions if one.was_published), None)
    if version is None or not version.published_at or version.state == "withdrawn":
        return
    due_on = uk_day(version.published_at) + PATIENCE
    if settings.today() <= due_on or due_on + _DAY < uk_day(since):
        return
    asked = unanswered(connection, settings, area, version.term_label)
    address = f"/staff/{area.code}/exceptions/{term_address(version.term)}"
    words = f"It was asked for by {day_words(due_on.isoformat())}."
    things = [
        Thing(
            Kind.commentary_overdue,
            one.measure.short_title,
            (one.measure.id,),
            (one.measure.theme,),
            words,
            address,
        )
        for one in asked
    ]
    if things:
        yield Digest(
            overdue_occasion(version),
            About.commentary,
            overdue_title(version.term),
            now_text(),
            address,
            tuple(things),
            version_id=version.id,
            rests_on=(version.id,),
            invented=version.invented,
        )


def overdue_occasion(version: Version) -> str:
    """`commentary:2025-26-summer`: once for a term, however often it is corrected."""
    return f"{About.commentary}:{term_address(version.term)}"
