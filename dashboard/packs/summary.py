"""The icon summary table: one row a measure, the cells of the overview on screen."""

from collections.abc import Sequence

from dashboard.analysis.verdict import Verdicts
from dashboard.packs.held import Held
from dashboard.packs.pack import SummaryPage, SummaryRow, Verdict
from dashboard.pages.cells import (
    Said,
    beside_cells,
    change_cell,
    quality_cell,
    target_cell,
    variation_cell,
)
from dashboard.view import MeasureView
from dashboard.views.published import as_published
from dashboard.words.periods import period_short
from dashboard.words.values import capital, figure_words, the_name
from schemas.area import load_areas

_SHOWN = 8  # figures of a line no bigger than a word


def summary_page(held: Held, names: Sequence[str] | None = None) -> SummaryPage:
    """Every measure under the first of the partnership's priorities that it serves.

    Args:
        names: the measures it holds, where it does not hold all; it says how many others there are.
    """
    kept = [*held.now.views] if names is None else names
    seen: set[str] = set()
    groups = []
    for group in held.now.groups:
        views = [x for x in group.views if x.measure.id in kept and x.measure.id not in seen]
        seen |= {one.measure.id for one in views}
        rows = tuple(_row(held, one, held.now.judged[one.measure.id]) for one in views)
        groups += [(group.title, rows)] if rows else []
    if names is None:
        return SummaryPage("Every measure in one table", (_reading(held),), tuple(groups))
    intro = (_others(held, len(kept)), _reading(held))
    return SummaryPage("What needs attention, in one table", intro, tuple(groups))


def _others(held: Held, kept: int) -> str:
    left = len(held.now.views) - kept
    if not kept:
        return f"Nothing needs attention. The paper of every measure has all {left}."
    others = "The other measure was" if left == 1 else f"The other {left} measures were"
    return f"{others} looked at in the same way. The paper of every measure has them all."


def _reading(held: Held) -> str:
    region = load_areas().get(held.area.region_code)
    return (
        "The change, the comparison, the target and the usual ups and downs are four separate "
        "statements, never added up to one score. Figures are set beside England and "
        f"{the_name(region.name) if region else 'the region'} only for the same period."
    )


def _row(held: Held, own: MeasureView, verdicts: Verdicts) -> SummaryRow:
    view = as_published(own)
    measure, latest = view.measure, view.latest
    about = f" ({view.headline_label})" if view.headline_label else ""
    return SummaryRow(
        title=f"{measure.short_title}{about}",
        value=capital(figure_words(latest, measure)) if latest else held.nothing,
        period=period_short(latest.period, measure.basis) if latest else "",
        spark=tuple(one.value for one in view.terms.points[-_SHOWN:]),
        change=_cell("Change in a year", change_cell(view, verdicts)),
        beside=tuple(_cell("Beside others", one) for one in beside_cells(view, verdicts)),
        target=_cell("Target", target_cell(view, verdicts)),
        variation=_cell("Usual ups and downs", variation_cell(view, verdicts)),
        quality=quality_cell(view).phrase if latest else held.nothing,
        attention=held.attention(measure.id),
    )


def _cell(about: str, said: Said) -> Verdict:
    return Verdict(about, said.phrase, said.more, said.kind, said.icon)
