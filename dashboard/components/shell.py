"""What stands round every page: the notice of invented figures, header, areas, trail, footer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from schemas.area import AreaSettings

Trail = Sequence[tuple[str, str]]
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass(frozen=True)
class AreaLink:
    """One area to choose: its name, where its page is, whether it is this one and has figures."""

    name: str
    path: str
    here: bool
    has_figures: bool


def aria(**given: Any) -> dict[str, Any]:
    """`aria(label="x")` gives `aria-label="x"`; `data_x` is left as `data-x`."""
    return {
        (name if name.startswith("data_") else f"aria_{name}").replace("_", "-"): value
        for name, value in given.items()
    }


def shell(
    area: AreaSettings, areas: Sequence[AreaLink], trail: Trail, invented: bool, main: Sequence[Any]
) -> list[Component]:
    """A whole page round what is particular to it."""
    return [
        *([invented_notice(area.name)] if invented else []),
        _header(area, areas),
        html.Div(
            [_breadcrumb(trail), html.Main(list(main), id="main", tabIndex="-1")],
            className="width",
        ),
        _footer(),
    ]


def invented_notice(name: str) -> Component:
    words: list[Any] = [
        html.Strong("Invented sample data. "),
        f"The figures for {name} on this page are made up so that the dashboard can be tried. "
        "They are not real. Figures for England and other areas are real published statistics.",
    ]
    return html.Section(
        html.P(words, className="width"), className="notice", **aria(label="Invented sample data")
    )


def area_links(
    areas: Mapping[str, AreaSettings],
    shown: Collection[str],
    here: AreaSettings,
    paths: Mapping[str, str],
) -> list[AreaLink]:
    return [
        AreaLink(area.name, paths[code], area.code == here.code, code in shown)
        for code, area in areas.items()
    ]


def _header(area: AreaSettings, areas: Sequence[AreaLink]) -> Component:
    name = html.A("SEND dashboard", href="/", className="site-name")
    inside = [name, html.P(area.partnership, className="partnership")]
    switcher = [_switcher(areas)] if len(areas) > 1 else []
    row = html.Div([html.Div(inside), *switcher], className="width header-row")
    return html.Header(row, className="site-header")


def _switcher(areas: Sequence[AreaLink]) -> Component:
    items = [html.Li(_area_link(one)) for one in areas]
    return html.Nav(html.Ul(items, className="plain-list row-list"), **aria(label="Areas"))


def _area_link(one: AreaLink) -> Component:
    words = one.name if one.has_figures else f"{one.name} (no figures yet)"
    return choice(words, one.path, one.here)


def choice(words: str, path: str, on: bool) -> Component:
    """A link that chooses; the one in force says so."""
    current: dict[str, Any] = aria(current="true") if on else {}
    return html.A(words, href=path, className="choice", **current)


def _breadcrumb(trail: Trail) -> Component:
    *before, (last, _) = trail
    items = [html.Li(html.A(words, href=path)) for words, path in before]
    items.append(html.Li(last, **aria(current="page")))
    return html.Nav(html.Ol(items, className="plain-list trail"), **aria(label="You are here"))


def _footer() -> Component:
    licence = html.A("Open Government Licence v3.0", href=OGL)
    lines = [
        html.P(["Published figures are used under the ", licence, "."]),
        html.P(
            "These pages are for the partnership: small numbers are not hidden in them. "
            "Please do not share them further."
        ),
    ]
    return html.Footer(html.Div(lines, className="width"), className="site-footer")
