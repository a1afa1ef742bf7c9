"""One breakdown as a table of bars: every bar has its value beside it in words."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.charts.bars import Bar, Bars
from dashboard.components.shell import aria


def bars_section(bars: Bars, choices: Sequence[Component]) -> Component:
    """`choices` are the links to the other breakdowns, when there are any."""
    heading = html.H2(f"By {_inside(bars.title)}", id="breakdown")
    head = html.Tr([html.Th(words, scope="col") for words in (bars.title, "Figure")])
    table = html.Table(
        [
            html.Caption(bars.period),
            html.Thead(head, className="unseen"),
            html.Tbody([_row(bar) for bar in bars.bars]),
        ],
        className="bars",
    )
    nav = html.Nav(
        html.Ul([html.Li(one) for one in choices], className="plain-list row-list"),
        **aria(label="Choose a breakdown"),
    )
    shown = [heading, *([nav] if len(choices) > 1 else []), table]
    return html.Section(shown, **aria(labelledby="breakdown"))


def _inside(title: str) -> str:
    """As it stands inside a sentence: `phase`, but `SEN status`."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _row(bar: Bar) -> Component:
    words = [html.Span(bar.words, className="figure" if bar.share is not None else "quiet")]
    if bar.detail:
        words.append(html.Span(bar.detail, className="small"))
    length = {"width": f"{bar.share}%"}
    filled = [html.Div(className="bar", style=length)] if bar.share else []
    track = html.Div(filled, className="bar-track", **aria(hidden="true"))
    drawn = [] if bar.share is None else [track]
    return html.Tr([html.Th(bar.label, scope="row"), html.Td([*drawn, html.Div(words)])])
