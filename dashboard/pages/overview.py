"""The overview of an area: every measure as a row, under the partnership's own priorities."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.address import Address, overview_path
from dashboard.components.overview_table import overview_table
from dashboard.components.shell import area_links, aria, choice, shell
from dashboard.overview_view import Group, Overview, get_overview
from dashboard.pages.page import Page
from dashboard.pages.site import VIEWER, Site
from dashboard.words.periods import period_words
from dashboard.words.sentences import theme_words


def overview_page(site: Site, address: Address) -> Page:
    """`?show=core` and `?theme=plans` choose; anything else in the query is ignored."""
    area = address.area
    measures = site.settings.measures_of(area)
    with site.database.reading() as connection:
        view = get_overview(connection, VIEWER, area, measures)
    core = address.query.get("show") == "core"
    themes = list(dict.fromkeys(measure.theme for measure in measures))
    theme = address.query.get("theme", "")
    theme = theme if theme in themes else ""
    groups = [*_chosen(view.groups, core, theme)]
    count = sum(len(group.rows) for group in groups)
    said = f"Showing {count} of {len(measures)} measures."
    body = [
        _choices(address, core, theme, themes),
        html.P(said, className="showing"),
        *(_group(i, group, view) for i, group in enumerate(groups, 1)),
        _notes(view),
    ]
    main = [*_top(view), *(body if view.latest_term else [])]
    paths = {code: overview_path(one) for code, one in site.settings.areas.items()}
    areas = area_links(site.settings.areas, site.areas_shown(), area, paths)
    trail = [("Home", "/"), (area.name, "")]
    return Page(address.title, shell(area, areas, trail, view.invented, main), said)


def _chosen(groups: Sequence[Group], core: bool, theme: str) -> list[Group]:
    kept = []
    for group in groups:
        rows = [row for row in group.rows if row.measure.core or not core]
        rows = [row for row in rows if row.measure.theme == theme or not theme]
        kept += [Group(group.title, tuple(rows))] if rows else []
    return kept


def _top(view: Overview) -> list[Component]:
    name = view.settings.name
    heading = html.H1(f"{name}: special educational needs and disabilities", tabIndex="-1")
    if not view.latest_term:
        words = f"No figures have been published for {name} yet."
        return [heading, html.P(words, className="lead")]
    newest = period_words(view.latest_term, "in_term")
    words = f"The figures {view.settings.partnership} has published, up to {newest}. "
    words += "Choose a measure to see how it has changed, what it counts and where it comes from."
    return [heading, html.P(words, className="lead")]


def _choices(address: Address, core: bool, theme: str, themes: Sequence[str]) -> Component:
    area, show = address.area, "core" if core else ""
    shows = [("All measures", "", not core), ("Core measures", "core", core)]
    which = [(words, overview_path(area, show=one, theme=theme), on) for words, one, on in shows]
    about = [("All themes", overview_path(area, show=show), not theme)]
    about += [
        (theme_words(one), overview_path(area, show=show, theme=one), one == theme)
        for one in themes
    ]
    rows = [_choice_row("Measures", which), _choice_row("Theme", about)]
    return html.Nav(rows, className="choices", **aria(label="Choose what to show"))


def _choice_row(label: str, choices: Sequence[tuple[str, str, bool]]) -> Component:
    items = [html.Li(choice(words, path, on)) for words, path, on in choices]
    heading = html.Span(label, className="choice-label", id=f"choose-{label.lower()}")
    listed = html.Ul(
        items, className="plain-list row-list", **aria(labelledby=f"choose-{label.lower()}")
    )
    return html.Div([heading, listed], className="choice-row")


def _group(place: int, group: Group, view: Overview) -> Component:
    table = overview_table(
        group.title, group.rows, view.settings, view.region_name, view.latest_term
    )
    heading = html.H2(group.title, id=f"group-{place}")
    return html.Section([heading, table], **aria(labelledby=f"group-{place}"))


def _notes(view: Overview) -> Component:
    notes = [
        "A change is said without judging it: small numbers move by chance.",
        f"England and {view.region_name} are shown at their latest published period, which is "
        "often another than the area’s. They are never carried forward.",
        "Counts are not set beside England or the region, because bigger areas have more of "
        "everything.",
    ]
    items = html.Ul([html.Li(note) for note in notes])
    return html.Section(
        [html.H2("Reading this page", id="reading"), items], **aria(labelledby="reading")
    )
