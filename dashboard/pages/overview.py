"""The overview of an area: every measure as a row, under the partnership's own priorities."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.address import Address
from dashboard.analysis.verdict import Verdicts, judge
from dashboard.charts.sparkline import sparkline_svg
from dashboard.pages.page import Page
from dashboard.pages.questions import answers
from dashboard.pages.shell import Link, page_title, shell_facts
from dashboard.pages.site import Site, find_editions
from dashboard.pages.statements import kind_of
from dashboard.queries.records import get_commentary
from dashboard.view import MeasureView
from dashboard.views.overview import Group, Overview, get_overview
from dashboard.views.published import as_published
from dashboard.words.attention import attention_phrase
from dashboard.words.changes import change_phrase, raw_change
from dashboard.words.periods import period_short, period_shortest, period_words
from dashboard.words.sentences import a_year_before, theme_words
from dashboard.words.steadiness import assurance_phrase, variation_phrase
from dashboard.words.values import capital, figure_words, round_value, the_name
from dashboard.words.verdicts import comparison_phrase, target_phrase
from schemas.term import parse_term


@dataclass(frozen=True)
class Said:
    """One cell: a phrase, a smaller second line, whether it is good news, and a picture's name.
    `tail` ends the phrase on a screen; on paper there is no room for it."""

    phrase: str
    more: str = ""
    kind: str = "none"
    icon: str = ""
    tail: str = ""


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
        change=_change(view, verdicts),
        beside=tuple(_beside(view, verdicts)),
        target=_target(view, verdicts),
        variation=_variation(view, verdicts),
        quality=_quality(view),
        attention=tuple(
            [attention_phrase(one) for one in verdicts.attention]
            + (["Explained by its owner"] if measure.id in explained else [])
        ),
    )


def _change(view: MeasureView, verdicts: Verdicts) -> Said:
    latest, measure = view.latest, view.measure
    if latest is None:
        return Said("–")
    earlier = a_year_before(latest.period)
    change = verdicts.yearly if view.published_only else verdicts.change
    size = raw_change(change, measure, earlier)
    tail = f" on {earlier}" if size.endswith(f" on {earlier}") else ""
    word = change_phrase(change, measure, view.settings.name)
    kind = kind_of(change.word)
    return Said(capital(size.removesuffix(tail)), word, kind, tail=tail)


def _beside(view: MeasureView, verdicts: Verdicts) -> Iterator[Said]:
    """England and the region; one cell when both say the same of why there is no word."""
    found = [_compared(view, verdicts, key) for key in ("england", "region")]
    yield from found[:1] if found[0].phrase == found[1].phrase else found


def _compared(view: MeasureView, verdicts: Verdicts, key: str) -> Said:
    one = verdicts.against(key)
    phrase = comparison_phrase(one, view.measure, view.settings.name)
    if not one.word or not one.other:
        return Said(phrase)
    period = period_shortest(one.other.period, one.other_basis)
    value = figure_words(one.other, view.measure)
    return Said(phrase, f"{value} in {period}", kind_of(one.word))


def _target(view: MeasureView, verdicts: Verdicts) -> Said:
    verdict = verdicts.target
    if verdict.target is None:
        return Said("")
    phrase = target_phrase(verdict, view.measure, view.settings.name)
    return Said(phrase, round_value(verdict.target.value, view.measure), kind_of(verdict.word))


def _variation(view: MeasureView, verdicts: Verdicts) -> Said:
    control, area = verdicts.control, view.settings.name
    phrase = variation_phrase(control, view.measure, area)
    assured = assurance_phrase(control, view.measure, area) if control.assurance else ""
    icon = control.variation.value if control.variation else ""
    return Said(phrase, assured, kind_of(control.variation), icon)


def _quality(view: MeasureView) -> Said:
    """The data-quality mark: how far the newest figure can be leaned on."""
    latest = view.latest
    if latest is None:
        return Said("Nothing sent")
    if view.published_only:
        return Said("Published")
    if view.missing_terms:
        return Said("Late", kind="bad")
    if latest.value is None:
        return Said("No number")
    remark = "Coverage noted" if latest.remark else ""
    return Said(capital(latest.status), remark, "plain")
