"""The tables for partners: the star of the true published figures, for programs with a token."""

from collections.abc import Iterator

from flask import Flask, Response

from dashboard.edition import Edition
from dashboard.hosting import Hosting
from dashboard.pages.site import Site
from dashboard.public.figures import PublicFigure
from dashboard.public.star.dimensions import table_rows
from dashboard.public.star.shapes import TABLES, find_table
from dashboard.public.star.star import NOT_FOR_SHARING, Star, StarEdition
from dashboard.public.star.written import KIND, csv_pieces
from dashboard.queries.editions import get_areas_shown, get_newest_edition
from dashboard.queries.figures import get_observations
from dashboard.queries.records import get_neighbours
from dashboard.queries.shown import Shown
from dashboard.token_door import SHARING, json_answer, open_by_token, problem
from dashboard.viewer import Viewer
from schemas.area import ENGLAND
from schemas.area_settings import AreaSettings

PREFIX = "/partner/tables/"
_LICENCE = "For the partnership only: true figures, in which small numbers are not hidden"


def add_partner_tables(server: Flask, site: Site, hosting: Hosting) -> None:
    """`/partner/tables/CODE/` lists the tables, `/partner/tables/CODE/NAME.csv` is one. A cookie
    opens neither: only a token does, as the password of a sign-in name or as a bearer token."""

    def opened(area: str, name: str = "") -> Response:
        return _answer(site, hosting, area, name)

    for rule, endpoint in (("<area>/", "partner.tables"), ("<area>/<name>.csv", "partner.table")):
        server.add_url_rule(
            PREFIX + rule, endpoint, opened, methods=["GET"], provide_automatic_options=False
        )


def _answer(site: Site, hosting: Hosting, code: str, name: str) -> Response:
    return open_by_token(site, hosting, code, lambda _, area: _tables(site, area, name))


def _tables(site: Site, area: AreaSettings, name: str) -> Response:
    with site.database.reading() as connection:
        edition = get_newest_edition(connection, area.code)
        shown = get_areas_shown(connection, Viewer.partner, [area.code])
    if edition is None:
        return problem(404, f"Nothing is published for {area.name}.")
    if not name:
        return _list(area, edition)
    table = find_table(name)
    if table is None:
        return problem(404, f"There is no table {name}.")
    star = _star(site, area, edition, shown[area.code].invented)
    answer = Response(csv_pieces(table, table_rows(table, star)), content_type=KIND)
    answer.headers.update(SHARING)
    answer.headers["Content-Disposition"] = f'attachment; filename="{table.file_name}"'
    return answer


def _list(area: AreaSettings, edition: Edition) -> Response:
    tables = [
        {
            "name": table.name,
            "about": table.about,
            "address": f"{PREFIX}{area.code}/{table.file_name}",
            "columns": [{"name": one.name, "kind": one.kind} for one in table.columns],
        }
        for table in TABLES
    ]
    facts = {"area_code": area.code, "edition": str(edition.name), "sharing": NOT_FOR_SHARING}
    return json_answer(facts | {"tables": tables})


def _star(site: Site, area: AreaSettings, edition: Edition, invented: bool) -> Star:
    facts = StarEdition(
        str(edition.name),
        edition.term,
        edition.words,
        edition.published_at[:10],
        _LICENCE,
        "",
        NOT_FOR_SHARING,
        invented,
    )
    measures = {measure.id: measure for measure in site.settings.measures_of(area)}
    return Star(area, facts, measures, lambda: _figures(site, area, list(measures)))


def _figures(site: Site, area: AreaSettings, measure_ids: list[str]) -> Iterator[PublicFigure]:
    """Every published figure of the area and of those it is set beside, measure by measure, so
    that no more than one measure's are in memory."""
    with site.database.reading() as connection:
        neighbours = get_neighbours(connection, area.neighbour_model, area.code)
        codes = (area.code, area.region_code, ENGLAND, *neighbours)
        for measure_id in measure_ids:
            for one in get_observations(connection, Viewer.partner, measure_id, codes):
                if one.file_kind or one.observation.area_code == area.code:
                    yield _figure(one)


def _figure(one: Shown) -> PublicFigure:
    """As it was published: true, with nothing hidden and nothing rounded by us."""
    about, numbers = one.observation[:8], one.observation[8:12]
    return PublicFigure(
        *about,
        *numbers,
        unreliable=False,
        rounded=False,
        status=one.observation.status,
        definition_version=one.observation.definition_version,
        source=one.source,
        version=one.vintage,
        as_at_on=one.as_at_on,
        invented=one.invented,
    )
