"""Tables of a profile: a measure's terms by school year, and its groups over the years."""

from collections.abc import Iterator, Sequence

from dashboard.packs.held import Held
from dashboard.packs.pack import PackTable
from dashboard.view import Breakdown, MeasureView, Point
from dashboard.words.periods import period_short
from dashboard.words.values import capital, figure_words
from schemas.measure import Measure
from schemas.term import Season, Term, parse_period

_COLUMNS = 8  # periods that fit beside each other
_NO_FIGURE = "no figure"


def term_tables(view: MeasureView) -> Iterator[PackTable]:
    """One row for each school year, its three terms beside each other; none without terms."""
    years: dict[int, dict[Season, Point]] = {}
    for point in view.terms.points:
        term = parse_period(point.period)
        if isinstance(term, Term):
            years.setdefault(term.start_year, {})[term.season] = point
    rows = tuple(
        (
            f"{start}/{(start + 1) % 100:02}",
            *(_figure(terms.get(season), view.measure) for season in Season),
        )
        for start, terms in sorted(years.items())
    )
    if rows:
        seasons = (season.name.capitalize() for season in Season)
        caption = f"{_name(view)}: {view.settings.name}, each term"
        yield PackTable(caption, ("School year", *seasons), rows)


def group_tables(held: Held, measure_id: str) -> Iterator[PackTable]:
    """Each breakdown as the area sent it, and as publishers have it, over the years."""
    view = held.views[measure_id]
    place = held.area.name
    for one in view.breakdowns:
        yield _parts(view, one, f"{place}, same term of each year", view.measure.basis)
    for one in held.by_year.get(measure_id, ()):
        yield _parts(view, one, f"{place}, as published", _basis(one))


def _parts(view: MeasureView, breakdown: Breakdown, of: str, basis: str) -> PackTable:
    periods = _periods(breakdown)
    rows = tuple(
        (part.label, *(_at(part.history, period, view.measure) for period in periods))
        for part in breakdown.parts
    )
    title = f"{view.measure.title} by {_lower(breakdown.title)}: {of}"
    words = (period_short(period, basis) for period in periods)
    return PackTable(title, (breakdown.title, *words), rows)


def _periods(breakdown: Breakdown) -> Sequence[str]:
    """Oldest first: the same term as the newest one of each year, or every year."""
    every = sorted({one.period for part in breakdown.parts for one in part.history})
    newest = parse_period(every[-1])
    if isinstance(newest, Term):
        every = [label for label in every if _season(label) is newest.season]
    return every[-_COLUMNS:]


def _season(label: str) -> Season | None:
    term = parse_period(label)
    return term.season if isinstance(term, Term) else None


def _basis(breakdown: Breakdown) -> str:
    """Januaries say what they are themselves; a school year has a stroke in its label."""
    return "academic_year" if "-" in breakdown.period and len(breakdown.period) == 7 else ""


def _at(history: Sequence[Point], period: str, measure: Measure) -> str:
    return _figure(next((one for one in history if one.period == period), None), measure)


def _figure(point: Point | None, measure: Measure) -> str:
    return capital(figure_words(point, measure)) if point else _NO_FIGURE


def _lower(title: str) -> str:
    """As it stands in a sentence: `phase`, but `SEN status`."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def _name(view: MeasureView) -> str:
    about = f" ({view.headline_label})" if view.headline_label else ""
    return f"{view.measure.title}{about}"
