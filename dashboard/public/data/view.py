"""Public figures → the view that charts, tables and words are made from; nothing is added."""

from collections.abc import Iterable, Sequence

from dashboard.public.data.beside import beside_lines
from dashboard.public.data.labels import breakdown_words, category_words, place_of
from dashboard.public.data.points import is_headline, point_of
from dashboard.public.figures import PublicFigure
from dashboard.public.release import PublicRelease
from dashboard.view import Breakdown, Line, MeasureView, Part
from schemas.extract import ALL
from schemas.measure import Measure
from schemas.note import notes_about
from schemas.term import Month, parse_period

_TERM_BASES = ("in_term", "snapshot")


def measure_view(release: PublicRelease, measure: Measure) -> MeasureView:
    """One measure as everyone may see it."""
    own = [one for one in release.own if one.measure_id == measure.id]
    beside = [one for one in release.beside if one.measure_id == measure.id]
    settings, headline = release.area, measure.headline
    lines = _headline_lines(own, measure, settings.name)
    return MeasureView(
        measure=measure,
        settings=settings,
        headline_label=category_words(measure, headline.breakdown, headline.category),
        terms=lines.get(measure.basis, Line("own", settings.name, measure.basis, ())),
        months=lines.get("monthly"),
        comparators=tuple(beside_lines(beside, measure, release)),
        breakdowns=tuple(_breakdowns(own, measure)),
        invented=release.invented,
        area_latest_term=release.term.label,
        sums=tuple(lines[basis] for basis in ("ytd", "rolling3") if basis in lines),
        notes=notes_about(release.notes, measure, settings.code),
    )


def _headline_lines(own: Iterable[PublicFigure], measure: Measure, name: str) -> dict[str, Line]:
    by_kind: dict[str, list[PublicFigure]] = {}
    for one in own:
        if is_headline(one, measure):
            kind = "monthly" if isinstance(parse_period(one.period), Month) else one.basis
            by_kind.setdefault(kind, []).append(one)
    return {
        kind: Line("own", name, kind, tuple(map(point_of, found)))
        for kind, found in by_kind.items()
    }


def _breakdowns(own: Sequence[PublicFigure], measure: Measure) -> Iterable[Breakdown]:
    """Every breakdown of the newest term it was counted in."""
    found: dict[str, dict[str, list[PublicFigure]]] = {}
    for one in own:
        term = one.basis in _TERM_BASES and not isinstance(parse_period(one.period), Month)
        if term and one.breakdown != ALL:
            found.setdefault(one.breakdown, {}).setdefault(one.category, []).append(one)
    for name, categories in found.items():
        latest = max(figures[-1].period for figures in categories.values())
        ordered = sorted(categories, key=lambda category: place_of(measure, name, category))
        parts = (_part(measure, name, categories[category]) for category in ordered)
        shown = tuple(part for part in parts if part.point.period == latest)
        yield Breakdown(name, breakdown_words(measure, name), latest, shown)


def _part(measure: Measure, breakdown: str, figures: Sequence[PublicFigure]) -> Part:
    history = tuple(map(point_of, figures))
    category = figures[-1].category
    return Part(category, category_words(measure, breakdown, category), history[-1], history)
