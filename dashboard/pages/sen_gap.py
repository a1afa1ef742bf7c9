"""The SEND gap of one measure as its part of the gaps page shows it: sentences, chart, table."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.address import Address
from dashboard.analysis.sen_gap import set_beside
from dashboard.charts.gap import GapRow, GapValue, build_gap
from dashboard.charts.gap_svg import gap_svg
from dashboard.pages.sen_table import NONE, SenRow, difference_words, sen_figure, sen_rows
from dashboard.view import Point
from dashboard.views.categories import category_label
from dashboard.views.gaps import BY, GROUPS, BySen, SenGap
from dashboard.words.periods import period_short, period_words
from dashboard.words.sen_gap import chart_sentence, england_sentence, sen_sentence, why_no_gap
from dashboard.words.values import short_value, symbol_words

_BASE = GROUPS[-1]


@dataclass(frozen=True)
class SenShown:
    """`wide` and `narrow` are the chart, "" for none; `said` is the same in words."""

    id: str
    title: str
    url: str
    subtitle: str
    sentences: tuple[str, ...]
    england: str
    wide: str
    narrow: str
    said: str
    caption: str
    england_period: str
    rows: tuple[SenRow, ...]


def sen_facts(address: Address, gap: SenGap) -> SenShown:
    """One measure's part of the page."""
    measure, own, beside = gap.measure, gap.own, _on_chart(gap)
    rows = [_chart_row(gap, category, beside) for category in GROUPS]
    chart = build_gap(rows, own.area, measure)
    return SenShown(
        id=f"gap-{measure.id.replace('_', '-')}",
        title=measure.title,
        url=_page_of(address, gap),
        subtitle=_subtitle(gap),
        sentences=tuple(_sentences(gap)),
        england=_england(gap),
        wide=gap_svg(chart, "wide") if chart else "",
        narrow=gap_svg(chart, "narrow") if chart else "",
        said=_said(gap, beside),
        caption=f"{measure.title}: {own.area}, {period_words(own.period, own.basis)}",
        england_period=_england_period(gap),
        rows=tuple(sen_rows(gap)),
    )


def _page_of(address: Address, gap: SenGap) -> str:
    """The measure's page, at its groups where the area has sent them."""
    page = address.of_measure(gap.measure)
    return page.url if gap.published else f"{page.with_query(by=BY).url}#breakdown"


def _subtitle(gap: SenGap) -> str:
    parts = [gap.own.area, period_words(gap.own.period, gap.own.basis)]
    parts += ["published figures"] if gap.published else []
    early = any(point.status == "provisional" for point in gap.own.points.values())
    return ", ".join([*parts, "provisional"] if early else parts)


def _sentences(gap: SenGap) -> Iterator[str]:
    points = gap.own.points
    for category in GROUPS[:-1]:
        one, base = points.get(category), points.get(_BASE)
        why = why_no_gap(one, base)
        yield sen_sentence(category, set_beside(one, base), gap.measure, why)


def _england(gap: SenGap) -> str:
    said = [(category, difference_words(gap, gap.england, category)) for category in GROUPS[:-1]]
    note = gap.england.note if gap.england else ""
    return f"{england_sentence(said, _england_period(gap), gap.context)} {note}".strip()


def _england_period(gap: SenGap) -> str:
    return period_short(gap.england.period, gap.england.basis) if gap.england else ""


def _on_chart(gap: SenGap) -> BySen | None:
    """England is drawn only where it is counted over the same length of time."""
    alike = gap.england is not None and gap.england.basis == gap.own.basis
    return gap.england if alike else None


def _chart_row(gap: SenGap, category: str, beside: BySen | None) -> GapRow:
    label = category_label(gap.measure, BY, category)
    own = _drawn(gap, gap.own.points.get(category))
    if beside is None:  # England has no place in the picture, and so none in its key
        return GapRow(label, own, GapValue(None, ""))
    return GapRow(label, own, _drawn(gap, beside.points.get(category)))


def _drawn(gap: SenGap, point: Point | None) -> GapValue:
    if point is None or point.value is None:
        return GapValue(None, symbol_words(point.symbol) if point else NONE)
    return GapValue(point.value, short_value(point.value, gap.measure))


def _said(gap: SenGap, beside: BySen | None) -> str:
    england = _listed(gap, beside) if beside else ""
    period = _england_period(gap) if gap.context else ""
    return chart_sentence(gap.own.area, _listed(gap, gap.own), england, period)


def _listed(gap: SenGap, side: BySen) -> str:
    return ", ".join(
        f"{category_label(gap.measure, BY, category)} {sen_figure(gap, side, category)}"
        for category in GROUPS
    )
