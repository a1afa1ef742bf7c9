"""The overview of an area: every measure as a row, under the partnership's own priorities."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.address import Address
from dashboard.analysis.verdict import Verdicts, judge
from dashboard.charts.sparkline import sparkline_svg
from dashboard.pages.cells import (
    Said,
    beside_cells,
    change_cell,
    quality_cell,
    target_cell,
    variation_cell,
)
from dashboard.pages.page import Page
from dashboard.pages.questions import answers
from dashboard.pages.shell import Link, page_title, shell_facts
from dashboard.pages.site import Site, find_editions
from dashboard.queries.records import get_commentary
from dashboard.view import MeasureView
from dashboard.views.overview import Group, Overview, get_overview
from dashboard.views.published import as_published
from dashboard.words.attention import attention_phrase
from dashboard.words.periods import period_short, period_words
from dashboard.words.sentences import theme_words
from dashboard.words.values import capital, figure_words, the_name
from schemas.term import parse_term


@dataclass(frozen=True)
class Row:
    """One measure as the overview shows it; every text is ready to be read."""

    title: str
    short_title: str
    url: str
    about: str
    value: str
    period: str
    newest: bool
    marks: tuple[str, ...]
    sparkline: str
    change: Said
    beside: tuple[Said, ...]
    target: Said
    variation: Said
    quality: Said
    attention: tuple[str, ...]


def overview_page(site: Site, address: Address) -> Page | None:
    """`?show=core` or `attention`, `?theme=plans` and `?term=2024-25-autumn` choose."""
    area, settings = address.area, site.settings
    measures = settings.measures_of(area)
    upto = address.query.get("term", "").replace("-", " ", 2).replace(" ", "-", 1)
    with site.database.reading() as connection:
        editions = find_editions(connection, site, address)
        if editions is None:
            return None
        view = get_overview(
            connection, site.viewer, area, measures, settings.notes, editions.asked, upto
        )
        explained = {
            one["measure_id"]
            for one in get_commentary(connection, site.viewer, area.code, edition=editions.asked)
            if one["term"] == view.term and not one["returned_at"]
        }
    judged = {one.measure.id: judge(one, screened=area.screened_limits) for one in view.views}
    chosen = _Choice.of(address, view)
    groups = [*_chosen(view.groups, judged, chosen)]
    rows = [
        (
            group.title,
            [_row(address, one, judged[one.measure.id], explained) for one in group.views],
        )
        for group in groups
    ]
    said = f"Showing {sum(len(found) for _, found in rows)} of {len(measures)} measures."
    facts: dict[str, Any] = {
        **shell_facts(site, address, editions, view.invented, [Link(area.name, "")]),
        "view": view,
        "region": the_name(view.region_name),
        "shown_term": period_words(view.term, "in_term") if view.term else "",
        "choices": _choices(address, chosen, view),
        "showing": said,
        "groups": rows,
        "need": sum(1 for verdicts in judged.values() if verdicts.attention),
        "tests": len(judged),
        "attention_url": address.with_query(show="attention").url,
        "gaps_url": address.to("gaps").url,
        "questions": answers(
            site, address, {one.measure.id for one in view.views if one.terms.points}
        ),
    }
    title = page_title(address, "Overview")
    return Page(title, "overview.html", said, facts)


@dataclass(frozen=True)
class _Choice:
    show: str
    theme: str

    @staticmethod
    def of(address: Address, view: Overview) -> "_Choice":
        show = address.query.get("show", "")
        theme = address.query.get("theme", "")
        themes = {one.measure.theme for one in view.views}
        return _Choice(
            show if show in ("core", "attention") else "", theme if theme in themes else ""
        )


def _chosen(
    groups: Iterable[Group], judged: dict[str, Verdicts], chosen: _Choice
) -> Iterator[Group]:
    for group in groups:
        views = [one for one in group.views if _is_chosen(one, judged[one.measure.id], chosen)]
        if views:
            yield Group(group.title, tuple(views))


def _is_chosen(view: MeasureView, verdicts: Verdicts, chosen: _Choice) -> bool:
    if chosen.show == "core" and not view.measure.core:
        return False
    if chosen.show == "attention" and not verdicts.attention:
        return False
    return not chosen.theme or view.measure.theme == chosen.theme


def _choices(
    address: Address, chosen: _Choice, view: Overview
) -> Sequence[tuple[str, Sequence[Link]]]:
    shows = (("All measures", ""), ("Core measures", "core"), ("Needs attention", "attention"))
    which = [
        Link(words, address.with_query(show=show).url, show == chosen.show) for words, show in shows
    ]
    themes = dict.fromkeys(one.measure.theme for one in view.views)
    about = [Link("All themes", address.with_query(theme="").url, not chosen.theme)]
    about += [
        Link(theme_words(one), address.with_query(theme=one).url, one == chosen.theme)
        for one in themes
    ]
    return [("Measures", which), ("Theme", about), ("Term", [*_terms(address, view)])]


def _terms(address: Address, view: Overview) -> Iterator[Link]:
    """The newest term without a key in the address, so that its link stays right next term."""
    for label in view.terms[:6]:
        term = parse_term(label)
        assert term is not None
        key = "" if label == view.terms[0] else label.replace(" ", "-")
        yield Link(term.short_title, address.with_query(term=key).url, label == view.term)


def _row(address: Address, own: MeasureView, verdicts: Verdicts, explained: set[str]) -> Row:
    view = as_published(own)
    measure, latest = view.measure, view.latest
    return Row(
        title=measure.title,
        short_title=measure.short_title,
        url=address.of_measure(measure).url,
        about=view.headline_label,
        value=capital(figure_words(latest, measure)) if latest else "Not sent yet",
        period=period_short(latest.period, measure.basis) if latest else "",
        newest=bool(latest and latest.period == own.area_latest_term),
        marks=tuple(
            f"Not sent for {period_short(term, measure.basis)}" for term in view.missing_terms[-1:]
        ),
        sparkline=sparkline_svg(view.terms.points),
        change=change_cell(view, verdicts),
        beside=tuple(beside_cells(view, verdicts)),
        target=target_cell(view, verdicts),
        variation=variation_cell(view, verdicts),
        quality=quality_cell(view),
        attention=tuple(
            [attention_phrase(one) for one in verdicts.attention]
            + (["Explained by its owner"] if measure.id in explained else [])
        ),
    )
