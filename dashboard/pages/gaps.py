"""Where the gaps are: every measure ranked by its distance from others, and the SEND gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.address import Address
from dashboard.analysis.gaps import By, Gap, Standing, rank_gaps
from dashboard.analysis.reason import Reason
from dashboard.analysis.verdict import judge
from dashboard.pages.page import Page
from dashboard.pages.sen_gap import sen_facts
from dashboard.pages.shell import Link, area_link, page_title, shell_facts
from dashboard.pages.site import Site, find_editions
from dashboard.views.gaps import get_sen_gaps
from dashboard.views.overview import get_overview
from dashboard.words.gap_headings import by_words, looked_at, standing_words
from dashboard.words.gaps import gap_figures, gap_sentence
from dashboard.words.reasons import reason_phrase
from dashboard.words.sentences import theme_words

_SIZED = (Standing.behind, Standing.chance, Standing.untested, Standing.ahead)
_WIDEST = 100.0  # per cent of the bar's track


@dataclass(frozen=True)
class Row:
    """One measure with a gap; `share` is how long its bar is, None for no bar."""

    title: str
    about: str
    url: str
    words: str
    figures: str
    share: float | None


@dataclass(frozen=True)
class Group:
    """The measures of one standing, the widest gap first."""

    id: str
    title: str
    rows: tuple[Row, ...]


def gaps_page(site: Site, address: Address) -> Page | None:
    """`?by=target|england|neighbours|direction` chooses what the distance is from, `?theme=` the
    measures."""
    area, settings = address.area, site.settings
    measures = settings.measures_of(area)
    with site.database.reading() as connection:
        editions = find_editions(connection, site, address)
        if editions is None:
            return None
        view = get_overview(connection, site.viewer, area, measures, settings.notes, editions.asked)
        sen = [*get_sen_gaps(connection, site.viewer, area, measures, editions.asked)]
    views = [one for one in view.views if one.measure.polarity != "neutral"]
    themes = [*dict.fromkeys(one.measure.theme for one in views)]
    by, theme = _chosen(address, themes)
    chosen = [one for one in views if theme in ("", one.measure.theme)]
    gaps = rank_gaps(((one, judge(one, screened=area.screened_limits)) for one in chosen), by)
    said = f"Distance from {by_words(by).lower() if by is not By.england else by_words(by)}."
    invented = view.invented or any(one.invented for one in sen)
    trail = [area_link(address), Link("Where are the gaps?", "")]
    facts: dict[str, Any] = {
        **shell_facts(site, address, editions, invented, trail),
        "choices": [
            ("Distance from", [*_bys(address, by)]),
            ("Theme", [*_themes(address, themes)]),
        ],
        "looked_at": looked_at(gaps, by),
        "groups": [*_groups(address, gaps, by)],
        "not_compared": [*_not_compared(address, gaps)],
        "not_compared_title": standing_words(Standing.not_compared, by),
        "sen": [sen_facts(address, one) for one in sen],
    }
    return Page(page_title(address, "Where are the gaps?"), "gaps.html", said, facts)


def _chosen(address: Address, themes: Sequence[str]) -> tuple[By, str]:
    by, theme = address.query.get("by", ""), address.query.get("theme", "")
    return By(by) if by in [*By] else By.england, theme if theme in themes else ""


def _bys(address: Address, chosen: By) -> Iterator[Link]:
    for by in By:
        key = "" if by is By.england else by.value
        yield Link(by_words(by), address.with_query(by=key).url, by is chosen)


def _themes(address: Address, themes: Sequence[str]) -> Iterator[Link]:
    chosen = address.query.get("theme", "")
    yield Link("All themes", address.with_query(theme="").url, chosen not in themes)
    for theme in themes:
        yield Link(theme_words(theme), address.with_query(theme=theme).url, theme == chosen)


def _groups(address: Address, gaps: Sequence[Gap], by: By) -> Iterator[Group]:
    longest = max((abs(gap.relative or 0) for gap in gaps), default=0)
    for standing in _SIZED:
        rows = tuple(_row(address, gap, longest) for gap in gaps if gap.standing is standing)
        if rows:
            yield Group(standing.value, standing_words(standing, by), rows)


def _row(address: Address, gap: Gap, longest: float) -> Row:
    measure = gap.view.measure
    share = None
    if gap.relative is not None and longest:
        share = round(abs(gap.relative) / longest * _WIDEST, 1)
    return Row(
        measure.title,
        gap.view.headline_label,
        f"{address.of_measure(measure).url}#what-we-can-say",
        gap_sentence(gap),
        gap_figures(gap),
        share,
    )


def _not_compared(address: Address, gaps: Sequence[Gap]) -> Iterator[tuple[str, list[Link]]]:
    """Each reason once, with its measures."""
    found: dict[Reason, list[Link]] = {}
    for gap in gaps:
        if gap.standing is Standing.not_compared and gap.reason:
            measure = gap.view.measure
            link = Link(measure.short_title, address.of_measure(measure).url)
            found.setdefault(gap.reason, []).append(link)
    for reason, links in sorted(found.items(), key=lambda item: -len(item[1])):
        yield reason_phrase(reason), links
