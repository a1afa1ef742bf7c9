"""Reads, in one go, everything a pack of the partnership's own figures is made of."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, RowMapping

from dashboard.address import Address
from dashboard.edition import Edition
from dashboard.packs.by_year import read_by_year
from dashboard.packs.editions import get_definition_versions, get_edition_before
from dashboard.packs.held import Figures, Held, judge_groups
from dashboard.packs.pack import OwnersWords
from dashboard.pages.notices import Notice, ready_notice
from dashboard.queries.explanations import get_beside_chart
from dashboard.queries.notices import get_notices, get_shown_versions
from dashboard.queries.records import get_commentary
from dashboard.queries.shown import visible_versions
from dashboard.settings import Settings
from dashboard.view import MeasureView
from dashboard.viewer import Viewer
from dashboard.views.gaps import get_sen_gaps
from dashboard.views.measure import get_measure_view
from dashboard.views.overview import get_overview
from dashboard.words.periods import day_words, period_short
from schemas.area_settings import AreaSettings
from schemas.measure import Measure

_PARTNER = Viewer.partner


def read_true(
    connection: Connection, settings: Settings, address: Address, edition: Edition
) -> Held:
    """The figures as the partnership sees them."""
    area = address.area
    measures = settings.measures_of(area)
    earlier = get_edition_before(connection, area.code, edition)
    views = {
        one.id: get_measure_view(connection, _PARTNER, one, area, settings.notes, edition)
        for one in measures
    }
    now = read_figures(connection, settings, area, edition)
    notices, since = read_notices(connection, area.code, edition, earlier)
    return Held(
        address=address,
        edition=edition,
        numbers="true",
        term=_newest(views.values()),
        now=now,
        before=read_figures(connection, settings, area, earlier) if earlier else None,
        views=views,
        commentary=_commentary(connection, area.code, edition, measures),
        beside=_beside(connection, area.code, edition, views.values()),
        by_year=read_by_year(connection, settings.measures_of(area), area.code, edition),
        left_out={},
        notices=notices,
        since=since,
        sen=tuple(get_sen_gaps(connection, _PARTNER, area, measures, edition)),
        invented=any(view.invented for view in views.values()),
    )


def read_figures(
    connection: Connection, settings: Settings, area: AreaSettings, edition: Edition
) -> Figures:
    """An edition as its overview has it."""
    measures = settings.measures_of(area)
    view = get_overview(connection, _PARTNER, area, measures, settings.notes, edition)
    ids = [*connection.scalars(visible_versions(_PARTNER, [area.code], edition))]
    versions = get_definition_versions(connection, ids)
    return judge_groups(view.groups, area, edition.words, versions)


def read_notices(
    connection: Connection, area_code: str, edition: Edition, earlier: Edition | None
) -> tuple[tuple[Notice, ...], tuple[Notice, ...]]:
    """What was corrected in the versions an edition shows, and those of them that the earlier one
    did not show."""
    told = [one for one in get_notices(connection, _PARTNER, area_code) if not one.is_withdrawal]
    shown = get_shown_versions(connection, _PARTNER, area_code, edition)
    known = get_shown_versions(connection, _PARTNER, area_code, earlier) if earlier else {}
    here = [one for one in told if one.number <= shown.get(one.term, (0, True))[0]]
    new = [one for one in here if one.number > known.get(one.term, (0, True))[0]]
    return tuple(map(ready_notice, here)), tuple(map(ready_notice, new))


def _newest(views: Iterable[MeasureView]) -> str:
    return max((view.area_latest_term for view in views), default="")


def _commentary(
    connection: Connection, area_code: str, edition: Edition, measures: Sequence[Measure]
) -> dict[str, tuple[OwnersWords, ...]]:
    """Of each measure what is said of the newest term anything is said of."""
    found: dict[str, list[RowMapping]] = {}
    for row in get_commentary(connection, _PARTNER, area_code, edition=edition):
        if not row["returned_at"]:
            found.setdefault(str(row["measure_id"]), []).append(row)
    return {
        one.id: tuple(
            _owners_words(row) for row in found[one.id] if row["term"] == found[one.id][0]["term"]
        )
        for one in measures
        if one.id in found
    }


def _owners_words(row: RowMapping) -> OwnersWords:
    """As the measure's page has it."""
    by = f" By {day_words(row['by_on'])}." if row["by_on"] else ""
    parts = [
        ("What happened", str(row["what_happened"])),
        ("Why", str(row["why"])),
        ("What is being done", f"{row['action']}{by}"),
        ("For families", str(row["family_sentence"] or "")),
    ]
    return OwnersWords(
        term=str(row["term"]),
        role=str(row["written_by_role"]),
        written_on=str(row["written_at"])[:10],
        parts=tuple((head, words) for head, words in parts if words),
    )


def _beside(
    connection: Connection, area_code: str, edition: Edition, views: Iterable[MeasureView]
) -> dict[str, tuple[str, ...]]:
    """What was written beside charts about figures that were unusual."""
    found: dict[str, tuple[str, ...]] = {}
    for view in views:
        name, points = view.measure.id, view.terms.points
        said = get_beside_chart(connection, _PARTNER, area_code, name, points, edition)
        basis = view.measure.basis
        found[name] = tuple(
            f"About {period_short(one.period, basis)}: {one.words} ({one.written_by_role}, "
            f"{day_words(one.written_at[:10])})"
            for one in said
        )
    return {name: said for name, said in found.items() if said}
